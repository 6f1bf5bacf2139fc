//! What a player shows before it plays: known of the file, not of the lesson, and of the file as it is
//! by now.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use shared::content::{LessonContent, MediaId};

use super::{
    entity::{media, rendition},
    subtitles,
};
use crate::Result;

/// Fills in how large the video or recording of a lesson is, and what there is beside it.
pub async fn describe(db: &impl ConnectionTrait, content: &mut LessonContent) -> Result<()> {
    let (LessonContent::Video(lesson) | LessonContent::Recording(lesson)) = content else {
        return Ok(());
    };
    let Some(id) = lesson.media else { return Ok(()) };
    let file = media::Entity::find_by_id(id).one(db).await?;
    let made = rendition::Entity::find().filter(rendition::Column::MediaId.eq(id)).all(db).await?;
    let of_name = |name: &str| made.iter().find(|it| it.name == name);
    let small = of_name("360p").map(|it| it.bytes);
    let bytes = small.or(file.map(|it| it.bytes)).unwrap_or_default();
    lesson.bytes = u64::try_from(bytes).unwrap_or_default();
    lesson.pictured = of_name("poster").is_some();
    if lesson.subtitles.is_none() {
        lesson.subtitles = subtitles::unnamed(&made).map(str::to_owned);
    }
    lesson.subtitled = lesson.subtitles.as_ref().is_some_and(|it| !it.is_empty());
    Ok(())
}

/// Says of the lessons of a draft which subtitles they have now, so that whoever freezes them freezes
/// those too.
pub async fn name_subtitles(
    db: &impl ConnectionTrait,
    lessons: Vec<&mut LessonContent>,
) -> Result<()> {
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
