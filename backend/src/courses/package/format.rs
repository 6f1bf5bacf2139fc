//! What lies in a package. Whoever changes what the files say raises [`VERSION`], and goes on reading
//! the versions before.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use shared::{
    authoring::QuizSettings,
    content::{LessonContent, MediaId, MediaKind, Picture},
    courses::{CourseCategory, CourseLevel},
    practice::Practice,
    quizzes::QuestionKind,
    standards::{
        ClauseLinkId,
        console::{LinkCoverage, LinkKind},
    },
};

use crate::standards::ClauseName;

pub const FORMAT: &str = "fingertip-course";
pub const VERSION: u32 = 4;

/// Says what the package is, and vouches for all other files in it.
pub const MANIFEST: &str = "manifest.json";
/// The course itself, a [`PackagedCourse`].
pub const COURSE: &str = "course.json";

/// What every version of the manifest begins with.
#[derive(Debug, Deserialize)]
pub struct Head {
    pub format: String,
    pub version: u32,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    pub format: String,
    pub version: u32,
    pub title: String,
    /// Absent for a draft.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revision: Option<u32>,
    pub exported_at: DateTime<Utc>,
    /// Whether the questions came along with their keys.
    pub with_keys: bool,
    /// Questions that stayed behind, because whoever exported may not edit the course.
    #[serde(default, skip_serializing_if = "is_none")]
    pub questions_withheld: u32,
    pub files: Vec<FileEntry>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde gives it so")]
const fn is_none(count: &u32) -> bool {
    *count == 0
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileEntry {
    pub name: String,
    pub bytes: u64,
    /// Hexadecimal.
    pub sha256: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackagedCourse {
    pub title: String,
    pub summary: String,
    pub level: CourseLevel,
    pub category: CourseCategory,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub qualification: String,
    /// By name.
    pub posts: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cover: Option<Picture>,
    pub chapters: Vec<PackagedChapter>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quiz: Option<PackagedQuiz>,
    /// Not in packages of an earlier version.
    #[serde(default, skip_serializing_if = "Practice::is_empty")]
    pub practice: Practice,
    pub media: Vec<PackagedFile>,
    pub clauses: Vec<PackagedClause>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackagedChapter {
    pub title: String,
    pub lessons: Vec<PackagedLesson>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackagedLesson {
    pub title: String,
    pub minutes: u32,
    /// Shows files by the ids of [`PackagedCourse::media`].
    pub content: LessonContent,
    /// 随堂自测
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub checks: Vec<PackagedQuestion>,
    /// 图文版, counted from 0 through all chapters; the content names none. Not in packages of an earlier
    /// version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub twin: Option<usize>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackagedQuiz {
    pub settings: QuizSettings,
    pub questions: Vec<PackagedQuestion>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackagedQuestion {
    pub kind: QuestionKind,
    pub stem: String,
    pub options: Vec<String>,
    /// Absent in packages of an earlier version, made by somebody who may not edit the course.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<PackagedKey>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackagedKey {
    /// Options that are right, from 0.
    pub correct: Vec<usize>,
    pub explanation: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackagedFile {
    pub id: MediaId,
    pub kind: MediaKind,
    /// Where it lies in the package.
    pub name: String,
    /// Where its subtitles lie.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subtitles: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackagedClause {
    pub clause: ClauseName,
    pub place: PackagedPlace,
    pub kind: LinkKind,
    pub coverage: LinkCoverage,
    pub dated: bool,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// By which lessons quote it. Not in packages of an earlier version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<ClauseLinkId>,
}

/// Where a clause is cited. All are counted from 0: lessons through all chapters, items of the checklist.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "place", rename_all = "snake_case", deny_unknown_fields)]
pub enum PackagedPlace {
    Lesson { lesson: usize },
    Card { lesson: usize, card: u32 },
    Video { lesson: usize, from: u32, to: u32 },
    Question { question: usize },
    Item { item: usize },
}
