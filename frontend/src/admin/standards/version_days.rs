//! The year and the days of a version as they are typed.

use leptos::{html, prelude::*, web_sys};
use shared::standards::{
    StandardVersionId,
    console::{SaveVersion, VersionDetails},
};

use crate::admin::kit::{Doing, FieldErrors, TextField, date_of, show_first_error};

/// What is asked for, as the server calls it.
const FIELDS: [&str; 4] =
    ["details.label", "details.published_on", "details.effective_on", "details.withdrawn_on"];

#[derive(Clone, Copy)]
pub struct Days {
    label: RwSignal<String>,
    published: RwSignal<String>,
    effective: RwSignal<String>,
    withdrawn: RwSignal<String>,
    /// Around the fields, in this order.
    node: NodeRef<html::Div>,
}

impl Days {
    pub fn of(details: &VersionDetails) -> Self {
        let day = |day: Option<chrono::NaiveDate>| {
            RwSignal::new(day.map(|it| it.to_string()).unwrap_or_default())
        };
        Self {
            label: RwSignal::new(details.label.clone()),
            published: day(details.published_on),
            effective: day(details.effective_on),
            withdrawn: day(details.withdrawn_on),
            node: NodeRef::new(),
        }
    }

    pub fn details(self) -> VersionDetails {
        let day = |it: RwSignal<String>| date_of(&it.get_untracked());
        VersionDetails {
            label: self.label.get_untracked(),
            published_on: day(self.published),
            effective_on: day(self.effective),
            withdrawn_on: day(self.withdrawn),
        }
    }

    /// A day that is typed half is none to the browser, which would be saved as such without a word.
    pub fn are_whole(self, errors: FieldErrors) -> bool {
        let half = |place: &usize| {
            let field = format!(":scope > :nth-child({}) input:invalid", place + 1);
            let found = self.node.get_untracked().map(|node| node.query_selector(&field));
            found.and_then(Result::ok).flatten().is_some()
        };
        let Some(place) = (1..FIELDS.len()).find(half) else { return true };
        errors.set_one(FIELDS[place], "日期没有填完整，请填到日；不要了，就清空");
        false
    }
}

/// They are saved by themselves without drawing the page anew, which would drop what else is typed.
#[component]
pub fn DaysForm(
    version: StandardVersionId,
    days: Days,
    /// What the version is called at the top of the page.
    name: RwSignal<String>,
    /// What a confirmation found wrong with them.
    refused: FieldErrors,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let (doing, saved) = (Doing::new(), RwSignal::new(false));
    let save = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        saved.set(false);
        if !days.are_whole(doing.errors) {
            show_first_error();
            return;
        }
        let request = SaveVersion { version, details: days.details() };
        doing.call(request, move |kept| {
            name.set(kept.name);
            saved.set(true);
        });
    };
    let error = move |field: &'static str| {
        let (own, others) = (doing.errors.signal(field), refused.signal(field));
        Signal::derive(move || own.get().or_else(|| others.get()))
    };
    view! {
        <form class="c-card" on:submit=save novalidate=true>
            {doing.note()}
            <div class="c-columns" node_ref=days.node>
                <TextField label="年号" value=days.label error=error(FIELDS[0])/>
                <TextField label="发布日期" kind="date" optional=true value=days.published error=error(FIELDS[1])/>
                <TextField label="实施日期" kind="date" optional=true value=days.effective error=error(FIELDS[2])/>
                <TextField label="废止日期" kind="date" optional=true value=days.withdrawn error=error(FIELDS[3])/>
            </div>
            <div class="c-actions">
                <button type="submit" class="c-button" disabled=doing.busy>"保存年号和日期"</button>
                <span class="c-quiet" role="status">{move || saved.get().then_some("存好了")}</span>
                {children.map(|children| children())}
            </div>
        </form>
    }
}
