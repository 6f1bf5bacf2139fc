//! Moving a lesson to another chapter.

use leptos::prelude::*;
use shared::{
    authoring::MoveLesson,
    courses::{ChapterId, LessonId},
};

use super::outline::OutlineDesk;
use crate::admin::kit::{Doing, Question, SelectField};

#[component]
pub fn MoveQuestion(outline: OutlineDesk, id: LessonId, on_close: Callback<()>) -> impl IntoView {
    let chapters = others(outline, id);
    let first = chapters.first().map(|it| it.0.clone()).unwrap_or_default();
    let (chosen, doing) = (RwSignal::new(first), Doing::new());
    let move_to = Callback::new(move |()| {
        let Ok(chapter) = chosen.with_untracked(|it| it.parse::<ChapterId>()) else { return };
        doing.run(outline.desk.change(MoveLesson { lesson: id, chapter }), move |()| {
            on_close.run(());
        });
    });
    view! {
        <Question
            title="移到哪一章？"
            text="课时放到那一章的最后，内容、自测题和学员的进度都跟着走。"
            yes="移过去"
            busy=doing.busy
            on_yes=move_to
            on_no=on_close
        >
            {doing.note()}
            <SelectField label="章" value=chosen choices=Signal::stored(chapters)/>
        </Question>
    }
}

/// The chapters where the lesson is not.
fn others(outline: OutlineDesk, id: LessonId) -> Vec<(String, String)> {
    outline.desk.course.with_untracked(|course| {
        let others = course.chapters.iter().filter(|it| it.lessons.iter().all(|it| it.id != id));
        others.map(|it| (it.id.to_string(), it.title.clone())).collect()
    })
}
