//! The files that a lesson shows.

use std::collections::HashMap;

use shared::{
    authoring::MediaFile,
    content::{LONGEST_CLIP, LessonContent, MediaId, MediaKind, Picture, VideoLesson},
};

use super::{SHORT_TEXT, blocks};
use crate::courses::fields::Fields;

/// The pictures in the content and the fields they stand in.
pub(super) fn pictures(content: &mut LessonContent) -> Vec<(String, &mut Picture)> {
    match content {
        LessonContent::Article { blocks } => {
            blocks.iter_mut().enumerate().flat_map(blocks::pictures).collect()
        }
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
pub(in crate::courses) fn media_of(content: &mut LessonContent) -> Vec<MediaId> {
    files_mut(content).into_iter().map(|it| *it).collect()
}

/// The same, to be exchanged.
pub(in crate::courses) fn files_mut(content: &mut LessonContent) -> Vec<&mut MediaId> {
    match content {
        LessonContent::Video(video) | LessonContent::Recording(video) => {
            video.poster.iter_mut().map(|it| &mut it.media).chain(&mut video.media).collect()
        }
        LessonContent::Slides(slides) => slides.media.iter_mut().collect(),
        LessonContent::Steps(steps) => {
            let shown = steps.cards.iter_mut().flat_map(|card| {
                let picture = card.picture.iter_mut().map(|it| &mut it.media);
                picture.chain(card.clip.iter_mut().map(|it| &mut it.media))
            });
            shown.collect()
        }
        LessonContent::Article { blocks } => {
            blocks.iter_mut().flat_map(blocks::files_mut).collect()
        }
    }
}

/// Gives a picture the size its file has.
pub(in crate::courses) fn fit_picture(
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

/// Gives the clips of step cards the length that their files have, and refuses those that are too long.
pub(super) fn fit_clips(
    fields: &mut Fields,
    content: &mut LessonContent,
    files: &HashMap<MediaId, MediaFile>,
) {
    let LessonContent::Steps(steps) = content else { return };
    for (index, card) in steps.cards.iter_mut().enumerate() {
        let Some(clip) = &mut card.clip else { continue };
        let field = format!("content.cards[{index}].clip.media");
        match files.get(&clip.media).filter(|it| it.kind == MediaKind::Video) {
            Some(file) if file.seconds > LONGEST_CLIP => {
                let seconds = file.seconds;
                let words = format!(
                    "循环短片最长 {LONGEST_CLIP} 秒，这段有 {seconds} 秒，请剪短了再传；要讲得长，另加一课视频"
                );
                fields.refuse(field, words);
            }
            Some(file) => clip.seconds = file.seconds,
            None => fields.refuse(field, "没有找到这段短片，请重新上传"),
        }
        (clip.bytes, clip.pictured) = (0, false);
    }
}

/// Gives a lesson the length, or the pages, that its file has.
pub(super) fn fit_file(
    fields: &mut Fields,
    content: &mut LessonContent,
    files: &HashMap<MediaId, MediaFile>,
) {
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
            (it.bytes, it.pictured) = (0, false);
            forget_subtitles(it);
        }
        LessonContent::Slides(it) => {
            (it.pages, it.width, it.height) =
                file.map_or((0, 0, 0), |it| (it.pages, it.width, it.height));
            it.bytes = 0;
        }
        LessonContent::Article { .. } | LessonContent::Steps(_) => {}
    }
}

/// A draft has whatever subtitles its files have.
pub(in crate::courses) fn forget_subtitles(lesson: &mut VideoLesson) {
    (lesson.subtitled, lesson.subtitles) = (false, None);
}
