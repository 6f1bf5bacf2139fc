//! Writes the sample courses as an officer would: media first, then course, chapters, lessons, quiz,
//! and at last it publishes them and gives those that are required to the people of their posts.

use std::collections::HashMap;

use chrono::{DateTime, Days, Utc};
use shared::{
    accounts::PersonId,
    authoring::{
        AddLesson, AssignCourse, CourseDetails, QuestionDraft, QuizSettings, SaveLesson,
        SaveLessonChecks,
    },
    content::{
        Attachment, Block, LessonContent, MediaId, Picture, SlideLesson, StepCard, StepLesson,
        VideoLesson,
    },
    courses::{ChapterId, CourseId, LessonId},
    organizations::PostId,
    practice::SavePractice,
    time,
};

use super::{
    SeededCast,
    files::{
        BlockFile, CardFile, ContentFile, CourseFile, LessonFile, PictureFile, QuestionFile,
        QuizFile,
    },
    found, standards,
};
use crate::{App, Result, accounts::Reach, courses, db::Transaction, media, quizzes};

/// How long people have for a course.
const DUE_IN: Days = Days::new(7);

/// Brings every sample course that is missing into the catalogue; answers all by their folder.
pub(super) async fn write(app: &App, cast: &SeededCast) -> Result<HashMap<String, CourseId>> {
    let (officer, colleague) = (cast.people["zhengming"], cast.people["fanghui"]);
    let mut written = HashMap::new();
    for file in CourseFile::all()? {
        if let Some(course) = found::course(app.db.read(), &file.title).await? {
            written.insert(file.slug, course);
            continue;
        }
        let media = upload(app, &file, officer).await?;
        let posts = file.posts.iter().map(|name| cast.posts[name]).collect();
        let (slug, clock) = (file.slug.clone(), app.clock.clone());
        let course = app
            .db
            .write(move |tx| {
                Box::pin(async move {
                    let now = clock.now(tx).await?;
                    write_one(tx, file, &media, posts, [officer, colleague], now).await
                })
            })
            .await?;
        written.insert(slug, course);
    }
    Ok(written)
}

/// Every file a course names, by its name.
async fn upload(
    app: &App,
    course: &CourseFile,
    officer: PersonId,
) -> Result<HashMap<String, MediaId>> {
    let mut stored = HashMap::new();
    for (name, mut file) in course.media() {
        file.created_by = Some(officer);
        let id = media::store(app, course.bytes(name)?, file).await?;
        stored.insert(name.to_owned(), id);
    }
    for (name, subtitles) in course.prepared() {
        let bytes = course.bytes(name)?;
        let subtitles = subtitles.map(|it| course.text(it)).transpose()?;
        let id = media::store_prepared(app, bytes, subtitles.as_deref(), officer).await?;
        stored.insert(name.to_owned(), id);
    }
    Ok(stored)
}

async fn write_one(
    tx: &Transaction,
    file: CourseFile,
    media: &HashMap<String, MediaId>,
    posts: Vec<PostId>,
    [officer, colleague]: [PersonId; 2],
    now: DateTime<Utc>,
) -> Result<CourseId> {
    let details = CourseDetails {
        title: file.title,
        summary: file.summary,
        level: file.level,
        category: file.category,
        qualification: file.qualification,
        posts: posts.clone(),
        cover: Some(picture(file.cover, media)),
    };
    let course = courses::create(tx, details, Some(officer), None, now).await?;
    let mut quoting = Vec::new();
    for chapter_file in file.chapters {
        let chapter = courses::add_chapter(tx, course, chapter_file.title, now).await?;
        for (position, lesson) in (1..).zip(chapter_file.lessons) {
            let (title, quoted) = (lesson.title.clone(), lesson.content.quoted());
            let lesson = write_lesson(tx, (chapter, position), lesson, media, now).await?;
            quoting.push((title, lesson, quoted));
        }
    }
    standards::quote(tx, (&file.slug, quoting), [officer, colleague], now).await?;
    write_quiz(tx, course, file.quiz, now).await?;
    let practice = file.practice.written();
    if !practice.is_empty() {
        courses::save_practice(tx, SavePractice { course, version: 0, practice }, now).await?;
    }
    courses::publish_reviewed(tx, course, [officer, colleague], now).await?;
    if file.required {
        let due_on = time::local_date(now) + DUE_IN;
        let request = AssignCourse {
            course,
            posts,
            organizations: Vec::new(),
            teams: Vec::new(),
            people: Vec::new(),
            due_on,
        };
        courses::assign(tx, request, (Some(officer), &Reach::everything()), now).await?;
    }
    Ok(course)
}

