//! The demo world's organisations, posts and people, the named cast among them.

mod others;

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, PaginatorTrait};
use shared::{
    accounts::{PersonId, Role},
    grants::{GrantId, Scope},
    organizations::{OrganizationId, OrganizationKind, PostId},
};
use uuid::Uuid;

use super::{found, sign_ins};
use crate::{
    App, Result,
    accounts::{
        entity::{person, role_grant, wechat_identity},
        password,
    },
    config::Config,
    db::Transaction,
    organizations::entity::{organization, post},
};

/// Who is there, by key and by name.
#[derive(Debug, Clone, Default)]
pub struct SeededCast {
    pub people: HashMap<String, PersonId>,
    pub posts: HashMap<String, PostId>,
    pub organizations: HashMap<String, OrganizationId>,
}

pub const BUREAU: &str = "市机关事务管理局（示例）";
pub const UNIT: &str = "会议服务中心（示例）";
pub const FIRST: &str = "和顺物业服务公司（示例）";
pub const SECOND: &str = "安恒保障服务公司（示例）";

/// Posts by code and name.
pub(super) const POSTS: [(&str, &str); 6] = [
    ("HY", "会务服务"),
    ("BJ", "卫生保洁"),
    ("SB", "设施设备"),
    ("LH", "绿化养护"),
    ("BA", "安全保卫"),
    ("ST", "机关食堂"),
];

