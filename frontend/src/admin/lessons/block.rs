//! One block of an article.

use leptos::prelude::*;
use shared::content::{Block, NoticeTone};

use super::{
    attached::{AttachedFields, AttachmentField, ShortVideoField},
    clause::{ClauseField, ClauseFields},
    gallery::{GalleryField, GalleryFields},
    grid::Grid,
    paragraph::ParagraphField,
    pasting::Pasting,
    rich_text::Pasted,
    table::{TableField, TableFields},
};
use crate::admin::kit::{
    AreaField, FieldErrors, ItemTools, PictureField, PictureFields, RadioGroup, TextField, lines_of,
};

/// The fields of a block, by its kind.
#[derive(Clone, Copy)]
pub enum BlockFields {
    Heading(RwSignal<String>),
    /// Inline HTML.
    Paragraph(RwSignal<String>),
    Picture(PictureFields),
    Notice {
        tone: RwSignal<NoticeTone>,
        text: RwSignal<String>,
    },
    List {
        ordered: RwSignal<bool>,
        items: RwSignal<String>,
    },
    Table(TableFields),
    Gallery(GalleryFields),
    Clause(ClauseFields),
    Attachment(AttachedFields),
    Video(AttachedFields),
}

impl BlockFields {
    /// Whether its picture is still on its way, or something is typed about a file that is not there.
    pub fn waits(self) -> bool {
        match self {
            Self::Picture(picture) => picture.busy.get(),
            Self::Attachment(attached) | Self::Video(attached) => attached.waits(),
            _ => false,
        }
    }

    pub fn of(block: Block) -> Self {
        match block {
            Block::Heading { text } => Self::Heading(RwSignal::new(text)),
            Block::Paragraph { html } => Self::Paragraph(RwSignal::new(html)),
            Block::Picture(picture) => Self::Picture(PictureFields::new(Some(picture))),
            Block::Notice { tone, text } => {
                Self::Notice { tone: RwSignal::new(tone), text: RwSignal::new(text) }
            }
            Block::List { ordered, items } => Self::List {
                ordered: RwSignal::new(ordered),
                items: RwSignal::new(items.join("\n")),
            },
            Block::Table { rows } => Self::Table(TableFields::new(Grid::of(rows))),
            Block::Gallery { pictures } => Self::Gallery(GalleryFields::new(pictures)),
            Block::Clause { link, quote } => Self::Clause(ClauseFields::new(Some(link), quote)),
            Block::Attachment(file) => Self::Attachment(AttachedFields::of_attachment(file)),
            Block::Video(video) => Self::Video(AttachedFields::of_video(video)),
        }
    }

    /// The block; nothing while its file is not uploaded, or its clause not chosen.
    pub fn read(self) -> Option<Block> {
        Some(match self {
            Self::Heading(text) => Block::Heading { text: text.get() },
            Self::Paragraph(html) => Block::Paragraph { html: html.get() },
            Self::Picture(picture) => Block::Picture(picture.read()?),
            Self::Notice { tone, text } => Block::Notice { tone: tone.get(), text: text.get() },
            Self::List { ordered, items } => {
                Block::List { ordered: ordered.get(), items: lines_of(&items.get()) }
            }
            Self::Table(table) => Block::Table { rows: table.read() },
            Self::Gallery(gallery) => {
                let pictures = Some(gallery.read()).filter(|it| !it.is_empty())?;
                Block::Gallery { pictures }
            }
            Self::Clause(clause) => clause.read()?,
            Self::Attachment(attached) => attached.attachment()?,
            Self::Video(attached) => attached.video()?,
        })
    }

    fn is_filled(self) -> bool {
        match self {
            Self::Heading(text) | Self::Paragraph(text) | Self::Notice { text, .. } => {
                text.with(|it| !it.trim().is_empty())
            }
            Self::Picture(picture) => picture.read().is_some(),
            Self::List { items, .. } => items.with(|it| !it.trim().is_empty()),
            Self::Table(table) => table.is_filled(),
            Self::Gallery(_) | Self::Clause(_) => self.read().is_some(),
            Self::Attachment(attached) | Self::Video(attached) => attached.is_filled(),
        }
    }

