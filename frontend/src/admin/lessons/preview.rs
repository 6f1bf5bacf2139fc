//! The lesson as the phone will show it, while it is being written.

use std::time::Duration;

use leptos::{html, prelude::*};
use shared::content::LessonContent;

use super::fields::LessonValue;
use crate::content_view;

/// How long the writing must rest before the phone is drawn anew: a video must not start loading
/// at every letter.
const REST: Duration = Duration::from_millis(300);

/// A phone of 360 pixels' width, which stays in sight while the form is scrolled.
#[component]
pub fn Preview(
    lesson: Memo<LessonValue>,
    /// Which step card is being written.
    card: Signal<u32>,
) -> impl IntoView {
    let title = move || lesson.with(|lesson| lesson.title.clone());
    let minutes = move || lesson.with(|lesson| format!("约 {} 分钟", lesson.minutes));
    let content = Memo::new(move |_| lesson.with(|lesson| lesson.content.clone()));
    let shown = rested(content);
    view! {
        <aside class="c-phone" aria-label="手机上的样子">
            <p class="c-phone__caption">"手机上的样子"</p>
            <div class="c-phone__frame">
                <div class="c-phone__screen" tabindex="0" role="group" aria-label="预览">
                    <div class="page">
                        <h2 class="c-phone__title">{title}</h2>
                        <p class="c-phone__note">{minutes}</p>
                        {move || {
                            let content = shown.get();
                            if is_empty(&content) {
                                view! { <p class="c-phone__note">"写下的内容会马上显示在这里。"</p> }.into_any()
                            } else {
                                view! { <Content content at=card.get()/> }.into_any()
                            }
                        }}
                    </div>
                </div>
            </div>
        </aside>
    }
}

/// The content by the phone's own hand, opened at one of its step cards.
#[component]
fn Content(content: LessonContent, at: u32) -> impl IntoView {
    let shown = StoredValue::new_local(content_view::content(content, at, None));
    let place = NodeRef::<html::Div>::new();
    Effect::new(move || {
        if let Some(place) = place.get() {
            // An element takes any other.
            let _ = place.append_child(shown.get_value().node());
        }
    });
    view! { <div node_ref=place></div> }
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
        LessonContent::Video(_) => false,
    }
}
