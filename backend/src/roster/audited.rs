//! What the audit log says of people who were brought in, moved or changed: which and whereto, never
//! what their numbers are.

use shared::roster::RosterImportId;

use super::check::{Change, Plan};
use crate::{
    accounts::entity::person,
    audit::{Act, Actor, Event},
};

/// Everything that a plan does to people.
pub fn of_plan(plan: &Plan, actor: Actor, import: RosterImportId, with_leavers: bool) -> Vec<Act> {
    let added = plan.added.iter().map(|it| {
        let person = &it.person;
        let act = actor.did(Event::PersonAdded, person.id).within(person.organization_id);
        act.with("post", person.post_id)
    });
    let changed = plan.changed.iter().filter_map(|it| of_change(it, actor));
    let left = plan.left.iter().filter(|_| with_leavers).map(|it| {
        let act = actor.did(Event::PersonLeft, it.person.id);
        act.within(it.person.organization_id)
    });
    added.chain(changed).chain(left).map(|act| act.with("import", import)).collect()
}

fn of_change(change: &Change, actor: Actor) -> Option<Act> {
    let before = &change.before.as_ref()?.person;
    let act = of_person(actor, before, &change.person, change.moves);
    let act = act.with("name_changed", before.name != change.person.name);
    let act = act.with("phone_changed", change.phone.is_some());
    Some(act.with("id_card_changed", change.id_card.is_some()))
}

/// What became of one person.
pub fn of_person(actor: Actor, before: &person::Model, after: &person::Model, moves: bool) -> Act {
    let event = match (before.active, after.active) {
        (true, false) => Event::PersonLeft,
        (false, true) => Event::PersonReturned,
        _ if moves => Event::PersonMoved,
        _ => Event::PersonEdited,
    };
    let act = actor.did(event, after.id).within(after.organization_id);
    if !moves {
        return act;
    }
    act.with("organization_before", before.organization_id)
        .with("organization_after", after.organization_id)
        .with("post_before", before.post_id)
        .with("post_after", after.post_id)
}
