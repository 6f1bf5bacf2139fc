//! The seed's course files: what an author wrote, with pictures and other files by their names.

use std::{borrow::Cow, collections::BTreeMap};

use anyhow::Context;
use rust_embed::RustEmbed;
use serde::Deserialize;
use shared::{
    authoring::OptionDraft,
    content::{MediaKind, NoticeTone},
    courses::{CourseCategory, CourseLevel},
    quizzes::QuestionKind,
    standards::ClauseLinkId,
};
use uuid::Uuid;

use super::practice::PracticeFile;
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
    #[serde(default)]
    pub practice: PracticeFile,
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

    /// The bytes of one of its files.
    pub fn bytes(&self, file: &str) -> anyhow::Result<Vec<u8>> {
        let name = format!("{}/{file}", self.slug);
        let found = Files::get(&name).with_context(|| format!("seed/courses/{name} is missing"))?;
        Ok(found.data.into_owned())
    }

    pub fn text(&self, file: &str) -> anyhow::Result<String> {
        Ok(String::from_utf8(self.bytes(file)?)?)
    }

    /// Its pictures and videos by file name, with what is to be kept about them.
    pub fn media(&self) -> BTreeMap<&str, NewFile> {
        let lessons = self.chapters.iter().flat_map(|chapter| &chapter.lessons);
        let in_lessons = lessons.flat_map(|lesson| lesson.content.media());
        in_lessons.chain([self.cover.media()]).collect()
    }

    /// Its courseware, recordings and attachments by file name, each with the name of its subtitles.
    pub fn prepared(&self) -> BTreeMap<&str, Option<&str>> {
        let lessons = self.chapters.iter().flat_map(|chapter| &chapter.lessons);
        lessons.flat_map(|lesson| lesson.content.prepared()).collect()
    }
}

impl ContentFile {
    fn media(&self) -> Vec<(&str, NewFile)> {
        match self {
            Self::Article { blocks } => {
                blocks.iter().flat_map(BlockFile::pictures).map(PictureFile::media).collect()
            }
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
            Self::Slides { .. } | Self::Recording { .. } => Vec::new(),
        }
    }

    fn prepared(&self) -> Vec<(&str, Option<&str>)> {
        match self {
            Self::Slides { file } => vec![(file, None)],
            Self::Recording { file, subtitles, .. } => vec![(file, Some(subtitles))],
            Self::Article { blocks } => {
                let attached = blocks.iter().filter_map(|block| match block {
                    BlockFile::Attachment { file, .. } => Some((file.as_str(), None)),
                    _ => None,
                });
                attached.collect()
            }
            Self::Steps { .. } | Self::Video { .. } => Vec::new(),
        }
    }

    /// The numbers of the clauses that it quotes, with the links by which it does.
    pub fn quoted(&self) -> Vec<(String, ClauseLinkId)> {
        let Self::Article { blocks } = self else { return Vec::new() };
        let quoted = blocks.iter().filter_map(|block| match block {
            BlockFile::Clause { clause, link } => Some((clause.clone(), *link)),
            _ => None,
        });
        quoted.collect()
    }
}

impl BlockFile {
    fn pictures(&self) -> &[PictureFile] {
        match self {
            Self::Picture(picture) => std::slice::from_ref(picture),
            Self::Gallery { pictures } => pictures,
            _ => &[],
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
    Slides { file: String },
    Recording { file: String, subtitles: String, key_points: Vec<String> },
}

#[derive(Debug, Deserialize)]
#[serde(tag = "block", rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum BlockFile {
    Heading {
        text: String,
    },
    Paragraph {
        html: String,
    },
    Picture(PictureFile),
    Notice {
        tone: NoticeTone,
        text: String,
    },
    List {
        ordered: bool,
        items: Vec<String>,
    },
    Table {
        head: Vec<String>,
        rows: Vec<Vec<String>>,
    },
    Gallery {
        pictures: Vec<PictureFile>,
    },
    /// One that `seed/standards/links.json` links to the lesson, by its number.
    Clause {
        clause: String,
        #[serde(skip, default = "fresh_link")]
        link: ClauseLinkId,
    },
    Attachment {
        file: String,
        name: String,
    },
}

fn fresh_link() -> ClauseLinkId {
    ClauseLinkId(Uuid::now_v7())
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
    #[serde(default)]
    pub seconds: u32,
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
mod tests;
