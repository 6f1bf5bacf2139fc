//! Reading the log: which records are asked for, a page at a time, the latest first.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use sea_orm::{
    ActiveEnum, ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use shared::{
    accounts::{PersonCard, PersonId},
    audit::{AuditFact, AuditRecord, ListAuditRecords},
    page::Page,
    time,
};

use super::{Event, ObjectKind, Outcome, chain::hex, entity::log, record::Record, words};
use crate::{
    Result,
    accounts::people,
    bases, courses,
    db::{Connection, cursor},
    organizations,
};

/// Records on one page.
const PAGE: u64 = 50;

/// One page of what is asked for.
pub async fn page(db: &Connection, request: &ListAuditRecords) -> Result<Page<AuditRecord>> {
    let before = match &request.cursor {
        Some(text) => Some(cursor::read(text, cursor::Parts::part)?),
        None => None,
    };
    let mut found = some(db, request, before, PAGE + 1).await?;
    let next = (found.len() as u64 > PAGE).then(|| {
        found.truncate(PAGE.try_into().unwrap_or(usize::MAX));
        found.last().map(|last| cursor::write(&[last.seq.to_string()]))
    });
    Ok(Page { items: shown(db, found).await?, next: next.flatten() })
}

/// At most `most` of what is asked for, before a place.
pub async fn some(
    db: &Connection,
    request: &ListAuditRecords,
    before: Option<i64>,
    most: u64,
) -> Result<Vec<log::Model>> {
    let mut find =
        log::Entity::find().filter(asked_for(request)).order_by_desc(log::Column::Seq).limit(most);
    if let Some(before) = before {
        find = find.filter(log::Column::Seq.lt(before));
    }
    Ok(find.all(db).await?)
}

fn asked_for(request: &ListAuditRecords) -> Condition {
    use log::Column::{At, Event, ObjectId, ObjectKind, Outcome, PersonId as Person};
    let mut asked = Condition::all()
        .add_option(request.from.map(|it| At.gte(start_of(it))))
        .add_option(request.to.map(|it| At.lt(start_of(it) + TimeDelta::days(1))))
        .add_option(request.person.map(|it| Person.eq(it)))
        .add_option(request.event.map(|it| Event.eq(it.to_value())))
        .add_option(request.outcome.map(|it| Outcome.eq(it.to_value())))
        .add_option(request.object_kind.map(|it| ObjectKind.eq(it.to_value())))
        .add_option(request.object.as_ref().map(|it| ObjectId.eq(it)));
    if let Some(words) = request.words.as_deref().map(str::trim).filter(|it| !it.is_empty()) {
        asked = asked.add(Person.in_subquery(people::ids_named(words)));
    }
    asked
}

/// When a day begins where the business is.
fn start_of(day: NaiveDate) -> DateTime<Utc> {
    let midnight = day.and_time(NaiveTime::MIN).and_local_timezone(time::zone());
    midnight.single().map_or(DateTime::UNIX_EPOCH, |it| it.to_utc())
}

/// The records with the names that people and things have now: the log itself holds ids.
pub async fn shown(db: &Connection, rows: Vec<log::Model>) -> Result<Vec<AuditRecord>> {
    let names = Names::of(db, &rows).await?;
    Ok(rows.into_iter().map(|row| one(row, &names)).collect())
}

/// What is called how.
struct Names {
    people: HashMap<PersonId, PersonCard>,
    things: HashMap<String, String>,
}

impl Names {
    async fn of(db: &Connection, rows: &[log::Model]) -> Result<Self> {
        let objects = |kind: ObjectKind| {
            let code = kind.to_value();
            rows.iter()
                .filter(move |it| it.object_kind == code)
                .filter_map(|it| it.object_id.as_ref())
        };
        let named = objects(ObjectKind::Person).filter_map(|it| it.parse().ok());
        let mut ids: Vec<PersonId> =
            rows.iter().filter_map(|it| it.person_id).chain(named).collect();
        ids.sort_unstable();
        ids.dedup();
        let cards = people::cards_of(db, ids).await?;
        let people: HashMap<_, _> = cards.into_iter().map(|it| (it.id, it)).collect();
        let courses: Vec<_> =
            objects(ObjectKind::Course).filter_map(|it| it.parse().ok()).collect();
        let titles = courses::titles(db, &courses).await?;
        let organizations = organizations::organization_names(db).await?;
        let bases = bases::named(db).await?;
        let things = people
            .iter()
            .map(|(id, card)| (id.to_string(), format!("{}（{}）", card.name, card.staff_number)))
            .chain(titles.into_iter().map(|(id, title)| (id.to_string(), title)))
            .chain(organizations.into_iter().map(|(id, name)| (id.to_string(), name)))
            .chain(bases.into_iter().map(|it| (it.id.to_string(), it.name)))
            .collect();
        Ok(Self { people, things })
    }

    /// A value, by its name where it is the id of something that has one.
    fn call(&self, value: String) -> String {
        self.things.get(&value).cloned().unwrap_or(value)
    }
}

fn one(row: log::Model, names: &Names) -> AuditRecord {
    let record = Record::read(&row.canonical).ok();
    let title = Event::try_from_value(&row.event).map_or("看不懂的记录", Event::label);
    let kind = ObjectKind::try_from_value(&row.object_kind).map_or("", ObjectKind::label);
    let facts = record.iter().flat_map(|it| &it.detail).map(|(name, fact)| AuditFact {
        name: words::name(name).into(),
        value: names.call(words::value(fact)),
    });
    AuditRecord {
        seq: row.seq,
        at: row.at,
        title: title.into(),
        event: row.event,
        outcome: Outcome::try_from_value(&row.outcome).unwrap_or(Outcome::Refused),
        person: row.person_id.and_then(|id| names.people.get(&id).cloned()),
        address: record.as_ref().and_then(|it| it.address),
        object_kind: kind.into(),
        object_name: row.object_id.as_ref().and_then(|id| names.things.get(id).cloned()),
        object: row.object_id,
        facts: facts.collect(),
        hash: hex(&row.hash),
    }
}
