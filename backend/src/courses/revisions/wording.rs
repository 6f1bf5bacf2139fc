//! A document in lines of plain text, for people to compare.
//!
//! Content is read through its JSON, so that a lesson of whatever kind is compared to its last word
//! without this module knowing the kind.

use serde_json::Value;
use shared::{
    authoring::{CourseDetails, QuestionDraft, QuizSettings},
    content::LessonContent,
};

use crate::courses::content::{KEY_POINTS, QUALITY};

/// What the fields of a content are called; others are shown without a name.
const NAMES: [(&str, &str); 17] = [
    ("quality", QUALITY),
    ("key_points", KEY_POINTS),
    ("mistakes", "常见错误"),
    ("safety", "安全提示"),
    ("materials", "备好"),
    ("alt", "图片"),
    ("caption", "图片说明"),
    ("media", "文件"),
    ("subtitles", "字幕"),
    ("seconds", "秒"),
    ("in_order", "不能跳着看"),
    ("normal_speed", "不能快放"),
    ("tone", "提示"),
    ("ordered", "带序号"),
    ("pages", "页"),
    ("name", "附件"),
    ("link", QUOTED),
];
/// What nobody wrote, and the lesson that is named by its title elsewhere.
const SILENT: [&str; 7] = ["kind", "block", "width", "height", "subtitled", "twin", "bytes"];
const QUOTED: &str = "条文引用";

pub(super) fn of_content(content: &LessonContent) -> Vec<String> {
    let mut lines = Vec::new();
    if let Ok(value) = serde_json::to_value(content) {
        tell("", &value, &mut lines);
    }
    lines
}

fn tell(field: &str, value: &Value, lines: &mut Vec<String>) {
    match value {
        Value::Null | Value::Bool(false) => {}
        Value::Bool(true) => lines.push(named(field, "是")),
        Value::Number(number) => lines.push(named(field, &number.to_string())),
        Value::String(text) => tell_text(field, text, lines),
        Value::Array(rows) if field == "rows" => lines.extend(rows.iter().map(row)),
        Value::Array(items) => items.iter().for_each(|item| tell(field, item, lines)),
        // A clause goes by its standard and number; what it says is not what somebody wrote here.
        Value::Object(quote) if field == "quote" => {
            let named = ["standard", "number"].map(|it| quote.get(it).and_then(Value::as_str));
            let named: Vec<&str> = named.into_iter().flatten().collect();
            lines.push(format!("{QUOTED}：{}", named.join(" ")));
        }
        Value::Object(fields) => {
            let quoted = fields.contains_key("quote");
            let silent = |name: &str| SILENT.contains(&name) || (quoted && name == "link");
            for (name, value) in fields.iter().filter(|(name, _)| !silent(name)) {
                tell(name, value, lines);
            }
        }
    }
}

/// A row of a table, on one line.
fn row(cells: &Value) -> String {
    let cells = cells.as_array().into_iter().flatten().filter_map(Value::as_str);
    cells.map(|cell| cell.replace('\n', " ")).collect::<Vec<_>>().join(" | ")
}

fn tell_text(field: &str, text: &str, lines: &mut Vec<String>) {
    let plain = match field {
        "html" => without_tags(text),
        // Enough to see that it is another one.
        "media" | "subtitles" | "link" => text.chars().rev().take(8).collect(),
        _ => text.to_owned(),
    };
    for line in plain.lines().map(str::trim).filter(|it| !it.is_empty()) {
        lines.push(named(field, line));
    }
}

fn named(field: &str, text: &str) -> String {
    match NAMES.iter().find(|(name, _)| *name == field) {
        Some((_, name)) => format!("{name}：{text}"),
        None => text.to_owned(),
    }
}

/// Of a sanitised paragraph, in which `<` and `&` of the text are written out.
fn without_tags(html: &str) -> String {
    let mut plain = String::with_capacity(html.len());
    let mut inside = false;
    for c in html.replace("<br>", "\n").chars() {
        match c {
            '<' => inside = true,
            '>' if inside => inside = false,
            _ if !inside => plain.push(c),
            _ => {}
        }
    }
    plain.replace("&lt;", "<").replace("&gt;", ">").replace("&nbsp;", " ").replace("&amp;", "&")
}

