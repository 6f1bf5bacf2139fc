//! The roster as the officer reads it: people by 工号, their particulars masked.

use std::collections::HashMap;

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use shared::{
    accounts::PersonId,
    organizations::{Organization, Post},
    problem::Code,
    roster::*,
    time,
};

use super::{
    cells::{self, tidy},
    confidential::{self, Index},
    entity::{particulars, team},
    history, planned,
};
use crate::{
    App, Result,
    accounts::{
        Reach,
        entity::person,
        roster::{self, Wanted},
    },
    audit::{self, Actor, Event},
    db::{Connection, cursor},
    keys::Keys,
    organizations, privacy,
};

/// People on one page.
const PAGE: usize = 50;

/// One page of those who are asked for.
pub async fn list(app: &App, reach: Reach, request: ListRoster) -> Result<RosterPage> {
    let db = app.db.read();
    let after = request.cursor.as_deref().map(read_place).transpose()?;
    let words = request.words.map(|it| tidy(&it)).filter(|it| !it.is_empty());
    let also = match &words {
        Some(words) => by_number(app, words).await?,
        None => None,
    };
    let wanted = Wanted {
        reach,
        words,
        also,
        organization: request.organization,
        post: request.post,
        active: request.active,
    };
    let most = PAGE as u64 + 1;
    let (mut found, total) = roster::page(db, &wanted, after.as_deref(), most).await?;
    let next = (found.len() > PAGE).then(|| {
        found.truncate(PAGE);
        found.last().map(|last| place(&last.staff_number))
    });
    let items = cards(app, found).await?;
    Ok(RosterPage { items, total: u32::try_from(total).unwrap_or(u32::MAX), next: next.flatten() })
}

/// A 工号 may hold a space, a part of a cursor none.
fn place(staff_number: &str) -> String {
    cursor::write(&[BASE64_URL_SAFE_NO_PAD.encode(staff_number)])
}

fn read_place(text: &str) -> Result<String> {
    cursor::read(text, |parts| {
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(parts.part::<String>()?).ok()?;
        // PostgreSQL takes no NUL.
        String::from_utf8(bytes).ok().filter(|text| !text.contains('\0'))
    })
}

/// Whose phone or 身份证 number it is, where it is one.
async fn by_number(app: &App, text: &str) -> Result<Option<PersonId>> {
    if let Ok(phone) = cells::phone(text) {
        return person_of_phone(app, &phone).await;
    }
    let today = time::local_date(app.clock.process_now());
    let Ok(id_card) = cells::id_card(text, today) else { return Ok(None) };
    let hash = Index::of(&app.keys, Confidential::IdCard).hash(&id_card);
    let find = particulars::Entity::find().filter(particulars::Column::IdCardIndex.eq(hash));
    Ok(find.one(app.db.read()).await?.map(|it| it.person_id))
}

/// Who has this phone number on the roster, whether or not they are on post.
pub async fn person_of_phone(app: &App, phone: &str) -> Result<Option<PersonId>> {
    let hash = Index::of(&app.keys, Confidential::Phone).hash(phone);
    let find = particulars::Entity::find().filter(particulars::Column::PhoneIndex.eq(hash));
    Ok(find.one(app.db.read()).await?.map(|it| it.person_id))
}

