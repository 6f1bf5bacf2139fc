//! What this module's tables say about one person, for that person: no hash, no secret.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use shared::{
    accounts::{PersonId, SignInId},
    organizations::OrganizationId,
    problem::Code,
};

use super::{
    ClientKind,
    entity::{one_time_code, person, role_grant, sign_in, wechat_identity},
    one_time_codes::Purpose,
    second_factor::entity::factor,
    step_up,
};
use crate::{
    App, Result,
    db::Connection,
    organizations,
    privacy::{Section, row, when, yes},
};

/// Lets whoever is signed in through WeChat take everything about themselves along; at a PC, which
/// may be shared, only right after it was proven who it is.
///
/// # Errors
/// `step_up_required`.
pub async fn may_take_along(app: &App, id: SignInId) -> Result<()> {
    let row = sign_in::Entity::find_by_id(id).one(app.db.read()).await?;
    let client = row.ok_or(Code::NotSignedIn)?.client;
    if matches!(client, ClientKind::Password | ClientKind::Kiosk) {
        return step_up::check(app, id).await;
    }
    Ok(())
}

pub async fn own_data(db: &Connection, id: PersonId) -> Result<Vec<Section>> {
    Ok(vec![
        particulars(db, id).await?,
        wechat(db, id).await?,
        sign_ins(db, id).await?,
        roles(db, id).await?,
        codes(db, id).await?,
    ])
}

async fn particulars(db: &Connection, id: PersonId) -> Result<Section> {
    let person = person::Entity::find_by_id(id).one(db).await?.ok_or(Code::NotFound)?;
    let post = organizations::post(db, person.post_id).await?;
    let factor = factor::Entity::find_by_id(id).one(db).await?;
    let row = row([
        ("姓名", person.name),
        ("工号", person.staff_number),
        ("用户名", person.username.unwrap_or_default()),
        ("单位", organizations::organization(db, person.organization_id).await?.name),
        ("岗位", post.map(|it| it.name).unwrap_or_default()),
        ("在岗", yes(person.active)),
        ("加入时间", when(person.created_at)),
        ("设过登录密码", yes(person.password_hash.is_some())),
        ("二次验证启用时间", when(factor.and_then(|it| it.since))),
    ]);
    Ok(Section::of("基本资料", [row]))
}

async fn wechat(db: &Connection, id: PersonId) -> Result<Section> {
    let find = wechat_identity::Entity::find();
    let found = find.filter(wechat_identity::Column::PersonId.eq(id)).all(db).await?;
    let rows = found.into_iter().map(|it| {
        row([
            ("应用编号", it.app_id),
            ("微信给的编号", it.openid),
            ("微信给的统一编号", it.unionid.unwrap_or_default()),
            ("绑定时间", when(it.bound_at)),
        ])
    });
    Ok(Section::of("绑定的微信", rows))
}

async fn sign_ins(db: &Connection, id: PersonId) -> Result<Section> {
    let found = sign_in::Entity::find()
        .filter(sign_in::Column::PersonId.eq(id))
        .order_by_desc(sign_in::Column::CreatedAt)
        .all(db)
        .await?;
    let rows = found.into_iter().map(|it| {
        row([
            ("方式", it.client.label().into()),
            ("登录时间", when(it.created_at)),
            ("最近使用", when(it.last_used_at)),
            ("到期时间", when(it.expires_at)),
            ("退出时间", when(it.ended_at)),
            ("上次确认本人", when(it.stepped_up_at)),
        ])
    });
    Ok(Section::of("登录记录", rows))
}

async fn roles(db: &Connection, id: PersonId) -> Result<Section> {
    let found = role_grant::Entity::find()
        .filter(role_grant::Column::PersonId.eq(id))
        .order_by_desc(role_grant::Column::GrantedAt)
        .all(db)
        .await?;
    let organizations: HashMap<_, _> = organizations::organization_names(db).await?;
    let rows = found.into_iter().map(|it| {
        let of = it.scope_id.and_then(|id| organizations.get(&OrganizationId(id)).cloned());
        row([
            ("角色", it.role.label().into()),
            ("范围", format!("{} {}", it.scope.label(), of.unwrap_or_default()).trim().into()),
            ("授予时间", when(it.granted_at)),
            ("收回时间", when(it.ended_at)),
        ])
    });
    Ok(Section::of("角色", rows))
}

async fn codes(db: &Connection, id: PersonId) -> Result<Section> {
    let found = one_time_code::Entity::find()
        .filter(one_time_code::Column::PersonId.eq(id))
        .order_by_desc(one_time_code::Column::CreatedAt)
        .all(db)
        .await?;
    let rows = found.into_iter().map(|it| {
        row([
            (
                "用途",
                if it.purpose == Purpose::Binding.name() { "绑定微信" } else { "设置密码" }.into(),
            ),
            ("生成时间", when(it.created_at)),
            ("到期时间", when(it.expires_at)),
            ("使用时间", when(it.used_at)),
        ])
    });
    Ok(Section::of("一次性的码（码本身不留）", rows))
}
