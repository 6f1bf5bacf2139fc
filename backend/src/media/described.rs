//! What a player shows before it plays: known of the file, not of the lesson, and of the file as it is
//! by now.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use shared::content::{Block, LessonContent, MediaId, ShortVideo, VideoLesson};

use super::{
    entity::rendition,
    subtitles,
    weight::{Weight, weights},
};
use crate::{Result, db::Connection};

/// Fills in how large the files of a lesson are that are played, and what there is beside them.
pub async fn describe(db: &Connection, content: &mut LessonContent) -> Result<()> {
    match content {
        LessonContent::Article { blocks } => {
            let mut videos: Vec<&mut ShortVideo> = blocks.iter_mut().filter_map(video).collect();
            let files: Vec<MediaId> = videos.iter().map(|it| it.media).collect();
            let known = weights(db, &files).await?;
            for it in &mut videos {
                let Some(Weight { bytes, pictured, .. }) = known.get(&it.media) else { continue };
                (it.bytes, it.pictured) = (*bytes, *pictured);
            }
            Ok(())
        }
        LessonContent::Video(lesson) | LessonContent::Recording(lesson) => {
            describe_player(db, lesson).await
        }
        LessonContent::Slides(slides) => {
            let Some(id) = slides.media else { return Ok(()) };
            slides.bytes = weights(db, &[id]).await?.remove(&id).map_or(0, |it| it.bytes);
            Ok(())
        }
        LessonContent::Steps(steps) => {
            let clips = || steps.cards.iter().filter_map(|it| it.clip.as_ref());
            let known = weights(db, &clips().map(|it| it.media).collect::<Vec<_>>()).await?;
            for clip in steps.cards.iter_mut().filter_map(|it| it.clip.as_mut()) {
                let Some(Weight { bytes, pictured, .. }) = known.get(&clip.media) else { continue };
                (clip.bytes, clip.pictured) = (*bytes, *pictured);
            }
            Ok(())
        }
    }
}

const fn video(block: &mut Block) -> Option<&mut ShortVideo> {
    match block {
        Block::Video(it) => Some(it),
        _ => None,
    }
}

async fn describe_player(db: &Connection, lesson: &mut VideoLesson) -> Result<()> {
    let Some(id) = lesson.media else { return Ok(()) };
    let Weight { bytes, pictured, .. } = weights(db, &[id]).await?.remove(&id).unwrap_or_default();
    (lesson.bytes, lesson.pictured) = (bytes, pictured);
    if lesson.subtitles.is_none() {
        let made = rendition::Entity::find().filter(rendition::Column::MediaId.eq(id));
        lesson.subtitles = subtitles::unnamed(&made.all(db).await?).map(str::to_owned);
    }
    lesson.subtitled = lesson.subtitles.as_ref().is_some_and(|it| !it.is_empty());
    Ok(())
}

/// Says of the lessons of a draft which subtitles they have now, so that whoever freezes them freezes
/// those too.
pub async fn name_subtitles(db: &Connection, lessons: Vec<&mut LessonContent>) -> Result<()> {
    let played = |it| match it {
        &mut (LessonContent::Video(ref mut it) | LessonContent::Recording(ref mut it)) => Some(it),
        _ => None,
    };
    let lessons: Vec<_> = lessons.into_iter().filter_map(played).collect();
    let files: Vec<MediaId> = lessons.iter().filter_map(|it| it.media).collect();
    let texts = subtitles::by_file(db, &files).await?;
    for lesson in lessons {
        let texts = lesson.media.and_then(|it| texts.get(&it));
        lesson.subtitles = texts.and_then(|it| subtitles::named(it)).map(str::to_owned);
        lesson.subtitled = lesson.subtitles.as_ref().is_some_and(|it| !it.is_empty());
    }
    Ok(())
}

/// The names that lessons have for the subtitles of their files; nothing where a lesson was frozen before
/// there were names.
pub fn subtitles_of<'a>(
    lessons: impl Iterator<Item = &'a LessonContent>,
) -> HashMap<MediaId, String> {
    let named = lessons.filter_map(|it| match it {
        LessonContent::Video(it) | LessonContent::Recording(it) => {
            it.media.zip(it.subtitles.clone())
        }
        _ => None,
    });
    named.collect()
}
