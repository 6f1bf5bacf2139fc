//! Makes the clauses of a version findable, some at a time: one writer serves everybody.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use shared::standards::{SearchKind, StandardVersionId};

use crate::{
    App, Result,
    standards::{
        entity::{clause, version},
        search::{self, Text},
        standing::LIVING,
    },
};

/// Clauses of one transaction.
const AT_ONCE: usize = 400;

pub async fn index(app: &App, id: StandardVersionId) -> Result<()> {
    let db = app.db.read();
    let Some(found) = version::Entity::find_by_id(id).one(db).await? else { return Ok(()) };
    app.db.write(move |tx| Box::pin(search::remove_group(tx, id.0))).await?;
    if found.confirmed_at.is_none() || !LIVING.contains(&found.stage) {
        return Ok(());
    }
    // The latest found first: so that the first clause of a version is found before its last.
    let clauses = clause::Entity::find()
        .filter(clause::Column::VersionId.eq(id))
        .order_by_desc(clause::Column::Position)
        .all(db)
        .await?;
    for some in clauses.chunks(AT_ONCE) {
        let texts: Vec<Text> = some.iter().map(text).collect();
        let clock = app.clock.clone();
        let write = app.db.write(move |tx| {
            Box::pin(async move { search::add(tx, &texts, clock.now(tx).await?).await })
        });
        write.await?;
    }
    Ok(())
}

fn text(clause: &clause::Model) -> Text {
    Text {
        kind: SearchKind::Clause,
        object: clause.id.0,
        group: clause.version_id.0,
        title: format!("{} {}", clause.number, clause.title).trim().to_owned(),
        body: clause.text.clone(),
    }
}
