//! The new draft's rows.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait};
use shared::{
    accounts::PersonId,
    authoring::{CourseDetails, OptionDraft, QuestionDraft, SaveLessonChecks},
    courses::{ChapterId, CourseId, LessonId},
    organizations::{OrganizationId, PostId},
    packages::ImportedCourse,
    practice::{ChecklistItemId, Practice, SavePractice},
    quizzes::QuestionId,
};
use uuid::Uuid;

use super::{
    citing,
    format::{
        COURSE, PackagedChapter, PackagedCourse, PackagedLesson, PackagedQuestion, PackagedQuiz,
    },
    refusal::because_of,
};
use crate::db::Transaction;
use crate::{
    Result,
    courses::{
        checks, content, details,
        entity::{
            chapter,
            lesson::{self, Content},
        },
        outline::settle,
        practice,
    },
    organizations, quizzes,
};

/// Whose the draft is, who makes it and when.
#[derive(Debug, Clone, Copy)]
pub struct Draft {
    pub owner: Option<OrganizationId>,
    pub by: PersonId,
    pub now: DateTime<Utc>,
}

/// What was written of a course, by its places in the package.
pub struct Written {
    pub course: CourseId,
    pub lessons: Vec<(LessonId, String)>,
    pub questions: Vec<(QuestionId, String)>,
    pub items: Vec<(ChecklistItemId, String)>,
}

pub async fn write_draft(
    tx: &Transaction,
    course: PackagedCourse,
    draft: Draft,
) -> Result<ImportedCourse> {
    let PackagedCourse { chapters, quiz, clauses, .. } = &course;
    let (posts, posts_left_out) = posts(tx, &course.posts).await?;
    let details = details_of(&course, posts);
    let id = details::create(tx, details, Some(draft.by), draft.owner, draft.now).await;
    let id = id.map_err(|error| because_of(COURSE, error))?;
    let mut new = new_ids(chapters).into_iter();
    let mut lessons = Vec::new();
    for (position, chapter) in (1..).zip(chapters) {
        let packaged = chapter.clone();
        lessons.extend(write_chapter(tx, id, (position, packaged), &mut new, draft.now).await?);
    }
    let mut questions_left_out = write_checks(tx, chapters, &lessons).await?;
    settle(tx, id, draft.now).await?;
    let (questions, left_out) = match quiz {
        Some(quiz) => write_quiz(tx, id, quiz.clone(), draft.now).await?,
        None => (Vec::new(), Vec::new()),
    };
    questions_left_out.extend(left_out);
    let items = write_practice(tx, id, course.practice.clone(), draft.now).await?;
    let written = Written { course: id, lessons, questions, items };
    let (links, clauses_left_out) = citing::link(tx, clauses.clone(), &written, draft).await?;
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    Ok(ImportedCourse {
        course: id,
        chapters: count(chapters.len()),
        lessons: count(written.lessons.len()),
        questions: count(written.questions.len()),
        files: 0,
        links,
        posts_left_out,
        questions_withheld: 0,
        questions_left_out,
        clauses_left_out,
        title: course.title,
    })
}

/// The posts that are in use here by these names, and the names of the others.
async fn posts(tx: &Transaction, names: &[String]) -> Result<(Vec<PostId>, Vec<String>)> {
    let open = organizations::open_posts(tx).await?;
    let here = organizations::post_names(tx).await?;
    let (mut found, mut missing) = (Vec::new(), Vec::new());
    for name in names {
        let post = here.iter().find(|(id, it)| *it == name && open.contains(id));
        match post {
            Some((id, _)) => found.push(*id),
            None => missing.push(name.clone()),
        }
    }
    Ok((found, missing))
}

fn details_of(course: &PackagedCourse, posts: Vec<PostId>) -> CourseDetails {
    CourseDetails {
        title: course.title.clone(),
        summary: course.summary.clone(),
        level: course.level,
        category: course.category,
        qualification: course.qualification.clone(),
        posts,
        cover: course.cover.clone(),
    }
}

/// What a lesson is called here, and its 图文版.
#[derive(Debug, Clone, Copy)]
struct NewIds {
    lesson: LessonId,
    twin: Option<LessonId>,
}

/// Of all lessons in their order.
fn new_ids(chapters: &[PackagedChapter]) -> Vec<NewIds> {
    let lessons = || chapters.iter().flat_map(|it| &it.lessons);
    let ids: Vec<LessonId> = lessons().map(|_| LessonId(Uuid::now_v7())).collect();
    let twin = |it: &PackagedLesson| it.twin.and_then(|at| ids.get(at)).copied();
    lessons().zip(&ids).map(|(it, lesson)| NewIds { lesson: *lesson, twin: twin(it) }).collect()
}

