//! The lesson as the phone will show it, while it is being written.

use leptos::prelude::*;

use super::fields::LessonValue;
use crate::content_view::ContentView;

/// A phone of 360 pixels' width, which stays in sight while the form is scrolled.
#[component]
pub fn Preview(lesson: Memo<LessonValue>) -> impl IntoView {
    let title = move || lesson.with(|lesson| lesson.title.clone());
    let minutes = move || lesson.with(|lesson| format!("约 {} 分钟", lesson.minutes));
    // Typing the title must not draw the content, and its pictures, anew.
    let content = Memo::new(move |_| lesson.with(|lesson| lesson.content.clone()));
    view! {
        <aside class="c-phone" aria-label="手机上的样子">
            <p class="c-phone__caption">"手机上的样子"</p>
            <div class="c-phone__frame">
                <div class="c-phone__screen" tabindex="0">
                    <h2 class="c-phone__title">{title}</h2>
                    <p class="c-phone__minutes">{minutes}</p>
                    {move || view! { <ContentView content=content.get()/> }}
                </div>
            </div>
        </aside>
    }
}
