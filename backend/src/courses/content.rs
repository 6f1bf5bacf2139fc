//! What may stand in a lesson, and what must before learners see it.

mod table;

use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

use ammonia::{Builder, UrlRelative};
use sea_orm::ConnectionTrait;
use shared::{
    authoring::MediaFile,
    content::{Block, LessonContent, MediaId, MediaKind, Picture, StepCard},
};

use super::fields::Fields;
use crate::{Result, media};

const LONG_TEXT: usize = 2000;
const SHORT_TEXT: usize = 300;
/// Bytes of a paragraph as it comes: what lies in each other many thousand times takes seconds to clean.
const LONGEST_HTML: usize = 20_000;

/// Makes content fit to be stored: paragraphs sanitised, texts tidied, sizes as the files have them.
///
/// # Errors
/// `invalid_request` naming every field that cannot stay.
pub(super) async fn tidy(
    db: &impl ConnectionTrait,
    mut content: LessonContent,
) -> Result<LessonContent> {
    let mut fields = Fields::default();
    tidy_texts(&mut fields, &mut content);
    let files = media::find_all(db, &media_of(&mut content)).await?;
    for (field, picture) in pictures(&mut content) {
        fit_picture(&mut fields, &field, picture, &files);
    }
    fit_file(&mut fields, &mut content, &files);
    fields.done()?;
    Ok(content)
}

pub(super) fn tidy_texts(fields: &mut Fields, content: &mut LessonContent) {
    match content {
        LessonContent::Article { blocks } => {
            fields.at_most("content.blocks", blocks.len(), 200);
            for (index, block) in blocks.iter_mut().enumerate() {
                tidy_block(fields, &format!("content.blocks[{index}]"), block);
            }
        }
        LessonContent::Slides(_) => {}
        LessonContent::Video(video) | LessonContent::Recording(video) => {
            fields.texts("content.key_points", &mut video.key_points, SHORT_TEXT);
        }
        LessonContent::Steps(steps) => {
            fields.texts("content.materials", &mut steps.materials, SHORT_TEXT);
            fields.at_most("content.cards", steps.cards.len(), 30);
            for (index, card) in steps.cards.iter_mut().enumerate() {
                tidy_card(fields, &format!("content.cards[{index}]"), card);
            }
        }
    }
}

fn tidy_block(fields: &mut Fields, field: &str, block: &mut Block) {
    match block {
        Block::Heading { text } => fields.text(format!("{field}.text"), text, SHORT_TEXT),
        Block::Paragraph { html } => {
            let field = format!("{field}.html");
            if html.len() > LONGEST_HTML {
                return fields.refuse(field, "粘贴的内容太多，请分成几段");
            }
            *html = sanitise(html);
            fields.text(field, html, 2 * LONG_TEXT);
        }
        Block::Notice { text, .. } => fields.text(format!("{field}.text"), text, LONG_TEXT),
        Block::List { items, .. } => fields.texts(&format!("{field}.items"), items, LONG_TEXT),
        Block::Table { rows } => table::tidy(fields, &format!("{field}.rows"), rows),
        Block::Picture(_) => {}
    }
}

fn tidy_card(fields: &mut Fields, field: &str, card: &mut StepCard) {
    fields.text(format!("{field}.title"), &mut card.title, SHORT_TEXT);
    fields.texts(&format!("{field}.key_points"), &mut card.key_points, SHORT_TEXT);
    fields.text(format!("{field}.quality"), &mut card.quality, SHORT_TEXT);
    fields.texts(&format!("{field}.mistakes"), &mut card.mistakes, SHORT_TEXT);
    fields.text(format!("{field}.safety"), &mut card.safety, SHORT_TEXT);
}

/// Leaves of a paragraph's HTML what phones may show as it is, and read as it is: where something
/// around links is taken away, those may come to lie in each other, which nobody reads alike.
pub(super) fn sanitise(html: &str) -> String {
    let mut kept = clean(html);
    for _ in 0..4 {
        let again = clean(&kept);
        if again == kept {
            return kept;
        }
        kept = again;
    }
    Builder::empty().clean(&kept).to_string()
}

