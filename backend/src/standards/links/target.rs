//! The other end of a link: a lesson, a card or a part of the video in it, a question, or an item of the
//! checklist.

use shared::{
    content::LessonContent,
    courses::{CourseId, LessonId},
    practice::ChecklistItemId,
    problem::{Code, Problem},
    quizzes::QuestionId,
    standards::console::{LinkPlace, LinkTarget},
};

use crate::{Result, courses, db::Connection, quizzes, standards::entity::link};

/// Where a target was found to be.
pub struct Place {
    pub kind: LinkPlace,
    pub course: CourseId,
    pub lesson: Option<LessonId>,
    pub question: Option<QuestionId>,
    pub item: Option<ChecklistItemId>,
    pub card: Option<i32>,
    pub card_title: Option<String>,
    pub seconds: Option<(i32, i32)>,
}

impl Place {
    /// # Errors
    /// `not_found` where there is no such lesson, question or item; `invalid_request` where it has no such
    /// card or that is no part of its video.
    pub async fn of(db: &Connection, target: &LinkTarget) -> Result<Self> {
        match *target {
            LinkTarget::Lesson { lesson } => {
                Ok(Self::in_lesson(lesson, courses::lesson_head(db, lesson).await?.course))
            }
            LinkTarget::Card { lesson, card } => {
                let head = courses::lesson_head(db, lesson).await?;
                let found = match &head.content {
                    LessonContent::Steps(steps) => steps.cards.get(card as usize),
                    _ => None,
                };
                let found = found.ok_or_else(|| wrong("课时里没有这张步骤卡"))?;
                Ok(Self {
                    kind: LinkPlace::Card,
                    card: i32::try_from(card).ok(),
                    card_title: Some(found.title.clone()),
                    ..Self::in_lesson(lesson, head.course)
                })
            }
            LinkTarget::Video { lesson, from, to } => {
                let head = courses::lesson_head(db, lesson).await?;
                let within = match &head.content {
                    LessonContent::Video(video) | LessonContent::Recording(video) => {
                        from < to && to <= video.seconds
                    }
                    _ => false,
                };
                let seconds = i32::try_from(from).ok().zip(i32::try_from(to).ok());
                if !within {
                    return Err(
                        wrong("请填视频或录音里的一段：结束要在开始之后，不超过总长").into()
                    );
                }
                Ok(Self { kind: LinkPlace::Video, seconds, ..Self::in_lesson(lesson, head.course) })
            }
            LinkTarget::Question { question } => {
                let head = quizzes::question_head(db, question).await?;
                let question = Some(question);
                Ok(Self { question, ..Self::in_course(LinkPlace::Question, head.course) })
            }
            LinkTarget::ChecklistItem { course, item } => {
                let items = courses::checklist_items(db, course).await?.written;
                let item = items.into_iter().find(|it| it.id == item).ok_or(Code::NotFound)?;
                let item = Some(item.id);
                Ok(Self { item, ..Self::in_course(LinkPlace::ChecklistItem, course) })
            }
        }
    }

    const fn in_course(kind: LinkPlace, course: CourseId) -> Self {
        Self {
            kind,
            course,
            lesson: None,
            question: None,
            item: None,
            card: None,
            card_title: None,
            seconds: None,
        }
    }

    fn in_lesson(lesson: LessonId, course: CourseId) -> Self {
        Self { lesson: Some(lesson), ..Self::in_course(LinkPlace::Lesson, course) }
    }
}

fn wrong(message: &str) -> Problem {
    Problem::from(Code::InvalidRequest).field("target", message)
}

/// The target as it was given; nothing where the row makes no sense.
pub fn of_row(row: &link::Model) -> Option<LinkTarget> {
    let number = |it: Option<i32>| it.and_then(|it| u32::try_from(it).ok());
    Some(match row.place {
        LinkPlace::Lesson => LinkTarget::Lesson { lesson: row.lesson_id? },
        LinkPlace::Card => LinkTarget::Card { lesson: row.lesson_id?, card: number(row.card)? },
        LinkPlace::Video => LinkTarget::Video {
            lesson: row.lesson_id?,
            from: number(row.from_second)?,
            to: number(row.to_second)?,
        },
        LinkPlace::Question => LinkTarget::Question { question: row.question_id? },
        LinkPlace::ChecklistItem => {
            LinkTarget::ChecklistItem { course: row.course_id, item: row.item_id? }
        }
    })
}
