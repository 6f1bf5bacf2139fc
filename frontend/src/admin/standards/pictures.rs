//! The pictures of a clause: shown, and edited while the clause is only proposed.

use leptos::prelude::*;
use shared::{
    authoring::MediaFile,
    content::{Picture, media_url},
    standards::{
        ClauseId,
        console::{ClauseEdit, ClauseRow},
    },
};

use super::{proposal::Editing, unsaved::Stopped};
use crate::admin::kit::{Question, UploadButton, UploadKind};

/// Characters of what is said about a picture, as on the server.
const LONGEST: &str = "300";

/// Pictures as they are read, below the text.
pub fn figures(pictures: &[Picture]) -> Vec<AnyView> {
    let figure = |it: &Picture| {
        let caption = (!it.caption.is_empty()).then(|| it.caption.clone());
        view! {
            <figure class="c-clause__picture">
                {image(it)}
                {caption.map(|text| view! { <figcaption class="c-quiet">{text}</figcaption> })}
            </figure>
        }
        .into_any()
    };
    pictures.iter().map(figure).collect()
}

fn image(it: &Picture) -> impl IntoView + use<> {
    let (width, height) = (it.width.to_string(), it.height.to_string());
    view! {
        <img src=media_url(it.media) srcset=it.srcset() sizes="24rem" alt=it.alt.clone() width=width height=height loading="lazy"/>
    }
}

/// A clause's pictures as they are proposed. They are saved one by one, and none of the text is drawn anew
/// for that.
#[component]
pub fn ProposedPictures(
    clause: ClauseId,
    /// What the clause is called.
    name: String,
    editing: Editing,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let pictures = Memo::new(move |_| editing.rows.with(|rows| of(rows, clause)));
    // What is uploaded while another edit is under way waits for that.
    let uploaded = RwSignal::new(Vec::new());
    let added = Callback::new(move |file: MediaFile| {
        let MediaFile { id: media, width, height, .. } = file;
        let (alt, caption) = (String::new(), String::new());
        uploaded.update(|all| all.push(Picture { media, alt, caption, width, height }));
    });
    Effect::new(move || {
        if editing.doing.busy.get() || uploaded.with(Vec::is_empty) {
            return;
        }
        let mut pictures = pictures.get_untracked();
        pictures.append(&mut uploaded.write());
        editing.edit(ClauseEdit::Pictures { clause, pictures }, || ());
    });
    let fold = move |_| {
        if !(open.get_untracked() && editing.unsaved.stops(Stopped::Shifting(clause))) {
            open.update(|it| *it = !*it);
        }
    };
    let name = StoredValue::new(name);
    let words = move || match (open.get(), pictures.with(Vec::is_empty)) {
        (true, _) => "收起图片",
        (false, true) => "加图",
        (false, false) => "说明、移动或去掉图",
    };
    let all = move || (0_u32..).zip(pictures.get());
    view! {
        <Show when=move || !open.get()>{move || pictures.with(|it| figures(it))}</Show>
        <Show when=move || open.get()>
            <For each=all key=|(at, it)| (*at, it.media) let:it>
                <OnePicture place=Place { clause, at: it.0, pictures, editing } picture=it.1 name=name.get_value()/>
            </For>
            <UploadButton kind=UploadKind::Picture label="上传一张图" on_done=added/>
        </Show>
        {editing.unsaved.note(Stopped::Shifting(clause))}
        <div class="c-tools">
            <button type="button" class="c-tool" aria-expanded=move || open.get().to_string() on:click=fold>{words}</button>
        </div>
    }
}

fn of(rows: &[ClauseRow], clause: ClauseId) -> Vec<Picture> {
    rows.iter().find(|it| it.id == clause).map(|it| it.pictures.clone()).unwrap_or_default()
}

/// A picture among those of its clause.
#[derive(Clone, Copy)]
struct Place {
    clause: ClauseId,
    at: u32,
    pictures: Memo<Vec<Picture>>,
    editing: Editing,
}

