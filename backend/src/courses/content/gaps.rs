//! What must stand in a lesson before learners see it.

use shared::content::{Block, GALLERY_LEAST, LessonContent, Picture, StepCard};

/// What parts of a step are called, here and wherever else officers read of them.
pub(in crate::courses) const KEY_POINTS: &str = "要点";
pub(in crate::courses) const QUALITY: &str = "质量标准";

/// What learners would miss, in words; empty where the lesson is ready.
pub(in crate::courses) fn gaps(content: &LessonContent) -> Vec<String> {
    match content {
        LessonContent::Article { blocks } if blocks.iter().all(is_empty) => {
            vec!["还没有内容".into()]
        }
        LessonContent::Video(video) if video.media.is_none() => vec!["还没有上传视频".into()],
        LessonContent::Recording(it) if it.media.is_none() => vec!["还没有上传录音".into()],
        LessonContent::Slides(slides) if slides.media.is_none() => vec!["还没有上传课件".into()],
        LessonContent::Steps(steps) if steps.cards.is_empty() => vec!["还没有步骤卡".into()],
        LessonContent::Steps(steps) => steps.cards.iter().zip(1..).flat_map(card_gaps).collect(),
        LessonContent::Article { blocks } => blocks.iter().zip(1..).flat_map(block_gaps).collect(),
        LessonContent::Video(_) | LessonContent::Recording(_) | LessonContent::Slides(_) => {
            Vec::new()
        }
    }
}

fn is_empty(block: &Block) -> bool {
    match block {
        Block::Heading { text } | Block::Notice { text, .. } => text.is_empty(),
        Block::Paragraph { html } => html.is_empty(),
        Block::List { items, .. } => items.is_empty(),
        Block::Table { rows } => rows.is_empty(),
        Block::Gallery { pictures } => pictures.is_empty(),
        Block::Picture(_) | Block::Clause { .. } | Block::Attachment(_) | Block::Video(_) => false,
    }
}

fn block_gaps((block, number): (&Block, u32)) -> Vec<String> {
    match block {
        Block::Gallery { pictures } => gallery_gaps(pictures, number),
        Block::Attachment(it) if it.name.is_empty() => {
            vec![format!("第 {number} 块的附件没有写叫什么")]
        }
        _ => Vec::new(),
    }
}

/// Whoever does not see a row of pictures has nothing else to go by.
fn gallery_gaps(pictures: &[Picture], number: u32) -> Vec<String> {
    let silent = pictures.iter().zip(1..).filter(|(it, _)| it.alt.is_empty());
    let silent =
        silent.map(|(_, at)| format!("第 {number} 块图片组的第 {at} 张没有写“图片说的是什么”"));
    let few = (1..GALLERY_LEAST).contains(&pictures.len()).then(|| {
        format!("第 {number} 块的图片组不到 {GALLERY_LEAST} 张，请再加几张，或者换成“图片”")
    });
    few.into_iter().chain(silent).collect()
}

fn card_gaps((card, number): (&StepCard, u32)) -> Vec<String> {
    let parts = [
        (card.title.is_empty(), "步骤名称"),
        (card.key_points.is_empty(), KEY_POINTS),
        (card.quality.is_empty(), QUALITY),
    ];
    let missing = parts.into_iter().filter(|(missing, _)| *missing);
    missing.map(|(_, part)| format!("第 {number} 张步骤卡没有写{part}")).collect()
}

#[cfg(test)]
mod tests {
    use shared::content::{Attachment, StepLesson};

    use super::*;

    fn card() -> StepCard {
        StepCard {
            title: "备布".into(),
            picture: None,
            clip: None,
            key_points: vec!["红布".into()],
            quality: "8 面".into(),
            seconds: 0,
            mistakes: Vec::new(),
            safety: String::new(),
        }
    }

    fn steps(cards: Vec<StepCard>) -> LessonContent {
        LessonContent::Steps(StepLesson { cards, ..StepLesson::default() })
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
        let (alt, caption) = (String::new(), String::new());
        let media = shared::content::MediaId(uuid::Uuid::nil());
        let picture = Picture { media, alt, caption, width: 1, height: 1 };
        let unnamed = Attachment { media, name: String::new(), bytes: 1 };
        let gallery = Block::Gallery { pictures: vec![picture] };
        let blocks = vec![gallery, Block::Attachment(unnamed)];
        let said = [
            "第 1 块的图片组不到 2 张，请再加几张，或者换成“图片”",
            "第 1 块图片组的第 1 张没有写“图片说的是什么”",
            "第 2 块的附件没有写叫什么",
        ];
        assert_eq!(gaps(&LessonContent::Article { blocks }), said);
        let blank = Block::Paragraph { html: String::new() };
        assert_eq!(gaps(&LessonContent::Article { blocks: vec![blank] }), ["还没有内容"]);
    }
}