async fn write_chapter(
    tx: &Transaction,
    course: CourseId,
    (position, packaged): (i32, PackagedChapter),
    new: &mut impl Iterator<Item = NewIds>,
    now: DateTime<Utc>,
) -> Result<Vec<(LessonId, String)>> {
    let id = ChapterId(Uuid::now_v7());
    let row = chapter::ActiveModel {
        id: Set(id),
        course_id: Set(course),
        position: Set(position),
        title: Set(packaged.title),
        removed_at: Set(None),
    };
    row.insert(tx).await?;
    let mut written = Vec::with_capacity(packaged.lessons.len());
    for ((position, lesson), new) in (1..).zip(packaged.lessons).zip(new) {
        let title = lesson.title.clone();
        let row = lesson_row(tx, (course, id, new), (position, lesson), now).await;
        let row = row.map_err(|error| because_of(&format!("{COURSE} {title}"), error))?;
        lesson::Entity::insert(row).exec_without_returning(tx).await?;
        written.push((new.lesson, title));
    }
    Ok(written)
}

async fn lesson_row(
    tx: &Transaction,
    (course, chapter, new): (CourseId, ChapterId, NewIds),
    (position, packaged): (i32, PackagedLesson),
    now: DateTime<Utc>,
) -> Result<lesson::ActiveModel> {
    let mut content = content::tidy(tx, packaged.content).await?;
    if let Some(twin) = content.twin_mut() {
        *twin = new.twin;
    }
    Ok(lesson::ActiveModel {
        id: Set(new.lesson),
        course_id: Set(course),
        chapter_id: Set(chapter),
        position: Set(position),
        title: Set(packaged.title),
        kind: Set(content.kind()),
        minutes: Set(i32::try_from(packaged.minutes).unwrap_or(i32::MAX)),
        ready: Set(content::gaps(&content).is_empty()),
        content: Set(Content(content)),
        version: Set(1),
        updated_at: Set(now),
        removed_at: Set(None),
    })
}

/// What the lessons ask, where the keys came along; else what they would ask.
async fn write_checks(
    tx: &Transaction,
    chapters: &[PackagedChapter],
    written: &[(LessonId, String)],
) -> Result<Vec<String>> {
    let mut left_out = Vec::new();
    let packaged = chapters.iter().flat_map(|it| &it.lessons);
    for (packaged, (lesson, title)) in packaged.zip(written) {
        if packaged.checks.iter().any(|it| it.key.is_none()) {
            left_out.extend(packaged.checks.iter().map(|it| it.stem.clone()));
        } else if !packaged.checks.is_empty() {
            let questions = packaged.checks.iter().cloned().map(drafted).collect();
            let save = SaveLessonChecks { lesson: *lesson, version: 0, questions };
            let saved = checks::put(tx, save).await;
            saved.map_err(|error| because_of(&format!("{COURSE} {title} 的自测题"), error))?;
        }
    }
    Ok(left_out)
}

/// The quiz, where its keys came along; else what its questions ask, for the officer to read.
async fn write_quiz(
    tx: &Transaction,
    course: CourseId,
    quiz: PackagedQuiz,
    now: DateTime<Utc>,
) -> Result<(Vec<(QuestionId, String)>, Vec<String>)> {
    if quiz.questions.iter().any(|it| it.key.is_none()) {
        let asked = quiz.questions.into_iter().map(|it| it.stem).collect();
        return Ok((Vec::new(), asked));
    }
    let questions = quiz.questions.into_iter().map(drafted).collect();
    let made = quizzes::create(tx, course, quiz.settings, questions, now).await;
    made.map_err(|error| because_of(&format!("{COURSE} 测验"), error))?;
    let written = quizzes::written_questions(tx, course).await?;
    Ok((written, Vec::new()))
}

/// What is demanded; its items are others than those of the course that was packed.
async fn write_practice(
    tx: &Transaction,
    course: CourseId,
    mut practice: Practice,
    now: DateTime<Utc>,
) -> Result<Vec<(ChecklistItemId, String)>> {
    if practice.is_empty() {
        return Ok(Vec::new());
    }
    let items = practice::renew(&mut practice);
    practice::save(tx, SavePractice { course, version: 0, practice }, now).await?;
    Ok(items)
}

fn drafted(question: PackagedQuestion) -> QuestionDraft {
    let key = question.key;
    let correct = |at: usize| key.as_ref().is_some_and(|it| it.correct.contains(&at));
    let options = question.options.into_iter().enumerate();
    QuestionDraft {
        id: None,
        kind: question.kind,
        stem: question.stem,
        options: options.map(|(at, text)| OptionDraft { text, correct: correct(at) }).collect(),
        explanation: key.as_ref().map(|it| it.explanation.clone()).unwrap_or_default(),
    }
}
