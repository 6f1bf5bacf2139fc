//! Saving a document: where it stands, the button, and what to do about a conflict.

use leptos::{ev, prelude::*};
use shared::time;

use super::{ByItself, Document, Draft, LeaveGuard, SaveState, TroubleNote};

/// Sits at the top of an editor. Ctrl+S saves as well.
#[component]
pub fn SaveBar<D: Document>(draft: Draft<D>) -> impl IntoView {
    let state = draft.state;
    let keys = window_event_listener(ev::keydown, move |event| {
        if (event.ctrl_key() || event.meta_key()) && event.key() == "s" {
            event.prevent_default();
            draft.save();
        }
    });
    on_cleanup(move || keys.remove());
    view! {
        <div class="c-save">
            <span class="c-save__state" role="status">{move || words(state)}</span>
            <button
                type="button"
                class="c-button c-button--primary"
                disabled=move || state.busy.get() || (!state.dirty.get() && state.by_itself.get() == ByItself::Never)
                on:click=move |_| draft.save()
            >
                "保存"
            </button>
        </div>
        <LeaveGuard dirty=Signal::derive(move || state.dirty.get() || state.waits.get())/>
    }
}

/// What the officer must know about a document before going on with it.
#[component]
pub fn SaveNotes<D: Document>(draft: Draft<D>) -> impl IntoView {
    let state = draft.state;
    let discard = Callback::new(move |()| draft.discard());
    let newest = Callback::new(move |()| draft.take_newest());
    let mine = Callback::new(move |()| draft.overwrite());
    view! {
        {move || state.trouble.get().map(|trouble| view! { <TroubleNote trouble/> })}
        {move || {
            if state.conflict.get() {
                view! { <ConflictNote newest mine busy=state.busy/> }.into_any()
            } else if state.dirty.get() && let Some(at) = state.restored.get() {
                view! { <RestoredNote at=time::stamp(at) discard/> }.into_any()
            } else {
                ().into_any()
            }
        }}
    }
}

#[component]
fn ConflictNote(newest: Callback<()>, mine: Callback<()>, busy: RwSignal<bool>) -> impl IntoView {
    view! {
        <div class="c-note c-note--warn" role="alert">
            <p class="c-note__text">
                <strong>"这份内容在您打开之后被别人改过。"</strong>
                "您写的都还在这一页上。载入最新会换成别人保存的内容；用我的覆盖会用这一页的内容代替它。"
            </p>
            <button type="button" class="c-button c-button--small" disabled=busy on:click=move |_| newest.run(())>
                "载入最新"
            </button>
            <button type="button" class="c-button c-button--small" disabled=busy on:click=move |_| mine.run(())>
                "用我的覆盖"
            </button>
        </div>
    }
}

#[component]
fn RestoredNote(at: String, discard: Callback<()>) -> impl IntoView {
    view! {
        <div class="c-note" role="status">
            <p class="c-note__text">"接着用了这台电脑上 "{at}" 留下的草稿，还没有保存到服务器。"</p>
            <button type="button" class="c-button c-button--small" on:click=move |_| discard.run(())>
                "放弃草稿"
            </button>
        </div>
    }
}

fn words(state: SaveState) -> String {
    if state.busy.get() {
        "正在保存…".into()
    } else if state.waits.get() {
        "有一块的图片或文件还没传上，请先别离开这一页".into()
    } else if state.dirty.get() {
        match state.by_itself.get() {
            _ if state.conflict.get() => "有修改没保存，草稿已留在这台电脑上",
            ByItself::Never => "有修改没保存，草稿已留在这台电脑上",
            ByItself::Soon => "停下来几秒就自动保存",
            ByItself::Again => "没有保存成功，会再试；草稿已留在这台电脑上",
            ByItself::Unfinished => {
                "有一处还不能保存，请看红字；草稿先留在这台电脑上，改好就自动保存"
            }
        }
        .into()
    } else if let Some(at) = state.saved_at.get() {
        format!("已保存 {}", time::clock_time(at))
    } else {
        "没有改动".into()
    }
}
