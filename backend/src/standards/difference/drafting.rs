//! The draft of 差异微课, made as an officer would write it.

use chrono::{DateTime, NaiveDate, Utc};
use shared::{
    accounts::{PersonCard, PersonId},
    authoring::{AddLesson, CourseDetails, QuestionDraft, QuizSettings, SaveLesson},
    content::{LessonContent, LessonKind},
    courses::{CourseCategory, CourseId, CourseLevel, LessonId},
    organizations::{OrganizationId, PostId},
    problem::{Code, Problem},
    quizzes::ReleasePolicy,
    standards::{
        ClauseId,
        console::{LinkClause, LinkCoverage, LinkKind, LinkTarget},
    },
};

use super::{
    lesson, questions,
    said::{self, Change, Changes, Demand},
};
use crate::{
    Result, courses,
    db::{Connection, Transaction},
    organizations, quizzes,
    standards::{
        changes::{Comparison, links_by_key, worked_out},
        entity::{standard, version},
        links::{self, Place},
        posts, standing,
    },
};

const LESSON: &str = "原来怎么说，现在怎么说";
/// Characters that are left of a course's title for the standard's.
const TITLE: usize = 50;

/// What will be written.
pub struct Plan {
    details: CourseDetails,
    content: LessonContent,
    minutes: u32,
    taught: Vec<(ClauseId, LinkCoverage)>,
    pub questions: Vec<(QuestionDraft, ClauseId)>,
}

/// Plans the course of a confirmed version for the people who are affected.
///
/// # Errors
/// `version_unready` where nothing can be learnt from it, saying why.
pub async fn plan(
    db: &Connection,
    version: &version::Model,
    affected: &[PersonCard],
) -> Result<Plan> {
    check(version)?;
    let links = links_by_key(db, version.standard_id).await?;
    let comparison = Comparison::of(db, version).await?;
    let work = move || said::changes(&comparison, &links);
    let changes = worked_out(work).await?;
    if changes.made.is_empty() && changes.redrawn.is_empty() {
        return Err(unready("和上一版比，“应”的条款和图都没有改动，也没有新增，不用做差异微课"));
    }
    let mut standards = standing::standards_of(db, [version.standard_id]).await?;
    let standard = standards.remove(&version.standard_id).ok_or(Code::NotFound)?;
    let posts = posts_of(db, affected, &changes).await?;
    let version = version.clone();
    let work = move || planned(&changes, &standard, &version, posts);
    worked_out(work).await
}

fn check(version: &version::Model) -> Result<()> {
    if version.confirmed_at.is_none() {
        return Err(unready("条款还没有确认，先确认整个版本，再做差异微课"));
    }
    if version.supersedes.is_none() {
        return Err(unready("这是第一个版本，没有上一版可以比，不用做差异微课"));
    }
    if !standing::LIVING.contains(&version.stage) {
        let stage = version.stage.label();
        return Err(unready(format!("“{stage}”的版本不用学，等它待实施或现行再做差异微课")));
    }
    Ok(())
}

pub fn unready(detail: impl Into<String>) -> crate::Error {
    Problem::from(Code::VersionUnready).detail(detail).into()
}

/// The posts of those who are affected; where nobody is, those whose clauses changed.
async fn posts_of(
    db: &Connection,
    affected: &[PersonCard],
    changes: &Changes,
) -> Result<Vec<PostId>> {
    let open = organizations::open_posts(db).await?;
    let names = organizations::post_names(db).await?;
    let has = |name: &String| affected.iter().any(|it| it.post.as_ref() == Some(name));
    let theirs = names.iter().filter(|(_, name)| has(name)).map(|(id, _)| *id);
    let mut found: Vec<PostId> = theirs.filter(|id| open.contains(id)).collect();
    if found.is_empty() {
        let all = changes.made.iter().chain(&changes.redrawn);
        let clauses: Vec<ClauseId> = all.map(|it| it.clause).collect();
        let for_whom = posts::of_clauses(db, &clauses).await?;
        found.extend(for_whom.into_iter().filter(|id| open.contains(id)));
    }
    Ok(found)
}

