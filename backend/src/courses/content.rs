//! What may stand in a lesson, and what must before learners see it.

mod blocks;
mod files;
mod gaps;
mod table;
mod weighing;

use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

use ammonia::{Builder, UrlRelative};
use shared::content::{LessonContent, StepCard};

pub(super) use blocks::quoted_mut;
pub(super) use files::{files_mut, fit_picture, forget_subtitles, media_of};
pub(super) use gaps::{KEY_POINTS, QUALITY, gaps};
pub(super) use weighing::{Weighed, played};

use blocks::tidy as tidy_block;
use files::{fit_clips, fit_file, pictures};

use super::fields::Fields;
use crate::{Result, db::Connection, media};

const LONG_TEXT: usize = 2000;
const SHORT_TEXT: usize = 300;
/// Seconds of a step.
const LONGEST_STEP: u32 = 3600;
/// Bytes of a paragraph as it comes: what lies in each other many thousand times takes seconds to clean.
const LONGEST_HTML: usize = 20_000;

/// Makes content fit to be stored: paragraphs sanitised, texts tidied, sizes as the files have them.
///
/// # Errors
/// `invalid_request` naming every field that cannot stay.
pub(super) async fn tidy(db: &Connection, mut content: LessonContent) -> Result<LessonContent> {
    let mut fields = Fields::default();
    tidy_texts(&mut fields, &mut content);
    let files = media::find_all(db, &media_of(&mut content)).await?;
    for (field, picture) in pictures(&mut content) {
        fit_picture(&mut fields, &field, picture, &files);
    }
    fit_file(&mut fields, &mut content, &files);
    fit_clips(&mut fields, &mut content, &files);
    blocks::fit_files(&mut fields, &mut content, &files);
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

fn tidy_card(fields: &mut Fields, field: &str, card: &mut StepCard) {
    fields.text(format!("{field}.title"), &mut card.title, SHORT_TEXT);
    fields.texts(&format!("{field}.key_points"), &mut card.key_points, SHORT_TEXT);
    fields.text(format!("{field}.quality"), &mut card.quality, SHORT_TEXT);
    fields.texts(&format!("{field}.mistakes"), &mut card.mistakes, SHORT_TEXT);
    fields.text(format!("{field}.safety"), &mut card.safety, SHORT_TEXT);
    if card.seconds > LONGEST_STEP {
        fields.refuse(format!("{field}.seconds"), format!("一步最多 {LONGEST_STEP} 秒"));
    }
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

#[cfg(test)]
mod tests {
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
}
