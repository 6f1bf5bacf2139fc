//! The roster as it is at one moment: what a file is compared with.

use std::collections::{HashMap, HashSet};

use sea_orm::EntityTrait;
use sha2::{Digest, Sha256};
use shared::{
    accounts::PersonId,
    organizations::{OrganizationId, PostId},
    roster::TeamId,
};

use super::{
    cells::key,
    entity::{particulars, team},
};
use crate::{
    Result,
    accounts::{entity::person, roster},
    db::Connection,
    organizations,
};

/// Everybody by 工号, and what the names in a file mean.
pub struct Snapshot {
    pub people: HashMap<String, Known>,
    organizations: HashMap<String, OrganizationId>,
    posts: HashMap<String, PostId>,
    pub teams: HashMap<(OrganizationId, String), TeamId>,
    /// 工号 by a phone number's hash, and by that of an 身份证.
    pub phones: HashMap<Vec<u8>, String>,
    pub id_cards: HashMap<Vec<u8>, String>,
    /// Those who do more here than learn: they leave by name only.
    pub staff: HashSet<PersonId>,
    organization_names: HashMap<OrganizationId, String>,
    post_names: HashMap<PostId, String>,
    team_names: HashMap<TeamId, String>,
    mark: Vec<u8>,
}

/// Somebody on the roster.
#[derive(Debug, Clone)]
pub struct Known {
    pub person: person::Model,
    pub team: Option<TeamId>,
    pub phone_index: Option<Vec<u8>>,
    pub id_card_index: Option<Vec<u8>>,
}

impl Snapshot {
    pub async fn take(db: &Connection) -> Result<Self> {
        let mut found = particulars::Entity::find().all(db).await?;
        let mut told: HashMap<_, _> = found.drain(..).map(|it| (it.person_id, it)).collect();
        let mut snapshot = Self {
            people: HashMap::new(),
            organizations: HashMap::new(),
            posts: HashMap::new(),
            teams: HashMap::new(),
            phones: HashMap::new(),
            id_cards: HashMap::new(),
            staff: roster::staff(db).await?,
            organization_names: organizations::organization_names(db).await?,
            post_names: organizations::post_names(db).await?,
            team_names: HashMap::new(),
            mark: Vec::new(),
        };
        for team in team::Entity::find().all(db).await? {
            snapshot.team_names.insert(team.id, team.name.clone());
            snapshot.teams.insert((team.organization_id, team.name), team.id);
        }
        for person in roster::everybody(db).await? {
            let told = told.remove(&person.id);
            snapshot.add(person, told);
        }
        // Nobody comes to what is closed.
        let open = organizations::open_organizations(db).await?;
        let names = snapshot.organization_names.iter().filter(|(id, _)| open.contains(id));
        snapshot.organizations = names.map(|(id, name)| (key(name), *id)).collect();
        let open = organizations::open_posts(db).await?;
        let names = snapshot.post_names.iter().filter(|(id, _)| open.contains(id));
        snapshot.posts = names.map(|(id, name)| (key(name), *id)).collect();
        snapshot.mark = snapshot.fingerprint();
        Ok(snapshot)
    }

    fn add(&mut self, person: person::Model, told: Option<particulars::Model>) {
        let number = person.staff_number.clone();
        let (team, phone_index, id_card_index) =
            told.map_or((None, None, None), |it| (it.team_id, it.phone_index, it.id_card_index));
        if let Some(hash) = &phone_index {
            self.phones.insert(hash.clone(), number.clone());
        }
        if let Some(hash) = &id_card_index {
            self.id_cards.insert(hash.clone(), number.clone());
        }
        self.people.insert(number, Known { person, team, phone_index, id_card_index });
    }

    /// Equal only where nothing on the roster has changed.
    pub fn mark(&self) -> &[u8] {
        &self.mark
    }

    fn fingerprint(&self) -> Vec<u8> {
        let mut lines: Vec<String> = Vec::with_capacity(self.people.len());
        for Known { person, team, phone_index, id_card_index } in self.people.values() {
            let person::Model { id, name, staff_number, organization_id, post_id, active, .. } =
                person;
            lines.push(format!(
                "{id} {name} {staff_number} {organization_id} {post_id:?} {active} {team:?} \
                 {phone_index:?} {id_card_index:?}"
            ));
        }
        lines.extend(self.organization_names.iter().map(|(id, name)| format!("{id} {name}")));
        lines.extend(self.post_names.iter().map(|(id, name)| format!("{id} {name}")));
        lines.extend(self.organizations.values().map(|id| format!("{id} is open")));
        lines.extend(self.posts.values().map(|id| format!("{id} is in use")));
        lines.extend(self.teams.iter().map(|((of, name), id)| format!("{id} {of} {name}")));
        lines.sort_unstable();
        let mut digest = Sha256::new();
        for line in lines {
            digest.update(line.as_bytes());
            digest.update([b'\n']);
        }
        digest.finalize().to_vec()
    }

    /// The organisation that a name means.
    pub fn organization(&self, name: &str) -> Option<OrganizationId> {
        self.organizations.get(&key(name)).copied()
    }

    /// The post that a name means.
    pub fn post(&self, name: &str) -> Option<PostId> {
        self.posts.get(&key(name)).copied()
    }

    pub fn organization_name(&self, id: OrganizationId) -> &str {
        self.organization_names.get(&id).map_or("", String::as_str)
    }

    pub fn post_name(&self, id: Option<PostId>) -> &str {
        id.and_then(|id| self.post_names.get(&id)).map_or("", String::as_str)
    }

    pub fn team_name(&self, id: Option<TeamId>) -> &str {
        id.and_then(|id| self.team_names.get(&id)).map_or("", String::as_str)
    }
}
