//! Lists that come in pages.

use std::sync::Arc;

use leptos::{prelude::*, task::spawn_local};
use shared::{api::Endpoint, page::Page};

use super::{BusyButton, TroubleNote};
use crate::client::{Client, Trouble};

/// Shows one row.
type Row<T> = Arc<dyn Fn(T) -> AnyView + Send + Sync>;

/// The rows of a page and, on demand, of those after it. `ask` makes the request for a cursor.
pub fn pages<E, T>(
    page: Page<T>,
    row: impl Fn(T) -> AnyView + Send + Sync + 'static,
    ask: impl Fn(String) -> E + Send + Sync + 'static,
) -> AnyView
where
    E: Endpoint<Response = Page<T>>,
    T: Clone + Send + Sync + 'static,
{
    rows(page, Arc::new(row), Arc::new(ask))
}

fn rows<E, T>(page: Page<T>, row: Row<T>, ask: Arc<dyn Fn(String) -> E + Send + Sync>) -> AnyView
where
    E: Endpoint<Response = Page<T>>,
    T: Clone + Send + Sync + 'static,
{
    let shown = page.items.into_iter().map(|item| row(item)).collect_view();
    let more = page.next.map(|cursor| following(cursor, row, ask));
    view! { {shown} {more} }.into_any()
}

fn following<E, T>(
    cursor: String,
    row: Row<T>,
    ask: Arc<dyn Fn(String) -> E + Send + Sync>,
) -> AnyView
where
    E: Endpoint<Response = Page<T>>,
    T: Clone + Send + Sync + 'static,
{
    let client = Client::expect();
    let (busy, trouble) = (RwSignal::new(false), RwSignal::new(None::<Trouble>));
    let rest = RwSignal::new(None::<Page<T>>);
    let request = Arc::clone(&ask);
    let load = Callback::new(move |()| {
        busy.set(true);
        let request = request(cursor.clone());
        spawn_local(async move {
            match client.call(request).await {
                Ok(page) => _ = rest.try_set(Some(page)),
                Err(failed) => _ = trouble.try_set(Some(failed)),
            }
            busy.try_set(false);
        });
    });
    (move || match rest.get() {
        Some(page) => rows(page, Arc::clone(&row), Arc::clone(&ask)),
        None => view! {
            {move || trouble.get().map(|trouble| view! { <TroubleNote trouble/> })}
            <BusyButton class="button button-plain more" text="再看一些" doing="正在取…" busy on_press=load/>
        }
        .into_any(),
    })
    .into_any()
}
