//! Forgets who somebody was. What they did keeps their id, which from then on stands for a pseudonym.

use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{Set, Unchanged},
    ColumnTrait, EntityTrait, QueryFilter, QuerySelect,
};
use shared::{
    accounts::{PersonId, SignInId},
    problem::{Code, Problem},
};
use uuid::Uuid;

use super::{
    entity::{binding_claim, person, sign_in, wechat_identity},
    forgetting, one_time_codes, second_factor,
};
use crate::{Result, db::Transaction};

/// Takes the place of name, 工号 and all ways in. The person as they are afterwards.
///
/// # Errors
/// `not_found`, and `invalid_request` for somebody who is on post.
pub async fn erase(tx: &Transaction, id: PersonId) -> Result<person::Model> {
    let person = person::Entity::find_by_id(id).one(tx).await?.ok_or(Code::NotFound)?;
    if person.active {
        let problem = Problem::from(Code::InvalidRequest);
        return Err(problem.field("person", "这个人还在岗，请先办离岗，再注销个人资料").into());
    }
    // Not made of anything about the person, so that nothing about them can be made of it.
    let pseudonym = Uuid::new_v4().simple().to_string()[..10].to_uppercase();
    let erased = person::ActiveModel {
        id: Unchanged(id),
        name: Set(format!("已注销人员{pseudonym}")),
        staff_number: Set(format!("ZX{pseudonym}")),
        username: Set(None),
        password_hash: Set(None),
        ..Default::default()
    };
    let erased = erased.update(tx).await?;
    forget_wechat(tx, id).await?;
    forget_sign_ins(tx, id).await?;
    one_time_codes::forget(tx, id).await?;
    second_factor::forget(tx, id).await?;
    Ok(erased)
}

/// The openids, also where one is on its way to be bound once more.
async fn forget_wechat(tx: &Transaction, id: PersonId) -> Result<()> {
    let of_them = wechat_identity::Column::PersonId.eq(id);
    let bound = wechat_identity::Entity::find().filter(of_them.clone()).all(tx).await?;
    for identity in bound {
        binding_claim::Entity::delete_many()
            .filter(binding_claim::Column::AppId.eq(identity.app_id))
            .filter(binding_claim::Column::Openid.eq(identity.openid))
            .exec(tx)
            .await?;
    }
    wechat_identity::Entity::delete_many().filter(of_them).exec(tx).await?;
    Ok(())
}

async fn forget_sign_ins(tx: &Transaction, id: PersonId) -> Result<()> {
    let ids: Vec<SignInId> = sign_in::Entity::find()
        .select_only()
        .column(sign_in::Column::Id)
        .filter(sign_in::Column::PersonId.eq(id))
        .into_tuple()
        .all(tx)
        .await?;
    forgetting::delete(tx, ids).await
}
