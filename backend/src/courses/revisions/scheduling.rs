//! Publishing a revision at a time that was chosen.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ActiveModelTrait, ActiveValue::Set};
use serde::{Deserialize, Serialize};
use shared::{
    accounts::PersonId,
    courses::CourseId,
    problem::{Code, Problem},
    revisions::{OngoingLearners, RevisionId, RevisionState, RevisionStep},
    time::local_date,
};

use super::{
    finding, going_live, steps,
    telling::{self, CalledOff},
};
use crate::{
    App, Error, Result,
    audit::{self, Actor, Event},
    courses::{entity::course_revision, gate},
    db::Transaction,
    jobs::{self, Job, Outcome},
};

/// How far ahead a publication may be planned.
const HORIZON: TimeDelta = TimeDelta::days(366);

/// Publish a revision at the time that was chosen for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScheduledPublication {
    pub revision: RevisionId,
}

/// Leaves it to a job to publish an approved revision.
///
/// # Errors
/// `invalid_request` for a time that is over or too far away; `gate_closed` where a light is red that
/// nobody waived for that day.
pub(super) async fn schedule(
    tx: &Transaction,
    revision: course_revision::Model,
    (learners, at): (OngoingLearners, DateTime<Utc>),
    by: PersonId,
    now: DateTime<Utc>,
) -> Result<()> {
    if at <= now || at > now + HORIZON {
        let problem = Problem::from(Code::InvalidRequest);
        return Err(problem.field("at", "发布时间要在现在以后、一年以内").into());
    }
    gate::check(tx, &revision, local_date(at)).await?;
    let row = course_revision::ActiveModel {
        id: Set(revision.id),
        state: Set(RevisionState::Scheduled),
        publish_at: Set(Some(at)),
        learners: Set(learners),
        published_by: Set(Some(by)),
        ..Default::default()
    };
    row.update(tx).await?;
    let job = Job::Publication(ScheduledPublication { revision: revision.id });
    jobs::enqueue_at(tx, &job, None, at, now).await
}

/// Leaves an approved revision to be published by hand.
///
/// # Errors
/// `revision_moved` where it is not scheduled.
pub(super) async fn unschedule(
    tx: &Transaction,
    id: RevisionId,
    by: PersonId,
    now: DateTime<Utc>,
) -> Result<course_revision::Model> {
    let (_, revision) = finding::locked(tx, id).await?;
    steps::take(tx, &revision, RevisionStep::Unschedule, by).await?;
    telling::called_off(tx, &revision, CalledOff::ByHand, by, now).await?;
    leave_to_hands(tx, id).await
}

/// Leaves what was planned for a course to be published by hand; says which revision that was.
pub(in crate::courses) async fn call_off(
    tx: &Transaction,
    course: CourseId,
    (why, by): (CalledOff, PersonId),
    now: DateTime<Utc>,
) -> Result<Option<i32>> {
    let open = finding::open(tx, course).await?;
    let Some(planned) = open.filter(|it| it.state == RevisionState::Scheduled) else {
        return Ok(None);
    };
    leave_to_hands(tx, planned.id).await?;
    telling::called_off(tx, &planned, why, by, now).await?;
    Ok(Some(planned.number))
}

/// Takes what is on its way to learners back for good, with the course.
pub(in crate::courses) async fn drop_open(
    tx: &Transaction,
    course: CourseId,
    by: PersonId,
    now: DateTime<Utc>,
) -> Result<()> {
    let Some(open) = finding::open(tx, course).await? else { return Ok(()) };
    telling::called_off(tx, &open, CalledOff::Removed, by, now).await?;
    let row = course_revision::ActiveModel {
        id: Set(open.id),
        state: Set(RevisionState::Returned),
        reason: Set("课程已经删除".into()),
        returned_at: Set(Some(now)),
        publish_at: Set(None),
        ..Default::default()
    };
    row.update(tx).await?;
    Ok(())
}

async fn leave_to_hands(tx: &Transaction, id: RevisionId) -> Result<course_revision::Model> {
    let row = course_revision::ActiveModel {
        id: Set(id),
        state: Set(RevisionState::Approved),
        publish_at: Set(None),
        published_by: Set(None),
        ..Default::default()
    };
    Ok(row.update(tx).await?)
}

/// Does what was planned, unless somebody has planned otherwise since. Safe to repeat. What the gate
/// holds back, because a light has turned red or a waiver was taken back since, is left to be
/// published by hand.
pub async fn publish_scheduled(app: &App, job: ScheduledPublication) -> Result<Outcome> {
    let clock = app.clock.clone();
    let write = app.db.write(move |tx| {
        Box::pin(async move {
            let now = clock.now(tx).await?;
            let (course, revision) = match finding::locked(tx, job.revision).await {
                // The course was deleted since.
                Err(Error::Refused(why)) if why.code == Code::NotFound => {
                    return Ok(Outcome::Done);
                }
                found => found?,
            };
            let due = revision.publish_at.is_some_and(|at| at <= now);
            if revision.state != RevisionState::Scheduled || !due {
                return Ok(Outcome::Done);
            }
            let number = revision.number;
            if let Err(closed) = gate::check(tx, &revision, local_date(now)).await {
                let Error::Refused(why) = closed else { return Err(closed) };
                let code = why.code;
                if !matches!(code, Code::GateClosed | Code::CourseIncomplete) {
                    return Err(Error::Refused(why));
                }
                leave_to_hands(tx, revision.id).await?;
                let act = Actor::SYSTEM.was_refused(Event::CoursePublished, course.id);
                let act = act.with("revision", number).with("reason", code);
                audit::record(tx, &act, now).await?;
                telling::held_back(tx, &revision, &why, now).await?;
                return Ok(Outcome::Done);
            }
            let act = Actor::SYSTEM.did(Event::CoursePublished, course.id);
            let act = act.with("revision", number);
            let how = (revision.published_by, revision.learners);
            going_live::go_live(tx, course, revision, how, now).await?;
            audit::record(tx, &act, now).await?;
            Ok(Outcome::Done)
        })
    });
    write.await
}