/// Key, name, organisation, post, roles beyond learner.
pub(super) type Member =
    (&'static str, &'static str, &'static str, Option<&'static str>, &'static [Role]);

/// Who signs in to the console, with a password.
const CONSOLE: [Role; 3] = [Role::TrainingOfficer, Role::Auditor, Role::SystemAdmin];

/// The named cast.
pub(super) const CAST: [Member; 12] = [
    ("wangxiuying", "王秀英", FIRST, Some("卫生保洁"), &[]),
    ("lijianguo", "李建国", SECOND, Some("安全保卫"), &[]),
    ("chenmei", "陈梅", UNIT, Some("会务服务"), &[]),
    ("zhaodeshun", "赵德顺", SECOND, Some("机关食堂"), &[]),
    ("sunlihua", "孙丽华", FIRST, Some("绿化养护"), &[]),
    ("zhoutao", "周涛", SECOND, Some("设施设备"), &[]),
    ("liuqiang", "刘强", FIRST, Some("卫生保洁"), &[Role::TeamLeader]),
    ("wufang", "吴芳", UNIT, None, &[Role::Instructor]),
    ("zhengming", "郑明", BUREAU, None, &[Role::TrainingOfficer]),
    ("qianhui", "钱慧", BUREAU, None, &[Role::Auditor]),
    ("tangbo", "唐博", BUREAU, None, &[Role::SystemAdmin]),
    ("fanghui", "方慧", BUREAU, None, &[Role::TrainingOfficer]),
];

/// Brings organisations, posts and people into an empty database. In a filled one they are looked
/// up; the cast is empty where these people are not the demo's.
pub async fn cast(app: &App) -> Result<SeededCast> {
    if person::Entity::find().count(app.db.read()).await? > 0 {
        return Ok(found::cast(app.db.read()).await?.unwrap_or_default());
    }
    let (config, clock) = (app.config.clone(), app.clock.clone());
    let mut hashes = HashMap::new();
    for (key, _, _, _, roles) in CAST {
        if roles.iter().any(|it| CONSOLE.contains(it)) {
            hashes.insert(key, password::make(&sign_ins::password(app, key)?));
        }
    }
    app.db
        .write(move |tx| {
            Box::pin(async move { arrive(tx, &config, &hashes, clock.now(tx).await?).await })
        })
        .await
}

async fn arrive(
    tx: &Transaction,
    config: &Config,
    hashes: &HashMap<&str, String>,
    now: DateTime<Utc>,
) -> Result<SeededCast> {
    let mut cast = SeededCast::default();
    organizations(tx, &mut cast, now).await?;
    posts(tx, &mut cast, now).await?;
    for (number, (key, name, organization, post, roles)) in CAST.into_iter().enumerate() {
        let id = PersonId(Uuid::now_v7());
        let hash = hashes.get(key);
        person::ActiveModel {
            id: Set(id),
            organization_id: Set(cast.organizations[organization]),
            post_id: Set(post.map(|it| cast.posts[it])),
            name: Set(name.into()),
            staff_number: Set(staff_number(number)),
            username: Set(hash.map(|_| key.to_owned())),
            password_hash: Set(hash.cloned()),
            active: Set(true),
            created_at: Set(now),
        }
        .insert(tx)
        .await?;
        grant(tx, id, cast.organizations[organization], roles, now).await?;
        bind(tx, config, id, key, now).await?;
        cast.people.insert(key.into(), id);
    }
    others::arrive(tx, &cast, now).await?;
    Ok(cast)
}

/// 工号 of the cast, in its order.
pub(super) fn staff_number(place: usize) -> String {
    format!("D{:04}", place + 1)
}

async fn organizations(tx: &Transaction, cast: &mut SeededCast, now: DateTime<Utc>) -> Result<()> {
    for (name, kind) in [
        (BUREAU, OrganizationKind::Bureau),
        (UNIT, OrganizationKind::Unit),
        (FIRST, OrganizationKind::Contractor),
        (SECOND, OrganizationKind::Contractor),
    ] {
        let id = OrganizationId(Uuid::now_v7());
        organization::ActiveModel {
            id: Set(id),
            parent_id: Set(cast.organizations.get(BUREAU).copied()),
            kind: Set(kind),
            name: Set(name.into()),
            version: Set(1),
            created_at: Set(now),
            closed_at: Set(None),
        }
        .insert(tx)
        .await?;
        cast.organizations.insert(name.into(), id);
    }
    Ok(())
}

async fn posts(tx: &Transaction, cast: &mut SeededCast, now: DateTime<Utc>) -> Result<()> {
    for (position, (code, name)) in (1..).zip(POSTS) {
        let id = PostId(Uuid::now_v7());
        post::ActiveModel {
            id: Set(id),
            code: Set(code.into()),
            name: Set(name.into()),
            level: Set(None),
            position: Set(position),
            version: Set(1),
            created_at: Set(now),
            retired_at: Set(None),
        }
        .insert(tx)
        .await?;
        cast.posts.insert(name.into(), id);
    }
    Ok(())
}

/// A team leader leads the own organisation; every other role is for the whole bureau.
async fn grant(
    tx: &Transaction,
    person: PersonId,
    organization: OrganizationId,
    roles: &[Role],
    now: DateTime<Utc>,
) -> Result<()> {
    for role in roles {
        let scope = match role {
            Role::TeamLeader => Scope::organization(organization),
            _ => Scope::BUREAU,
        };
        role_grant::ActiveModel {
            id: Set(GrantId(Uuid::now_v7())),
            person_id: Set(person),
            role: Set(*role),
            scope: Set(scope.kind),
            scope_id: Set(scope.id),
            granted_by: Set(None),
            granted_at: Set(now),
            ended_at: Set(None),
            ended_by: Set(None),
        }
        .insert(tx)
        .await?;
    }
    Ok(())
}

/// The openids that the local WeChat gives its people.
async fn bind(
    tx: &Transaction,
    config: &Config,
    person: PersonId,
    key: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    let apps = [(&config.wechat.oa_app_id, "oOA"), (&config.wechat.mini_app_id, "oMP")];
    for (app_id, prefix) in apps.into_iter().filter(|(app_id, _)| !app_id.is_empty()) {
        wechat_identity::ActiveModel {
            id: Set(Uuid::now_v7()),
            person_id: Set(person),
            app_id: Set(app_id.clone()),
            openid: Set(format!("{prefix}_{key}")),
            unionid: Set(Some(format!("uUN_{key}"))),
            bound_at: Set(now),
        }
        .insert(tx)
        .await?;
    }
    Ok(())
}
