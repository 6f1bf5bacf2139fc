//! When a course may be shown to learners, and taking it back from them.

mod limits;
mod quoting;

use chrono::{DateTime, Utc};
use sea_orm::{ActiveModelTrait, ActiveValue::Set};
use shared::{
    accounts::PersonId,
    authoring::CourseDetails,
    courses::{CourseCategory, CourseId, CourseStatus},
    gates::GateReason,
    problem::{Code, FieldProblem, Problem},
    revisions::{ChapterDocument, RevisionState},
};

pub(super) use quoting::unseen_quotes;

use limits::{Facts, Limits};

use super::{
    cards, content,
    entity::course,
    managed,
    outline::{ChapterLessons, Outline},
    practice,
    revisions::{self, CalledOff},
};
use crate::{
    Result,
    db::{Connection, Transaction},
    quizzes, standards,
};

/// Says the way out too: nobody must be held up by a quiz that is not wanted.
const NO_QUESTION: &str = "测验里还没有题目，请至少出一道题；不办测验，就在测验页点“不办测验”";

/// What a course of its category must name and does not.
pub(super) fn unnamed(details: &CourseDetails) -> Option<FieldProblem> {
    let (field, message) = match details.category {
        CourseCategory::PostSkills if details.posts.is_empty() => {
            ("details.posts", "岗位技能课要选至少一个岗位")
        }
        CourseCategory::Certification if details.qualification.is_empty() => {
            ("details.qualification", "认证考核课要写明学完取得什么资格")
        }
        _ => return None,
    };
    Some(FieldProblem { field: field.into(), message: message.into() })
}

/// What must be done before the course can be submitted; empty when it can.
///
/// `questions` is how many its quiz has, if there is one as [`quizzes::written`] says.
fn missing(
    details: &CourseDetails,
    outline: &Outline,
    limits: &Limits<'_>,
    questions: Option<u32>,
) -> Vec<FieldProblem> {
    let mut missing: Vec<_> = unnamed(details).into_iter().collect();
    let mut say = |field: &str, message: &str| {
        missing.push(FieldProblem { field: field.into(), message: message.into() });
    };
    if outline.chapters.is_empty() {
        say("chapters", "还没有章，请至少加一章");
    }
    if questions == Some(0) {
        say("questions", NO_QUESTION);
    }
    for (index, chapter) in outline.chapters.iter().enumerate() {
        missing_in(limits, index, chapter, &mut missing);
    }
    missing
}

fn missing_in(
    limits: &Limits<'_>,
    index: usize,
    (chapter, lessons): &ChapterLessons,
    missing: &mut Vec<FieldProblem>,
) {
    let mut say = |field: String, message| missing.push(FieldProblem { field, message });
    if lessons.is_empty() {
        let message = format!("“{}”里还没有课时", chapter.title);
        say(format!("chapters[{index}].lessons"), message);
    }
    for (place, lesson) in lessons.iter().enumerate() {
        let gaps = content::gaps(&lesson.content.0).into_iter();
        for gap in gaps.chain(limits.gaps(lesson)) {
            let message = format!("“{}”的课时“{}”{gap}", chapter.title, lesson.title);
            say(format!("chapters[{index}].lessons[{place}]"), message);
        }
    }
}

/// What must be done before a course can be submitted as it is written.
pub(super) async fn missing_of(
    db: &Connection,
    course: &course::Model,
) -> Result<Vec<FieldProblem>> {
    let id = course.id;
    let posts = cards::posts_of(db, &[id]).await?.remove(&id).unwrap_or_default();
    let posts = posts.into_iter().map(|it| it.id).collect();
    let details = revisions::document::details(course.clone(), posts);
    let questions = quizzes::written(db, id).await?;
    let outline = Outline::of(db, id).await?;
    let facts = Facts::of(db, course, &outline).await?;
    let mut missing = missing(&details, &outline, &facts.limits(&outline), questions);
    missing.extend(practice::half_written(course));
    missing.extend(standards::gone_clauses(db, id, None).await?);
    missing.extend(quoting::of_draft(db, &outline).await?);
    Ok(missing)
}

/// The same, with the page of the console where each is mended.
pub(super) fn to_mend(
    course: CourseId,
    chapters: &[ChapterDocument],
    missing: Vec<FieldProblem>,
) -> Vec<GateReason> {
    let page = |field: &str| {
        let lesson = numbers(field).and_then(|[chapter, lesson]| {
            chapters.get(chapter).and_then(|it| it.lessons.get(lesson))
        });
        match (field, lesson) {
            (_, Some(lesson)) => format!("/admin/courses/{course}/lessons/{}", lesson.id),
            ("questions", _) => format!("/admin/courses/{course}/quiz"),
            ("practice", _) => format!("/admin/courses/{course}/practice"),
            ("clauses", _) => "/admin/standards/links?state=stale".into(),
            _ => format!("/admin/courses/{course}"),
        }
    };
    let reason = |it: FieldProblem| GateReason { mend_at: page(&it.field), text: it.message };
    missing.into_iter().map(reason).collect()
}

/// The places in `chapters[0].lessons[1]`.
fn numbers(field: &str) -> Option<[usize; 2]> {
    let (chapter, lesson) = field.strip_prefix("chapters[")?.split_once("].lessons[")?;
    Some([chapter.parse().ok()?, lesson.strip_suffix(']')?.parse().ok()?])
}

/// # Errors
/// `course_incomplete` naming what the course must name.
pub(super) fn check_named(details: &CourseDetails) -> Result<()> {
    let Some(it) = unnamed(details) else { return Ok(()) };
    let message = format!("{}；在课程信息里写好，再提交新的一版", it.message);
    Err(Problem::from(Code::CourseIncomplete).field(it.field, message).into())
}

/// # Errors
/// `course_incomplete` naming everything that is missing.
pub(super) async fn check_complete(db: &Connection, course: &course::Model) -> Result<()> {
    refuse_missing(missing_of(db, course).await?)
}

/// # Errors
/// `course_incomplete` naming what is missing, if something is.
pub(super) fn refuse_missing(missing: Vec<FieldProblem>) -> Result<()> {
    if missing.is_empty() {
        return Ok(());
    }
    let problem = Problem::from(Code::CourseIncomplete);
    Err(missing.into_iter().fold(problem, |it, gap| it.field(gap.field, gap.message)).into())
}

/// Takes a published course back from learners; any other is left as it is. What was planned to be
/// published waits for somebody to do it, or the course would come back by itself; says which revision
/// that was.
pub async fn retire(
    tx: &Transaction,
    id: CourseId,
    by: PersonId,
    now: DateTime<Utc>,
) -> Result<Option<i32>> {
    let course = managed::lock(tx, id).await?;
    if course.status != CourseStatus::Published {
        return Ok(None);
    }
    let row = course::ActiveModel {
        id: Set(id),
        status: Set(CourseStatus::Retired),
        retired_at: Set(Some(now)),
        updated_at: Set(now),
        ..Default::default()
    };
    row.update(tx).await?;
    if let Some(live) = course.live_revision_id {
        revisions::set_state(tx, live, RevisionState::Retired).await?;
    }
    standards::settle_live(tx, id, now).await?;
    revisions::call_off(tx, id, (CalledOff::Retired, by), now).await
}
