//! Confirming a whole version: from then on its clauses do not change, which is said before.

use leptos::prelude::*;
use shared::standards::{
    StandardVersionId, VersionStage,
    console::{ConfirmVersion, StandardVersion},
};

use super::{proposal::Editing, unsaved::Stopped, version_days::Days};
use crate::admin::{
    address::{choice_of, name_of},
    kit::{Doing, Load, Question, SelectField, show_first_error},
};

const STAGES: [VersionStage; 3] =
    [VersionStage::Consultation, VersionStage::Upcoming, VersionStage::Current];

#[component]
pub fn Confirm(
    version: StandardVersionId,
    /// They go with the confirmation, saved or not.
    days: Days,
    editing: Editing,
    doing: Doing,
    load: Load<StandardVersion>,
) -> impl IntoView {
    let (stage, asking) = (RwSignal::new(String::new()), RwSignal::new(None::<VersionStage>));
    let first = (String::new(), "请选".to_owned());
    let choices = STAGES.iter().map(|it| (name_of(it), it.label().to_owned()));
    let choices: Vec<_> = std::iter::once(first).chain(choices).collect();
    let ask = move |_| {
        doing.clear();
        // Confirmed as it is, the clause would lose what is typed.
        if editing.unsaved.stops(Stopped::Confirming) {
            return;
        }
        if !days.are_whole(doing.errors) {
            show_first_error();
            return;
        }
        match choice_of(&stage.get_untracked()) {
            Some(stage) => asking.set(Some(stage)),
            None => doing.errors.set_one("stage", "请选确认以后是什么状态"),
        }
    };
    let confirm = Callback::new(move |stage: VersionStage| {
        let revision = editing.revision.get_untracked();
        let request = ConfirmVersion { version, revision, stage, details: Some(days.details()) };
        doing.call(request, move |confirmed| load.value.set(Some(confirmed)));
    });
    // What is wrong with a field stands at the field, behind the question.
    Effect::new(move || {
        if doing.failed().is_some_and(|it| !it.fields().is_empty()) {
            asking.set(None);
        }
    });
    view! {
        <section class="c-card">
            {doing.note()}
            <p>"确认以后，这个版本的条款就不能再改；上面填的年号和日期一起保存。"</p>
            {editing.unsaved.note(Stopped::Confirming)}
            <SelectField label="确认为" value=stage choices error=doing.errors.signal("stage")/>
            <button type="button" class="c-button c-button--primary" disabled=doing.busy on:click=ask>"确认整个版本"</button>
            {move || asking.get().map(|stage| view! {
                <Question
                    title=format!("确认为“{}”？", stage.label()) text=brings(stage) yes="确认整个版本"
                    busy=doing.busy on_yes=Callback::new(move |()| confirm.run(stage))
                    on_no=Callback::new(move |()| asking.set(None))
                >{doing.note()}</Question>
            })}
        </section>
    }
}

fn brings(stage: VersionStage) -> &'static str {
    match stage {
        VersionStage::Current => {
            "这一版立即生效，原来现行的版本随即废止，链接到旧版的课程等待复审；没变的条款，确认以后在“和上一版相比”里点一下就移过来。条款不能再改。"
        }
        VersionStage::Upcoming => {
            "到实施日期自动变成现行，那天原来的版本废止；条款改了、删了的链接现在就等待复审。条款不能再改。"
        }
        _ => "只供征求意见，课程还不能引用它；以后可以改成待实施或现行。条款不能再改。",
    }
}
