//! 实操考核表: what is looked at, in order, and what each is worth.

use leptos::prelude::*;
use shared::practice::{CHECKLIST_ITEMS, ChecklistItemId, FULL_MARKS};

use super::{
    fields::{ITEMS, ItemFields, PracticeValue},
    item::ItemForm,
    rows::Rows,
};
use crate::admin::kit::{FieldErrors, Items, TextField};

#[component]
pub fn ChecklistForm(
    minutes: RwSignal<String>,
    items: Items<ItemFields>,
    errors: FieldErrors,
    current: Memo<PracticeValue>,
    saved: RwSignal<Vec<ChecklistItemId>>,
    linking: RwSignal<Option<(ChecklistItemId, String)>>,
) -> impl IntoView {
    let sum = Memo::new(move |_| {
        current.with(|it| {
            let weights = it.practice.checklist.items.iter().map(|it| it.weight);
            weights.fold(0, u32::saturating_add)
        })
    });
    let empty = move || {
        items.is_empty().then(|| view! {
            <p class="c-quiet">"还没有考核项。实操考试照这张表打分：一项看一件事，例如“尘推沿墙推到位，不漏扫”；量得出的写上数，出错会伤人、坏东西的定为否决项。"</p>
        })
    };
    view! {
        <section class="c-card" aria-label="实操考核表">
            <header class="c-card__head">
                <h2 class="c-card__title">"实操考核表"</h2>
                <p role="status">{move || (!items.is_empty()).then(|| marks(sum.get()))}</p>
            </header>
            <div class="c-trio">
                <TextField label="总用时（分钟）" value=minutes error=errors.signal("practice.checklist.minutes")/>
            </div>
            {empty}
            <Rows
                rows=items list=ITEMS errors most=CHECKLIST_ITEMS add="＋ 加一项" make=ItemFields::empty
                row=move |key, item| view! { <ItemForm items key item errors saved linking/> }
            />
        </section>
    }
}

/// What the weights come to, and what that is short of.
fn marks(sum: u32) -> String {
    let total = format!("合计 {sum} 分");
    match (FULL_MARKS.saturating_sub(sum), sum.saturating_sub(FULL_MARKS)) {
        (0, 0) => total,
        (0, over) => format!("{total}，多了 {over} 分"),
        (short, _) => format!("{total}，还差 {short} 分"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_marks_say_what_they_are_short_of() {
        assert_eq!(marks(85), "合计 85 分，还差 15 分");
        assert_eq!(marks(100), "合计 100 分");
        assert_eq!(marks(110), "合计 110 分，多了 10 分");
    }
}
