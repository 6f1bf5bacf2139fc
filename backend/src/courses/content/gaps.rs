//! What must stand in a lesson before learners see it.

use shared::content::{Block, LessonContent, StepCard};

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

    fn card() -> StepCard {
        StepCard {
            title: "备布".into(),
            picture: None,
            key_points: vec!["红布".into()],
            quality: "8 面".into(),
            seconds: 0,
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
