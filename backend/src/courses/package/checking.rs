//! What a package says of its course, tidied and checked as if an officer had typed it.

use std::collections::{HashMap, HashSet};

use shared::content::{LessonContent, MediaId};

use super::{
    format::{COURSE, PackagedCourse, PackagedFile, PackagedPlace, PackagedQuestion},
    refusal::{refused, twice, wrong},
    unpacking::Unpacked,
};
use crate::{
    Error, Result,
    courses::{content, fields::Fields, practice},
};

const MOST_CHAPTERS: usize = 100;
/// Of all chapters together.
const MOST_LESSONS: usize = 300;
const MOST_CLAUSES: usize = 2000;
const MOST_POSTS: usize = 100;
/// Of the quiz; what a lesson asks is far less.
const MOST_QUESTIONS: usize = 200;
const MOST_OPTIONS: usize = 8;
/// Characters of the number of a standard, of its version and of a clause.
const LONGEST_NAME: usize = 200;

/// Tidies all texts, and checks that everything that is named is there.
///
/// # Errors
/// `not_a_course_package`, saying where.
pub fn check(unpacked: &mut Unpacked) -> Result<()> {
    let known = files(unpacked)?;
    let course = &mut unpacked.course;
    let lessons = course.chapters.iter().map(|it| it.lessons.len()).sum();
    if course.chapters.len() > MOST_CHAPTERS || lessons > MOST_LESSONS {
        return Err(wrong(COURSE, "的章或课时太多"));
    }
    if course.posts.len() > MOST_POSTS {
        return Err(wrong(COURSE, "的岗位太多"));
    }
    check_questions(course)?;
    check_twins(course)?;
    if let Some(cover) = &course.cover {
        known_or(&known, cover.media, "封面")?;
    }
    for chapter in &mut course.chapters {
        let mut fields = Fields::default();
        fields.title("title", &mut chapter.title);
        done(fields, &format!("章“{}”", chapter.title))?;
        for lesson in &mut chapter.lessons {
            let mut fields = Fields::default();
            fields.title("title", &mut lesson.title);
            if !(1..=60).contains(&lesson.minutes) {
                fields.refuse("minutes", "时长要在 1 到 60 分钟之间");
            }
            content::tidy_texts(&mut fields, &mut lesson.content);
            let place = format!("课时“{}”", lesson.title);
            done(fields, &place)?;
            for file in content::media_of(&mut lesson.content) {
                known_or(&known, file, &place)?;
            }
        }
    }
    let mut fields = Fields::default();
    practice::tidy(&mut fields, "practice", &mut course.practice);
    done(fields, "实操要求")?;
    check_clauses(course, lessons)
}

/// What is named as the 图文版 of a lesson is an article; here it is known by its place only.
fn check_twins(course: &mut PackagedCourse) -> Result<()> {
    let lessons = || course.chapters.iter().flat_map(|it| &it.lessons);
    let articles: Vec<bool> =
        lessons().map(|it| matches!(it.content, LessonContent::Article { .. })).collect();
    let is_article = |at: usize| articles.get(at).is_some_and(|it| *it);
    let named: Vec<usize> = lessons().filter_map(|it| it.twin).collect();
    if !named.into_iter().all(is_article) {
        return Err(wrong(COURSE, "里图文版指的课时不是图文，课程包被人改动过"));
    }
    for lesson in course.chapters.iter_mut().flat_map(|it| &mut it.lessons) {
        if let Some(twin) = lesson.content.twin_mut() {
            *twin = None;
        }
    }
    Ok(())
}

/// Before anybody compares options with keys, or writes what is asked.
fn check_questions(course: &PackagedCourse) -> Result<()> {
    let asked = course.chapters.iter().flat_map(|it| &it.lessons).map(|it| &it.checks);
    let asked = asked.chain(course.quiz.iter().map(|it| &it.questions));
    let is_small = |it: &PackagedQuestion| {
        let correct = it.key.as_ref().map_or(0, |it| it.correct.len());
        it.options.len() <= MOST_OPTIONS && correct <= MOST_OPTIONS
    };
    for questions in asked {
        if questions.len() > MOST_QUESTIONS || !questions.iter().all(is_small) {
            return Err(wrong(COURSE, "的题目或选项太多"));
        }
    }
    Ok(())
}

/// The files that the course may show; each is there, with its subtitles.
fn files(unpacked: &Unpacked) -> Result<HashMap<MediaId, PackagedFile>> {
    let (mut known, mut names) = (HashMap::new(), HashSet::new());
    for file in &unpacked.course.media {
        for name in [Some(&file.name), file.subtitles.as_ref()].into_iter().flatten() {
            if !unpacked.files.contains_key(name) {
                return Err(wrong(name, "不见了，请重新下载一次"));
            }
            if !names.insert(name) {
                return Err(twice(name));
            }
        }
        if known.insert(file.id, file.clone()).is_some() {
            return Err(twice(&file.name));
        }
    }
    Ok(known)
}

fn known_or(known: &HashMap<MediaId, PackagedFile>, id: MediaId, place: &str) -> Result<()> {
    if known.contains_key(&id) {
        return Ok(());
    }
    Err(refused(format!("{place}要用的文件 {id} 不在包里")))
}

/// Says where it is what was refused.
fn done(fields: Fields, place: &str) -> Result<()> {
    match fields.done() {
        Err(Error::Refused(problem)) => {
            let why: Vec<String> = problem.fields.into_iter().map(|it| it.message).collect();
            Err(refused(format!("{place}：{}", why.join("；"))))
        }
        other => other,
    }
}

fn check_clauses(course: &PackagedCourse, lessons: usize) -> Result<()> {
    if course.clauses.len() > MOST_CLAUSES {
        return Err(wrong(COURSE, "引用的条款太多"));
    }
    let questions = course.quiz.as_ref().map_or(0, |it| it.questions.len());
    let items = course.practice.checklist.items.len();
    let is_name = |it: &String| it.chars().count() <= LONGEST_NAME && !it.contains('\0');
    for it in &course.clauses {
        let mut named =
            [&it.clause.standard, &it.clause.version].into_iter().chain(&it.clause.path);
        if !named.all(is_name) {
            return Err(wrong(COURSE, "里条款的编号写得不对，课程包被人改动过"));
        }
        let there = match it.place {
            PackagedPlace::Lesson { lesson }
            | PackagedPlace::Card { lesson, .. }
            | PackagedPlace::Video { lesson, .. } => lesson < lessons,
            PackagedPlace::Question { question } => question < questions,
            PackagedPlace::Item { item } => item < items,
        };
        if !there || it.clause.path.len() > 10 {
            return Err(wrong(COURSE, "引用条款的地方不存在，课程包被人改动过"));
        }
    }
    Ok(())
}
