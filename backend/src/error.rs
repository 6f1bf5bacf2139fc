//! The two ways a call can fail: refused, with something the caller can act on, or broken.

use sea_orm::{DbErr, SqlErr};
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
    fn on_unique(self, code: Code) -> Result<T>;
}

impl<T> OnUnique<T> for std::result::Result<T, DbErr> {
    fn on_unique(self, code: Code) -> Result<T> {
        self.map_err(|error| if is_unique_violation(&error) { code.into() } else { error.into() })
    }
}

/// Whether the database refused a second row with the same key.
pub fn is_unique_violation(error: &DbErr) -> bool {
    matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_)))
}
