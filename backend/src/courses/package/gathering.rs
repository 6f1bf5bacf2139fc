//! Making of a revision, or of the draft, what a package says.

use std::collections::HashMap;

use shared::{
    authoring::QuestionDraft,
    content::MediaId,
    courses::{CheckId, CourseId, LessonId},
    practice::ChecklistItemId,
    quizzes::QuestionId,
    revisions::{ChapterDocument, CourseDocument, LessonDocument, QuizDocument},
    standards::console::LinkTarget,
};

use super::format::{
    PackagedChapter, PackagedClause, PackagedCourse, PackagedFile, PackagedKey, PackagedLesson,
    PackagedPlace, PackagedQuestion, PackagedQuiz,
};
use crate::{
    App, Result,
    accounts::Reach,
    courses::{checks, content, revisions},
    media::{self, Original},
    organizations, quizzes,
    standards::{self, Cited},
};

/// A course that is ready to be packed.
pub struct Gathered {
    pub course: PackagedCourse,
    /// Absent for a draft.
    pub revision: Option<u32>,
    pub with_keys: bool,
    /// Of the quiz and of the lessons, which stayed behind.
    pub questions_withheld: u32,
    pub files: Vec<Original>,
}

/// Gathers a revision, or what learners read, or the draft, as far as somebody who reaches so far may
/// see it. Questions come along for those who may edit the course: whoever else carried them off could
/// show them to those who are still to be examined.
///
/// # Errors
/// `not_found`, whether it is out of reach or does not exist.
pub async fn gather(
    app: &App,
    reach: &Reach,
    course: CourseId,
    revision: Option<u32>,
) -> Result<Gathered> {
    let db = app.db.read();
    let chosen = revisions::chosen(db, reach, course, revision).await?;
    let with_keys = chosen.own;
    let mut document = chosen.document;
    let questions_withheld = if chosen.own { 0 } else { take_questions(&mut document) };
    let lessons = document.chapters.iter().flat_map(|it| &it.lessons);
    let mut subtitles = media::subtitles_of(lessons.map(|it| &it.content));
    let files = files_of(&mut document).into_iter().map(|it| (it, subtitles.remove(&it)));
    let files = media::originals(app, files.collect()).await?;
    let quiz = match &document.quiz {
        Some(quiz) => Some(packaged_quiz(app, quiz, with_keys).await?),
        None => None,
    };
    let cited = standards::cited_by(db, course, chosen.own).await?;
    let clauses = clauses(&document, cited);
    let names = organizations::post_names(db).await?;
    let mut checks = checks_of(app, &document).await?;
    let places = places(&document);
    let mut chapter = |it| chapter(it, &places, &mut checks, with_keys);
    let details = document.details;
    let posts = details.posts.iter().filter_map(|it| names.get(it).cloned()).collect();
    let course = PackagedCourse {
        title: details.title,
        summary: details.summary,
        level: details.level,
        category: details.category,
        qualification: details.qualification,
        posts,
        cover: details.cover,
        chapters: document.chapters.into_iter().map(&mut chapter).collect(),
        quiz,
        practice: document.practice,
        media: files.iter().map(packaged_file).collect(),
        clauses,
    };
    Ok(Gathered { course, revision: chosen.number, with_keys, questions_withheld, files })
}