    pub const fn name(self) -> &'static str {
        match self {
            Self::Heading(_) => "标题",
            Self::Paragraph(_) => "段落",
            Self::Picture(_) => "图片",
            Self::Notice { .. } => "提示框",
            Self::List { .. } => "列表",
            Self::Table(_) => "表格",
            Self::Gallery(_) => "图片组",
            Self::Clause(_) => "条文引用",
            Self::Attachment(_) => "附件",
            Self::Video(_) => "短视频",
        }
    }

    /// Called when the block goes to the server.
    pub fn mark_sent(self) {
        if let Self::Gallery(gallery) = self {
            gallery.mark_sent();
        }
    }
}

/// A block's frame: its kind, its tools, its fields.
#[component]
pub fn BlockCard(
    pasting: Pasting,
    key: u32,
    block: BlockFields,
    errors: FieldErrors,
) -> impl IntoView {
    let blocks = pasting.blocks;
    let on_paste = Callback::new(move |pasted| pasting.put(key, pasted));
    let path = Signal::derive(move || Some(format!("content.blocks[{}]", blocks.sent_place(key)?)));
    view! {
        <li class="c-item">
            <header class="c-item__head">
                <h3 class="c-item__name">{move || format!("{} · {}", blocks.place(key) + 1, block.name())}</h3>
                <ItemTools items=blocks key what="块" filled=Signal::derive(move || block.is_filled())/>
            </header>
            <BlockForm block on_paste errors path/>
        </li>
    }
}

#[component]
fn BlockForm(
    block: BlockFields,
    on_paste: Callback<Pasted>,
    errors: FieldErrors,
    /// Where the block was sent.
    path: Signal<Option<String>>,
) -> impl IntoView {
    let at = move |field: &'static str| {
        Signal::derive(move || errors.at(&format!("{}{field}", path.get()?)))
    };
    // Anything wrong with the block.
    let error = at("");
    match block {
        BlockFields::Heading(value) => {
            view! { <TextField label="标题文字" value error/> }.into_any()
        }
        BlockFields::Paragraph(value) => {
            view! { <ParagraphField value error on_paste/> }.into_any()
        }
        BlockFields::Picture(fields) => view! {
            <PictureField
                label="图片"
                hint="JPG、PNG 或 WebP，不超过 5 MB；没上传图片的块保存时会略过"
                fields
                captioned=true
                error=at(".media")
                alt_error=at(".alt")
            />
        }
        .into_any(),
        BlockFields::Notice { tone, text } => {
            let tones = NoticeTone::ALL.iter().map(|it| (*it, it.label())).collect::<Vec<_>>();
            view! {
                <RadioGroup label="语气" chosen=tone choices=tones/>
                <AreaField label="提示内容" value=text error/>
            }
            .into_any()
        }
        BlockFields::List { ordered, items } => view! {
            <RadioGroup
                label="样子"
                chosen=ordered
                choices=vec![(false, "圆点"), (true, "1. 2. 3. 编号")]
            />
            <AreaField label="列表内容" hint="一行一条" value=items rows=3 error/>
        }
        .into_any(),
        BlockFields::Table(fields) => view! { <TableField fields error/> }.into_any(),
        BlockFields::Gallery(fields) => view! { <GalleryField fields errors path/> }.into_any(),
        BlockFields::Clause(fields) => view! { <ClauseField fields/> }.into_any(),
        BlockFields::Attachment(fields) => {
            view! { <AttachmentField fields errors path/> }.into_any()
        }
        BlockFields::Video(fields) => view! { <ShortVideoField fields errors path/> }.into_any(),
    }
}
