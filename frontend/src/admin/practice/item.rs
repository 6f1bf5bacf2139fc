//! One item of a checklist.

use leptos::prelude::*;
use shared::practice::{ChecklistItemId, MeasureBound};

use super::fields::{ITEMS, ItemFields, MeasureFields, entry, errors_of};
use crate::admin::kit::{AreaField, FieldErrors, ItemTools, Items, RadioGroup, TextField, Tick};

#[component]
pub fn ItemForm(
    items: Items<ItemFields>,
    key: u32,
    item: ItemFields,
    errors: FieldErrors,
    saved: RwSignal<Vec<ChecklistItemId>>,
    linking: RwSignal<Option<(ChecklistItemId, String)>>,
) -> impl IntoView {
    let error = errors_of(errors, items, key, ITEMS);
    let itself = move || errors.exactly(&entry(ITEMS, items.sent_place(key)?));
    view! {
        <li class="c-item">
            <header class="c-item__head">
                <h3 class="c-item__name">{move || format!("第 {} 项", items.place(key) + 1)}</h3>
                <Linking items key item saved linking/>
                <ItemTools items key what="项" filled=Signal::derive(move || item.is_filled())/>
            </header>
            {move || itself().map(|error| view! { <p class="c-field__error" role="alert">{error}</p> })}
            <div class="c-pair c-pair--wide">
                <AreaField label="看什么" value=item.text error=error(".text")/>
                <TextField label="分值" value=item.weight error=error(".weight")/>
            </div>
            <div class="c-chips">
                <Tick words="否决项：错了整场不合格" chosen=item.fatal/>
                <Tick words="要拍照留证" chosen=item.photo/>
                <Tick words="要求量得出" chosen=item.measured/>
            </div>
            {move || item.measured.get().then(|| view! {
                <MeasureForm
                    measure=item.measure
                    value_error=error(".measure.value")
                    tolerance_error=error(".measure.tolerance")
                    unit_error=error(".measure.unit")
                    method_error=error(".measure.method")
                />
            })}
        </li>
    }
}

/// What an item rests on: linked once the server has the item.
#[component]
fn Linking(
    items: Items<ItemFields>,
    key: u32,
    item: ItemFields,
    saved: RwSignal<Vec<ChecklistItemId>>,
    linking: RwSignal<Option<(ChecklistItemId, String)>>,
) -> impl IntoView {
    let there = Memo::new(move |_| saved.with(|it| it.contains(&item.id)));
    let open = move |_| linking.set(Some((item.id, item.text.get_untracked())));
    move || {
        if there.get() {
            let name = move || format!("给第 {} 项加依据", items.place(key) + 1);
            view! { <button type="button" class="c-tool" aria-label=name on:click=open>"加依据"</button> }
                .into_any()
        } else {
            view! { <span class="c-save__state">"保存以后可以加依据"</span> }.into_any()
        }
    }
}

#[component]
fn MeasureForm(
    measure: MeasureFields,
    value_error: Signal<Option<String>>,
    tolerance_error: Signal<Option<String>>,
    unit_error: Signal<Option<String>>,
    method_error: Signal<Option<String>>,
) -> impl IntoView {
    let MeasureFields { bound, value, tolerance, unit, method } = measure;
    let bounds = MeasureBound::ALL.iter().map(|it| (*it, it.label())).collect();
    let exact = Memo::new(move |_| bound.get() == MeasureBound::Exactly);
    view! {
        <div class="c-measure">
            <RadioGroup label="要求" chosen=bound choices=bounds/>
            <TextField label="多少" value error=value_error/>
            {move || exact.get().then(|| view! {
                <TextField label="允许偏差 ±" optional=true value=tolerance error=tolerance_error/>
            })}
            <TextField label="单位" value=unit error=unit_error/>
            <TextField label="怎么量" optional=true hint="例如“用量角器量”" value=method error=method_error/>
        </div>
    }
}
