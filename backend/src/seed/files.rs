//! The seed's course files: what an author wrote, with pictures and videos named by file.

use std::{borrow::Cow, collections::BTreeMap};

use anyhow::Context;
use rust_embed::RustEmbed;
use serde::Deserialize;
use shared::{
    authoring::OptionDraft,
    content::{MediaKind, NoticeTone},
    courses::{CourseCategory, CourseLevel},
    quizzes::QuestionKind,
};

use crate::media::NewFile;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/seed/courses"]
struct Files;

/// The size of every video, in pixels.
const VIDEO: (u32, u32) = (640, 360);

/// One of the sample courses.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CourseFile {
    /// The folder its files lie in.
    pub slug: String,
    /// The names of its posts; none where it is for those who lead and manage.
    pub posts: Vec<String>,
    /// Whether the people of its posts have to learn it.
    #[serde(default)]
    pub required: bool,
    pub level: CourseLevel,
    pub category: CourseCategory,
    #[serde(default)]
    pub qualification: String,
    pub title: String,
    pub summary: String,
    pub cover: PictureFile,
    pub chapters: Vec<ChapterFile>,
    pub quiz: QuizFile,
}

impl CourseFile {
    /// Every sample course in the order of their folders, those that are required last: what was
    /// written last is shown first.
    pub fn all() -> anyhow::Result<Vec<Self>> {
        let names = Files::iter().filter(|name| name.ends_with("/course.json"));
        let mut names: Vec<_> = names.collect();
        names.sort();
        let read = |name: &Cow<str>| {
            let file = Files::get(name).context("a listed file is there")?;
            serde_json::from_slice(&file.data).with_context(|| format!("seed/courses/{name}"))
        };
        let mut courses: Vec<Self> = names.iter().map(read).collect::<anyhow::Result<_>>()?;
        courses.sort_by_key(|course| course.required);
        Ok(courses)
    }

    /// The bytes of one of its pictures or videos.
    pub fn bytes(&self, file: &str) -> anyhow::Result<Vec<u8>> {
        let name = format!("{}/{file}", self.slug);
        let found = Files::get(&name).with_context(|| format!("seed/courses/{name} is missing"))?;
        Ok(found.data.into_owned())
    }

    /// Its pictures and videos by file name, with what is to be kept about them.
    pub fn media(&self) -> BTreeMap<&str, NewFile> {
        let lessons = self.chapters.iter().flat_map(|chapter| &chapter.lessons);
        let in_lessons = lessons.flat_map(|lesson| lesson.content.media());
        in_lessons.chain([self.cover.media()]).collect()
    }
}

impl ContentFile {
    fn media(&self) -> Vec<(&str, NewFile)> {
        match self {
            Self::Article { blocks } => blocks
                .iter()
                .filter_map(|block| match block {
                    BlockFile::Picture(picture) => Some(picture.media()),
                    _ => None,
                })
                .collect(),
            Self::Steps { cards, .. } => cards.iter().map(|card| card.picture.media()).collect(),
            Self::Video { file, seconds, poster, .. } => {
                let (width, height) = VIDEO;
                let video = NewFile {
                    kind: MediaKind::Video,
                    content_type: "video/mp4",
                    width,
                    height,
                    seconds: *seconds,
                    created_by: None,
                };
                vec![(file.as_str(), video), poster.media()]
            }
        }
    }
}

impl PictureFile {
    fn media(&self) -> (&str, NewFile) {
        let picture = NewFile {
            kind: MediaKind::Image,
            content_type: "image/png",
            width: self.width,
            height: self.height,
            seconds: 0,
            created_by: None,
        };
        (&self.file, picture)
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ChapterFile {
    pub title: String,
    pub lessons: Vec<LessonFile>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LessonFile {
    pub title: String,
    pub minutes: u32,
    pub content: ContentFile,
    /// 随堂自测
    #[serde(default)]
    pub checks: Vec<QuestionFile>,
}

#[derive(Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum ContentFile {
    Article { blocks: Vec<BlockFile> },
    Steps { materials: Vec<String>, cards: Vec<CardFile> },
    Video { file: String, seconds: u32, poster: PictureFile, key_points: Vec<String> },
}

#[derive(Debug, Deserialize)]
#[serde(tag = "block", rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum BlockFile {
    Heading { text: String },
    Paragraph { html: String },
    Picture(PictureFile),
    Notice { tone: NoticeTone, text: String },
    List { ordered: bool, items: Vec<String> },
    Table { head: Vec<String>, rows: Vec<Vec<String>> },
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PictureFile {
    pub file: String,
    pub alt: String,
    #[serde(default)]
    pub caption: String,
    pub width: u32,
    pub height: u32,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CardFile {
    pub title: String,
    pub picture: PictureFile,
    pub key_points: Vec<String>,
    pub quality: String,
    pub mistakes: Vec<String>,
    #[serde(default)]
    pub safety: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct QuizFile {
    pub title: String,
    pub pass_mark: u32,
    pub minutes: u32,
    pub attempts: u32,
    pub questions: Vec<QuestionFile>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct QuestionFile {
    pub kind: QuestionKind,
    pub stem: String,
    pub options: Vec<OptionDraft>,
    pub explanation: String,
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn lessons(course: &CourseFile) -> impl Iterator<Item = &LessonFile> {
        course.chapters.iter().flat_map(|chapter| &chapter.lessons)
    }

    #[test]
    fn the_sample_courses_cover_every_cell_and_are_complete() {
        let courses = CourseFile::all().unwrap();
        let cells: HashSet<_> = courses.iter().map(|it| (it.level, it.category)).collect();
        assert_eq!(cells.len(), CourseLevel::ALL.len() * CourseCategory::ALL.len());
        for course in courses {
            assert!(lessons(&course).count() >= 3, "{}", course.slug);
            assert_eq!(course.quiz.questions.len(), 10, "{}", course.slug);
            assert!(course.quiz.questions.iter().all(|it| !it.explanation.is_empty()));
            let asked = lessons(&course).flat_map(|it| &it.checks);
            assert!(asked.into_iter().all(|it| !it.explanation.is_empty()), "{}", course.slug);
            for name in course.media().into_keys() {
                let bytes = course.bytes(name).unwrap().len();
                assert!(bytes <= 600_000, "{}/{name} has {bytes} bytes", course.slug);
            }
        }
    }

    #[test]
    fn every_sample_picture_is_one_that_an_officer_could_have_uploaded() {
        for course in CourseFile::all().unwrap() {
            for (name, file) in course.media() {
                if file.kind != MediaKind::Image {
                    continue;
                }
                let bytes = course.bytes(name).unwrap();
                let known = image::guess_format(&bytes).unwrap();
                assert_eq!(known.to_mime_type(), file.content_type, "{}/{name}", course.slug);
                let picture = image::load_from_memory(&bytes).unwrap();
                let size = (picture.width(), picture.height());
                assert_eq!((file.width, file.height), size, "{}/{name}", course.slug);
            }
        }
    }

    #[test]
    fn the_sample_courses_of_a_skill_name_its_posts_and_show_its_steps() {
        let courses = CourseFile::all().unwrap();
        let skills = courses.iter().filter(|it| it.category == CourseCategory::PostSkills);
        for course in skills {
            assert!(!course.posts.is_empty(), "{}", course.slug);
            let cards = lessons(course).find_map(|lesson| match &lesson.content {
                ContentFile::Steps { cards, .. } => Some(cards.len()),
                _ => None,
            });
            assert!(cards.is_some_and(|cards| cards >= 5), "{}", course.slug);
        }
    }
}