/// One person with their history.
pub async fn show(app: &App, reach: &Reach, id: PersonId) -> Result<RosterPerson> {
    let db = app.db.read();
    let person = roster::one(db, reach, id).await?;
    let active_since = person.active.then(|| time::local_date(person.created_at));
    let card = cards(app, vec![person]).await?.pop().ok_or(Code::NotFound)?;
    let organizations = organizations::organization_names(db).await?;
    let posts = organizations::post_names(db).await?;
    let teams: HashMap<_, _> =
        team::Entity::find().all(db).await?.into_iter().map(|it| (it.id, it.name)).collect();
    let mut history: Vec<_> = history::of(db, id)
        .await?
        .into_iter()
        .map(|it| Membership {
            organization: organizations.get(&it.organization_id).cloned().unwrap_or_default(),
            team: it.team_id.and_then(|id| teams.get(&id).cloned()),
            post: it.post_id.and_then(|id| posts.get(&id).cloned()),
            from: it.from_on,
            to: it.to_on,
        })
        .collect();
    if let (true, Some(from)) = (history.is_empty(), active_since) {
        // Whoever came by another way than the roster has been there since.
        let RosterCard { organization, team, post, .. } = card.clone();
        let (team, post) = (team.map(|it| it.name), post.map(|it| it.name));
        history.push(Membership { organization: organization.name, team, post, from, to: None });
    }
    let erased = privacy::is_erased(db, id).await?;
    Ok(RosterPerson { card, history, erased, planned: planned::of(db, id).await? })
}

/// A number in full.
pub async fn disclose(
    app: &App,
    actor: Actor,
    reach: &Reach,
    request: DisclosePerson,
) -> Result<Disclosure> {
    let person = roster::one(app.db.read(), reach, request.person).await?;
    let told = particulars(app.db.read(), request.person).await?.ok_or(Code::NotFound)?;
    let value = number(&app.keys, request.what, &told).ok_or(Code::NotFound)?;
    let act = actor.did(Event::NumberRevealed, person.id).within(person.organization_id);
    audit::record_alone(app, act.with("what", request.what)).await?;
    Ok(Disclosure { value })
}

pub async fn particulars(db: &Connection, person: PersonId) -> Result<Option<particulars::Model>> {
    Ok(particulars::Entity::find_by_id(person).one(db).await?)
}

/// A number in full, for whoever may see it.
pub(super) fn number(keys: &Keys, what: Confidential, told: &particulars::Model) -> Option<String> {
    let sealed = match what {
        Confidential::Phone => &told.sealed_phone,
        Confidential::IdCard => &told.sealed_id_card,
    };
    confidential::open(keys, what, told.person_id, sealed.as_ref()?)
}

async fn cards(app: &App, people: Vec<person::Model>) -> Result<Vec<RosterCard>> {
    let db = app.db.read();
    let organizations = organizations::all_organizations(db).await?;
    let posts = organizations::post_names(db).await?;
    let ids = people.iter().map(|it| it.id);
    let told = particulars::Entity::find()
        .filter(particulars::Column::PersonId.is_in(ids))
        .all(db)
        .await?;
    let team_ids = told.iter().filter_map(|it| it.team_id);
    let teams = team::Entity::find().filter(team::Column::Id.is_in(team_ids)).all(db).await?;
    let teams: HashMap<_, _> = teams.into_iter().map(|it| (it.id, Team::from(it))).collect();
    let told: HashMap<_, _> = told.into_iter().map(|it| (it.person_id, it)).collect();
    let card = |person: person::Model| -> Result<RosterCard> {
        let told = told.get(&person.id);
        let masked = |what| Some(confidential::mask(what, &number(&app.keys, what, told?)?));
        let organization: &Organization =
            organizations.get(&person.organization_id).ok_or(Code::NotFound)?;
        let post = |id| posts.get(&id).map(|name| Post { id, name: name.clone() });
        Ok(RosterCard {
            id: person.id,
            organization: organization.clone(),
            team: told.and_then(|it| it.team_id).and_then(|id| teams.get(&id).cloned()),
            post: person.post_id.and_then(post),
            active: person.active,
            phone: masked(Confidential::Phone),
            id_card: masked(Confidential::IdCard),
            name: person.name,
            staff_number: person.staff_number,
        })
    };
    people.into_iter().map(card).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_any_staff_number() {
        for number in ["D0001", "工 号%", ""] {
            assert_eq!(read_place(&place(number)).unwrap(), number);
        }
        for made_up in ["%", "_w", "AA"] {
            assert!(read_place(&cursor::write(&[made_up.into()])).is_err(), "{made_up}");
        }
    }
}