fn clean(html: &str) -> String {
    static RULES: LazyLock<Builder<'static>> = LazyLock::new(|| {
        let mut rules = Builder::empty();
        rules
            .tags(HashSet::from(["strong", "em", "a", "br"]))
            .generic_attributes(HashSet::new())
            .tag_attributes(HashMap::from([("a", HashSet::from(["href"]))]))
            .url_schemes(HashSet::from(["https", "tel"]))
            .url_relative(UrlRelative::Deny)
            .clean_content_tags(HashSet::from(["script", "style"]))
            .link_rel(None);
        rules
    });
    RULES.clean(html).to_string()
}

/// The pictures in the content and the fields they stand in.
fn pictures(content: &mut LessonContent) -> Vec<(String, &mut Picture)> {
    match content {
        LessonContent::Article { blocks } => blocks
            .iter_mut()
            .enumerate()
            .filter_map(|(index, block)| match block {
                Block::Picture(picture) => Some((format!("content.blocks[{index}]"), picture)),
                _ => None,
            })
            .collect(),
        LessonContent::Slides(_) => Vec::new(),
        LessonContent::Video(video) | LessonContent::Recording(video) => {
            video.poster.iter_mut().map(|it| ("content.poster".to_owned(), it)).collect()
        }
        LessonContent::Steps(steps) => steps
            .cards
            .iter_mut()
            .enumerate()
            .filter_map(|(index, card)| {
                Some((format!("content.cards[{index}].picture"), card.picture.as_mut()?))
            })
            .collect(),
    }
}

/// The files that the content shows.
pub(super) fn media_of(content: &mut LessonContent) -> Vec<MediaId> {
    files_mut(content).into_iter().map(|it| *it).collect()
}

/// The same, to be exchanged.
pub(super) fn files_mut(content: &mut LessonContent) -> Vec<&mut MediaId> {
    match content {
        LessonContent::Video(video) | LessonContent::Recording(video) => {
            video.poster.iter_mut().map(|it| &mut it.media).chain(&mut video.media).collect()
        }
        LessonContent::Slides(slides) => slides.media.iter_mut().collect(),
        other => pictures(other).into_iter().map(|(_, it)| &mut it.media).collect(),
    }
}

/// Gives a picture the size its file has.
pub(super) fn fit_picture(
    fields: &mut Fields,
    field: &str,
    picture: &mut Picture,
    files: &HashMap<MediaId, MediaFile>,
) {
    fields.text(format!("{field}.alt"), &mut picture.alt, SHORT_TEXT);
    fields.text(format!("{field}.caption"), &mut picture.caption, SHORT_TEXT);
    match files.get(&picture.media).filter(|it| it.kind == MediaKind::Image) {
        Some(file) => (picture.width, picture.height) = (file.width, file.height),
        None => fields.refuse(format!("{field}.media"), "没有找到这张图片，请重新上传"),
    }
}

/// Gives a lesson the length, or the pages, that its file has.
fn fit_file(fields: &mut Fields, content: &mut LessonContent, files: &HashMap<MediaId, MediaFile>) {
    let (id, kind) = match content {
        LessonContent::Video(video) => (video.media, MediaKind::Video),
        LessonContent::Recording(recording) => (recording.media, MediaKind::Audio),
        LessonContent::Slides(slides) => (slides.media, MediaKind::Document),
        LessonContent::Article { .. } | LessonContent::Steps(_) => return,
    };
    let file = id.and_then(|id| files.get(&id)).filter(|it| it.kind == kind);
    if id.is_some() && file.is_none() {
        fields.refuse("content.media", format!("没有找到这个{}，请重新上传", kind.label()));
    }
    match content {
        LessonContent::Video(it) | LessonContent::Recording(it) => {
            it.seconds = file.map_or(0, |it| it.seconds);
            (it.bytes, it.pictured, it.subtitled) = (0, false, false);
        }
        LessonContent::Slides(it) => {
            (it.pages, it.width, it.height) =
                file.map_or((0, 0, 0), |it| (it.pages, it.width, it.height));
        }
        LessonContent::Article { .. } | LessonContent::Steps(_) => {}
    }
}