fn planned(
    changes: &Changes,
    standard: &standard::Model,
    version: &version::Model,
    posts: Vec<PostId>,
) -> Plan {
    let chosen = lesson::chosen(changes);
    let said = said_first(changes, standard, version);
    let (content, minutes) = lesson::lesson(changes, &chosen, &said);
    let title = super::excerpts::beginning(&standard.title, TITLE);
    let details = CourseDetails {
        title: format!("《{title}》新版改了什么"),
        summary: format!("{said}学完知道哪里变了，现在怎么做。"),
        level: CourseLevel::Execution,
        // What is learnt in three minutes is not built like a course of 岗位技能.
        category: CourseCategory::ManagementNorms,
        qualification: String::new(),
        posts,
        cover: None,
    };
    Plan {
        details,
        content,
        minutes,
        taught: chosen.iter().map(lesson::Shown::coverage).collect(),
        questions: questions::questions(changes, &chosen),
    }
}

/// `DB32/T 1234—2026 从 2026年12月1日 起实施：“应”的条款改了 3 条，新增 1 条。`
fn said_first(changes: &Changes, standard: &standard::Model, version: &version::Model) -> String {
    let name = standing::name(standard, version);
    let name = super::excerpts::beginning(&name, TITLE);
    let day = |it: NaiveDate| format!(" {}起实施", it.format("%Y年%-m月%-d日"));
    let from = version.effective_on.map(day).unwrap_or_default();
    let new = changes.made.iter().filter(|it| it.is_new()).count();
    let harder = |it: &&Change| it.shift.is_some_and(|it| it.is == Demand::Must);
    let mut counts = Vec::new();
    for (count, what) in [
        (changes.made.len() - new, "改了"),
        (new, "新增"),
        (changes.gone.len(), "不再要求"),
        (changes.redrawn.len(), "只换图"),
    ] {
        if count > 0 {
            counts.push(format!("{what} {count} 条"));
        }
    }
    let harder = match changes.made.iter().filter(harder).count() {
        0 => String::new(),
        some => format!("其中 {some} 条原来可以不照做，现在是必须。"),
    };
    format!("{name}{from}，“应”的条款{}。{harder}", counts.join("，"))
}

/// Writes it, with its links, which wait to be reviewed like all others.
pub async fn write(
    tx: &Transaction,
    plan: Plan,
    (owner, by): (Option<OrganizationId>, PersonId),
    now: DateTime<Utc>,
) -> Result<CourseId> {
    let course = courses::create(tx, plan.details, Some(by), owner, now).await?;
    let lesson = write_lesson(tx, course, (plan.content, plan.minutes), now).await?;
    for taught in plan.taught {
        link(tx, taught, LinkTarget::Lesson { lesson }, LinkKind::Taught, (by, now)).await?;
    }
    if plan.questions.is_empty() {
        return Ok(course);
    }
    let (questions, asked): (Vec<_>, Vec<_>) = plan.questions.into_iter().unzip();
    quizzes::create(tx, course, settings(), questions, now).await?;
    let written = quizzes::written_questions(tx, course).await?;
    for ((question, _), clause) in written.into_iter().zip(asked) {
        let asked = (clause, LinkCoverage::Part);
        link(tx, asked, LinkTarget::Question { question }, LinkKind::Examined, (by, now)).await?;
    }
    Ok(course)
}

/// 注日期: it is about this version, whatever comes after.
async fn link(
    tx: &Transaction,
    (clause, coverage): (ClauseId, LinkCoverage),
    target: LinkTarget,
    kind: LinkKind,
    (by, now): (PersonId, DateTime<Utc>),
) -> Result<()> {
    let place = Place::of(tx, &target).await?;
    let note = String::new();
    let request = LinkClause { clause, target, kind, coverage, dated: true, note };
    links::add(tx, request, place, by, now).await.map(drop)
}

async fn write_lesson(
    tx: &Transaction,
    course: CourseId,
    (content, minutes): (LessonContent, u32),
    now: DateTime<Utc>,
) -> Result<LessonId> {
    let chapter = courses::add_chapter(tx, course, "改了什么".into(), now).await?;
    let (title, kind) = (LESSON.to_owned(), LessonKind::Article);
    let add = AddLesson { chapter, title: title.clone(), kind };
    let lesson = courses::add_lesson(tx, add, now).await?;
    let save = SaveLesson { lesson, version: 1, title, minutes, position: None, content };
    courses::save_lesson(tx, save, now).await?;
    Ok(lesson)
}

/// All must be right, and whoever is not tries again.
fn settings() -> QuizSettings {
    QuizSettings {
        title: "新版改了什么".into(),
        pass_mark: 100,
        minutes: 5,
        attempts: 20,
        release: ReleasePolicy::AfterSubmission,
        ..QuizSettings::default()
    }
}
