//! What of a course can be linked to a clause.

use shared::{
    content::LessonContent,
    courses::{CourseId, LessonId},
    standards::console::{LinkTarget, PlaceChoice},
};

use crate::{
    Result,
    courses::{self, LessonHead},
    db::Connection,
    quizzes,
};

/// Each lesson with its cards or what is played, in the order of the course; then the questions, and the
/// items of the checklist.
pub async fn list(db: &Connection, course: CourseId) -> Result<Vec<PlaceChoice>> {
    let mut places = Vec::new();
    for (lesson, head) in courses::lesson_heads(db, course).await? {
        let inside = inside(lesson, &head);
        places.push(PlaceChoice { target: LinkTarget::Lesson { lesson }, title: head.title });
        places.extend(inside);
    }
    let questions = quizzes::written_questions(db, course).await?;
    places.extend(questions.into_iter().map(|(question, stem)| PlaceChoice {
        target: LinkTarget::Question { question },
        title: format!("试题：{stem}"),
    }));
    let items = courses::checklist_items(db, course).await?.written;
    places.extend(items.into_iter().map(|it| PlaceChoice {
        target: LinkTarget::ChecklistItem { course, item: it.id },
        title: format!("考核项：{}", it.text),
    }));
    Ok(places)
}

fn inside(lesson: LessonId, LessonHead { title, content, .. }: &LessonHead) -> Vec<PlaceChoice> {
    match content {
        LessonContent::Steps(steps) => (0_u32..)
            .zip(&steps.cards)
            .map(|(card, it)| PlaceChoice {
                target: LinkTarget::Card { lesson, card },
                title: format!("{title} · 第 {} 步 {}", card + 1, it.title),
            })
            .collect(),
        LessonContent::Video(video) | LessonContent::Recording(video) if video.seconds > 0 => {
            let target = LinkTarget::Video { lesson, from: 0, to: video.seconds };
            vec![PlaceChoice { target, title: format!("{title} · 其中的一段") }]
        }
        LessonContent::Article { .. }
        | LessonContent::Video(_)
        | LessonContent::Recording(_)
        | LessonContent::Slides(_) => Vec::new(),
    }
}
