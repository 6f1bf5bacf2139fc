//! One version: read, proposed, or confirmed.

use std::time::Duration;

use leptos::{prelude::*, web_sys};
use leptos_router::hooks::use_navigate;
use shared::standards::{
    StandardVersionId, VersionStage,
    console::{
        DiscardProposal, SaveVersion, SetVersionStage, ShowVersion, StandardVersion,
        VersionDetails, VersionImport,
    },
};

use super::{changes::Changes, clauses::Clauses, proposal::Proposal};
use crate::admin::{
    address::{WithId, choice_of, name_of},
    kit::{Doing, Load, SelectField, Shown, TextField, date_of, name_page},
};

/// How often the server is asked how far it got.
const REFRESH: Duration = Duration::from_secs(1);

#[component]
pub fn VersionPage() -> impl IntoView {
    name_page("标准版本");
    view! {
        <WithId name="version" children=Callback::new(|id: StandardVersionId| view! { <Page id/> }.into_any())/>
    }
}

#[component]
fn Page(id: StandardVersionId) -> impl IntoView {
    let load = Load::of(move || ShowVersion { version: id });
    let reading = |it: &Option<StandardVersion>| {
        it.as_ref().is_some_and(|it| it.import == VersionImport::Reading)
    };
    let look = move || {
        if load.value.with_untracked(reading) {
            load.reload();
        }
    };
    if let Ok(timer) = set_interval_with_handle(look, REFRESH) {
        on_cleanup(move || timer.clear());
    }
    view! { <Shown load children=move |version| view! { <Found version load/> }.into_any()/> }
}

#[component]
fn Found(version: StandardVersion, load: Load<StandardVersion>) -> impl IntoView {
    let (name, back) = (version.name.clone(), format!("/admin/standards/{}", version.standard));
    let state = match version.import {
        VersionImport::Confirmed => version.stage.label(),
        import => import.label(),
    };
    let message = version.message.clone();
    let (id, supersedes) = (version.id, version.supersedes);
    let stage = match version.import {
        VersionImport::Reading => view! { <Reading version/> }.into_any(),
        VersionImport::Failed => view! { <Discard version/> }.into_any(),
        VersionImport::Proposed => view! {
            <Details version=version.clone() load/>
            {supersedes.map(|_| view! { <Changes id confirmed=false/> })}
            <Proposal version=version.clone() load/>
            <Discard version/>
        }
        .into_any(),
        VersionImport::Confirmed => view! {
            <Details version=version.clone() load/>
            {supersedes.map(|_| view! { <Changes id confirmed=true/> })}
            <Clauses id/>
        }
        .into_any(),
    };
    view! {
        <nav class="c-trail" aria-label="位置">
            <a href="/admin/standards">"标准仓"</a>" › "<a href=back>"这个标准"</a>
        </nav>
        <header class="c-head"><h1 class="c-head__title">{name}</h1><span class="c-word">{state}</span></header>
        {message.map(|text| view! {
            <div class="c-note c-note--warn" role="status"><p class="c-note__text">{text}</p></div>
        })}
        {stage}
    }
}

#[component]
fn Reading(version: StandardVersion) -> impl IntoView {
    let StandardVersion { done, total, .. } = version;
    let words = if total == 0 {
        "正在读文件…".to_owned()
    } else {
        format!("正在拆条款：{done} / {total} 条")
    };
    let value = (total > 0).then(|| done.to_string());
    view! {
        <section class="c-card">
            <p role="status">{words}</p>
            <progress class="c-upload__bar" aria-label="读取进度" value=value max=total.max(1).to_string()></progress>
            <p class="c-quiet">"可以离开这一页，回来接着看。"</p>
        </section>
    }
}

#[component]
fn Discard(version: StandardVersion) -> impl IntoView {
    let (doing, navigate) = (Doing::new(), use_navigate());
    let discard = move |_| {
        let (navigate, page) = (navigate.clone(), format!("/admin/standards/{}", version.standard));
        doing.call(DiscardProposal { version: version.id }, move |()| {
            navigate(&page, leptos_router::NavigateOptions::default());
        });
    };
    view! {
        <section class="c-card">
            {doing.note()}
            <p>"文件不对，或者想换一份？丢弃这个待确认的版本，再上传一次；别的版本不受影响。"</p>
            <button type="button" class="c-button c-button--danger" disabled=doing.busy on:click=discard>"丢弃这个版本"</button>
        </section>
    }
}

/// The year, the days, and for a confirmed one its stage.
#[component]
fn Details(version: StandardVersion, load: Load<StandardVersion>) -> impl IntoView {
    let day = |day: Option<chrono::NaiveDate>| {
        RwSignal::new(day.map(|it| it.to_string()).unwrap_or_default())
    };
    let VersionDetails { label, published_on, effective_on, withdrawn_on } =
        version.details.clone();
    let label = RwSignal::new(label);
    let [published, effective, withdrawn] = [published_on, effective_on, withdrawn_on].map(day);
    let (doing, id) = (Doing::new(), version.id);
    let save = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let day = |it: RwSignal<String>| date_of(&it.get_untracked());
        let details = VersionDetails {
            label: label.get_untracked(),
            published_on: day(published),
            effective_on: day(effective),
            withdrawn_on: day(withdrawn),
        };
        doing.call(SaveVersion { version: id, details }, move |_| load.reload());
    };
    let errors = doing.errors;
    let confirmed = version.import == VersionImport::Confirmed;
    view! {
        <form class="c-card" on:submit=save novalidate=true>
            {doing.note()}
            <div class="c-columns">
                <TextField label="年号" value=label error=errors.signal("details.label")/>
                <TextField label="发布日期" kind="date" optional=true value=published error=errors.signal("details.published_on")/>
                <TextField label="实施日期" kind="date" optional=true value=effective error=errors.signal("details.effective_on")/>
                <TextField label="废止日期" kind="date" optional=true value=withdrawn error=errors.signal("details.withdrawn_on")/>
            </div>
            <div class="c-actions">
                <button type="submit" class="c-button" disabled=doing.busy>"保存年号和日期"</button>
                {confirmed.then(|| view! { <Stage version load/> })}
            </div>
        </form>
    }
}

#[component]
fn Stage(version: StandardVersion, load: Load<StandardVersion>) -> impl IntoView {
    let (stage, doing, now) = (RwSignal::new(name_of(&version.stage)), Doing::new(), version.stage);
    let choices: Vec<_> =
        VersionStage::ALL.iter().map(|it| (name_of(it), it.label().to_owned())).collect();
    let set = move |_| {
        let Some(stage) = choice_of(&stage.get_untracked()) else { return };
        if stage != now {
            doing.call(SetVersionStage { version: version.id, stage }, move |_| load.reload());
        }
    };
    view! {
        {doing.note()}
        <SelectField label="状态" value=stage choices/>
        <button type="button" class="c-button" disabled=doing.busy on:click=set>"改变状态"</button>
    }
}
