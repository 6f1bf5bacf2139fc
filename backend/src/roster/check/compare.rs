//! What a sound row changes about a person. An empty cell leaves things as they are.

use shared::{
    accounts::PersonId,
    organizations::OrganizationId,
    roster::{Confidential, RosterField, RowOutcome},
};
use uuid::Uuid;

use super::{Change, Checking, Plan};
use crate::{
    accounts::entity::person,
    roster::{cells::Entry, confidential::mask, snapshot::Known},
};

/// Adds to the plan what the row brings, and says it.
pub fn compare(
    with: &Checking<'_>,
    entry: &Entry,
    organization: OrganizationId,
    plan: &mut Plan,
) -> (RowOutcome, Vec<String>) {
    match with.roster.people.get(&entry.staff_number) {
        None if entry.active == Some(false) => {
            (RowOutcome::Unchanged, vec!["花名册里没有这个人，不用办离岗".into()])
        }
        None => {
            free_phone(with, entry, plan);
            plan.added.push(newcomer(with, entry, organization));
            (RowOutcome::Added, Vec::new())
        }
        Some(known) if known.person.active && entry.active == Some(false) => {
            plan.left.push(known.clone());
            (RowOutcome::Left, vec!["文件里写着不在岗".into()])
        }
        Some(known) => {
            let (change, changes) = difference(with, entry, organization, known);
            if changes.is_empty() {
                return (RowOutcome::Unchanged, changes);
            }
            free_phone(with, entry, plan);
            plan.changed.push(change);
            (RowOutcome::Updated, changes)
        }
    }
}

/// A number that somebody off post had belongs to whoever has it now.
fn free_phone(with: &Checking<'_>, entry: &Entry, plan: &mut Plan) {
    let Some(phone) = &entry.phone else { return };
    let owner = with.roster.phones.get(&with.indices.phone.hash(phone));
    let owner = owner.filter(|number| **number != entry.staff_number);
    if let Some(known) = owner.and_then(|number| with.roster.people.get(number)) {
        plan.freed.push(known.person.id);
    }
}

fn newcomer(with: &Checking<'_>, entry: &Entry, organization_id: OrganizationId) -> Change {
    let person = person::Model {
        id: PersonId(Uuid::now_v7()),
        organization_id,
        post_id: entry.post.as_ref().and_then(|name| with.roster.post(name)),
        name: entry.name.clone(),
        staff_number: entry.staff_number.clone(),
        username: None,
        password_hash: None,
        active: true,
        created_at: with.now,
    };
    Change {
        before: None,
        person,
        team: entry.team.clone().map(|name| (organization_id, name)),
        moves: true,
        phone: entry.phone.clone(),
        id_card: entry.id_card.clone(),
    }
}

fn difference(
    with: &Checking<'_>,
    entry: &Entry,
    organization_id: OrganizationId,
    known: &Known,
) -> (Change, Vec<String>) {
    let Checking { roster, indices, .. } = with;
    let mut person = known.person.clone();
    person.name.clone_from(&entry.name);
    person.organization_id = organization_id;
    if let Some(post) = &entry.post {
        person.post_id = roster.post(post);
    }
    person.active = entry.active.unwrap_or(person.active);
    let stays = person.organization_id == known.person.organization_id;
    let team_before = roster.team_name(known.team);
    // A team belongs to its organisation: who leaves the one leaves the other.
    let team_after = entry.team.as_deref().unwrap_or(if stays { team_before } else { "" });

    let is_new = |hash: Option<Vec<u8>>, had: &Option<Vec<u8>>| hash.is_some() && hash != *had;
    let phone_hash = entry.phone.as_ref().map(|it| indices.phone.hash(it));
    let phone = entry.phone.clone().filter(|_| is_new(phone_hash, &known.phone_index));
    let id_card_hash = entry.id_card.as_ref().map(|it| indices.id_card.hash(it));
    let id_card = entry.id_card.clone().filter(|_| is_new(id_card_hash, &known.id_card_index));

    let before = &known.person;
    let on_post = |active| if active { "是" } else { "否" };
    let organization = |person: &person::Model| roster.organization_name(person.organization_id);
    let post = |person: &person::Model| roster.post_name(person.post_id);
    let told = [
        (RosterField::Name, before.name.as_str(), person.name.as_str()),
        (RosterField::Organization, organization(before), organization(&person)),
        (RosterField::Team, team_before, team_after),
        (RosterField::Post, post(before), post(&person)),
        (RosterField::Active, on_post(before.active), on_post(person.active)),
    ];
    let differs = told.iter().filter(|(_, before, after)| before != after);
    let mut changes: Vec<_> = differs.map(|(field, from, to)| arrow(*field, from, to)).collect();
    let moves = told[1..].iter().any(|(_, before, after)| before != after);
    let masked = |what, number: &String| mask(what, number);
    let numbers = [
        (RosterField::Phone, phone.as_ref().map(|it| masked(Confidential::Phone, it))),
        (RosterField::IdCard, id_card.as_ref().map(|it| masked(Confidential::IdCard, it))),
    ];
    changes.extend(
        numbers.into_iter().filter_map(|(field, it)| Some(format!("{} → {}", field.label(), it?))),
    );
    let team = (!team_after.is_empty()).then(|| (person.organization_id, team_after.to_owned()));
    (Change { before: Some(known.clone()), person, team, moves, phone, id_card }, changes)
}

/// `单位：甲 → 乙`
fn arrow(field: RosterField, from: &str, to: &str) -> String {
    let shown = |text: &str| if text.is_empty() { "（空）".to_owned() } else { text.to_owned() };
    format!("{}：{} → {}", field.label(), shown(from), shown(to))
}