/// Takes all questions out; how many there were.
fn take_questions(document: &mut CourseDocument) -> u32 {
    let mut count = document.quiz.take().map_or(0, |it| it.questions.len());
    for lesson in document.chapters.iter_mut().flat_map(|it| &mut it.lessons) {
        count += std::mem::take(&mut lesson.checks).len();
    }
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn files_of(document: &mut CourseDocument) -> Vec<MediaId> {
    let cover = document.details.cover.iter().map(|it| it.media);
    let lessons = document.chapters.iter_mut().flat_map(|it| &mut it.lessons);
    let shown = lessons.flat_map(|it| content::media_of(&mut it.content));
    let mut files: Vec<MediaId> = cover.chain(shown).collect();
    files.sort_unstable();
    files.dedup();
    files
}

/// What the lessons ask.
async fn checks_of(
    app: &App,
    document: &CourseDocument,
) -> Result<HashMap<CheckId, QuestionDraft>> {
    let lessons = document.chapters.iter().flat_map(|it| &it.lessons);
    checks::as_written(app.db.read(), lessons.flat_map(|it| it.checks.clone()).collect()).await
}

/// The places of the lessons, counted from 0 through all chapters.
fn places(document: &CourseDocument) -> HashMap<LessonId, usize> {
    let lessons = document.chapters.iter().flat_map(|it| &it.lessons);
    lessons.map(|it| it.id).zip(0..).collect()
}

fn chapter(
    chapter: ChapterDocument,
    places: &HashMap<LessonId, usize>,
    checks: &mut HashMap<CheckId, QuestionDraft>,
    with_keys: bool,
) -> PackagedChapter {
    let lesson = |mut it: LessonDocument| {
        let twin = it.content.twin_mut().and_then(Option::take);
        let asked = it.checks.iter().filter_map(|id| checks.remove(id));
        PackagedLesson {
            title: it.title,
            minutes: it.minutes,
            content: it.content,
            checks: asked.map(|it| question(it, with_keys)).collect(),
            twin: twin.and_then(|it| places.get(&it)).copied(),
        }
    };
    PackagedChapter {
        title: chapter.title,
        lessons: chapter.lessons.into_iter().map(lesson).collect(),
    }
}

fn packaged_file(file: &Original) -> PackagedFile {
    let Original { id, kind, ending, .. } = file;
    PackagedFile {
        id: *id,
        kind: *kind,
        name: format!("media/{id}.{ending}"),
        subtitles: file.subtitles.as_ref().map(|_| format!("subtitles/{id}.vtt")),
    }
}

async fn packaged_quiz(app: &App, quiz: &QuizDocument, with_keys: bool) -> Result<PackagedQuiz> {
    let versions = quiz.questions.iter().map(|it| it.version).collect();
    let mut written = quizzes::questions_as_written(app.db.read(), versions).await?;
    let questions = quiz.questions.iter().filter_map(|it| written.remove(&it.version));
    Ok(PackagedQuiz {
        settings: quiz.settings.clone(),
        questions: questions.map(|it| question(it, with_keys)).collect(),
    })
}

fn question(written: QuestionDraft, with_keys: bool) -> PackagedQuestion {
    let right = written.options.iter().enumerate().filter(|(_, it)| it.correct);
    let key = with_keys.then(|| PackagedKey {
        correct: right.map(|(at, _)| at).collect(),
        explanation: written.explanation,
    });
    PackagedQuestion {
        kind: written.kind,
        stem: written.stem,
        options: written.options.into_iter().map(|it| it.text).collect(),
        key,
    }
}

/// The clauses that are cited by something that is in the document.
fn clauses(document: &CourseDocument, cited: Vec<Cited>) -> Vec<PackagedClause> {
    let lessons = places(document);
    let questions = document.quiz.iter().flat_map(|it| &it.questions);
    let questions: HashMap<QuestionId, usize> = questions.map(|it| it.question).zip(0..).collect();
    let items = document.practice.checklist.items.iter();
    let items: HashMap<ChecklistItemId, usize> = items.map(|it| it.id).zip(0..).collect();
    let packaged = |it: Cited| {
        let place = match it.target {
            LinkTarget::Lesson { lesson } => {
                PackagedPlace::Lesson { lesson: *lessons.get(&lesson)? }
            }
            LinkTarget::Card { lesson, .. } => {
                let at = *lessons.get(&lesson)?;
                let card = it.card.as_ref().and_then(|it| it.place(lesson_at(document, at)?));
                // Where there is no such card it is all of the lesson that cites, as learners see it.
                match card.and_then(|it| u32::try_from(it).ok()) {
                    Some(card) => PackagedPlace::Card { lesson: at, card },
                    None => PackagedPlace::Lesson { lesson: at },
                }
            }
            LinkTarget::Video { lesson, from, to } => {
                PackagedPlace::Video { lesson: *lessons.get(&lesson)?, from, to }
            }
            LinkTarget::Question { question } => {
                PackagedPlace::Question { question: *questions.get(&question)? }
            }
            LinkTarget::ChecklistItem { item, .. } => {
                PackagedPlace::Item { item: *items.get(&item)? }
            }
        };
        let Cited { link, clause, kind, coverage, dated, note, .. } = it;
        Some(PackagedClause { clause, place, kind, coverage, dated, note, link: Some(link) })
    };
    cited.into_iter().filter_map(packaged).collect()
}

fn lesson_at(document: &CourseDocument, at: usize) -> Option<&shared::content::LessonContent> {
    document.chapters.iter().flat_map(|it| &it.lessons).nth(at).map(|it| &it.content)
}
