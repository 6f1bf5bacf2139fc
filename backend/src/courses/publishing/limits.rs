//! How long a lesson may take, and how heavy it may be. What learners read already as it stands holds
//! nobody up: a correction for safety's sake elsewhere in the course would wait for it.

use std::collections::HashMap;

use shared::{
    content::{LessonContent, MediaId},
    courses::{CourseLevel, LessonId},
    revisions::{ChapterDocument, LessonDocument},
};

use crate::{
    Result,
    courses::{
        content::{self, Weighed},
        entity::{course, lesson},
        outline::Outline,
        revisions,
    },
    db::Connection,
    media::{self, Weight},
};

/// What the lessons of a course are measured with.
pub(super) struct Facts {
    level: CourseLevel,
    files: HashMap<MediaId, Weight>,
    /// What learners read, or read before the course was retired, and its level.
    live: Option<(CourseLevel, Vec<ChapterDocument>)>,
}

impl Facts {
    pub async fn of(db: &Connection, course: &course::Model, outline: &Outline) -> Result<Self> {
        let live = match course.live_revision_id {
            Some(id) => {
                let level = revisions::find(db, id).await?.level;
                Some((level, revisions::document::chapters_of(db, id).await?))
            }
            None => None,
        };
        let written = outline.chapters.iter().flat_map(|it| &it.1).map(|it| &it.content.0);
        let read = lessons(live.as_ref().map(|it| &*it.1)).map(|it| &it.content);
        let played: Vec<_> = written.chain(read).flat_map(content::played).collect();
        let files = media::weights(db, &played).await?;
        Ok(Self { level: course.level, files, live })
    }

    /// What is written, beside what learners read.
    pub fn limits<'a>(&'a self, outline: &Outline) -> Limits<'a> {
        let written = outline.chapters.iter().flat_map(|it| &it.1);
        let written = written.map(|it| (it.id, &it.content.0));
        let live = self.live.as_ref().map(|(level, chapters)| {
            let read = lessons(Some(chapters)).map(|it| (it.id, &it.content));
            (Text { level: *level, weighed: Weighed::of(&self.files, read) }, &**chapters)
        });
        let weighed = Weighed::of(&self.files, written);
        Limits { written: Text { level: self.level, weighed }, live }
    }
}

fn lessons(chapters: Option<&[ChapterDocument]>) -> impl Iterator<Item = &LessonDocument> {
    chapters.unwrap_or_default().iter().flat_map(|it| &it.lessons)
}

pub(super) struct Limits<'a> {
    written: Text<'a>,
    live: Option<(Text<'a>, &'a [ChapterDocument])>,
}

impl Limits<'_> {
    /// What is said of a lesson that goes over a limit, and did not where learners read it.
    pub fn gaps(&self, lesson: &lesson::Model) -> Vec<String> {
        let minutes = u32::try_from(lesson.minutes).unwrap_or_default();
        let mut gaps = self.written.gaps(minutes, &lesson.content.0);
        if gaps.is_empty() {
            return gaps;
        }
        if let Some(known) = self.known(lesson.id, minutes, &lesson.content.0) {
            gaps.retain(|it| !known.contains(it));
        }
        gaps
    }

    /// The same of what learners read, where that is the same lesson still.
    fn known(&self, id: LessonId, minutes: u32, written: &LessonContent) -> Option<Vec<String>> {
        let (text, chapters) = self.live.as_ref()?;
        let read = lessons(Some(chapters)).find(|it| it.id == id)?;
        let same = read.minutes == minutes && plain(&read.content) == plain(written);
        same.then(|| text.gaps(minutes, &read.content))
    }
}

/// Without what is put in only when it is frozen.
fn plain(content: &LessonContent) -> LessonContent {
    let mut content = content.clone();
    if let LessonContent::Video(it) | LessonContent::Recording(it) = &mut content {
        content::forget_subtitles(it);
    }
    content
}

struct Text<'a> {
    level: CourseLevel,
    weighed: Weighed<'a>,
}

impl Text<'_> {
    fn gaps(&self, minutes: u32, content: &LessonContent) -> Vec<String> {
        [too_long(self.level, minutes), self.weighed.gap(content)].into_iter().flatten().collect()
    }
}

/// What is said of a lesson that takes longer than its level allows.
fn too_long(level: CourseLevel, minutes: u32) -> Option<String> {
    let most = level.longest_lesson()?;
    (minutes > most).then(|| {
        let level = level.label();
        format!("要 {minutes} 分钟，{level}层面的课时最多 {most} 分钟，请拆成两课")
    })
}
