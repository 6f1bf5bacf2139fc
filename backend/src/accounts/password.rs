//! Passwords, as Argon2id. Only officers and people without WeChat have one.

use std::sync::{LazyLock, Mutex};

use argon2::{
    Argon2, Block, Params,
    password_hash::{PasswordHasher, phc::PasswordHash},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use shared::{accounts::PersonId, problem::Code};
use subtle::ConstantTimeEq;
use tokio::sync::Semaphore;

use super::entity::person;
use crate::{App, Result};

/// How many are computed at once: each takes 19 MiB, and signing in must not starve a running quiz.
static TURNS: Semaphore = Semaphore::const_new(2);

/// Memory for the computations, kept: freed blocks of this size would pile up in every thread's
/// arena of the allocator.
static MEMORY: Mutex<Vec<Vec<Block>>> = Mutex::new(Vec::new());

/// What an unknown user name is checked against, so that it takes as long as a known one.
static NOBODY: LazyLock<String> = LazyLock::new(|| make("nobody has this password"));

/// Characters of a user name.
const LONGEST_NAME: usize = 64;

/// The hash to keep of a password.
pub fn make(password: &str) -> String {
    let hash = Argon2::default().hash_password(password.as_bytes());
    hash.expect("the default parameters are valid").to_string()
}

/// Refuses a name that nobody can have, before anything is done with it.
///
/// # Errors
/// `wrong_password`, as for any other unknown name.
pub(super) fn refuse_impossible(username: &str) -> Result<(), Code> {
    let possible = username.chars().count() <= LONGEST_NAME && !username.contains(char::is_control);
    if possible { Ok(()) } else { Err(Code::WrongPassword) }
}

/// The person with this user name and password.
///
/// # Errors
/// `wrong_password`, alike for an unknown name and a wrong password.
pub(super) async fn check(app: &App, username: &str, password: String) -> Result<PersonId> {
    let found = person::Entity::find()
        .filter(person::Column::Username.eq(username))
        .filter(person::Column::Active.eq(true))
        .one(app.db.read())
        .await?;
    let (person, hash) = match found {
        Some(person) => (Some(person.id), person.password_hash),
        None => (None, None),
    };
    let turn = TURNS.acquire().await.map_err(anyhow::Error::from)?;
    let right = actix_web::web::block(move || {
        // Moved in so that the turn is kept even if the caller hangs up.
        let _turn = turn;
        matches(hash.as_ref().unwrap_or(&NOBODY), &password) && hash.is_some()
    })
    .await?;
    person.filter(|_| right).ok_or_else(|| Code::WrongPassword.into())
}

fn matches(hash: &str, password: &str) -> bool {
    compute(hash, password).unwrap_or(false)
}

/// Nothing where `hash` is not an Argon2id string of ours.
fn compute(hash: &str, password: &str) -> Option<bool> {
    let hash = PasswordHash::new(hash).ok()?;
    let params = Params::try_from(&hash).ok()?;
    let (salt, expected) = (hash.salt.as_ref()?, hash.hash.as_ref()?);
    let mut memory = borrow_memory(params.block_count());
    let mut computed = vec![0; expected.len()];
    let argon2 = Argon2::new(argon2::Algorithm::Argon2id, argon2::Version::V0x13, params);
    let done = argon2.hash_password_into_with_memory(
        password.as_bytes(),
        salt.as_ref(),
        &mut computed,
        &mut memory,
    );
    return_memory(memory);
    done.ok()?;
    Some(bool::from(computed.as_slice().ct_eq(expected.as_ref())))
}

fn borrow_memory(blocks: usize) -> Vec<Block> {
    let kept = MEMORY.lock().ok().and_then(|mut kept| kept.pop());
    let mut memory = kept.unwrap_or_default();
    memory.resize(blocks, Block::new());
    memory
}

fn return_memory(memory: Vec<Block>) {
    if let Ok(mut kept) = MEMORY.lock() {
        kept.push(memory);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_matches_its_own_hash_only() {
        let hash = make("机关-食堂-2026");
        assert!(matches(&hash, "机关-食堂-2026"));
        assert!(!matches(&hash, "机关-食堂-2025"));
        assert!(!matches("not a hash", "机关-食堂-2026"));
    }
}
