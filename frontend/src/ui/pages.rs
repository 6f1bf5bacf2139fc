//! Lists that come in pages.

use std::rc::Rc;

use leptos::prelude::*;
use shared::{api::Endpoint, page::Page};

use super::{
    Act, busy_button,
    html::{Html, live, many, p},
};

/// The rows of a page and, on demand, of those after it. `ask` makes the request for a cursor.
pub fn pages<E, T>(
    page: Page<T>,
    row: impl Fn(&T) -> Html + 'static,
    ask: impl Fn(String) -> E + 'static,
) -> Html
where
    E: Endpoint<Response = Page<T>>,
    T: 'static,
{
    rows(page, Rc::new(row), Rc::new(ask))
}

fn rows<E, T>(page: Page<T>, row: Rc<dyn Fn(&T) -> Html>, ask: Rc<dyn Fn(String) -> E>) -> Html
where
    E: Endpoint<Response = Page<T>>,
    T: 'static,
{
    let shown = many(page.items.iter().map(&*row));
    let Some(cursor) = page.next else { return shown };
    let rest = RwSignal::new_local(None::<Html>);
    let act = Act::new();
    // The rows to come belong to this page, as these do.
    let owner = Owner::current();
    let load = move || {
        let (row, more, owner) = (Rc::clone(&row), Rc::clone(&ask), owner.clone());
        act.call(&ask(cursor.clone()), move |page| {
            let last = page.next.is_none().then(|| p("hint").text("没有更多了"));
            let following = || rows(page, row, more).maybe(last);
            let following = match owner {
                Some(owner) => owner.with(following),
                None => following(),
            };
            rest.set(Some(following));
        });
    };
    let button = busy_button("button button-plain more", "再看一些", "正在取…", act.busy, load);
    let end = live(move || match rest.get() {
        Some(rest) => rest,
        None => many([act.note(), button.clone()]),
    });
    shown.with(end)
}
