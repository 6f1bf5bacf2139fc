//! The addresses of the pages on the phone.

use std::fmt::{self, Display, Formatter};

use shared::{
    courses::{CourseId, LessonId},
    quizzes::{AttemptId, QuizId},
    training::TrainingSessionId,
};

/// A page and what it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    Today,
    Courses,
    Course(CourseId),
    Lesson(LessonId),
    Quiz(QuizId),
    Attempt(AttemptId),
    Result(AttemptId),
    Sessions,
    Session(TrainingSessionId),
    CheckIn,
    Me,
    Records,
    Inbox,
    Messages,
    Devices,
    Downloads,
    Settings,
    Help,
    Team,
    Teaching,
    Roster(TrainingSessionId),
    /// The projector's.
    Code(TrainingSessionId),
    SignIn,
}

impl Page {
    /// Whether the page belongs to `crate::teaching`.
    pub fn is_teaching(&self) -> bool {
        matches!(self, Self::Team | Self::Teaching | Self::Roster(_) | Self::Code(_))
    }

    /// The page at an address; nothing where no page is.
    pub fn parse(address: &str) -> Option<Self> {
        let path = address.split('?').next().unwrap_or_default();
        let parts = path.trim_matches('/').split('/').collect::<Vec<_>>();
        let page = match parts.as_slice() {
            [""] => Self::Today,
            ["courses"] => Self::Courses,
            ["courses", course] => Self::Course(course.parse().ok()?),
            ["lessons", lesson] => Self::Lesson(lesson.parse().ok()?),
            ["quizzes", quiz] => Self::Quiz(quiz.parse().ok()?),
            ["attempts", attempt] => Self::Attempt(attempt.parse().ok()?),
            ["attempts", attempt, "result"] => Self::Result(attempt.parse().ok()?),
            ["sessions"] => Self::Sessions,
            ["sessions", session] => Self::Session(session.parse().ok()?),
            ["check-in"] => Self::CheckIn,
            ["me"] => Self::Me,
            ["me", "records"] => Self::Records,
            ["me", "inbox"] => Self::Inbox,
            ["me", "messages"] => Self::Messages,
            ["me", "sign-ins"] => Self::Devices,
            ["me", "downloads"] => Self::Downloads,
            ["me", "settings"] => Self::Settings,
            ["me", "help"] => Self::Help,
            ["team"] => Self::Team,
            ["teaching"] => Self::Teaching,
            ["teaching", session] => Self::Roster(session.parse().ok()?),
            ["teaching", session, "code"] => Self::Code(session.parse().ok()?),
            ["sign-in"] => Self::SignIn,
            _ => return None,
        };
        Some(page)
    }
}

impl Display for Page {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Today => f.write_str("/"),
            Self::Courses => f.write_str("/courses"),
            Self::Course(course) => write!(f, "/courses/{course}"),
            Self::Lesson(lesson) => write!(f, "/lessons/{lesson}"),
            Self::Quiz(quiz) => write!(f, "/quizzes/{quiz}"),
            Self::Attempt(attempt) => write!(f, "/attempts/{attempt}"),
            Self::Result(attempt) => write!(f, "/attempts/{attempt}/result"),
            Self::Sessions => f.write_str("/sessions"),
            Self::Session(session) => write!(f, "/sessions/{session}"),
            Self::CheckIn => f.write_str("/check-in"),
            Self::Me => f.write_str("/me"),
            Self::Records => f.write_str("/me/records"),
            Self::Inbox => f.write_str("/me/inbox"),
            Self::Messages => f.write_str("/me/messages"),
            Self::Devices => f.write_str("/me/sign-ins"),
            Self::Downloads => f.write_str("/me/downloads"),
            Self::Settings => f.write_str("/me/settings"),
            Self::Help => f.write_str("/me/help"),
            Self::Team => f.write_str("/team"),
            Self::Teaching => f.write_str("/teaching"),
            Self::Roster(session) => write!(f, "/teaching/{session}"),
            Self::Code(session) => write!(f, "/teaching/{session}/code"),
            Self::SignIn => f.write_str("/sign-in"),
        }
    }
}

impl From<Page> for String {
    fn from(page: Page) -> Self {
        page.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::Page;

    const ID: &str = "0190a1b2-0000-7000-8000-000000000001";

    #[test]
    fn every_address_leads_to_the_page_that_names_it() {
        let id = |page: &str| page.replace("ID", ID);
        for address in [
            "/",
            "/courses",
            "/courses/ID",
            "/lessons/ID",
            "/quizzes/ID",
            "/attempts/ID",
            "/attempts/ID/result",
            "/sessions",
            "/sessions/ID",
            "/check-in",
            "/me",
            "/me/records",
            "/me/inbox",
            "/me/messages",
            "/me/sign-ins",
            "/me/downloads",
            "/me/settings",
            "/me/help",
            "/team",
            "/teaching",
            "/teaching/ID",
            "/teaching/ID/code",
            "/sign-in",
        ] {
            let address = id(address);
            let page = Page::parse(&address).unwrap_or_else(|| panic!("{address}"));
            assert_eq!(page.to_string(), address);
            assert_eq!(Page::parse(&format!("{address}?to=x")), Some(page));
        }
    }

    #[test]
    fn other_addresses_are_not_ours() {
        for address in ["/admin", "/enter/wechat", "/courses/12", "/media/x", "/s/abc"] {
            assert_eq!(Page::parse(address), None, "{address}");
        }
    }
}
