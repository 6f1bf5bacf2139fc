//! The lesson as the phone will show it, while it is being written.

use std::time::Duration;

use leptos::prelude::*;
use shared::{content::LessonContent, courses::LessonId};

use super::fields::LessonValue;
use crate::{
    admin::{
        kit::{Drawn, Phone},
        preview::{CheckDoor, CheckScreen},
    },
    content_view,
    ui::button,
};

/// How long the writing must rest before the phone is drawn anew: a video must not start loading
/// at every letter.
const REST: Duration = Duration::from_millis(300);

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
    let shown = rested(content);
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

/// The same, once it has rested.
fn rested(content: Memo<LessonContent>) -> ReadSignal<LessonContent> {
    let (shown, show) = signal(content.get_untracked());
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    let stop = move || {
        if let Some(Some(timer)) = waiting.try_get_value() {
            timer.clear();
        }
    };
    Effect::new(move |before: Option<()>| {
        let content = content.get();
        stop();
        if before.is_some() {
            let timer = set_timeout_with_handle(move || show.set(content), REST);
            waiting.set_value(timer.ok());
        }
    });
    on_cleanup(stop);
    shown
}

fn is_empty(content: &LessonContent) -> bool {
    match content {
        LessonContent::Article { blocks } => blocks.is_empty(),
        LessonContent::Steps(lesson) => lesson.cards.is_empty() && lesson.materials.is_empty(),
        LessonContent::Video(_) | LessonContent::Recording(_) => false,
        LessonContent::Slides(slides) => slides.media.is_none(),
    }
}
