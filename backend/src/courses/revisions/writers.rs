//! Who has written what: everybody who changed the draft since what learners read was frozen, and all of
//! them again with each revision. None of them checks or reviews it.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QuerySelect, sea_query::OnConflict,
};
use shared::{accounts::PersonId, content::MediaId, courses::CourseId, revisions::RevisionId};

use crate::{
    Result,
    clock::Clock,
    courses::entity::{
        course, course_revision,
        course_writer::{self, Column as Drafted},
        revision_lesson,
        revision_writer::{self, Column as Frozen},
    },
    db::{Connection, Transaction},
    media,
};

/// Runs one verb of the console that changes what is written of a course, and keeps whose it is.
macro_rules! rewrite {
    (($ctx:expr, $course:expr), |$tx:ident, $now:ident| $verb:expr, $($act:tt)+) => {{
        let (course, by) = ($course, $ctx.caller.person);
        $crate::audit::write!(
            $ctx,
            |$tx, $now| async {
                let done = $verb.await?;
                $crate::courses::wrote($tx, course, by, $now).await?;
                Ok::<_, $crate::Error>(done)
            },
            $($act)+
        )
    }};
}
pub(in crate::courses) use rewrite;

/// Keeps that somebody changed what is written of a course.
pub async fn wrote(
    tx: &Transaction,
    course: CourseId,
    by: PersonId,
    now: DateTime<Utc>,
) -> Result<()> {
    put(tx, course, [by], now).await
}

/// Keeps that the draft has words of all these.
pub(super) async fn put(
    tx: &Transaction,
    course: CourseId,
    people: impl IntoIterator<Item = PersonId>,
    now: DateTime<Utc>,
) -> Result<()> {
    // Whoever waited for the course wrote after what was frozen meanwhile, and [`settle`] must see that.
    let now = Clock::later(tx, now).await?;
    let key = [Drafted::CourseId, Drafted::PersonId];
    let again = OnConflict::columns(key).update_column(Drafted::WroteAt).to_owned();
    for person in people {
        let row = course_writer::ActiveModel {
            course_id: Set(course),
            person_id: Set(person),
            wrote_at: Set(now),
        };
        let insert = course_writer::Entity::insert(row).on_conflict(again.clone());
        insert.exec_without_returning(tx).await?;
    }
    Ok(())
}

/// Names all whose words a revision has that was just frozen from the draft, and whoever submitted it.
pub(super) async fn sign(
    tx: &Transaction,
    revision: &course_revision::Model,
    live: Option<RevisionId>,
) -> Result<()> {
    let mut people = drafted(tx, revision.course_id).await?;
    people.extend(subtitled(tx, revision.id, live).await?);
    people.extend(revision.written_by);
    people.sort_unstable();
    people.dedup();
    freeze(tx, revision.id, people).await
}

/// Whose words the subtitles have that a revision shows and learners do not read yet. They are written of
/// a file, whichever courses show it by then.
async fn subtitled(
    tx: &Transaction,
    revision: RevisionId,
    live: Option<RevisionId>,
) -> Result<Vec<PersonId>> {
    let mut shown = subtitles(tx, revision).await?;
    if let Some(live) = live {
        let known = subtitles(tx, live).await?;
        shown.retain(|file, name| known.get(file) != Some(name));
    }
    media::subtitle_writers(tx, &shown.into_iter().collect::<Vec<_>>()).await
}

async fn subtitles(tx: &Transaction, revision: RevisionId) -> Result<HashMap<MediaId, String>> {
    let of_revision = revision_lesson::Column::RevisionId.eq(revision);
    let lessons = revision_lesson::Entity::find().filter(of_revision).all(tx).await?;
    Ok(media::subtitles_of(lessons.iter().map(|it| &it.content.0)))
}

async fn drafted(tx: &Transaction, course: CourseId) -> Result<Vec<PersonId>> {
    let find = course_writer::Entity::find().select_only().column(Drafted::PersonId);
    Ok(find.filter(Drafted::CourseId.eq(course)).into_tuple().all(tx).await?)
}

/// All whose words the draft has that an earlier revision does not have: before that one comes back.
pub(super) async fn unsettled(tx: &Transaction, course: &course::Model) -> Result<Vec<PersonId>> {
    let mut people = drafted(tx, course.id).await?;
    if let Some(live) = course.live_revision_id {
        people.extend(of(tx, live).await?);
    }
    people.sort();
    people.dedup();
    Ok(people)
}

async fn freeze(tx: &Transaction, revision: RevisionId, people: Vec<PersonId>) -> Result<()> {
    for person in people {
        let row =
            revision_writer::ActiveModel { revision_id: Set(revision), person_id: Set(person) };
        revision_writer::Entity::insert(row).exec_without_returning(tx).await?;
    }
    Ok(())
}

/// A revision has the words of an earlier one.
pub(super) async fn take_over(
    tx: &Transaction,
    earlier: RevisionId,
    made: RevisionId,
) -> Result<()> {
    let people = of(tx, earlier).await?;
    freeze(tx, made, people).await
}

/// The draft has the words of a revision, and of nobody else, since somebody brought them back.
pub(super) async fn bring_back(
    tx: &Transaction,
    revision: &course_revision::Model,
    by: PersonId,
    now: DateTime<Utc>,
) -> Result<()> {
    let of_course = Drafted::CourseId.eq(revision.course_id);
    course_writer::Entity::delete_many().filter(of_course).exec(tx).await?;
    let people = of(tx, revision.id).await?;
    put(tx, revision.course_id, people.into_iter().chain([by]), now).await
}

/// Learners read a revision: whoever has written nothing since it was frozen has no word in the draft
/// that it does not have.
pub(super) async fn settle(tx: &Transaction, revision: &course_revision::Model) -> Result<()> {
    course_writer::Entity::delete_many()
        .filter(Drafted::CourseId.eq(revision.course_id))
        .filter(Drafted::WroteAt.lte(revision.written_at))
        .exec(tx)
        .await?;
    Ok(())
}

/// Who wrote a revision.
pub(super) async fn of(db: &Connection, id: RevisionId) -> Result<Vec<PersonId>> {
    Ok(of_all(db, &[id]).await?.remove(&id).unwrap_or_default())
}

/// Who wrote each of some revisions.
pub(super) async fn of_all(
    db: &Connection,
    ids: &[RevisionId],
) -> Result<HashMap<RevisionId, Vec<PersonId>>> {
    let mut found = HashMap::<_, Vec<PersonId>>::new();
    for some in ids.chunks(500) {
        let find =
            revision_writer::Entity::find().filter(Frozen::RevisionId.is_in(some.iter().copied()));
        for row in find.all(db).await? {
            found.entry(row.revision_id).or_default().push(row.person_id);
        }
    }
    Ok(found)
}
