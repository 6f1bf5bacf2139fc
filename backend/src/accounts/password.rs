//! Passwords, as Argon2id.

use std::sync::{LazyLock, Mutex};

use argon2::{
    Argon2, Block, Params,
    password_hash::{PasswordHasher, phc::PasswordHash},
};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter};
use shared::{accounts::PersonId, problem::Code};
use subtle::ConstantTimeEq;
use tokio::sync::Semaphore;

use super::{entity::person, fingerprint};
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

/// [`make`], when it is its turn.
pub(super) async fn make_in_turn(password: String) -> Result<String> {
    let turn = TURNS.acquire().await.map_err(anyhow::Error::from)?;
    let made = actix_web::web::block(move || {
        let _turn = turn;
        make(&password)
    });
    Ok(made.await?)
}

/// Whoever has a name, if there is anybody.
pub(super) struct Named {
    pub person: Option<PersonId>,
    hash: Option<String>,
    /// What tries at this person's password are counted under, by whichever name.
    pub key: String,
}

/// The active person with this user name or this 工号; a user name comes first.
pub(super) async fn named(app: &App, name: &str) -> Result<Named> {
    // What the database cannot even be asked for is nobody's.
    if refuse_impossible(name).is_err() {
        return Ok(Named { person: None, hash: None, key: fingerprint(name) });
    }
    let is = |column: person::Column, name: &str| column.eq(name.to_owned());
    let found = person::Entity::find()
        .filter(
            Condition::any()
                .add(is(person::Column::Username, name))
                .add(is(person::Column::StaffNumber, name))
                .add(is(person::Column::StaffNumber, &name.to_uppercase())),
        )
        .filter(person::Column::Active.eq(true))
        .all(app.db.read())
        .await?;
    let rank = |it: &person::Model| match () {
        () if it.username.as_deref() == Some(name) => 0,
        () if it.staff_number == name => 1,
        () => 2,
    };
    let found = found.into_iter().min_by_key(rank);
    let key = found.as_ref().map_or_else(|| fingerprint(name), |it| it.id.to_string());
    let (person, hash) = found.map(|it| (it.id, it.password_hash)).unzip();
    Ok(Named { person, hash: hash.flatten(), key })
}

impl Named {
    /// The person, whose password this is.
    ///
    /// # Errors
    /// `wrong_password`, alike for an unknown name and a wrong password.
    pub(super) async fn check(self, password: String) -> Result<PersonId> {
        let right = is_right(self.hash, password).await?;
        self.person.filter(|_| right).ok_or_else(|| Code::WrongPassword.into())
    }
}

/// Whether it is this person's password.
pub(super) async fn belongs(app: &App, person: PersonId, password: String) -> Result<bool> {
    let found = person::Entity::find_by_id(person).one(app.db.read()).await?;
    is_right(found.and_then(|it| it.password_hash), password).await
}

async fn is_right(hash: Option<String>, password: String) -> Result<bool> {
    let turn = TURNS.acquire().await.map_err(anyhow::Error::from)?;
    let right = actix_web::web::block(move || {
        // Moved in so that the turn is kept even if the caller hangs up.
        let _turn = turn;
        matches(hash.as_ref().unwrap_or(&NOBODY), &password) && hash.is_some()
    });
    Ok(right.await?)
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
