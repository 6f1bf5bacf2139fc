//! What is recorded: who did what to what.

use std::{collections::BTreeMap, net::IpAddr};

use shared::{
    accounts::{PersonId, SignInId},
    bases::TrainingBaseId,
    content::MediaId,
    courses::{ChapterId, CourseId, LessonId},
    deliveries::JobId,
    organizations::{OrganizationId, PostId},
    quizzes::{AttemptId, QuizId},
    roster::{RosterImportId, TeamId},
    standards::{ClauseId, ClauseLinkId, StandardId, StandardVersionId},
    training::TrainingSessionId,
};

use super::{Event, Fact, ObjectKind, Outcome};

/// Who acts: a person on a device, somebody who is not signed in, or the system by itself.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Actor {
    pub person: Option<PersonId>,
    pub sign_in: Option<SignInId>,
    /// Where the person belongs.
    pub organization: Option<OrganizationId>,
    /// The client's network address.
    pub address: Option<IpAddr>,
}

impl Actor {
    /// The system: a job, a command, the seed.
    pub const SYSTEM: Self =
        Self { person: None, sign_in: None, organization: None, address: None };

    /// Somebody of whom only the address is known.
    pub const fn at(address: IpAddr) -> Self {
        Self { address: Some(address), ..Self::SYSTEM }
    }

    /// The same call, once it is known who makes it.
    #[must_use]
    pub const fn being(self, person: PersonId) -> Self {
        Self { person: Some(person), ..self }
    }

    /// The same call, with the sign-in that it began or uses.
    #[must_use]
    pub const fn on(self, sign_in: SignInId) -> Self {
        Self { sign_in: Some(sign_in), ..self }
    }

    /// The act of this actor on an object, which succeeded.
    pub fn did(self, event: Event, object: impl Into<Object>) -> Act {
        Act {
            actor: self,
            event,
            object: object.into(),
            organization: self.organization,
            outcome: Outcome::Done,
            detail: BTreeMap::new(),
        }
    }

    /// What this actor was not let do.
    pub fn was_refused(self, event: Event, object: impl Into<Object>) -> Act {
        Act { outcome: Outcome::Refused, ..self.did(event, object) }
    }
}

/// One act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    pub actor: Actor,
    pub event: Event,
    pub object: Object,
    /// Whose act it is: the actor's organisation, unless said otherwise.
    pub organization: Option<OrganizationId>,
    pub outcome: Outcome,
    pub detail: BTreeMap<&'static str, Fact>,
}

impl Act {
    /// Adds a fact: `before` and `after` of what is not sensitive, how many, which.
    #[must_use]
    pub fn with(mut self, name: &'static str, fact: impl Into<Fact>) -> Self {
        self.detail.insert(name, fact.into());
        self
    }

    /// Says that it concerns another organisation than the actor's.
    #[must_use]
    pub fn within(mut self, organization: OrganizationId) -> Self {
        self.organization = Some(organization);
        self
    }
}

/// What an act was done to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Object {
    pub kind: ObjectKind,
    /// Absent where there is only one of its kind.
    pub(super) id: Option<String>,
}

impl Object {
    /// This installation as a whole.
    pub const INSTALLATION: Self = Self { kind: ObjectKind::Installation, id: None };
    /// The log itself.
    pub const AUDIT_LOG: Self = Self { kind: ObjectKind::AuditLog, id: None };

    /// Something of a kind whose id is not known, as the person somebody pretended to be.
    pub const fn unknown(kind: ObjectKind) -> Self {
        Self { kind, id: None }
    }

    /// An endpoint by its pattern, which holds no id and no code.
    pub fn route(method: &str, pattern: &str) -> Self {
        Self { kind: ObjectKind::Route, id: Some(format!("{method} {pattern}")) }
    }
}

macro_rules! objects {
    ($( $id:ident => $kind:ident ),+ $(,)?) => {
        $( impl From<$id> for Object {
            fn from(id: $id) -> Self {
                Self { kind: ObjectKind::$kind, id: Some(id.to_string()) }
            }
        } )+
    };
}

objects! {
    PersonId => Person,
    SignInId => SignIn,
    OrganizationId => Organization,
    PostId => Post,
    TeamId => Team,
    TrainingBaseId => Base,
    RosterImportId => RosterImport,
    CourseId => Course,
    ChapterId => Chapter,
    LessonId => Lesson,
    MediaId => Media,
    StandardId => Standard,
    StandardVersionId => StandardVersion,
    ClauseId => Clause,
    ClauseLinkId => ClauseLink,
    QuizId => Quiz,
    AttemptId => Attempt,
    TrainingSessionId => TrainingSession,
    JobId => Job,
}
