//! Looking for words as they are written.

use sea_orm::{
    ExprTrait,
    sea_query::{Expr, Func, IntoColumnRef, LikeExpr},
};

/// Whether a text has the word in it, whatever the case of its Latin letters.
pub fn has(column: impl IntoColumnRef, word: &str) -> Expr {
    // PostgreSQL takes no NUL.
    let literal = word.to_lowercase().replace('\0', "");
    let literal = literal.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    let text = Func::lower(Expr::col(column));
    Expr::from(text).like(LikeExpr::new(format!("%{literal}%")).escape('\\'))
}
