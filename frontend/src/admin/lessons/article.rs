//! The blocks of an article.

use leptos::prelude::*;
use shared::content::NoticeTone;

use super::{
    attached::AttachedFields,
    block::{BlockCard, BlockFields},
    clause::ClauseFields,
    gallery::GalleryFields,
    grid::Grid,
    pasting::Pasting,
    table::TableFields,
};
use crate::admin::kit::{FieldErrors, Items, PictureFields};

/// Makes the fields of a new block.
type Make = fn() -> BlockFields;

const KINDS: &[(&str, Make)] = &[
    ("标题", || BlockFields::Heading(RwSignal::default())),
    ("段落", || BlockFields::Paragraph(RwSignal::default())),
    ("图片", || BlockFields::Picture(PictureFields::new(None))),
    ("提示框", || BlockFields::Notice {
        tone: RwSignal::new(NoticeTone::Tip),
        text: RwSignal::default(),
    }),
    ("列表", || BlockFields::List { ordered: RwSignal::default(), items: RwSignal::default() }),
    ("表格", || BlockFields::Table(TableFields::new(Grid::fresh()))),
    ("图片组", || BlockFields::Gallery(GalleryFields::new(Vec::new()))),
    ("条文引用", || BlockFields::Clause(ClauseFields::new(None, None))),
    ("附件", || BlockFields::Attachment(AttachedFields::empty())),
    ("短视频", || BlockFields::Video(AttachedFields::empty())),
];

#[component]
pub fn ArticleForm(blocks: Items<BlockFields>, errors: FieldErrors) -> impl IntoView {
    let empty = move || {
        blocks.is_empty().then(|| view! {
        <p class="c-quiet">"还是空的。先加一个标题，再写段落；一块只讲一件事，手机上读着不累。"</p>
    })
    };
    let pasting = Pasting::into(blocks);
    view! {
        {empty}
        <p class="c-quiet" role="status">{move || pasting.told.get()}</p>
        <Show when=move || pasting.can_undo()>
            <button type="button" class="c-button c-button--small" on:click=move |_| pasting.undo()>
                "撤销这次粘贴"
            </button>
        </Show>
        <ol class="c-items">
            <For each=move || blocks.get() key=|item| item.key let:item>
                <BlockCard pasting key=item.key block=item.value errors/>
                <AddBelow blocks key=item.key/>
            </For>
        </ol>
        <AddBlock label="加在最后" on_choose=Callback::new(move |make: Make| blocks.add(make))/>
    }
}

/// Adds a block between two, once asked to.
#[component]
fn AddBelow(blocks: Items<BlockFields>, key: u32) -> impl IntoView {
    let open = RwSignal::new(false);
    let choose = Callback::new(move |make: Make| {
        blocks.add_below(key, make);
        open.set(false);
    });
    let words = move || if open.get() { "收起" } else { "＋ 在这里加一块" };
    view! {
        <li class="c-between" class:c-gone=move || blocks.is_last(key)>
            <button
                type="button"
                class="c-between__button"
                aria-expanded=move || open.get().to_string()
                aria-label=move || format!("{}（第 {} 块下面）", words(), blocks.place(key) + 1)
                on:click=move |_| open.update(|it| *it = !*it)
            >
                {words}
            </button>
            <Show when=move || open.get()>
                <AddBlock label="加在这里" on_choose=choose/>
            </Show>
        </li>
    }
}

#[component]
fn AddBlock(label: &'static str, on_choose: Callback<Make>) -> impl IntoView {
    let buttons = KINDS.iter().map(|(name, make)| view! {
        <button type="button" class="c-button c-button--small" on:click=move |_| on_choose.run(*make)>
            "＋ "{*name}
        </button>
    });
    view! {
        <div class="c-kinds" role="group" aria-label=label>
            <span class="c-kinds__label">{label}</span>
            {buttons.collect_view()}
        </div>
    }
}
