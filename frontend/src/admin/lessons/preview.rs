//! The lesson as the phone will show it, while it is being written.

use leptos::prelude::*;
use shared::{content::LessonContent, courses::LessonId};

use super::fields::LessonValue;
use crate::{
    admin::{
        kit::{Drawn, Phone, rested},
        preview::{CheckDoor, CheckScreen},
    },
    content_view,
    ui::button,
};

#[component]
pub fn Preview(
    id: LessonId,
    lesson: Memo<LessonValue>,
    /// Which step card is being written.
    card: Signal<u32>,
) -> impl IntoView {
    let title = move || lesson.with(|lesson| lesson.title.clone());
    let minutes = move || lesson.with(|lesson| format!("约 {} 分钟", lesson.minutes));
    let content = Memo::new(move |_| lesson.with(|lesson| lesson.content.clone()));
    // A video must not start loading at every letter.
    let shown = rested(move || content.get());
    let checking = RwSignal::new(false);
    let on_press = Callback::new(move |()| checking.set(true));
    let check = move || {
        if !checking.get() {
            return view! { <CheckDoor lesson=id on_press/> }.into_any();
        }
        let back =
            move || button("button button-plain", "返回课时", move || checking.set(false));
        view! {
            <CheckScreen lesson=id/>
            <Drawn draw=back/>
        }
        .into_any()
    };
    view! {
        <Phone>
            <div class="page">
                <h2 class="lesson-title">{title}</h2>
                <p class="lesson-note">{minutes}</p>
                {move || {
                    let content = shown.get();
                    if is_empty(&content) {
                        view! { <p class="lesson-note">"写下的内容会马上显示在这里。"</p> }.into_any()
                    } else {
                        let at = card.get();
                        let draw = move || content_view::content(content, Vec::new(), at, None);
                        view! { <Drawn draw/> }.into_any()
                    }
                }}
                {check}
            </div>
        </Phone>
    }
}

fn is_empty(content: &LessonContent) -> bool {
    match content {
        LessonContent::Article { blocks } => blocks.is_empty(),
        LessonContent::Steps(lesson) => lesson.cards.is_empty() && lesson.materials.is_empty(),
        LessonContent::Video(_) | LessonContent::Recording(_) => false,
        LessonContent::Slides(slides) => slides.media.is_none(),
    }
}