pub(super) fn of_details(details: &CourseDetails, posts: &[String]) -> Vec<String> {
    let mut lines = vec![
        format!("课程名：{}", details.title),
        format!("层面：{}", details.level.label()),
        format!("类别：{}", details.category.label()),
        format!("岗位：{}", posts.join("、")),
    ];
    if !details.qualification.is_empty() {
        lines.push(format!("取得的资格：{}", details.qualification));
    }
    lines.extend(details.summary.lines().map(|it| format!("学完能做到：{it}")));
    if let Some(cover) = &details.cover {
        lines.push(format!("封面：{}", cover.alt));
        tell_text("media", &cover.media.to_string(), &mut lines);
    }
    lines
}

pub(super) fn of_settings(settings: &QuizSettings) -> Vec<String> {
    let mut lines = vec![
        format!("测验名：{}", settings.title),
        format!("及格线：{} 分", settings.pass_mark),
        format!("时长：{} 分钟", settings.minutes),
        format!("次数：{} 次", settings.attempts),
        format!("公布解析：{}", settings.release.label()),
    ];
    let time = |at: chrono::DateTime<chrono::Utc>| {
        at.with_timezone(&shared::time::zone()).format("%Y年%-m月%-d日 %H:%M").to_string()
    };
    lines.extend(settings.opens_at.map(|at| format!("开放：{}", time(at))));
    lines.extend(settings.closes_at.map(|at| format!("结束：{}", time(at))));
    lines
}

pub(super) fn of_question(question: &QuestionDraft) -> Vec<String> {
    let mut lines = vec![format!("{}：{}", question.kind.label(), question.stem)];
    lines.extend(question.options.iter().map(|option| {
        let mark = if option.correct { "✓" } else { "·" };
        format!("{mark} {}", option.text)
    }));
    lines.push(format!("解析：{}", question.explanation));
    lines
}

#[cfg(test)]
mod tests {
    use shared::{
        content::{Block, StepCard, StepLesson, VideoLesson},
        standards::{ClauseLinkId, ClauseQuote},
    };

    use super::*;

    fn clause(quote: Option<ClauseQuote>) -> Block {
        Block::Clause { link: ClauseLinkId(uuid::Uuid::nil()), quote }
    }

    #[test]
    fn a_content_is_told_line_by_line_in_its_own_words() {
        let quote = ClauseQuote {
            standard: "DB32/T 1—2023".into(),
            number: "6.2.3".into(),
            text: "杯口离桌沿 10 厘米。".into(),
            mark: String::new(),
        };
        let article = LessonContent::Article {
            blocks: vec![
                Block::Heading { text: "先断电".into() },
                Block::Paragraph { html: "红布<strong>只擦</strong>便器<br>3 &lt; 5".into() },
                Block::Table {
                    rows: vec![
                        vec!["布".into(), "擦什么".into()],
                        vec!["红".into(), "马桶\n便池".into()],
                    ],
                },
                clause(None),
                clause(Some(quote)),
            ],
        };
        let said = [
            "先断电",
            "红布只擦便器",
            "3 < 5",
            "布 | 擦什么",
            "红 | 马桶 便池",
            "条文引用：00000000",
            "条文引用：DB32/T 1—2023 6.2.3",
        ];
        assert_eq!(of_content(&article), said);
        let card = StepCard {
            title: "备布".into(),
            picture: None,
            clip: None,
            key_points: vec!["红布".into()],
            quality: "8 面".into(),
            seconds: 0,
            mistakes: Vec::new(),
            safety: String::new(),
        };
        let (materials, cards) = (vec!["抹布".into()], vec![card]);
        let steps = StepLesson { materials, cards, twin: None };
        let said = of_content(&LessonContent::Steps(steps));
        for line in ["备好：抹布", "备布", "要点：红布", "质量标准：8 面"] {
            assert!(said.contains(&line.to_owned()), "{line} in {said:?}");
        }
        assert_eq!(said.len(), 4, "{said:?}");
    }

    #[test]
    fn another_file_is_another_line() {
        let video = |media: u128| {
            let media = Some(shared::content::MediaId(uuid::Uuid::from_u128(media)));
            of_content(&LessonContent::Video(VideoLesson { media, ..VideoLesson::default() }))
        };
        assert_ne!(video(1), video(2));
    }
}
