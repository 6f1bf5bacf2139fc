//! What somebody may no longer do, no server lets them do five seconds later.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use chrono::Utc;
use futures_util::future::{join, try_join_all};
use shared::{
    accounts::{ListPeople, PersonId, Role, ShowMe, binding::ListTeam},
    api::Endpoint,
    grants::{EndGrant, GrantRole, Scope},
    organizations::ListOrganizations,
    problem::Code,
    roster::{PlacePerson, ShowRosterPerson},
    time::local_date,
};
use tests::{Failure, Installation, Kind, Person};
use tokio::{
    sync::{Barrier, watch},
    time::{MissedTickBehavior, interval},
};

/// The stated rule.
const BOUND: Duration = Duration::from_secs(5);
/// How long it is watched after that.
const WATCHED: Duration = Duration::from_secs(2);
/// Callers at each server, and how often each calls.
const CALLERS: usize = 2;
const PACE: Duration = Duration::from_millis(50);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_role_taken_a_person_disabled_or_moved_counts_within_five_seconds_on_every_server() {
    if Kind::Postgres.is_available() {
        Box::pin(play()).await.expect("nobody is let in after five seconds");
    }
}

async fn play() -> Result<()> {
    let installation = Installation::start(Kind::Postgres).await?;
    let (other, _server) = installation.another().await?;
    let stage = Stage { installation: &installation, other };
    let (taken, disabled, moved) = tokio::join!(
        stage.a_role_is_taken(),
        stage.a_person_is_disabled(),
        stage.a_leader_is_moved(),
    );
    for (what, latest) in [("taken", taken?), ("disabled", disabled?), ("moved", moved?)] {
        eprintln!("{what}: let in for the last time {latest:?} after the answer");
    }
    Ok(())
}

/// Two servers on one database.
struct Stage<'a> {
    installation: &'a Installation,
    other: String,
}

impl Stage<'_> {
    async fn a_role_is_taken(&self) -> Result<Duration> {
        let admin = self.installation.console("tangbo").await?;
        let who = self.installation.sign_in("chenmei").await?;
        let role = Role::TrainingOfficer;
        let grant = GrantRole { person: who.me().id, role, scope: Scope::BUREAU };
        let grant = admin.call(grant).await?.id;
        let take = async { Ok(admin.call(EndGrant { grant }).await?) };
        self.locked_out(&who, || ListPeople { role: None }, Code::NotAllowed, take).await
    }

    async fn a_person_is_disabled(&self) -> Result<Duration> {
        let officer = self.installation.officer().await?;
        let who = self.installation.sign_in("lijianguo").await?;
        let disable = async {
            let now = placement(&officer, who.me().id).await?;
            officer.call(PlacePerson { active: false, ..now }).await?;
            Ok(())
        };
        self.locked_out(&who, || ShowMe {}, Code::NotSignedIn, disable).await
    }

    async fn a_leader_is_moved(&self) -> Result<Duration> {
        let officer = self.installation.officer().await?;
        let who = self.installation.sign_in("liuqiang").await?;
        let organizations = officer.call(ListOrganizations {}).await?;
        let here = who.me().organization.id;
        let elsewhere = organizations.iter().find(|it| it.id != here);
        let organization = elsewhere.context("another organisation")?.id;
        let relocate = async {
            let now = placement(&officer, who.me().id).await?;
            officer.call(PlacePerson { organization, team: None, ..now }).await?;
            Ok(())
        };
        let list = || ListTeam { search: None, cursor: None };
        self.locked_out(&who, list, Code::NotAllowed, relocate).await
    }

    /// Has somebody call both servers without a pause while something is done that locks them out:
    /// when the last call began that was let in, counted from the answer to what was done.
    async fn locked_out<E: Endpoint>(
        &self,
        who: &Person,
        request: impl Fn() -> E + Copy,
        refusal: Code,
        act: impl Future<Output = Result<()>>,
    ) -> Result<Duration> {
        let servers = [who.clone(), who.at(&self.other)];
        for server in &servers {
            server.call(request()).await.context("let in before")?;
        }
        let (done, acted) = watch::channel(None);
        let callers = servers.iter().flat_map(|it| std::iter::repeat_n(it, CALLERS));
        // Nothing is done before everybody was let in once.
        let begun = Barrier::new(servers.len() * CALLERS + 1);
        let seen = (refusal, &begun);
        let load = try_join_all(callers.map(|it| call_on(it, request, seen, acted.clone())));
        let act = async {
            begun.wait().await;
            act.await?;
            done.send_replace(Some(Instant::now()));
            Ok(())
        };
        let (load, act): (Result<Vec<Vec<Call>>>, Result<()>) = join(load, act).await;
        act?;
        let answered = acted.borrow().context("it was done")?;
        let mut latest = Duration::ZERO;
        for calls in load? {
            latest = latest.max(judge(&calls, answered)?);
        }
        Ok(latest)
    }
}

/// Where somebody is now, as it would be entered today.
async fn placement(officer: &Person, person: PersonId) -> Result<PlacePerson> {
    let card = officer.call(ShowRosterPerson { person }).await?.card;
    Ok(PlacePerson {
        person,
        organization: card.organization.id,
        team: card.team.map(|it| it.id),
        post: card.post.map(|it| it.id),
        active: true,
        from: local_date(Utc::now()),
    })
}

/// A call: when it began and whether it was let in.
type Call = (Instant, bool);

/// Calls again and again until all that is to be seen was seen.
async fn call_on<E: Endpoint>(
    person: &Person,
    request: impl Fn() -> E,
    (refusal, begun): (Code, &Barrier),
    acted: watch::Receiver<Option<Instant>>,
) -> Result<Vec<Call>> {
    let mut pace = interval(PACE);
    pace.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut calls = vec![(Instant::now(), person.call(request()).await.is_ok())];
    begun.wait().await;
    loop {
        pace.tick().await;
        let begun = Instant::now();
        if acted.borrow().is_some_and(|done| begun > done + BOUND + WATCHED) {
            return Ok(calls);
        }
        match person.call(request()).await {
            Ok(_) => calls.push((begun, true)),
            Err(Failure::Refused(problem)) if problem.code == refusal => calls.push((begun, false)),
            Err(other) => return Err(other.into()),
        }
    }
}

/// No call that began after five seconds may have been let in, and there must have been some.
fn judge(calls: &[Call], answered: Instant) -> Result<Duration> {
    ensure!(calls.iter().any(|(_, let_in)| *let_in), "never let in");
    let late = calls.iter().filter(|(begun, _)| *begun > answered + BOUND);
    ensure!(late.clone().count() >= 10, "hardly anybody called after five seconds");
    let latest = calls.iter().filter(|(_, let_in)| *let_in).map(|(begun, _)| *begun).max();
    let latest = latest.map_or(Duration::ZERO, |it| it.saturating_duration_since(answered));
    ensure!(late.clone().all(|(_, let_in)| !*let_in), "let in {latest:?} after it was answered");
    Ok(latest)
}
