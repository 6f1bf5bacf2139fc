//! Brings the sample standards in as an officer would: their files are read and split into clauses,
//! the proposals confirmed as they are, and the clauses said to be for a post. Then whatever courses
//! teach and examine of them is linked, each link looked at by a colleague.

mod files;
mod links;

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use shared::{
    accounts::PersonId,
    courses::CourseId,
    organizations::PostId,
    standards::{StandardId, StandardLevel, StandardVersionId, VersionStage, console::*},
    time,
};

pub(super) use self::links::quote;

use self::files::StandardFile;
use super::SeededCast;
use crate::{
    App, Result,
    db::Transaction,
    standards::{
        self, Task,
        entity::{clause, standard, version},
    },
};

/// Brings every version that is missing into the 标准仓.
pub(super) async fn bring_all(app: &App, cast: &SeededCast) -> Result<()> {
    let officer = cast.people["zhengming"];
    for file in StandardFile::all()? {
        let post = cast.posts[&file.post];
        bring(app, file, post, officer).await?;
    }
    Ok(())
}

/// Links what courses teach and examine, where it is not linked yet.
pub(super) async fn link_all(
    app: &App,
    cast: &SeededCast,
    courses: &HashMap<String, CourseId>,
) -> Result<()> {
    let (officer, colleague) = (cast.people["zhengming"], cast.people["fanghui"]);
    links::write(app, courses.clone(), [officer, colleague]).await
}

async fn bring(app: &App, file: StandardFile, post: PostId, officer: PersonId) -> Result<()> {
    let standard = standard_of(app, &file, officer).await?;
    let find = version::Entity::find().filter(version::Column::StandardId.eq(standard));
    let versions = find.all(app.db.read()).await?;
    let (confirmed, proposed): (Vec<_>, Vec<_>) =
        versions.into_iter().partition(|it| it.confirmed_at.is_some());
    if confirmed.iter().any(|it| it.label == file.label) {
        return Ok(());
    }
    // What an interrupted seed has begun is the only proposal that there can be.
    let version = match proposed.first() {
        Some(begun) => begun.id,
        None => begin(app, standard, &file, officer).await?,
    };
    standards::run(app, Task::Read(version), None).await?;
    let clock = app.clock.clone();
    app.db
        .write(move |tx| {
            Box::pin(async move {
                let now = clock.now(tx).await?;
                confirm(tx, version, &file, officer, now).await?;
                give(tx, version, post).await
            })
        })
        .await
}

async fn standard_of(app: &App, file: &StandardFile, officer: PersonId) -> Result<StandardId> {
    let find = standard::Entity::find().filter(standard::Column::Number.eq(&file.number));
    if let Some(found) = find.one(app.db.read()).await? {
        return Ok(found.id);
    }
    let details = StandardDetails {
        number: file.number.clone(),
        title: file.title.clone(),
        level: StandardLevel::Internal,
        organization: file.organization.clone(),
    };
    let clock = app.clock.clone();
    app.db
        .write(move |tx| {
            Box::pin(async move {
                let now = clock.now(tx).await?;
                standards::add(tx, details, (None, Some(officer)), now).await
            })
        })
        .await
}

async fn begin(
    app: &App,
    standard: StandardId,
    file: &StandardFile,
    officer: PersonId,
) -> Result<StandardVersionId> {
    let (file, clock) = ((file.name.clone(), file.bytes.clone()), app.clock.clone());
    app.db
        .write(move |tx| {
            Box::pin(async move {
                let now = clock.now(tx).await?;
                Ok(standards::begin(tx, standard, file, Some(officer), now).await?.id)
            })
        })
        .await
}

async fn confirm(
    tx: &Transaction,
    version: StandardVersionId,
    file: &StandardFile,
    officer: PersonId,
    now: DateTime<Utc>,
) -> Result<()> {
    let today = time::local_date(now);
    let soon = file.in_force_after;
    let effective_on = file.effective_on.or_else(|| soon.map(|it| today + it));
    let details = VersionDetails {
        label: file.label.clone(),
        published_on: file.published_on.or_else(|| soon.map(|_| today)),
        effective_on,
        withdrawn_on: None,
    };
    let stage = match effective_on {
        None => VersionStage::Consultation,
        Some(day) if day > today => VersionStage::Upcoming,
        Some(_) => VersionStage::Current,
    };
    let saved = version::Entity::find_by_id(version).one(tx).await?;
    let revision = saved.map_or(0, |it| it.revision);
    let request = ConfirmVersion { version, revision, stage, details: Some(details) };
    let origins = standards::Origins::find(tx, version).await?;
    standards::confirm(tx, &request, origins, officer, now).await
}

/// Says that every clause is for this post.
async fn give(tx: &Transaction, version: StandardVersionId, post: PostId) -> Result<()> {
    let chapters = clause::Entity::find()
        .filter(clause::Column::VersionId.eq(version))
        .filter(clause::Column::Depth.eq(0))
        .all(tx)
        .await?;
    for chapter in chapters {
        let request = SetClausePosts { clause: chapter.id, posts: vec![post], with_below: true };
        standards::set_posts(tx, request).await?;
    }
    Ok(())
}
