//! One page of a list.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// 一页结果
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Page<T> {
    pub items: Vec<T>,
    /// Ask for the following page with this cursor; absent on the last page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

impl<T> Page<T> {
    /// The only page of a short list.
    pub const fn whole(items: Vec<T>) -> Self {
        Self { items, next: None }
    }
}
