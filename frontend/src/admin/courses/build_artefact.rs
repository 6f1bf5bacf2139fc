//! One of a course's three artefacts: where it is, and whether somebody has approved it.

use leptos::{prelude::*, web_sys};
use shared::{
    authoring::MediaFile,
    builds::{Artefact, ArtefactState, SaveArtefact},
    content::{MediaId, media_url},
    courses::CourseId,
};

use crate::admin::{
    address::{choice_of, name_of},
    kit::{Doing, SelectField, TextField, UploadButton, UploadKind},
};

#[component]
pub fn ArtefactForm(course: CourseId, artefact: Artefact) -> impl IntoView {
    let slot = artefact.slot;
    let state = RwSignal::new(name_of(&artefact.state));
    let link = RwSignal::new(artefact.link);
    let file = RwSignal::new(artefact.file);
    let states = ArtefactState::ALL.iter().map(|it| (name_of(it), it.label().to_owned()));
    let states: Vec<_> = states.collect();
    let doing = Doing::new();
    let saved = RwSignal::new(false);
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        saved.set(false);
        let request = SaveArtefact {
            course,
            slot,
            state: choice_of(&state.get_untracked()).unwrap_or(ArtefactState::NotBegun),
            link: link.get_untracked(),
            file: file.get_untracked(),
        };
        doing.call(request, move |_| saved.set(true));
    };
    view! {
        <form class="c-form" on:submit=submit novalidate=true>
            <h3 class="c-subtitle">{slot.label()}</h3>
            {doing.note()}
            <SelectField
                label=format!("{}做到哪一步", slot.label())
                value=state
                choices=Signal::stored(states)
                error=doing.errors.signal("state")
                hint="送审以后，由另一位同事改成“通过”"
            />
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
                <span role="status">{move || saved.get().then_some("已保存")}</span>
            </div>
        </form>
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
