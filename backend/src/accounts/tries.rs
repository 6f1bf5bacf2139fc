//! How often somebody may try, so that nothing is guessed.

use std::time::Duration;

use shared::{
    accounts::PersonId,
    problem::{Code, Problem},
};

use crate::{App, Result, audit::Actor};

/// Counts a try within a quarter of an hour.
///
/// # Errors
/// `too_many_tries` beyond `most`.
pub(super) async fn count(app: &App, key: String, most: u64) -> Result<()> {
    if app.cache.count(&key, Duration::from_mins(15)).await <= most {
        return Ok(());
    }
    let problem = Problem::from(Code::TooManyTries);
    Err(problem.detail("15 分钟后可以再试；忘了密码请联系培训办公室").into())
}

/// A try at the second factor or at proving oneself once more: sixty a quarter of an hour for each
/// address, ten for each person. Nobody comes here without the person's password or sign-in.
pub(super) async fn count_proof(app: &App, actor: Actor, person: PersonId) -> Result<()> {
    let address = actor.address.map(|it| it.to_string()).unwrap_or_default();
    count(app, format!("proof:address:{address}"), 60).await?;
    count(app, format!("proof:person:{person}"), 10).await
}
