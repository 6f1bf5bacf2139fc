//! The files that an officer looks after: how large they are, where they are used, and deleting what
//! is not.

use std::collections::HashMap;

use sea_orm::{
    ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};
use shared::{
    accounts::{PersonId, Role},
    api::Officer,
    authoring::MediaFile,
    content::MediaId,
    media::{KeptFile, ListMediaFiles, MediaFiles, RemoveMediaFile},
    problem::{Code, Problem},
};

use super::{
    entity::media::{Column, Entity, Model},
    orphans::{self, Removal},
    standing,
};
use crate::{
    Result,
    accounts::{Caller, Reach, people},
    audit::Event,
    courses,
    db::{Connection, cursor},
    http::Ctx,
    standards,
};

/// Files on one page.
const PAGE: usize = 50;

pub async fn list_media_files(ctx: Ctx<Officer>, request: ListMediaFiles) -> Result<MediaFiles> {
    let (db, reach) = (ctx.app.db.read(), ctx.caller.reach(Role::TrainingOfficer));
    let place = request.cursor.as_deref().map(Place::read).transpose()?;
    let mut all = Entity::find().filter(looked_after(&ctx.caller, &reach));
    if let Some(unused) = request.unused {
        let used = Condition::any()
            .add(Column::Id.in_subquery(courses::shown_files()))
            .add(Column::Id.in_subquery(standards::shown_files()));
        all = all.filter(if unused { used.not() } else { used });
    }
    let total = all.clone().count(db).await?;
    if let Some(place) = place {
        all = all.filter(place.after());
    }
    let page = all.order_by_desc(Column::Bytes).order_by_desc(Column::Id).limit(PAGE as u64 + 1);
    let mut found = page.all(db).await?;
    let more = found.len() > PAGE;
    found.truncate(PAGE);
    let next = found.last().filter(|_| more).map(|it| Place::of(it).write());
    let items = kept(db, &reach, found).await?;
    Ok(MediaFiles { items, total: u32::try_from(total).unwrap_or(u32::MAX), next })
}

/// The same as [`standing::find_managed`] lets through.
fn looked_after(caller: &Caller, reach: &Reach) -> Condition {
    Condition::any()
        .add(Column::CreatedBy.eq(caller.person))
        .add(reach.of_organization(Column::OrganizationId))
}

async fn kept(db: &Connection, reach: &Reach, rows: Vec<Model>) -> Result<Vec<KeptFile>> {
    let ids: Vec<MediaId> = rows.iter().map(|it| it.id).collect();
    let mut uses = courses::uses_of_files(db, reach, &ids).await?;
    let cited = standards::files_in_use(db, &ids).await?;
    let mut uploaders: Vec<PersonId> = rows.iter().filter_map(|it| it.created_by).collect();
    uploaders.sort_unstable();
    uploaders.dedup();
    let cards = people::cards_of(db, uploaders).await?;
    let names: HashMap<PersonId, String> = cards.into_iter().map(|it| (it.id, it.name)).collect();
    let file = |it: Model| {
        let shown = uses.remove(&it.id).unwrap_or_default();
        KeptFile {
            by: it.created_by.and_then(|by| names.get(&by).cloned()).unwrap_or_default(),
            at: it.created_at,
            used_in: shown.courses,
            used_elsewhere: shown.elsewhere,
            used_in_standards: cited.contains(&it.id),
            file: MediaFile::from(it),
        }
    };
    Ok(rows.into_iter().map(file).collect())
}

pub async fn remove_media_file(ctx: Ctx<Officer>, request: RemoveMediaFile) -> Result<()> {
    let id = request.media;
    standing::find_managed(ctx.app.db.read(), &ctx.caller, id).await?;
    let refused = |why: &str| Err(Problem::from(Code::InUse).detail(why).into());
    let act = ctx.actor().did(Event::MediaRemoved, id);
    match orphans::remove(&ctx.app, id, act).await? {
        Removal::Removed => Ok(()),
        Removal::Gone => Err(Code::NotFound.into()),
        Removal::Working => refused("正在为手机转换，请等它转完再删"),
        Removal::Shown => refused("还有课程或标准条款在用它；先从那里拿掉，以前的版本用着的要留着"),
    }
}

/// Where a page ended: the sort key of its last file.
struct Place {
    bytes: i64,
    id: MediaId,
}

impl Place {
    const fn of(row: &Model) -> Self {
        Self { bytes: row.bytes, id: row.id }
    }

    fn write(&self) -> String {
        cursor::write(&[self.bytes.to_string(), self.id.to_string()])
    }

    fn read(cursor: &str) -> Result<Self> {
        cursor::read(cursor, |parts| Some(Self { bytes: parts.part()?, id: parts.part()? }))
    }

    /// What comes after it in the list's order.
    fn after(&self) -> Condition {
        let same_size =
            Condition::all().add(Column::Bytes.eq(self.bytes)).add(Column::Id.lt(self.id));
        Condition::any().add(Column::Bytes.lt(self.bytes)).add(same_size)
    }
}