impl Place {
    /// As the server has it, tracked; nothing once it is gone.
    fn saved(self) -> Option<Picture> {
        self.pictures.with(|all| all.get(self.at as usize).cloned())
    }

    fn put(self, change: impl FnOnce(&mut Vec<Picture>, usize), on_done: impl FnOnce() + 'static) {
        let Self { clause, at, pictures, editing } = self;
        let (mut pictures, at) = (pictures.get_untracked(), at as usize);
        if at < pictures.len() {
            change(&mut pictures, at);
        }
        editing.edit(ClauseEdit::Pictures { clause, pictures }, on_done);
    }

    /// Whether words that are not saved keep the pictures where they are.
    fn held(self) -> bool {
        self.editing.unsaved.stops(Stopped::Shifting(self.clause))
    }
}

#[component]
fn OnePicture(
    place: Place,
    picture: Picture,
    /// What the clause is called.
    name: String,
) -> impl IntoView {
    let (alt, caption) =
        (RwSignal::new(picture.alt.clone()), RwSignal::new(picture.caption.clone()));
    let changed = move || {
        place.saved().is_some_and(|it| {
            alt.with(|now| *now != it.alt) || caption.with(|now| *now != it.caption)
        })
    };
    let editing = place.editing;
    editing.unsaved.follow(((place.clause, Some(picture.media)), name), changed);
    let save = move |_| {
        let (alt, caption) = (alt.get_untracked(), caption.get_untracked());
        place.put(|all, at| (all[at].alt, all[at].caption) = (alt, caption), || ());
    };
    let give_up = move |_| {
        if let Some(it) = untrack(|| place.saved()) {
            alt.set(it.alt);
            caption.set(it.caption);
        }
    };
    let busy = editing.doing.busy;
    let changed = Memo::new(move |_| changed());
    view! {
        <div class="c-clause__picture">
            {image(&picture)}
            {words("图片说的是什么（看不到图的人会听到这句话）", alt)}
            {words("图注", caption)}
            {move || changed.get().then(|| view! {
                {editing.doing.note()}
                <div class="c-tools">
                    <button type="button" class="c-button c-button--small" disabled=busy on:click=save>"保存说明"</button>
                    <button type="button" class="c-tool" on:click=give_up>"不改了"</button>
                </div>
            })}
            <PlaceTools place/>
        </div>
    }
}

/// A line that is said about a picture.
fn words(label: &'static str, value: RwSignal<String>) -> impl IntoView {
    view! {
        <label class="c-field">
            <span class="c-field__label">{label}</span>
            <input class="c-input" maxlength=LONGEST prop:value=value on:input:target=move |event| value.set(event.target().value())/>
        </label>
    }
}

/// Elsewhere with it, or away.
#[component]
fn PlaceTools(place: Place) -> impl IntoView {
    let Place { clause, at: picture, editing, .. } = place;
    let asking = RwSignal::new(false);
    let busy = editing.doing.busy;
    let shift = move |on: bool| {
        move |_| {
            if !place.held() {
                editing.edit(ClauseEdit::MovePicture { clause, picture, on }, || ());
            }
        }
    };
    let remove = Callback::new(move |()| {
        // The picture may be gone by then.
        let close = move || {
            let _ = asking.try_set(false);
        };
        place.put(|all, at| drop(all.remove(at)), close);
    });
    view! {
        <div class="c-tools">
            <button type="button" class="c-tool" disabled=busy on:click=shift(false)>"移到上一条"</button>
            <button type="button" class="c-tool" disabled=busy on:click=shift(true)>"移到下一条"</button>
            <button type="button" class="c-tool c-tool--danger" disabled=busy on:click=move |_| asking.set(!place.held())>"去掉这张图"</button>
        </div>
        {move || asking.get().then(|| view! {
            <Question
                title="去掉这张图？" text="要恢复，得把图再传一次。" yes="去掉" danger=true busy
                on_yes=remove on_no=Callback::new(move |()| asking.set(false))
            >{editing.doing.note()}</Question>
        })}
    }
}
