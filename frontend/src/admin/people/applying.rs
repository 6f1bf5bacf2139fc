//! Bringing a checked import into the roster.

use leptos::{prelude::*, task::spawn_local};
use shared::{
    problem::Code,
    roster::{ApplyImport, RecheckImport, RosterImport, RosterImportId},
};

use crate::{
    admin::kit::{Load, TroubleNote},
    client::{Client, Trouble},
};

#[component]
pub fn Applying(
    id: RosterImportId,
    /// Rows that cannot be brought in.
    bad: u32,
    /// People who may leave.
    leavers: u32,
    load: Load<RosterImport>,
) -> impl IntoView {
    let client = Client::expect();
    let (busy, trouble) = (RwSignal::new(false), RwSignal::new(None::<Trouble>));
    let (skip_bad, with_leavers) = (RwSignal::new(false), RwSignal::new(false));
    let settle = move |answer: Result<RosterImport, Trouble>| {
        match answer {
            Ok(import) => _ = load.value.try_set(Some(import)),
            Err(failed) => _ = trouble.try_set(Some(failed)),
        }
        let _ = busy.try_set(false);
    };
    let apply = move |_| {
        busy.set(true);
        let (skip_bad, with_leavers) = (skip_bad.get_untracked(), with_leavers.get_untracked());
        spawn_local(async move {
            settle(client.call(ApplyImport { import: id, skip_bad, with_leavers }).await);
        });
    };
    let recheck = move |_| {
        busy.set(true);
        spawn_local(async move { settle(client.call(RecheckImport { import: id }).await) });
    };
    let changed =
        move || trouble.with(|it| it.as_ref().and_then(Trouble::code) == Some(Code::RosterChanged));
    view! {
        <section class="c-card">
            <div class="c-chips">
                {(bad > 0).then(|| view! { <Tick on=skip_bad words=format!("跳过还没改好的 {bad} 行")/> })}
                {(leavers > 0).then(|| view! { <Tick on=with_leavers words=format!("给 {leavers} 人办离岗（名单见上面“离岗”）")/> })}
            </div>
            {move || trouble.get().map(|trouble| view! { <TroubleNote trouble/> })}
            <div class="c-actions">
                <button
                    type="button"
                    class="c-button c-button--primary"
                    disabled=move || busy.get() || (bad > 0 && !skip_bad.get())
                    on:click=apply
                >
                    {move || if busy.get() { "正在交给服务器…" } else { "写入花名册" }}
                </button>
                {move || changed().then(|| view! {
                    <button type="button" class="c-button" disabled=busy on:click=recheck>"重新检查"</button>
                })}
            </div>
            {(bad > 0).then(|| view! { <p class="c-quiet">"改好上面的行，或者勾上跳过它们，才能写入。要么全部写入，要么一行也不写。"</p> })}
        </section>
    }
}

#[component]
fn Tick(on: RwSignal<bool>, words: String) -> impl IntoView {
    view! {
        <label class="c-chip">
            <input
                type="checkbox"
                prop:checked=on
                on:change:target=move |event| on.set(event.target().checked())
            />
            <span>{words}</span>
        </label>
    }
}
