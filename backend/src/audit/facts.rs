//! What the detail of a record may say. There is no way in for a text that somebody typed.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use shared::{
    accounts::{ClientKind, PersonId, Role, SignInId},
    audit::{AuditEvent, AuditObjectKind, AuditOutcome},
    authoring::AssignmentId,
    bases::{BaseKind, BaseState, TrainingBaseId},
    content::MediaId,
    courses::{ChapterId, CourseId, CourseStatus, LessonId},
    deliveries::JobKind,
    grants::{GrantId, ScopeKind},
    organizations::{OrganizationId, OrganizationKind, PostId, keeping::PostLevel},
    problem::Code,
    quizzes::{AttemptId, QuizId, SubmitReason},
    roster::{Confidential, RosterImportId, TeamId},
    standards::{StandardId, VersionStage},
    training::{CheckInMethod, TrainingSessionId},
};

/// An id, a number, a code, or several of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Fact {
    Nothing,
    Yes(bool),
    Number(i64),
    Text(Text),
    Many(Vec<Self>),
}

/// A text of ours: only this module makes one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Text(String);

impl Text {
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

/// A word of the program itself, such as the name of a field.
impl From<&'static str> for Fact {
    fn from(word: &'static str) -> Self {
        Self::Text(Text(word.into()))
    }
}

impl From<uuid::Uuid> for Fact {
    fn from(id: uuid::Uuid) -> Self {
        Self::Text(Text(id.to_string()))
    }
}

impl From<bool> for Fact {
    fn from(yes: bool) -> Self {
        Self::Yes(yes)
    }
}

impl From<Code> for Fact {
    fn from(code: Code) -> Self {
        code.as_str().into()
    }
}

impl From<NaiveDate> for Fact {
    fn from(date: NaiveDate) -> Self {
        Self::Text(Text(date.to_string()))
    }
}

impl From<DateTime<Utc>> for Fact {
    fn from(at: DateTime<Utc>) -> Self {
        Self::Text(Text(super::record::instant(at)))
    }
}

impl<T: Into<Self>> From<Option<T>> for Fact {
    fn from(fact: Option<T>) -> Self {
        fact.map_or(Self::Nothing, Into::into)
    }
}

impl<T: Into<Self>> From<Vec<T>> for Fact {
    fn from(facts: Vec<T>) -> Self {
        Self::Many(facts.into_iter().map(Into::into).collect())
    }
}

macro_rules! numbers {
    ($( $number:ty ),+) => {
        $( impl From<$number> for Fact {
            fn from(number: $number) -> Self {
                Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
            }
        } )+
    };
}
numbers!(u8, u16, u32, u64, usize, i32, i64);

macro_rules! ids {
    ($( $id:ident ),+ $(,)?) => {
        $( impl From<$id> for Fact {
            fn from(id: $id) -> Self {
                Self::Text(Text(id.to_string()))
            }
        } )+
    };
}
ids!(
    PersonId,
    GrantId,
    SignInId,
    OrganizationId,
    PostId,
    TeamId,
    RosterImportId,
    CourseId,
    ChapterId,
    LessonId,
    AssignmentId,
    MediaId,
    QuizId,
    StandardId,
    AttemptId,
    TrainingSessionId,
    TrainingBaseId,
);

/// Choices by the code they are stored with.
macro_rules! choices {
    ($( $choice:ident ),+ $(,)?) => {
        $( impl From<$choice> for Fact {
            fn from(choice: $choice) -> Self {
                Self::Text(Text(sea_orm::ActiveEnum::to_value(&choice)))
            }
        } )+
    };
}
choices!(
    AuditEvent,
    AuditObjectKind,
    AuditOutcome,
    Role,
    ScopeKind,
    JobKind,
    ClientKind,
    Confidential,
    CourseStatus,
    VersionStage,
    OrganizationKind,
    PostLevel,
    BaseKind,
    BaseState,
    SubmitReason,
    CheckInMethod
);
