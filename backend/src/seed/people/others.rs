//! Those of the demo world who have no part of their own.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveModelTrait, ActiveValue::Set};
use shared::accounts::PersonId;
use uuid::Uuid;

use super::{FIRST, SECOND, SeededCast, UNIT};
use crate::{Result, accounts::entity::person, db::Transaction};

/// Everybody else: name, organisation, post.
const OTHERS: [(&str, &str, &str); 32] = [
    ("张桂兰", FIRST, "卫生保洁"),
    ("杨秀珍", FIRST, "卫生保洁"),
    ("徐凤英", FIRST, "卫生保洁"),
    ("马玉梅", FIRST, "卫生保洁"),
    ("朱红霞", FIRST, "卫生保洁"),
    ("胡金花", FIRST, "卫生保洁"),
    ("郭长青", FIRST, "绿化养护"),
    ("何木根", FIRST, "绿化养护"),
    ("高春生", FIRST, "绿化养护"),
    ("林树华", FIRST, "绿化养护"),
    ("罗小燕", UNIT, "会务服务"),
    ("梁静", UNIT, "会务服务"),
    ("宋佳", UNIT, "会务服务"),
    ("唐婷婷", UNIT, "会务服务"),
    ("许文静", UNIT, "会务服务"),
    ("韩雪", FIRST, "会务服务"),
    ("冯卫东", SECOND, "安全保卫"),
    ("邓志刚", SECOND, "安全保卫"),
    ("曹建军", SECOND, "安全保卫"),
    ("彭大勇", SECOND, "安全保卫"),
    ("曾国庆", SECOND, "安全保卫"),
    ("萧永福", SECOND, "安全保卫"),
    ("田有才", SECOND, "机关食堂"),
    ("董桂香", SECOND, "机关食堂"),
    ("袁福来", SECOND, "机关食堂"),
    ("潘小红", SECOND, "机关食堂"),
    ("于海", SECOND, "机关食堂"),
    ("蒋电平", SECOND, "设施设备"),
    ("蔡明亮", SECOND, "设施设备"),
    ("余水生", SECOND, "设施设备"),
    ("杜建平", FIRST, "设施设备"),
    ("叶学军", FIRST, "设施设备"),
];

pub(super) async fn arrive(tx: &Transaction, cast: &SeededCast, now: DateTime<Utc>) -> Result<()> {
    for (number, (name, organization, post)) in OTHERS.into_iter().enumerate() {
        let id = PersonId(Uuid::now_v7());
        person::ActiveModel {
            id: Set(id),
            organization_id: Set(cast.organizations[organization]),
            post_id: Set(Some(cast.posts[post])),
            name: Set(name.into()),
            staff_number: Set(format!("D{:04}", number + 101)),
            username: Set(None),
            password_hash: Set(None),
            active: Set(true),
            created_at: Set(now),
        }
        .insert(tx)
        .await?;
    }
    Ok(())
}
