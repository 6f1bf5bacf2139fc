//! Rows that claim what somebody else has: in the file, or on the roster.

use std::collections::HashMap;

use shared::roster::{CellProblem, RosterField};

use super::Checking;
use crate::roster::{
    cells::{Entry, Row, tidy},
    snapshot::Known,
};

/// The rows by what only one person may have.
pub struct Clashes {
    staff_numbers: HashMap<String, Vec<u32>>,
    phones: HashMap<String, Vec<u32>>,
    id_cards: HashMap<String, Vec<u32>>,
}

impl Clashes {
    pub fn within(rows: &[Row], read: &[Result<Entry, Vec<CellProblem>>]) -> Self {
        let mut clashes = Self {
            staff_numbers: HashMap::new(),
            phones: HashMap::new(),
            id_cards: HashMap::new(),
        };
        for (row, read) in rows.iter().zip(read) {
            // Of rows with faults too: mending the fault must not bring the clash to light.
            if let Some(number) = row.cells.get(&RosterField::StaffNumber) {
                clashes.staff_numbers.entry(tidy(number)).or_default().push(row.number);
            }
            let Ok(entry) = read else { continue };
            for (all, one) in
                [(&mut clashes.phones, &entry.phone), (&mut clashes.id_cards, &entry.id_card)]
            {
                if let Some(one) = one {
                    all.entry(one.clone()).or_default().push(row.number);
                }
            }
        }
        clashes
    }

    /// What of a row clashes with others.
    pub fn of(&self, row: u32, entry: &Entry, with: &Checking<'_>) -> Vec<CellProblem> {
        let mut problems = Vec::new();
        let mut add = |field, message| problems.push(CellProblem { field, message });
        if let Some(other) = other(&self.staff_numbers, Some(&entry.staff_number), row) {
            add(RosterField::StaffNumber, format!("和第 {other} 行的工号相同，一个工号只能有一行"));
        }
        if let Some(other) = other(&self.phones, entry.phone.as_ref(), row) {
            add(RosterField::Phone, format!("和第 {other} 行的手机号相同，请改成本人的号码"));
        } else if let Some(owner) = phone_owner(entry, with) {
            add(RosterField::Phone, format!("花名册里这个手机号是{owner}的，请核对"));
        }
        if let Some(other) = other(&self.id_cards, entry.id_card.as_ref(), row) {
            add(RosterField::IdCard, format!("和第 {other} 行的身份证号相同，请核对"));
        } else if let Some(owner) = id_card_owner(entry, with) {
            let message = format!("花名册里这个身份证号是{owner}的；换了单位的人请沿用原来的工号");
            add(RosterField::IdCard, message);
        }
        if let Some(name) = other_name(entry, with) {
            let message = format!(
                "花名册里这个工号是“{name}”，不是“{}”；真的改了名请连身份证号一起填上",
                entry.name
            );
            add(RosterField::Name, message);
        }
        problems
    }
}

/// Another row with the same text.
fn other(all: &HashMap<String, Vec<u32>>, text: Option<&String>, row: u32) -> Option<u32> {
    all.get(text?)?.iter().copied().find(|it| *it != row)
}

/// Somebody else on post who has the phone number.
fn phone_owner(entry: &Entry, with: &Checking<'_>) -> Option<String> {
    let hash = with.indices.phone.hash(entry.phone.as_ref()?);
    let number = with.roster.phones.get(&hash)?;
    let owner = with.roster.people.get(number).filter(|it| it.person.active)?;
    (*number != entry.staff_number).then(|| called(owner, with))
}

fn id_card_owner(entry: &Entry, with: &Checking<'_>) -> Option<String> {
    let hash = with.indices.id_card.hash(entry.id_card.as_ref()?);
    let number = with.roster.id_cards.get(&hash)?;
    let owner = with.roster.people.get(number)?;
    (*number != entry.staff_number).then(|| called(owner, with))
}

/// `张三（工号 1002）`; who is out of reach stays unnamed.
fn called(owner: &Known, with: &Checking<'_>) -> String {
    let person = &owner.person;
    if with.reach.has_organization(person.organization_id) {
        return format!("{}（工号 {}）", person.name, person.staff_number);
    }
    "别的单位的人".into()
}

/// Whose the 工号 is, unless it is this person's or the 身份证 says that they changed their name.
fn other_name(entry: &Entry, with: &Checking<'_>) -> Option<String> {
    let known = with.roster.people.get(&entry.staff_number)?;
    if known.person.name == entry.name {
        return None;
    }
    let hash = entry.id_card.as_ref().map(|it| with.indices.id_card.hash(it));
    let same = hash.is_some() && hash == known.id_card_index;
    (!same).then(|| known.person.name.clone())
}
