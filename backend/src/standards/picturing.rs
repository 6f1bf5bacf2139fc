//! The officer's edits of the pictures of proposed clauses: put in, described, moved, taken out.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use shared::{
    authoring::MediaFile,
    content::{MediaId, MediaKind, Picture},
    problem::{Code, Problem},
    standards::console::ClauseEdit,
};

use super::{
    entity::{
        clause,
        clause::{KeptPicture, Pictures},
    },
    files,
};
use crate::{
    Result,
    accounts::Caller,
    courses,
    db::{Connection, Transaction},
    media,
};

/// Pictures of one clause.
const MOST: usize = 20;
/// Characters of what is said about one.
const LONGEST: usize = 300;

/// Lets an edit through that puts in what the caller uploaded, or sees in a standard anyway. All other
/// files do not exist for them, whatever they know of their ids.
///
/// # Errors
/// `invalid_request`
pub(super) async fn check(db: &Connection, caller: &Caller, edit: &ClauseEdit) -> Result<()> {
    let ClauseEdit::Pictures { pictures, .. } = edit else { return Ok(()) };
    if pictures.len() > MOST {
        let problem = Problem::from(Code::InvalidRequest);
        return Err(problem.field("edit.pictures", format!("一条最多 {MOST} 张图")).into());
    }
    let ids: Vec<MediaId> = pictures.iter().map(|it| it.media).collect();
    let own = media::uploaded_by(db, caller.person, &ids).await?;
    for (at, id) in ids.iter().enumerate() {
        if !own.contains(id) && !files::shows_file(db, caller, *id).await? {
            return Err(unknown(at));
        }
    }
    Ok(())
}

fn unknown(at: usize) -> crate::Error {
    let field = format!("edit.pictures[{at}].media");
    Problem::from(Code::InvalidRequest).field(field, "没有找到这张图片，请重新上传").into()
}

/// The clause with these pictures and no others.
///
/// # Errors
/// `invalid_request` where one is no picture, or too much is said about it.
pub(super) async fn set(
    tx: &Transaction,
    row: clause::Model,
    pictures: Vec<Picture>,
) -> Result<clause::Model> {
    let ids: Vec<MediaId> = pictures.iter().map(|it| it.media).collect();
    let (files, hashes) = (media::find_all(tx, &ids).await?, media::hashes(tx, &ids).await?);
    let kept = pictures.into_iter().enumerate();
    let kept = kept.map(|(at, it)| fitted(at, it, &files, &hashes)).collect::<Result<Vec<_>>>()?;
    Ok(clause::Model { pictures: Some(Pictures(kept)), ..row })
}

/// A picture of the size that its file has.
fn fitted(
    at: usize,
    mut picture: Picture,
    files: &HashMap<MediaId, MediaFile>,
    hashes: &HashMap<MediaId, String>,
) -> Result<KeptPicture> {
    let mut problem = Problem::from(Code::InvalidRequest);
    for (name, text) in [("alt", &mut picture.alt), ("caption", &mut picture.caption)] {
        courses::tidy(text);
        if text.chars().count() > LONGEST {
            let field = format!("edit.pictures[{at}].{name}");
            problem = problem.field(field, format!("最多 {LONGEST} 个字"));
        }
    }
    if !problem.fields.is_empty() {
        return Err(problem.into());
    }
    let file = files.get(&picture.media).filter(|it| it.kind == MediaKind::Image);
    let (file, hash) = file.zip(hashes.get(&picture.media)).ok_or_else(|| unknown(at))?;
    (picture.width, picture.height) = (file.width, file.height);
    Ok(KeptPicture { picture, hash: hash.clone() })
}

/// Both clauses after a picture of the first went to the one beside it: from the one before below that
/// one's last picture, from the one behind above its first. In their order.
///
/// # Errors
/// `invalid_request` where there is none on that side; `not_found` where there is no such picture.
pub(super) async fn shift(
    tx: &Transaction,
    mut row: clause::Model,
    at: u32,
    on: bool,
) -> Result<Vec<clause::Model>> {
    let mut own = row.pictures.take().unwrap_or_default().0;
    if at as usize >= own.len() {
        return Err(Code::NotFound.into());
    }
    let find = clause::Entity::find().filter(clause::Column::VersionId.eq(row.version_id));
    let place = clause::Column::Position;
    let find = if on {
        find.filter(place.gt(row.position)).order_by_asc(place)
    } else {
        find.filter(place.lt(row.position)).order_by_desc(place)
    };
    let Some(mut beside) = find.one(tx).await? else {
        let side = if on { "后面没有条款了" } else { "前面没有条款了" };
        return Err(Problem::from(Code::InvalidRequest).field("edit", side).into());
    };
    let moved = own.remove(at as usize);
    let mut theirs = beside.pictures.take().unwrap_or_default().0;
    theirs.insert(if on { 0 } else { theirs.len() }, moved);
    row.pictures = Some(Pictures(own));
    beside.pictures = Some(Pictures(theirs));
    Ok(if on { vec![row, beside] } else { vec![beside, row] })
}
