//! One of a course's three artefacts: where it is, and whether somebody has approved it.

use leptos::{prelude::*, web_sys};
use shared::{
    authoring::MediaFile,
    builds::{Artefact, ArtefactState, CourseBuild},
    content::{MediaId, media_url},
};

use super::{artefact_fields::Fields, build_drawer::Saved};
use crate::admin::{
    address::name_of,
    kit::{AreaField, Doing, Load, SelectField, TextField, UploadButton, UploadKind},
};

#[component]
pub fn ArtefactForm(
    artefact: Artefact,
    /// The course's, told anew by every save, of whichever form.
    load: Load<CourseBuild>,
    /// Whether something is not saved.
    changed: RwSignal<bool>,
) -> impl IntoView {
    let slot = artefact.slot;
    let fields = Fields::of(artefact);
    let Fields { state, link, file, .. } = fields;
    let doing = Doing::new();
    let saved = RwSignal::new(false);
    fields.follow(load, changed, doing);
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        saved.set(false);
        let sent = untrack(|| fields.read());
        let Some(request) =
            load.value.with_untracked(|build| build.as_ref().map(|it| fields.request(it)))
        else {
            return;
        };
        doing.call(request, move |now| {
            fields.kept.set(sent);
            fields.reason.set(String::new());
            saved.set(true);
            load.value.set(Some(now));
        });
    };
    let states = ArtefactState::ALL.iter().map(|it| (name_of(it), it.label().to_owned()));
    view! {
        <form class="c-form" on:submit=submit novalidate=true>
            <h3 class="c-subtitle">{slot.label()}</h3>
            <Told fields/>
            {doing.note()}
            <SelectField
                label=format!("{}做到哪一步", slot.label())
                value=state
                choices=Signal::stored(states.collect())
                error=doing.errors.signal("state")
                hint="送审以后，由另一位同事改成“通过”；要退回，就改成“编制”，写明原因"
            />
            <Reason fields error=doing.errors.signal("reason")/>
            <TextField
                label=format!("{}的链接", slot.label())
                value=link
                optional=true
                error=doing.errors.signal("link")
                hint="https:// 开头的网址，或标准仓里的网址 /admin/standards/…"
            />
            <FilePart file error=doing.errors.signal("file")/>
            <div class="c-actions">
                <button type="submit" class="c-button" disabled=doing.busy>"保存"</button>
                <Saved saved changed/>
            </div>
        </form>
    }
}

/// Why it was given back, and that it has become something else since the drawer was opened.
#[component]
fn Told(fields: Fields) -> impl IntoView {
    let returned = move || fields.now.with(|it| it.reason.clone());
    view! {
        {move || Some(returned()).filter(|it| !it.is_empty()).map(|it| view! {
            <p class="c-note c-note--warn">{format!("退回了：{it}")}</p>
        })}
        {move || fields.moved.get().map(|state| view! {
            <p class="c-note c-note--warn" role="status">
                {format!("同事刚改过，现在是“{}”。您填的还在下面，看好再保存。", state.label())}
            </p>
        })}
    }
}

/// Whoever sent it may take it back without a word.
#[component]
fn Reason(fields: Fields, error: Signal<Option<String>>) -> impl IntoView {
    view! {
        <Show when=move || fields.gives_back()>
            <AreaField
                label="为什么退回"
                value=fields.reason
                error
                hint="送审的同事会收到；自己送审的自己收回，可以不写"
            />
        </Show>
    }
}

/// The file, if there is one, and a way to another.
#[component]
fn FilePart(file: RwSignal<Option<MediaId>>, error: Signal<Option<String>>) -> impl IntoView {
    let uploaded = Callback::new(move |it: MediaFile| file.set(Some(it.id)));
    let label = Signal::derive(move || {
        if file.get().is_some() { "换一份文件" } else { "上传文件" }.to_owned()
    });
    view! {
        <div class="c-field">
            {move || file.get().map(|id| view! {
                <p>
                    <a href=media_url(id) target="_blank" rel="noopener">"看文件"</a>" "
                    <button type="button" class="c-button c-button--small" on:click=move |_| file.set(None)>"不要文件"</button>
                </p>
            })}
            <UploadButton kind=UploadKind::Slides label on_done=uploaded/>
            {move || error.get().map(|it| view! { <p class="c-field__error" role="alert">{it}</p> })}
        </div>
    }
}
