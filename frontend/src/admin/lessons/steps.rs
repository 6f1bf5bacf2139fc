//! A step-by-step lesson: what to get ready, then one card a step.

use leptos::prelude::*;
use shared::{
    authoring::MediaFile,
    content::{Clip, LONGEST_CLIP, StepCard, StepLesson},
};

use super::file_field::FileField;
use crate::admin::kit::{
    AreaField, FieldErrors, ItemTools, Items, PictureField, PictureFields, TextField, UploadKind,
    lines_of, number_or_nothing, number_text,
};

#[derive(Clone, Copy)]
pub struct StepFields {
    materials: RwSignal<String>,
    pub cards: Items<CardFields>,
    /// Key of the card being written.
    at: RwSignal<Option<u32>>,
}

#[derive(Clone, Copy)]
pub struct CardFields {
    title: RwSignal<String>,
    picture: PictureFields,
    clip: RwSignal<Option<Clip>>,
    key_points: RwSignal<String>,
    quality: RwSignal<String>,
    /// A number; empty where nobody said.
    seconds: RwSignal<String>,
    mistakes: RwSignal<String>,
    safety: RwSignal<String>,
}

impl StepFields {
    pub fn new() -> Self {
        Self { materials: RwSignal::default(), cards: Items::new(), at: RwSignal::new(None) }
    }

    pub fn fill(self, lesson: StepLesson) {
        self.materials.set(lesson.materials.join("\n"));
        self.cards.replace(lesson.cards, CardFields::of);
    }

    /// The place of the card being written.
    pub fn place(self) -> u32 {
        let place = self.at.get().map(|key| self.cards.place(key)).unwrap_or_default();
        u32::try_from(place).unwrap_or_default()
    }

    pub fn read(self) -> StepLesson {
        StepLesson {
            materials: lines_of(&self.materials.get()),
            cards: self.cards.values().into_iter().map(CardFields::read).collect(),
            twin: None,
        }
    }

    /// Whether a step has a video.
    pub fn moves(self) -> bool {
        self.cards.values().into_iter().any(|it| it.clip.with(Option::is_some))
    }
}

impl CardFields {
    fn empty() -> Self {
        Self {
            title: RwSignal::default(),
            picture: PictureFields::new(None),
            clip: RwSignal::new(None),
            key_points: RwSignal::default(),
            quality: RwSignal::default(),
            seconds: RwSignal::default(),
            mistakes: RwSignal::default(),
            safety: RwSignal::default(),
        }
    }

    fn of(card: StepCard) -> Self {
        Self {
            title: RwSignal::new(card.title),
            picture: PictureFields::new(card.picture),
            clip: RwSignal::new(card.clip),
            key_points: RwSignal::new(card.key_points.join("\n")),
            quality: RwSignal::new(card.quality),
            seconds: RwSignal::new(number_text(card.seconds)),
            mistakes: RwSignal::new(card.mistakes.join("\n")),
            safety: RwSignal::new(card.safety),
        }
    }

    fn read(self) -> StepCard {
        StepCard {
            title: self.title.get(),
            picture: self.picture.read(),
            clip: self.clip.get(),
            key_points: lines_of(&self.key_points.get()),
            quality: self.quality.get(),
            seconds: number_or_nothing(&self.seconds.get()),
            mistakes: lines_of(&self.mistakes.get()),
            safety: self.safety.get(),
        }
    }

    fn is_filled(self) -> bool {
        let texts =
            [self.title, self.key_points, self.quality, self.seconds, self.mistakes, self.safety];
        self.picture.read().is_some()
            || self.clip.with(Option::is_some)
            || texts.iter().any(|it| it.with(|it| !it.trim().is_empty()))
    }
}

#[component]
pub fn StepsForm(fields: StepFields, errors: FieldErrors) -> impl IntoView {
    let cards = fields.cards;
    let empty = move || {
        cards.is_empty().then(|| view! {
        <p class="c-quiet">"还没有步骤。把动作拆开，一步一张卡片：一张图或一段短片，几条要点，一个看得见的质量标准。"</p>
    })
    };
    view! {
        <AreaField
            label="开始之前备好"
            hint="一行一样，例如“干毛巾 2 条”"
            optional=true
            value=fields.materials
            error=errors.signal("content.materials")
        />
        {empty}
        <ol class="c-items">
            <For each=move || cards.get() key=|item| item.key let:item>
                <CardForm fields key=item.key card=item.value errors/>
            </For>
        </ol>
        <div class="c-kinds">
            <button type="button" class="c-button" on:click=move |_| cards.add(CardFields::empty)>"＋ 加一步"</button>
        </div>
    }
}

#[component]
fn CardForm(fields: StepFields, key: u32, card: CardFields, errors: FieldErrors) -> impl IntoView {
    let StepFields { cards, at, .. } = fields;
    let error = move |field: &'static str| {
        Signal::derive(move || {
            errors.at(&format!("content.cards[{}]{field}", cards.sent_place(key)?))
        })
    };
    let itself = move || errors.exactly(&format!("content.cards[{}]", cards.sent_place(key)?));
    view! {
        <li class="c-item" on:focusin=move |_| at.set(Some(key))>
            <header class="c-item__head">
                <h3 class="c-item__name">{move || format!("第 {} 步", cards.place(key) + 1)}</h3>
                <ItemTools items=cards key what="步" filled=Signal::derive(move || card.is_filled())/>
            </header>
            {move || itself().map(|error| view! { <p class="c-field__error" role="alert">{error}</p> })}
            <div class="c-pair c-pair--wide">
                <TextField label="这一步做什么" value=card.title error=error(".title")/>
                <TextField label="用时（秒）" kind="number" min="1" max="3600" value=card.seconds error=error(".seconds")/>
            </div>
            <PictureField
                label="配图"
                fields=card.picture
                captioned=true
                error=error(".picture.media")
                alt_error=error(".picture.alt")
            />
            <ClipField clip=card.clip error=error(".clip.media")/>
            <div class="c-pair">
                <AreaField label="要点" hint="一行一条" value=card.key_points rows=3 error=error(".key_points")/>
                <AreaField
                    label="质量标准"
                    hint="尽量带数字，例如“杯口离桌沿 10 厘米”"
                    value=card.quality
                    rows=3
                    error=error(".quality")
                />
                <AreaField label="常见错误" hint="一行一条" optional=true value=card.mistakes rows=3 error=error(".mistakes")/>
                <AreaField label="安全提示" optional=true value=card.safety rows=3 error=error(".safety")/>
            </div>
        </li>
    }
}

/// A few seconds that show the movement, over and over.
#[component]
fn ClipField(clip: RwSignal<Option<Clip>>, error: Signal<Option<String>>) -> impl IntoView {
    let there = move || clip.with(Option::is_some);
    let done = Callback::new(move |file: MediaFile| {
        let MediaFile { id: media, seconds, .. } = file;
        clip.set(Some(Clip { media, seconds, bytes: 0, pictured: false }));
    });
    let state = Signal::derive(move || match clip.get() {
        Some(it) => format!("已上传，{} 秒；右边可以播放。", it.seconds),
        None => String::new(),
    });
    let button = Signal::derive(move || if there() { "换一段" } else { "上传短片" }.to_owned());
    let remove = Callback::new(move |()| clip.set(None));
    view! {
        <FileField
            label="循环短片（选填）".to_owned()
            kind=UploadKind::Video
            state
            button
            on_done=done
            on_remove=remove
            error
            rule=format!("最长 {LONGEST_CLIP} 秒，手机上不出声、反复播放，动作看得更清；配图留着，没有网时看图")
        />
    }
}
