//! The table of waivers of the five lights.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};
use shared::{
    accounts::PersonId,
    courses::CourseId,
    gates::{GateLight, GateWaiverId},
};

/// Never changed but by being ended.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "gate_waivers")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: GateWaiverId,
    pub course_id: CourseId,
    pub lights: Lights,
    pub reason: String,
    /// The last day on which it counts.
    pub expires_on: NaiveDate,
    pub granted_by: PersonId,
    pub granted_at: DateTime<Utc>,
    pub ended_by: Option<PersonId>,
    pub ended_at: Option<DateTime<Utc>>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(transparent)]
pub struct Lights(pub Vec<GateLight>);

crate::db::no_relations!();
