//! 不办测验: a course whose officer wants no quiz after all.

use leptos::prelude::*;
use shared::{
    authoring::{self, QuizSettings},
    courses::CourseId,
};

use super::fields::QuizValue;
use crate::admin::kit::{AskFirst, Doing};

#[component]
pub fn RemoveQuiz(
    course: CourseId,
    /// What is written.
    value: Memo<QuizValue>,
    removed: Callback<()>,
) -> impl IntoView {
    let asking = RwSignal::new(false);
    let doing = Doing::new();
    let begun = Memo::new(move |_| {
        value.with(|it| !it.questions.is_empty() || it.settings != QuizSettings::default())
    });
    let remove = Callback::new(move |()| {
        doing.call(authoring::RemoveQuiz { course }, move |_| {
            asking.set(false);
            removed.run(());
        });
    });
    view! {
        <Show when=move || begun.get()>
            <p>
                <AskFirst
                    label="不办测验"
                    class="c-button c-button--small"
                    title="这门课不办测验？"
                    text="草稿里的题目会全部去掉，测验设置回到开始的样子。学员正在用的版本不变，交过的卷子和成绩都留着；以前提交过的题目，可以在“版本”里用那一版作草稿。"
                    yes="不办测验"
                    asking
                    doing
                    on_yes=remove
                />
            </p>
        </Show>
    }
}
