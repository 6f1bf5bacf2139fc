//! Compares a file with the roster: what each row would bring, and what is wrong with it. Pure, so
//! that the check and the writing come to the same result.

mod clashes;
mod compare;
mod verdict;

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{DateTime, Utc};
use shared::{
    accounts::PersonId,
    organizations::OrganizationId,
    roster::{CellProblem, Confidential, RosterField, RowOutcome, UnknownName},
    time,
};

use super::{
    cells::{self, Entry, Row, tidy},
    confidential::Index,
    progress::Progress,
    snapshot::{Known, Snapshot},
};
use crate::{
    accounts::{Reach, entity::person},
    keys::Keys,
};
use clashes::Clashes;

pub use verdict::Verdict;

/// Everything that a file would bring.
#[derive(Default)]
pub struct Plan {
    pub verdicts: Vec<Verdict>,
    pub unknown: Vec<UnknownName>,
    pub added: Vec<Change>,
    pub changed: Vec<Change>,
    pub left: Vec<Known>,
    /// People off post whose phone number somebody else has now.
    pub freed: Vec<PersonId>,
}

/// A person as they will be.
pub struct Change {
    /// As they are now; absent for somebody new.
    pub before: Option<Known>,
    pub person: person::Model,
    pub team: Option<(OrganizationId, String)>,
    /// Whether they work elsewhere, at something else, or again.
    pub moves: bool,
    pub phone: Option<String>,
    pub id_card: Option<String>,
}

impl Plan {
    pub fn counts(&self) -> BTreeMap<RowOutcome, u32> {
        let mut counts = BTreeMap::new();
        for verdict in &self.verdicts {
            *counts.entry(verdict.outcome).or_default() += 1;
        }
        counts
    }
}

/// The hashes under which numbers are found.
pub struct Indices {
    pub phone: Index,
    pub id_card: Index,
}

impl Indices {
    pub fn of(keys: &Keys) -> Self {
        Self {
            phone: Index::of(keys, Confidential::Phone),
            id_card: Index::of(keys, Confidential::IdCard),
        }
    }
}

/// Plans what the rows bring to the roster, as far as whoever brings them reaches: nobody is brought
/// into another's organisation, nor taken out of it.
pub fn plan(
    rows: &[Row],
    roster: &Snapshot,
    reach: &Reach,
    indices: &Indices,
    (now, progress): (DateTime<Utc>, &Progress),
) -> Plan {
    let today = time::local_date(now);
    let read: Vec<_> = rows.iter().map(|row| cells::read(row, today)).collect();
    let clashes = Clashes::within(rows, &read);
    let checking = Checking { roster, reach, indices, clashes, now };
    let mut plan = Plan::default();
    let mut unknown = BTreeMap::new();
    for (row, read) in rows.iter().zip(read) {
        checking.row(row, read, &mut plan, &mut unknown);
        progress.advance(1);
    }
    let name = |((field, name), rows)| UnknownName { field, name, rows };
    plan.unknown = unknown.into_iter().map(name).collect();
    absent(rows, roster, reach, &mut plan);
    plan
}

struct Checking<'a> {
    roster: &'a Snapshot,
    reach: &'a Reach,
    indices: &'a Indices,
    clashes: Clashes,
    now: DateTime<Utc>,
}

type Unknown = BTreeMap<(RosterField, String), u32>;

