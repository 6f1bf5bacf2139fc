//! The two ways a call can fail: refused, with something the caller can act on, or broken.

use sea_orm::{DbErr, RuntimeErr, SqlErr, SqlxError};
use shared::problem::{Code, Problem};

pub type Result<T, E = Error> = std::result::Result<T, E>;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The caller is told this, as it is.
    #[error("refused: {0}")]
    Refused(Box<Problem>),
    /// Ours to mend: logged once by `http`, answered as `internal`.
    #[error("broken: {0:#}")]
    Broken(anyhow::Error),
}

impl Error {
    /// The code of a refusal.
    pub fn code(&self) -> Option<Code> {
        match self {
            Self::Refused(problem) => Some(problem.code),
            Self::Broken(_) => None,
        }
    }
}

impl From<Problem> for Error {
    fn from(problem: Problem) -> Self {
        Self::Refused(Box::new(problem))
    }
}

impl From<Code> for Error {
    fn from(code: Code) -> Self {
        Problem::from(code).into()
    }
}

impl From<anyhow::Error> for Error {
    fn from(error: anyhow::Error) -> Self {
        Self::Broken(error)
    }
}

macro_rules! broken_by {
    ($( $error:ty ),+ $(,)?) => {
        $( impl From<$error> for Error {
            fn from(error: $error) -> Self {
                Self::Broken(error.into())
            }
        } )+
    };
}

broken_by!(
    DbErr,
    serde_json::Error,
    std::io::Error,
    redis::RedisError,
    actix_web::error::BlockingError,
    askama::Error,
    rust_xlsxwriter::XlsxError,
);

/// Gives a violated uniqueness its meaning where the statement is made.
pub trait OnUnique<T> {
    /// A unique violation becomes this refusal; any other failure stays broken.
    ///
    /// # Errors
    /// As said.
    fn on_unique(self, refusal: impl Into<Problem>) -> Result<T>;
}

impl<T> OnUnique<T> for std::result::Result<T, DbErr> {
    fn on_unique(self, refusal: impl Into<Problem>) -> Result<T> {
        self.map_err(
            |error| {
                if is_unique_violation(&error) { refusal.into().into() } else { error.into() }
            },
        )
    }
}

/// Whether the database refused a second row with the same key.
pub fn is_unique_violation(error: &DbErr) -> bool {
    matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_)))
}

/// Whether the database could not be reached in time, so that the same call may well succeed in a
/// moment: it had no connection to give, lost one, or was locked by somebody else.
pub fn is_busy(cause: &anyhow::Error) -> bool {
    let Some(error) = cause.chain().find_map(|it| it.downcast_ref::<DbErr>()) else { return false };
    match error {
        DbErr::ConnectionAcquire(_) => true,
        DbErr::Conn(error) | DbErr::Exec(error) | DbErr::Query(error) => match error {
            RuntimeErr::SqlxError(error) => is_passing(error),
            RuntimeErr::Internal(_) => false,
        },
        _ => false,
    }
}

fn is_passing(error: &SqlxError) -> bool {
    match error {
        SqlxError::Io(_) | SqlxError::PoolTimedOut | SqlxError::WorkerCrashed => true,
        SqlxError::Database(error) => error.code().is_some_and(|code| is_passing_code(&code)),
        _ => false,
    }
}

/// `SQLITE_BUSY` and `SQLITE_LOCKED` with whatever is added in their upper bytes, and PostgreSQL's
/// classes of lost connections, of exhausted resources and of an operator's doing.
fn is_passing_code(code: &str) -> bool {
    match code.parse::<u32>() {
        Ok(sqlite) if code.len() < 5 => matches!(sqlite & 0xff, 5 | 6),
        _ => ["08", "53", "57P"].iter().any(|class| code.starts_with(class)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_passes_by_itself_is_told_from_what_does_not() {
        for code in ["5", "6", "261", "517", "08006", "53300", "57P01"] {
            assert!(is_passing_code(code), "{code}");
        }
        // No disk, a broken file, a violated key, no such table, a cancelled statement.
        for code in ["13", "11", "2067", "1555", "23505", "42P01", "57014"] {
            assert!(!is_passing_code(code), "{code}");
        }
    }
}
