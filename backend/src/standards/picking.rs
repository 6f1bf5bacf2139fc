//! Clauses to choose from: by number or by words.

use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use shared::standards::{
    ClauseId, SearchKind,
    console::{ClauseChoice, PickClauses},
};

use super::{
    entity::{clause, version},
    search::{self, Looking},
    standing,
};
use crate::{Result, db::Connection, roster::tidy};

const MOST: u64 = 30;

/// Clauses of what is in force or will be, those whose number begins so first.
pub async fn pick(db: &Connection, request: PickClauses) -> Result<Vec<ClauseChoice>> {
    let words = tidy(&request.words);
    let mut living = version::Entity::find()
        .filter(version::Column::Id.in_subquery(standing::in_stages(&standing::LIVING)));
    if let Some(standard) = request.standard {
        living = living.filter(version::Column::StandardId.eq(standard));
    }
    let living = living.all(db).await?;
    let mut found = Vec::new();
    if is_number(&words) {
        found = numbered(db, &words, &living).await?;
    }
    if found.is_empty() {
        let groups = living.iter().map(|it| it.id.0).collect();
        let looking = Looking {
            words: search::words(&words)?,
            kind: Some(SearchKind::Clause),
            groups: Some(groups),
            before: None,
            most: MOST,
        };
        let hits = search::find(db, &looking).await?;
        let ids: Vec<ClauseId> = hits.into_iter().map(|it| ClauseId(it.object_id)).collect();
        let find = clause::Entity::find().filter(clause::Column::Id.is_in(ids));
        found = find.order_by_asc(clause::Column::Position).all(db).await?;
    }
    let names = standing::names(db, found.iter().map(|it| it.version_id)).await?;
    let choice = |it: clause::Model| ClauseChoice {
        id: it.id,
        standard: names.get(&it.version_id).cloned().unwrap_or_default(),
        number: it.number,
        title: it.title,
        text: it.text,
        modality: it.modality,
    };
    Ok(found.into_iter().map(choice).collect())
}

/// Whether it is a number such as `6.2.3`, `A.1` or 附录A.
fn is_number(words: &str) -> bool {
    let lettered = |it: char| it.is_ascii_digit() || it == '.' || it.is_ascii_uppercase();
    !words.is_empty()
        && (words.chars().all(lettered) || words.starts_with("附录") || words.starts_with('表'))
}

async fn numbered(
    db: &Connection,
    number: &str,
    living: &[version::Model],
) -> Result<Vec<clause::Model>> {
    let begins = Condition::any()
        .add(clause::Column::Number.eq(number))
        .add(clause::Column::Number.starts_with(format!("{}.", number.trim_end_matches('.'))));
    let find = clause::Entity::find()
        .filter(clause::Column::VersionId.is_in(living.iter().map(|it| it.id)))
        .filter(begins)
        .order_by_asc(clause::Column::VersionId)
        .order_by_asc(clause::Column::Position)
        .limit(MOST);
    Ok(find.all(db).await?)
}
