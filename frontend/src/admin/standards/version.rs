//! One version: read, proposed, or confirmed.

use std::time::Duration;

use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use shared::standards::{
    StandardVersionId,
    console::{
        DiscardProposal, ReadVersionAgain, ShowVersion, StandardVersion, VersionDetails,
        VersionImport,
    },
};

use super::{
    changes::Changes,
    clauses::Clauses,
    confirm::Confirm,
    proposal::{Editing, Proposal},
    stage::Stage,
    version_days::{Days, DaysForm},
};
use crate::admin::{
    address::WithId,
    kit::{AskFirst, Doing, DownloadLink, FieldErrors, Load, Opened, name_page},
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
    // Drawn anew only where it became something else, so that nothing typed is dropped.
    let state =
        Memo::new(move |_| load.value.with(|it| it.as_ref().map(|it| (it.import, it.stage))));
    let drawn = move |_| {
        let found = move || {
            // Read, not only tracked: a memo that nobody reads hears of nothing.
            state.get()?;
            load.value.get_untracked().map(|version| view! { <Found version load/> })
        };
        view! { {found} }.into_any()
    };
    view! { <Opened load children=drawn/> }
}

#[component]
fn Found(version: StandardVersion, load: Load<StandardVersion>) -> impl IntoView {
    let back = format!("/admin/standards/{}", version.standard);
    let name = RwSignal::new(version.name.clone());
    let state = match version.import {
        VersionImport::Confirmed => version.stage.label(),
        import => import.label(),
    };
    let message = version.message.clone();
    let file = format!("/api/console/standard-versions/{}/file", version.id);
    let stage = match version.import {
        VersionImport::Reading => view! { <Reading load/><Discard version/> }.into_any(),
        VersionImport::Failed => {
            view! { <Again version=version.clone() load/><Discard version/> }.into_any()
        }
        VersionImport::Proposed => view! { <Proposed version name load/> }.into_any(),
        VersionImport::Confirmed => view! { <Confirmed version name load/> }.into_any(),
    };
    view! {
        <nav class="c-trail" aria-label="位置">
            <a href="/admin/standards">"标准仓"</a><a href=back>"这个标准"</a>
        </nav>
        <header class="c-head">
            <h1 class="c-head__title">{name}</h1><span class="c-word">{state}</span>
            <DownloadLink href=file words="下载原件" guarded=false class="c-button c-button--small"/>
        </header>
        {message.map(|text| view! {
            <div class="c-note c-note--warn" role="status"><p class="c-note__text">{text}</p></div>
        })}
        {stage}
    }
}

#[component]
fn Proposed(
    version: StandardVersion,
    name: RwSignal<String>,
    load: Load<StandardVersion>,
) -> impl IntoView {
    let (days, doing) = (Days::of(&version.details), Doing::new());
    let (id, editing) = (version.id, Editing::of(&version));
    view! {
        <DaysForm version=id days name refused=doing.errors/>
        {version.supersedes.map(|_| view! { <Changes id confirmed=false/> })}
        <Proposal version=id editing/>
        <Confirm version=id days editing doing load/>
        <Discard version/>
    }
}

#[component]
fn Confirmed(
    version: StandardVersion,
    name: RwSignal<String>,
    load: Load<StandardVersion>,
) -> impl IntoView {
    let (id, editable, supersedes) = (version.id, version.editable, version.supersedes);
    let head = if editable {
        let days = Days::of(&version.details);
        view! {
            <DaysForm version=id days name refused=FieldErrors::new()>
                <Stage id now=version.stage load/>
            </DaysForm>
        }
        .into_any()
    } else {
        view! { <p class="c-quiet">{said(&version.details)}</p> }.into_any()
    };
    view! {
        {head}
        {supersedes.map(|_| view! { <Changes id confirmed=true/> })}
        <Clauses id editable/>
    }
}

/// The days of a version that somebody else keeps.
fn said(details: &VersionDetails) -> String {
    let days = [
        ("发布", details.published_on),
        ("实施", details.effective_on),
        ("废止", details.withdrawn_on),
    ];
    let days = days.into_iter().filter_map(|(what, on)| Some(format!("{} {what}", on?)));
    let days: Vec<_> = days.chain(["由别的单位管理".to_owned()]).collect();
    days.join("，")
}

#[component]
fn Reading(load: Load<StandardVersion>) -> impl IntoView {
    let far =
        move || load.value.with(|it| it.as_ref().map(|it| (it.done, it.total))).unwrap_or_default();
    let words = move || match far() {
        (_, 0) => "正在读文件…".to_owned(),
        (done, total) => format!("正在拆条款：{done} / {total} 条"),
    };
    let value = move || Some(far()).filter(|it| it.1 > 0).map(|it| it.0.to_string());
    view! {
        <section class="c-card">
            <p role="status">{words}</p>
            <progress class="c-upload__bar" aria-label="读取进度" value=value max=move || far().1.max(1).to_string()></progress>
            <p class="c-quiet">"可以离开这一页，回来接着看。"</p>
        </section>
    }
}

#[component]
fn Again(version: StandardVersion, load: Load<StandardVersion>) -> impl IntoView {
    let (doing, id) = (Doing::new(), version.id);
    let read = move |_| {
        doing.call(ReadVersionAgain { version: id }, move |begun| load.value.set(Some(begun)));
    };
    view! {
        <section class="c-card">
            {doing.note()}
            <p>"文件没有问题，只是一时没读成？再读一次。"</p>
            <button type="button" class="c-button" disabled=doing.busy on:click=read>"再读一次"</button>
        </section>
    }
}

#[component]
fn Discard(version: StandardVersion) -> impl IntoView {
    let (doing, navigate) = (Doing::new(), use_navigate());
    let discard = Callback::new(move |()| {
        let (navigate, page) = (navigate.clone(), format!("/admin/standards/{}", version.standard));
        doing.call(DiscardProposal { version: version.id }, move |()| {
            navigate(&page, leptos_router::NavigateOptions::default());
        });
    });
    view! {
        <section class="c-card">
            <p>"文件不对，或者想换一份？丢弃这个待确认的版本，再上传一次；别的版本不受影响。"</p>
            <AskFirst
                label="丢弃这个版本"
                class="c-button c-button--danger"
                title="丢弃这个版本？"
                text="拆出来的条款和已经做的修改都没有了，要再上传一次文件。"
                yes="丢弃"
                doing
                on_yes=discard
            />
        </section>
    }
}