/// What learners would miss, in words; empty where the lesson is ready.
pub(super) fn gaps(content: &LessonContent) -> Vec<String> {
    match content {
        LessonContent::Article { blocks } if blocks.iter().all(is_empty) => {
            vec!["还没有内容".into()]
        }
        LessonContent::Video(video) if video.media.is_none() => vec!["还没有上传视频".into()],
        LessonContent::Recording(it) if it.media.is_none() => vec!["还没有上传录音".into()],
        LessonContent::Slides(slides) if slides.media.is_none() => vec!["还没有上传课件".into()],
        LessonContent::Steps(steps) if steps.cards.is_empty() => vec!["还没有步骤卡".into()],
        LessonContent::Steps(steps) => steps.cards.iter().zip(1..).flat_map(card_gaps).collect(),
        LessonContent::Article { .. }
        | LessonContent::Video(_)
        | LessonContent::Recording(_)
        | LessonContent::Slides(_) => Vec::new(),
    }
}

fn is_empty(block: &Block) -> bool {
    match block {
        Block::Heading { text } | Block::Notice { text, .. } => text.is_empty(),
        Block::Paragraph { html } => html.is_empty(),
        Block::List { items, .. } => items.is_empty(),
        Block::Table { rows } => rows.is_empty(),
        Block::Picture(_) => false,
    }
}

fn card_gaps((card, number): (&StepCard, u32)) -> Vec<String> {
    let parts = [
        (card.title.is_empty(), "步骤名称"),
        (card.key_points.is_empty(), "要点"),
        (card.quality.is_empty(), "质量标准"),
    ];
    let missing = parts.into_iter().filter(|(missing, _)| *missing);
    missing.map(|(_, part)| format!("第 {number} 张步骤卡没有写{part}")).collect()
}

#[cfg(test)]
mod tests {
    use shared::content::StepLesson;

    use super::*;

    #[test]
    fn a_paragraph_keeps_emphasis_and_safe_links_only() {
        for (written, kept) in [
            ("<strong>先</strong>断<em>电</em><br>", "<strong>先</strong>断<em>电</em><br>"),
            ("<b>粗</b><p>段</p><h1>大</h1>", "粗段大"),
            ("<script>alert(1)</script>好", "好"),
            ("<img src=x onerror=alert(1)>图", "图"),
            ("<strong onclick=\"x()\" style=\"color:red\">好</strong>", "<strong>好</strong>"),
            ("<a href=\"https://e.cn/\" target=_blank>看</a>", "<a href=\"https://e.cn/\">看</a>"),
            ("<a href=\"tel:110\">110</a>", "<a href=\"tel:110\">110</a>"),
            ("<a href=\"javascript:alert(1)\">点</a>", "<a>点</a>"),
            ("<a href=\" JaVaScRiPt:alert(1)\">点</a>", "<a>点</a>"),
            ("<a href=\"http://e.cn/\">点</a><a href=\"/x\">点</a>", "<a>点</a><a>点</a>"),
            ("<em lang=\"en\" title=\"x\">文</em>", "<em>文</em>"),
            ("<a>外<table><tr><td><a>内</table>", "<a>外</a><a>内</a>"),
            ("3 < 5 & 7 > 2", "3 &lt; 5 &amp; 7 &gt; 2"),
        ] {
            assert_eq!(sanitise(written), kept, "{written}");
            assert_eq!(sanitise(kept), kept, "cleaning again changes nothing");
        }
    }

    fn card() -> StepCard {
        StepCard {
            title: "备布".into(),
            picture: None,
            key_points: vec!["红布".into()],
            quality: "8 面".into(),
            mistakes: Vec::new(),
            safety: String::new(),
        }
    }

    fn steps(cards: Vec<StepCard>) -> LessonContent {
        LessonContent::Steps(StepLesson { materials: Vec::new(), cards })
    }

    #[test]
    fn a_lesson_says_what_it_lacks() {
        let empty = |kind| gaps(&LessonContent::empty(kind));
        for kind in shared::content::LessonKind::ALL {
            assert_eq!(empty(*kind).len(), 1, "{kind:?}");
        }
        assert_eq!(gaps(&steps(vec![card()])), Vec::<String>::new());
        let poor = StepCard { quality: String::new(), key_points: Vec::new(), ..card() };
        let said = ["第 2 张步骤卡没有写要点", "第 2 张步骤卡没有写质量标准"];
        assert_eq!(gaps(&steps(vec![card(), poor])), said);
        let blank = Block::Paragraph { html: String::new() };
        assert_eq!(gaps(&LessonContent::Article { blocks: vec![blank] }), ["还没有内容"]);
    }
}