impl Checking<'_> {
    fn row(
        &self,
        row: &Row,
        read: Result<Entry, Vec<CellProblem>>,
        plan: &mut Plan,
        unknown: &mut Unknown,
    ) {
        let bad = |outcome, problems| Verdict {
            row: Some(row.number),
            outcome,
            cells: BTreeMap::new(),
            changes: Vec::new(),
            problems,
        };
        let entry = match read {
            Ok(entry) => entry,
            Err(mut problems) => {
                // Told at once too, so that one round of mending is enough.
                problems.extend(self.unknown_names(&row_names(row), unknown));
                return plan.verdicts.push(bad(RowOutcome::Faulty, problems));
            }
        };
        let names = [Some(entry.organization.clone()), entry.post.clone()];
        let problems = self.unknown_names(&names, unknown);
        let Some(organization) = self.roster.organization(&entry.organization) else {
            return plan.verdicts.push(bad(RowOutcome::Faulty, problems));
        };
        if !problems.is_empty() {
            return plan.verdicts.push(bad(RowOutcome::Faulty, problems));
        }
        let problems = self.out_of_reach(&entry, organization);
        if !problems.is_empty() {
            return plan.verdicts.push(bad(RowOutcome::Faulty, problems));
        }
        let problems = self.clashes.of(row.number, &entry, self);
        if !problems.is_empty() {
            return plan.verdicts.push(bad(RowOutcome::Conflict, problems));
        }
        let (outcome, changes) = compare::compare(self, &entry, organization, plan);
        plan.verdicts.push(Verdict { changes, ..bad(outcome, Vec::new()) });
    }

    /// What of a row is another's to write.
    fn out_of_reach(&self, entry: &Entry, organization: OrganizationId) -> Vec<CellProblem> {
        let refuse = |field, message: &str| vec![CellProblem { field, message: message.into() }];
        if !self.reach.has_organization(organization) {
            let message = "这个单位的花名册不归你管，请核对单位名称，或请培训办公室来导入";
            return refuse(RosterField::Organization, message);
        }
        let known = self.roster.people.get(&entry.staff_number);
        match known.filter(|it| !self.reach.has_organization(it.person.organization_id)) {
            Some(_) => refuse(
                RosterField::StaffNumber,
                "这个工号是别的单位的人，请核对；真的调过来了，请培训办公室办调动",
            ),
            None => Vec::new(),
        }
    }

    /// What the roster does not know of an organisation's and a post's name.
    fn unknown_names(
        &self,
        names: &[Option<String>; 2],
        unknown: &mut Unknown,
    ) -> Vec<CellProblem> {
        let [organization, post] = names;
        let known = |field, name: &String| match field {
            RosterField::Organization => self.roster.organization(name).is_some(),
            _ => self.roster.post(name).is_some(),
        };
        let mut problems = Vec::new();
        for (field, name) in [(RosterField::Organization, organization), (RosterField::Post, post)]
        {
            let Some(name) = name.as_ref().filter(|name| !known(field, name)) else { continue };
            *unknown.entry((field, name.clone())).or_default() += 1;
            let message = format!("系统里没有这个{}，请核对名称；确实是新的就新建", field.label());
            problems.push(CellProblem { field, message });
        }
        problems
    }
}

fn row_names(row: &Row) -> [Option<String>; 2] {
    [RosterField::Organization, RosterField::Post]
        .map(|field| row.cells.get(&field).map(|it| tidy(it)).filter(|it| !it.is_empty()))
}

/// People on post in an organisation of the file, and in reach, whom the file does not name.
fn absent(rows: &[Row], roster: &Snapshot, reach: &Reach, plan: &mut Plan) {
    let texts = |field| {
        let texts = rows.iter().filter_map(move |row| row.cells.get(&field));
        texts.map(|it| tidy(it)).collect::<HashSet<_>>()
    };
    let named = texts(RosterField::StaffNumber);
    let organizations: HashSet<_> = texts(RosterField::Organization)
        .iter()
        .filter_map(|name| roster.organization(name))
        .collect();
    let gone = |it: &&Known| {
        it.person.active
            && organizations.contains(&it.person.organization_id)
            && reach.has_organization(it.person.organization_id)
            && !named.contains(&it.person.staff_number)
            && !roster.staff.contains(&it.person.id)
    };
    let mut gone: Vec<_> = roster.people.values().filter(gone).cloned().collect();
    gone.sort_by(|a, b| a.person.staff_number.cmp(&b.person.staff_number));
    for known in gone {
        let person = &known.person;
        let cells = [
            (RosterField::StaffNumber, person.staff_number.clone()),
            (RosterField::Name, person.name.clone()),
            (RosterField::Organization, roster.organization_name(person.organization_id).into()),
        ];
        plan.verdicts.push(Verdict {
            row: None,
            outcome: RowOutcome::Left,
            cells: HashMap::from(cells).into_iter().collect(),
            changes: vec!["文件里没有这个人".into()],
            problems: Vec::new(),
        });
        plan.left.push(known);
    }
}
