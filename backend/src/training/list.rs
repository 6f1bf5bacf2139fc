//! Lists of sessions, a page at a time.

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect, Select,
};
use shared::{
    page::Page,
    training::{SessionFilter, TrainingSessionCard, TrainingSessionId},
};

use super::{
    cards::cards,
    entity::session,
    visible::{own, to_come, visible},
};
use crate::{
    Result,
    accounts::Caller,
    db::{Connection, cursor},
};

/// Sessions on one page.
const PAGE: u64 = 20;

/// One page: what is to come with the soonest first, other lists with the latest first.
pub(super) async fn list(
    db: &Connection,
    caller: &Caller,
    filter: SessionFilter,
    cursor: Option<&str>,
    now: DateTime<Utc>,
) -> Result<Page<TrainingSessionCard>> {
    let after = cursor.map(Place::read).transpose()?;
    let order = if filter == SessionFilter::Upcoming { Order::Asc } else { Order::Desc };
    let mut find = chosen(caller, filter, now);
    if let Some(place) = after {
        find = find.filter(place.beyond(&order));
    }
    let mut found = find
        .order_by(session::Column::StartsAt, order.clone())
        .order_by(session::Column::Id, order)
        .limit(PAGE + 1)
        .all(db)
        .await?;
    let next = if found.len() as u64 > PAGE {
        found.pop();
        found.last().map(|last| Place { starts_at: last.starts_at, id: last.id }.write())
    } else {
        None
    };
    Ok(Page { items: cards(db, found, caller.person, now).await?, next })
}

fn chosen(caller: &Caller, filter: SessionFilter, now: DateTime<Utc>) -> Select<session::Entity> {
    match filter {
        SessionFilter::Upcoming => visible(caller, now).filter(to_come(now)),
        SessionFilter::Mine => session::Entity::find().filter(own(caller.person)),
        SessionFilter::Teaching => {
            session::Entity::find().filter(session::Column::InstructorId.eq(caller.person))
        }
    }
}

/// Where a page ended, which is where the following one goes on.
#[derive(Clone, Copy)]
struct Place {
    starts_at: DateTime<Utc>,
    id: TrainingSessionId,
}

impl Place {
    fn write(self) -> String {
        cursor::write(&[cursor::instant(self.starts_at), self.id.to_string()])
    }

    fn read(cursor: &str) -> Result<Self> {
        cursor::read(cursor, |parts| Some(Self { starts_at: parts.instant()?, id: parts.part()? }))
    }

    /// What comes after this place in the given order.
    fn beyond(self, order: &Order) -> Condition {
        use session::Column::{Id, StartsAt};
        let (later, next) = match order {
            Order::Asc => (StartsAt.gt(self.starts_at), Id.gt(self.id)),
            _ => (StartsAt.lt(self.starts_at), Id.lt(self.id)),
        };
        let same_start = Condition::all().add(StartsAt.eq(self.starts_at)).add(next);
        Condition::any().add(later).add(same_start)
    }
}
