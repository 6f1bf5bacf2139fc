//! Dragging an entry of a list to another place, with a mouse or a finger. Keys have their own buttons.

use leptos::{ev::PointerEvent, prelude::*, wasm_bindgen::JsCast, web_sys};
use web_sys::{Element, HtmlElement};

use super::Items;

/// Pixels from the edge of the window within which it scrolls.
const EDGE: f64 = 80.0;

/// What an entry is taken by.
#[component]
pub fn DragHandle<T: Copy + Send + Sync + 'static>(items: Items<T>, key: u32) -> impl IntoView {
    // Where it would be dropped, while it is held.
    let to = RwSignal::new(None::<usize>);
    let take = move |event: PointerEvent| {
        if let Some(handle) = handle_of(&event)
            && event.button() == 0
        {
            event.prevent_default();
            let _ = handle.set_pointer_capture(event.pointer_id());
            to.set(Some(items.place(key)));
        }
    };
    let drag = move |event: PointerEvent| {
        let Some(handle) = handle_of(&event).filter(|_| to.get_untracked().is_some()) else {
            return;
        };
        let y = f64::from(event.client_y());
        scroll_at(y);
        let others = others_of(&handle);
        let middles: Vec<f64> = others.iter().map(middle).collect();
        let place = place_at(&middles, y);
        to.set(Some(place));
        show(&others, Some(place));
    };
    let leave = move |event: &PointerEvent| {
        let dropped = to.get_untracked();
        to.set(None);
        if let Some(handle) = handle_of(event) {
            show(&others_of(&handle), None);
        }
        dropped
    };
    let release = move |event: PointerEvent| {
        if let Some(place) = leave(&event) {
            items.put(key, place);
        }
    };
    view! {
        <span
            class="c-drag"
            aria-hidden="true"
            title="按住拖动，换个位置"
            on:pointerdown=take
            on:pointermove=drag
            on:pointerup=release
            on:pointercancel=move |event| {
                leave(&event);
            }
        >"⠿"</span>
    }
}

fn handle_of(event: &PointerEvent) -> Option<HtmlElement> {
    event.current_target()?.dyn_into().ok()
}

/// The other entries of the list that the handle is in.
fn others_of(handle: &HtmlElement) -> Vec<Element> {
    let entry = handle.closest(".c-item").ok().flatten();
    let Some(list) = entry.as_ref().and_then(|it| it.parent_element()) else { return Vec::new() };
    let children = list.children();
    let all = (0..children.length()).filter_map(|at| children.item(at));
    all.filter(|it| it.class_list().contains("c-item") && Some(it) != entry.as_ref()).collect()
}

fn middle(entry: &Element) -> f64 {
    let shape = entry.get_bounding_client_rect();
    shape.top() + shape.height() / 2.0
}

/// The place among the others of what is held at this height.
fn place_at(middles: &[f64], y: f64) -> usize {
    middles.iter().filter(|middle| **middle < y).count()
}

/// Draws a line where the entry would be dropped.
fn show(others: &[Element], place: Option<usize>) {
    for (at, entry) in others.iter().enumerate() {
        let classes = entry.class_list();
        let last = at + 1 == others.len();
        // Only names with blanks are refused.
        let _ = classes.toggle_with_force("c-drop-above", place == Some(at));
        let _ = classes.toggle_with_force("c-drop-below", last && place == Some(others.len()));
    }
}

fn scroll_at(y: f64) {
    let height = window().inner_height().ok().and_then(|it| it.as_f64()).unwrap_or_default();
    if y < EDGE {
        window().scroll_by_with_x_and_y(0.0, y - EDGE);
    } else if y > height - EDGE {
        window().scroll_by_with_x_and_y(0.0, y - height + EDGE);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_is_dropped_between_those_whose_middles_it_lies_between() {
        let middles = [100.0, 300.0, 500.0];
        for (y, place) in [(0.0, 0), (100.0, 0), (101.0, 1), (499.0, 2), (900.0, 3)] {
            assert_eq!(place_at(&middles, y), place, "{y}");
        }
        assert_eq!(place_at(&[], 50.0), 0);
    }

    #[test]
    fn an_entry_that_is_put_elsewhere_keeps_its_key_and_the_others_their_order() {
        let owner = Owner::new();
        owner.with(|| {
            let items = Items::new();
            "abcd".chars().for_each(|it| items.add(|| it));
            let told = || items.values().into_iter().collect::<String>();
            items.put(0, 2);
            assert_eq!(told(), "bcad");
            items.put(0, 9);
            assert_eq!(told(), "bcda");
            items.put(3, 0);
            assert_eq!(told(), "dbca");
            items.put(7, 0);
            assert_eq!(told(), "dbca", "what is not there is not moved");
        });
    }
}
