//! Whose words subtitles have.

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::OnConflict};
use shared::{accounts::PersonId, content::MediaId};

use crate::{
    Result,
    db::{Connection, Transaction},
    media::entity::{media, subtitle_writer},
};

/// Keeps whose words a text has that has a name.
pub(in crate::media) async fn wrote(
    tx: &Transaction,
    media: MediaId,
    name: &str,
    by: PersonId,
) -> Result<()> {
    use subtitle_writer::Column::{MediaId, Name, PersonId};
    let row = subtitle_writer::ActiveModel {
        media_id: Set(media),
        name: Set(name.to_owned()),
        person_id: Set(by),
    };
    let known = OnConflict::columns([MediaId, Name, PersonId]).do_nothing().to_owned();
    let insert = subtitle_writer::Entity::insert(row).on_conflict(known);
    insert.exec_without_returning(tx).await?;
    Ok(())
}

/// The same of a text that came with a file, which is taken for the words of whoever brought that.
pub(in crate::media) async fn came_with(
    tx: &Transaction,
    file: &media::Model,
    name: Option<String>,
) -> Result<()> {
    match (name, file.created_by) {
        (Some(name), Some(by)) => wrote(tx, file.id, &name, by).await,
        _ => Ok(()),
    }
}

/// Everybody who wrote one of these texts: files and the names that a revision has for their subtitles.
pub async fn subtitle_writers(
    db: &Connection,
    texts: &[(MediaId, String)],
) -> Result<Vec<PersonId>> {
    let mut people = Vec::new();
    for some in texts.chunks(500) {
        let files = some.iter().map(|it| it.0);
        let of_them = subtitle_writer::Column::MediaId.is_in(files);
        let rows = subtitle_writer::Entity::find().filter(of_them).all(db).await?;
        let among = |it: &subtitle_writer::Model| {
            some.iter().any(|(file, name)| *file == it.media_id && *name == it.name)
        };
        people.extend(rows.into_iter().filter(among).map(|it| it.person_id));
    }
    people.sort_unstable();
    people.dedup();
    Ok(people)
}
