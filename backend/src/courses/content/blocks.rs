//! The blocks of an article.

use std::collections::HashMap;

use shared::{
    authoring::MediaFile,
    content::{Attachment, Block, GALLERY_MOST, LessonContent, MediaId, MediaKind, Picture},
    standards::ClauseLinkId,
};

use super::{LONG_TEXT, LONGEST_HTML, SHORT_TEXT, sanitise, table};
use crate::courses::fields::Fields;

pub(super) fn tidy(fields: &mut Fields, field: &str, block: &mut Block) {
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
        Block::Gallery { pictures } if pictures.len() > GALLERY_MOST => {
            let words = format!("一组最多 {GALLERY_MOST} 张，请去掉几张，或者分成两组");
            fields.refuse(format!("{field}.pictures"), words);
        }
        // What a clause says is nobody's to write.
        Block::Clause { quote, .. } => *quote = None,
        Block::Attachment(Attachment { name, .. }) => {
            fields.text(format!("{field}.name"), name, SHORT_TEXT);
        }
        Block::Video(video) => {
            fields.text(format!("{field}.caption"), &mut video.caption, SHORT_TEXT);
        }
        Block::Picture(_) | Block::Gallery { .. } => {}
    }
}

/// The pictures of a block and the fields they stand in.
pub(super) fn pictures((index, block): (usize, &mut Block)) -> Vec<(String, &mut Picture)> {
    let field = format!("content.blocks[{index}]");
    match block {
        Block::Picture(picture) => vec![(field, picture)],
        Block::Gallery { pictures } => {
            let named = pictures.iter_mut().enumerate();
            named.map(|(at, it)| (format!("{field}.pictures[{at}]"), it)).collect()
        }
        Block::Video(video) => {
            video.poster.iter_mut().map(|it| (format!("{field}.poster"), it)).collect()
        }
        Block::Heading { .. }
        | Block::Paragraph { .. }
        | Block::Notice { .. }
        | Block::List { .. }
        | Block::Table { .. }
        | Block::Clause { .. }
        | Block::Attachment(_) => Vec::new(),
    }
}

/// The files that a block shows, or hands out.
pub(super) fn files_mut(block: &mut Block) -> Vec<&mut MediaId> {
    match block {
        Block::Attachment(it) => vec![&mut it.media],
        Block::Video(it) => {
            it.poster.iter_mut().map(|it| &mut it.media).chain([&mut it.media]).collect()
        }
        other => pictures((0, other)).into_iter().map(|(_, it)| &mut it.media).collect(),
    }
}

/// The links whose clauses an article quotes, to be exchanged.
pub(in crate::courses) fn quoted_mut(content: &mut LessonContent) -> Vec<&mut ClauseLinkId> {
    let LessonContent::Article { blocks } = content else { return Vec::new() };
    let quoted = blocks.iter_mut().filter_map(|block| match block {
        Block::Clause { link, .. } => Some(link),
        _ => None,
    });
    quoted.collect()
}

/// Gives attachments and videos the size that their files have.
pub(super) fn fit_files(
    fields: &mut Fields,
    content: &mut LessonContent,
    files: &HashMap<MediaId, MediaFile>,
) {
    let LessonContent::Article { blocks } = content else { return };
    for (index, block) in blocks.iter_mut().enumerate() {
        let of_kind =
            |media: MediaId, kind| files.get(&media).filter(|it: &&MediaFile| it.kind == kind);
        let found = match block {
            Block::Attachment(it) => {
                let file = of_kind(it.media, MediaKind::Document);
                it.bytes = file.map_or(0, |it| it.bytes);
                file.ok_or("没有找到这个附件，请重新上传 PDF")
            }
            Block::Video(it) => {
                let file = of_kind(it.media, MediaKind::Video);
                (it.seconds, it.bytes) = (file.map_or(0, |it| it.seconds), 0);
                it.pictured = false;
                file.ok_or("没有找到这段视频，请重新上传")
            }
            _ => continue,
        };
        if let Err(words) = found {
            fields.refuse(format!("content.blocks[{index}].media"), words);
        }
    }
}
