//! What a player shows before it plays: known of the file, not of the lesson, and of the file as it is
//! by now.

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use shared::content::LessonContent;

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
    lesson.subtitled = of_name(subtitles::NAME).is_some();
    Ok(())
}