async fn write_lesson(
    tx: &Transaction,
    (chapter, position): (ChapterId, i32),
    file: LessonFile,
    media: &HashMap<String, MediaId>,
    now: DateTime<Utc>,
) -> Result<LessonId> {
    let LessonFile { title, minutes, content: written, checks } = file;
    let content = content(written, media);
    let added = AddLesson { chapter, title: title.clone(), kind: content.kind() };
    let lesson = courses::add_lesson(tx, added, now).await?;
    let saved =
        SaveLesson { lesson, version: 1, title, minutes, position: Some(position), content };
    courses::save_lesson(tx, saved, now).await?;
    if !checks.is_empty() {
        let questions = checks.into_iter().map(question).collect();
        courses::save_checks(tx, SaveLessonChecks { lesson, version: 0, questions }, now).await?;
    }
    Ok(lesson)
}

async fn write_quiz(
    tx: &Transaction,
    course: CourseId,
    file: QuizFile,
    now: DateTime<Utc>,
) -> Result<()> {
    let settings = QuizSettings {
        title: file.title,
        pass_mark: file.pass_mark,
        minutes: file.minutes,
        attempts: file.attempts,
        ..QuizSettings::default()
    };
    let questions = file.questions.into_iter().map(question).collect();
    quizzes::create(tx, course, settings, questions, now).await?;
    Ok(())
}

fn question(file: QuestionFile) -> QuestionDraft {
    QuestionDraft {
        id: None,
        kind: file.kind,
        stem: file.stem,
        options: file.options,
        explanation: file.explanation,
    }
}

fn content(file: ContentFile, media: &HashMap<String, MediaId>) -> LessonContent {
    match file {
        ContentFile::Article { blocks } => LessonContent::Article {
            blocks: blocks.into_iter().map(|it| block(it, media)).collect(),
        },
        ContentFile::Steps { materials, cards } => LessonContent::Steps(StepLesson {
            materials,
            cards: cards.into_iter().map(|it| card(it, media)).collect(),
            twin: None,
        }),
        ContentFile::Video { file, seconds, poster, key_points } => {
            LessonContent::Video(VideoLesson {
                media: Some(media[&file]),
                seconds,
                poster: Some(picture(poster, media)),
                key_points,
                ..VideoLesson::default()
            })
        }
        // Their length and pages are known of the files.
        ContentFile::Slides { file } => {
            LessonContent::Slides(SlideLesson { media: Some(media[&file]), ..Default::default() })
        }
        ContentFile::Recording { file, key_points, .. } => {
            let media = Some(media[&file]);
            LessonContent::Recording(VideoLesson { media, key_points, ..VideoLesson::default() })
        }
    }
}

fn block(file: BlockFile, media: &HashMap<String, MediaId>) -> Block {
    match file {
        BlockFile::Heading { text } => Block::Heading { text },
        BlockFile::Paragraph { html } => Block::Paragraph { html },
        BlockFile::Picture(file) => Block::Picture(picture(file, media)),
        BlockFile::Notice { tone, text } => Block::Notice { tone, text },
        BlockFile::List { ordered, items } => Block::List { ordered, items },
        BlockFile::Table { head, rows } => {
            Block::Table { rows: std::iter::once(head).chain(rows).collect() }
        }
        BlockFile::Gallery { pictures } => {
            Block::Gallery { pictures: pictures.into_iter().map(|it| picture(it, media)).collect() }
        }
        BlockFile::Clause { link, .. } => Block::Clause { link, quote: None },
        // Its size is known of the file.
        BlockFile::Attachment { file, name } => {
            Block::Attachment(Attachment { media: media[&file], name, bytes: 0 })
        }
    }
}

fn card(file: CardFile, media: &HashMap<String, MediaId>) -> StepCard {
    StepCard {
        title: file.title,
        picture: Some(picture(file.picture, media)),
        clip: None,
        key_points: file.key_points,
        quality: file.quality,
        seconds: file.seconds,
        mistakes: file.mistakes,
        safety: file.safety,
    }
}

fn picture(file: PictureFile, media: &HashMap<String, MediaId>) -> Picture {
    Picture {
        media: media[&file.file],
        alt: file.alt,
        caption: file.caption,
        width: file.width,
        height: file.height,
    }
}
