//! Somebody in every role. All work for the first contractor; a scope, where there is one, is that
//! contractor too.

use shared::accounts::PersonId;
use uuid::Uuid;

use crate::scene::{Person, World};

pub const FIRST: &str = "和顺物业服务公司（示例）";
pub const SECOND: &str = "安恒保障服务公司（示例）";

#[derive(Debug, Clone, Copy)]
pub struct Caller {
    pub name: &'static str,
    /// 工号; nobody's where the caller is not signed in.
    number: Option<&'static str>,
    role: Option<&'static str>,
    scope: &'static str,
}

const fn caller(
    name: &'static str,
    number: Option<&'static str>,
    role: Option<&'static str>,
    scope: &'static str,
) -> Caller {
    Caller { name, number, role, scope }
}

pub const CALLERS: [Caller; 11] = [
    caller("stranger", None, None, ""),
    caller("learner", Some("D0101"), None, ""),
    caller("team leader", Some("D0102"), Some("team_leader"), FIRST),
    caller("instructor", Some("D0103"), Some("instructor"), FIRST),
    caller("officer", Some("D0104"), Some("training_officer"), FIRST),
    caller("officer of a course", Some("D0105"), Some("training_officer"), "course"),
    caller("officer of all", Some("D0106"), Some("training_officer"), "bureau"),
    caller("base manager", Some("D0107"), Some("base_manager"), "base"),
    caller("system admin", Some("D0108"), Some("system_admin"), "bureau"),
    caller("security admin", Some("D0109"), Some("security_admin"), "bureau"),
    caller("auditor", Some("D0110"), Some("auditor"), "bureau"),
];

/// The second contractor's officer and instructor, who made what is another's.
pub const ANOTHERS_OFFICER: &str = "D0117";
pub const ANOTHERS_INSTRUCTOR: &str = "D0118";
pub const ANOTHERS_PERSON: &str = "D0119";
pub const OWN_OFFICER: &str = "D0104";
pub const OWN_INSTRUCTOR: &str = "D0103";
pub const OWN_PERSON: &str = "D0116";
/// Those who are given roles.
pub const OWN_APPOINTEE: &str = "D0132";
pub const ANOTHERS_APPOINTEE: &str = "D0120";

/// The first contractor's base, which the base manager keeps, and the second one's.
pub const OWN_BASE: Uuid = Uuid::from_u128(1);
pub const ANOTHERS_BASE: Uuid = Uuid::from_u128(2);

/// Both run. Safe to repeat.
pub async fn bases(world: &World) {
    for (id, of) in [(OWN_BASE, FIRST), (ANOTHERS_BASE, SECOND)] {
        let id = literal(world, id);
        world
            .sql(&format!(
                "INSERT INTO training_bases (id, organization_id, name, kind, address, state,
                    version, created_at)
                 SELECT {id}, id, name, 'own', '3 号楼', 'running', 1, created_at
                 FROM organizations WHERE name = '{of}'
                 ON CONFLICT DO NOTHING"
            ))
            .await;
    }
}

/// An id as the database writes it.
pub fn literal(world: &World, id: Uuid) -> String {
    match world.app.db.backend() {
        sea_orm::DbBackend::Postgres => format!("'{id}'"),
        _ => format!("x'{}'", id.simple()),
    }
}

pub async fn arrive(world: &World) {
    for caller in CALLERS {
        let (Some(number), Some(role)) = (caller.number, caller.role) else { continue };
        grant(world, number, role, caller.scope).await;
    }
    grant(world, ANOTHERS_OFFICER, "training_officer", SECOND).await;
    grant(world, ANOTHERS_INSTRUCTOR, "instructor", SECOND).await;
    with_phones(world).await;
}

/// Those whom the operations are about have numbers to be disclosed.
async fn with_phones(world: &World) {
    let officer = world.person("zhengming").await;
    let rows = format!(
        "工号,姓名,单位,手机\n{OWN_PERSON},韩雪,{FIRST},13800000001\n\
         {ANOTHERS_PERSON},曹建军,{SECOND},13800000002\n"
    );
    let target = "/api/console/roster/imports";
    let (status, import) = officer.upload(target, "r.csv", rows.as_bytes()).await;
    assert_eq!(status, 200, "{import}");
    let work = async || {
        while backend::jobs::work_off(&world.app).await.unwrap() > 0 {}
    };
    work().await;
    let import = import["id"].as_str().unwrap().parse().unwrap();
    let apply = shared::roster::ApplyImport { import, skip_bad: false, with_leavers: false };
    officer.call(apply).await.unwrap();
    work().await;
}

/// Gives a role for an organisation by its name, for the `bureau`, for the own `base`, or for a
/// `course` that does not exist.
pub async fn grant(world: &World, number: &str, role: &str, scope: &str) {
    let (kind, of) = match scope {
        "bureau" => ("bureau", "NULL".to_owned()),
        "base" => ("base", literal(world, OWN_BASE)),
        "course" => ("course", "id".to_owned()),
        name => {
            let of = format!("(SELECT id FROM organizations WHERE name = '{name}')");
            ("organization", of)
        }
    };
    world
        .sql(&format!(
            "INSERT INTO role_grants (id, person_id, role, scope, scope_id, granted_at)
             SELECT id, id, '{role}', '{kind}', {of}, created_at
             FROM people WHERE staff_number = '{number}'"
        ))
        .await;
    world.app.callers.forget_all();
}

/// Whose 工号 it is.
pub async fn id_of(world: &World, number: &str) -> PersonId {
    use backend::accounts::entity::person;
    use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
    let find = person::Entity::find().filter(person::Column::StaffNumber.eq(number));
    find.one(world.app.db.read()).await.unwrap().unwrap().id
}

impl Caller {
    pub async fn id(&self, world: &World) -> PersonId {
        id_of(world, self.number.unwrap_or("D0131")).await
    }

    pub async fn signed_in<'world>(&self, world: &'world World) -> Person<'world> {
        match self.number {
            Some(number) => Person::signed_in(world, id_of(world, number).await).await,
            None => world.stranger(),
        }
    }
}
