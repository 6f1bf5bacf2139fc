//! Whom the report covers, and its file.

use leptos::{prelude::*, task::spawn_local, web_sys};
use shared::{
    accounts::ShowMe,
    api::encode,
    organizations::{ListOrganizations, ListPosts, OrganizationId, PostId},
    reports::ShowCourseReport,
};

use crate::{
    admin::{
        address::query,
        kit::{Load, TroubleNote},
    },
    client::{Client, Trouble},
};

type Query = (Memo<Option<String>>, SignalSetter<Option<String>>);

/// The filters as the address says them.
#[derive(Clone, Copy)]
pub struct Filters {
    organization: Query,
    post: Query,
}

impl Filters {
    pub fn of_address() -> Self {
        Self { organization: query("organization"), post: query("post") }
    }

    pub fn organization(self) -> Option<OrganizationId> {
        self.organization.0.get()?.parse().ok()
    }

    pub fn post(self) -> Option<PostId> {
        self.post.0.get()?.parse().ok()
    }

    pub fn active(self) -> bool {
        self.organization.0.get().is_some() || self.post.0.get().is_some()
    }
}

#[component]
pub fn FilterBar(filters: Filters, request: Signal<ShowCourseReport>) -> impl IntoView {
    let organizations = Load::of(|| ListOrganizations {});
    let organizations = Signal::derive(move || {
        let list = organizations.value.get().unwrap_or_default();
        list.into_iter().map(|it| (it.id.to_string(), it.name)).collect::<Vec<_>>()
    });
    let posts = Load::of(|| ListPosts {});
    let posts = Signal::derive(move || {
        let list = posts.value.get().unwrap_or_default();
        list.into_iter().map(|it| (it.id.to_string(), it.name)).collect::<Vec<_>>()
    });
    view! {
        <div class="c-filters">
            <FilterSelect label="单位" all="全部单位" query=filters.organization choices=organizations/>
            <FilterSelect label="岗位" all="全部岗位" query=filters.post choices=posts/>
            <Download request/>
        </div>
    }
}

#[component]
fn FilterSelect(
    label: &'static str,
    all: &'static str,
    query: Query,
    choices: Signal<Vec<(String, String)>>,
) -> impl IntoView {
    let (chosen, choose) = query;
    let options = move || {
        let options = choices.get().into_iter().map(|(value, label)| {
            let this = value.clone();
            view! {
                <option value=value prop:selected=move || chosen.with(|it| it.as_ref() == Some(&this))>{label}</option>
            }
        });
        options.collect_view()
    };
    view! {
        <label class="c-filters__item">
            <span class="c-filters__label">{label}</span>
            <select
                class="c-input"
                on:change:target=move |event| {
                    let value = event.target().value();
                    choose.set((!value.is_empty()).then_some(value));
                }
            >
                <option value="" prop:selected=move || chosen.with(Option::is_none)>{all}</option>
                {options}
            </select>
        </label>
    }
}

/// The same rows as a file for Excel.
#[component]
fn Download(request: Signal<ShowCourseReport>) -> impl IntoView {
    let client = Client::expect();
    let trouble = RwSignal::new(None::<Trouble>);
    let href = move || {
        let target = request.with(|request| encode(request).target);
        target.replacen("/report", "/report.xlsx", 1)
    };
    let download = move |event: web_sys::MouseEvent| {
        event.prevent_default();
        let href = untrack(href);
        spawn_local(async move {
            // Renews a sign-in that ran out: the browser's download cannot.
            match client.call(ShowMe {}).await {
                Ok(_) => {
                    let _ = window().location().assign(&href);
                }
                Err(failed) => trouble.set(Some(failed)),
            }
        });
    };
    view! {
        <a class="c-button c-filters__end" href=href download="" on:click=download>"下载 Excel"</a>
        {move || trouble.get().map(|trouble| view! { <TroubleNote trouble/> })}
    }
}
