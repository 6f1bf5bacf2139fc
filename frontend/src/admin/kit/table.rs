//! Tables, and lists that are longer than a page.

use leptos::prelude::*;

/// A table below the names of its columns. A name that begins with `#` stands over numbers, one that
/// begins with `-` is for those who cannot see the page.
#[component]
pub fn Table(columns: &'static [&'static str], children: Children) -> impl IntoView {
    let heads = columns.iter().map(|name| {
        if let Some(name) = name.strip_prefix('#') {
            view! { <th scope="col" class="c-number">{name}</th> }.into_any()
        } else if let Some(name) = name.strip_prefix('-') {
            view! { <th scope="col"><span class="c-out-of-sight">{name}</span></th> }.into_any()
        } else {
            view! { <th scope="col">{*name}</th> }.into_any()
        }
    });
    view! {
        <div class="c-table-frame">
            <table class="c-table">
                <thead>
                    <tr>{heads.collect_view()}</tr>
                </thead>
                <tbody>{children()}</tbody>
            </table>
        </div>
    }
}

/// Where the pages of a list begin: each but the first where the one before said.
pub type Places = RwSignal<Vec<String>>;

/// The places of a list that begins anew whenever something else is asked for.
pub fn places_of<T: PartialEq + Send + Sync + 'static>(asked: Memo<T>) -> Places {
    let places = Places::default();
    Effect::new(move |before: Option<()>| {
        asked.track();
        if before.is_some() && places.with_untracked(|it| !it.is_empty()) {
            places.set(Vec::new());
        }
    });
    places
}

/// Leads back and on through a list; nothing where it is one page.
#[component]
pub fn Pager(
    places: Places,
    /// Where the page after the one that is shown begins.
    next: Option<String>,
) -> impl IntoView {
    let last = next.is_none();
    let next = StoredValue::new(next);
    let number = move || places.with(Vec::len) + 1;
    let back = move |_| {
        places.update(|it| {
            it.pop();
        });
    };
    view! {
        <Show when=move || !(last && places.with(Vec::is_empty))>
            <nav class="c-actions c-pager" aria-label="翻页">
                <button
                    type="button"
                    class="c-button c-button--small"
                    disabled=move || places.with(Vec::is_empty)
                    on:click=back
                >
                    "上一页"
                </button>
                <span class="c-quiet">"第 "{number}" 页"</span>
                <button
                    type="button"
                    class="c-button c-button--small"
                    disabled=last
                    on:click=move |_| places.update(|it| it.extend(next.get_value()))
                >
                    "下一页"
                </button>
            </nav>
        </Show>
    }
}
