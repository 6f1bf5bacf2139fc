//! When a course may be shown to learners, and taking it back from them.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ConnectionTrait, DatabaseTransaction};
use shared::{
    authoring::QuizSettings,
    courses::{CourseCategory, CourseId, CourseStatus},
    problem::{Code, FieldProblem, Problem},
    revisions::RevisionState,
};

use super::{
    cards, content,
    entity::course,
    managed,
    outline::{ChapterLessons, Outline},
    revisions,
};
use crate::{Result, quizzes, standards};

/// What must be done before the course can be submitted; empty when it can.
///
/// `posts` is how many posts it names, `questions` how many its quiz has, if there is one as
/// [`quizzes::written`] says.
fn missing(
    category: CourseCategory,
    posts: usize,
    outline: &Outline,
    questions: Option<u32>,
) -> Vec<FieldProblem> {
    let mut missing = Vec::new();
    let mut say = |field: &str, message: &str| {
        missing.push(FieldProblem { field: field.into(), message: message.into() });
    };
    if category == CourseCategory::PostSkills && posts == 0 {
        say("details.posts", "岗位技能课要选至少一个岗位");
    }
    if outline.chapters.is_empty() {
        say("chapters", "还没有章，请至少加一章");
    }
    if questions == Some(0) {
        say("questions", &no_question());
    }
    for (index, chapter) in outline.chapters.iter().enumerate() {
        missing_in(index, chapter, &mut missing);
    }
    missing
}

/// Says the way out too: nobody must be held up by a quiz that is not wanted.
fn no_question() -> String {
    let QuizSettings { title, pass_mark, minutes, attempts, .. } = QuizSettings::default();
    format!(
        "测验里还没有题目，请至少出一道题；不办测验，就把测验设置改回“{title}”、{pass_mark} 分、\
         {minutes} 分钟、{attempts} 次、交卷后公布，时间留空"
    )
}

fn missing_in(index: usize, (chapter, lessons): &ChapterLessons, missing: &mut Vec<FieldProblem>) {
    let mut say = |field: String, message| missing.push(FieldProblem { field, message });
    if lessons.is_empty() {
        let message = format!("“{}”里还没有课时", chapter.title);
        say(format!("chapters[{index}].lessons"), message);
    }
    for (place, lesson) in lessons.iter().enumerate() {
        for gap in content::gaps(&lesson.content.0) {
            let message = format!("“{}”的课时“{}”{gap}", chapter.title, lesson.title);
            say(format!("chapters[{index}].lessons[{place}]"), message);
        }
    }
}

/// The same, of a course as it is written.
pub(super) async fn missing_of(
    db: &impl ConnectionTrait,
    course: &course::Model,
) -> Result<Vec<FieldProblem>> {
    let id = course.id;
    let posts = cards::posts_of(db, &[id]).await?.remove(&id).unwrap_or_default();
    let questions = quizzes::written(db, id).await?;
    let outline = Outline::of(db, id).await?;
    let mut missing = missing(course.category, posts.len(), &outline, questions);
    missing.extend(standards::gone_clauses(db, id).await?);
    Ok(missing)
}

/// # Errors
/// `course_incomplete` naming everything that is missing.
pub(super) async fn check_complete(
    db: &impl ConnectionTrait,
    course: &course::Model,
) -> Result<()> {
    let missing = missing_of(db, course).await?;
    if missing.is_empty() {
        return Ok(());
    }
    let problem = Problem::from(Code::CourseIncomplete);
    Err(missing.into_iter().fold(problem, |it, gap| it.field(gap.field, gap.message)).into())
}

/// Takes a published course back from learners; any other is left as it is. What was planned to be
/// published stays planned.
pub async fn retire(tx: &DatabaseTransaction, id: CourseId, now: DateTime<Utc>) -> Result<()> {
    let course = managed::lock(tx, id).await?;
    if course.status != CourseStatus::Published {
        return Ok(());
    }
    let row = course::ActiveModel {
        id: Set(id),
        status: Set(CourseStatus::Retired),
        retired_at: Set(Some(now)),
        updated_at: Set(now),
        ..Default::default()
    };
    row.update(tx).await?;
    match course.live_revision_id {
        Some(live) => revisions::set_state(tx, live, RevisionState::Retired).await,
        None => Ok(()),
    }
}
