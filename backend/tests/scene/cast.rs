//! The named cast: two contractors, one bureau unit, and people in every role.

use std::collections::HashMap;

use backend::{App, seed};
use serde::{Deserialize, Serialize};
use shared::{
    accounts::PersonId,
    organizations::{OrganizationId, PostId},
};

/// Learners `wangxiuying` (卫生保洁, contractor 一), `lijianguo` (安全保卫, contractor 二), `chenmei`
/// (会务服务, contractor 一), team leader `liuqiang`, instructor `wufang`, officers `zhengming` and
/// `fanghui`, auditor `qianhui`.
#[derive(Serialize, Deserialize)]
pub struct Cast {
    people: HashMap<String, PersonId>,
    posts: HashMap<String, PostId>,
    organizations: HashMap<String, OrganizationId>,
}

impl Cast {
    pub async fn arrive(app: &App) -> Self {
        let cast = seed::cast(app).await.unwrap();
        Self { people: cast.people, posts: cast.posts, organizations: cast.organizations }
    }

    pub fn id(&self, key: &str) -> PersonId {
        *self.people.get(key).unwrap_or_else(|| panic!("{key} is not in the cast"))
    }

    /// A post by its name, as `卫生保洁`.
    pub fn post(&self, name: &str) -> PostId {
        *self.posts.get(name).unwrap_or_else(|| panic!("no post {name}"))
    }

    /// An organisation by its name.
    pub fn organization(&self, name: &str) -> OrganizationId {
        *self.organizations.get(name).unwrap_or_else(|| panic!("no organisation {name}"))
    }
}
