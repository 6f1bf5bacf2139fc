//! Finding what standards and courses say, from every page of the console.

use leptos::{html, prelude::*, web_sys};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use shared::standards::{SearchFound, SearchHit, SearchKind, SearchTexts};

use crate::admin::{
    address::{choice_of, name_of, query},
    kit::{FilterSelect, Load, Pager, SearchField, Shown, name_page, places_of},
};

/// Beside the navigation.
#[component]
pub fn SearchBox() -> impl IntoView {
    let (node, navigate) = (NodeRef::<html::Input>::new(), use_navigate());
    let search = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let Some(field) = node.get_untracked() else { return };
        let words = web_sys::js_sys::encode_uri_component(&field.value());
        navigate(&format!("/admin/search?words={words}"), NavigateOptions::default());
        field.set_value("");
    };
    view! {
        <form class="c-side__search" role="search" on:submit=search>
            <input class="c-input" type="search" aria-label="搜标准和课程" placeholder="搜标准和课程" maxlength="100" node_ref=node/>
        </form>
    }
}

#[component]
pub fn SearchPage() -> impl IntoView {
    name_page("搜索");
    let (words, kind) = (query("words"), query("kind"));
    let choices: Vec<_> =
        SearchKind::ALL.iter().map(|it| (name_of(it), it.label().to_owned())).collect();
    let enough = Memo::new(move |_| words.0.get().is_some_and(|it| is_enough(&it)));
    view! {
        <header class="c-head"><h1 class="c-head__title">"搜索"</h1></header>
        <p class="c-quiet">"找现行和待实施标准的条款，以及学员现在看到的课程和课时。每个词至少两个字，几个词之间空一格。"</p>
        <div class="c-filters" role="search">
            <SearchField words placeholder="条款、课程里的词"/>
            <FilterSelect label="找什么" all="全部" query=kind choices/>
        </div>
        {move || enough.get().then(|| view! { <Results words=words.0 kind=kind.0/> })}
    }
}

/// Whether the server looks for it.
fn is_enough(words: &str) -> bool {
    let mut words = words.split_whitespace().peekable();
    words.peek().is_some() && words.all(|it| it.chars().count() >= 2)
}

#[component]
fn Results(words: Memo<Option<String>>, kind: Memo<Option<String>>) -> impl IntoView {
    let asked = Memo::new(move |_| (words.get().unwrap_or_default(), kind.get()));
    let places = places_of(asked);
    let load = Load::of(move || {
        let (words, kind) = asked.get();
        let cursor = places.with(|it| it.last().cloned());
        SearchTexts { words, kind: kind.and_then(|it| choice_of(&it)), cursor }
    });
    view! {
        <Shown load children=move |found| {
            let SearchFound { items, next } = found;
            if items.is_empty() {
                return view! { <p role="status">"没有找到。换个词，或者少写几个字。"</p> }.into_any();
            }
            view! {
                <ul class="c-hits">{items.into_iter().map(|hit| view! { <Hit hit/> }).collect_view()}</ul>
                <Pager places next/>
            }
            .into_any()
        }/>
    }
}

#[component]
fn Hit(hit: SearchHit) -> impl IntoView {
    let (page, kind) = (page_of(&hit), hit.kind.label());
    let name = format!("{} {}", hit.context, hit.title);
    view! {
        <li class="c-clause">
            <p class="c-clause__head"><a href=page><strong>{name}</strong></a>" "<span class="c-quiet">{kind}</span></p>
            <p class="c-clause__text">{hit.excerpt}</p>
        </li>
    }
}

/// Where it is read whole.
fn page_of(hit: &SearchHit) -> String {
    match (hit.version, hit.clause, hit.course, hit.lesson) {
        (Some(version), Some(clause), ..) => {
            format!("/admin/standards/versions/{version}?clause={clause}")
        }
        (.., Some(course), Some(lesson)) => format!("/admin/courses/{course}/lessons/{lesson}"),
        (.., Some(course), None) => format!("/admin/courses/{course}"),
        _ => "/admin/standards".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_server_looks_for_is_asked() {
        assert!(is_enough("登高") && is_enough(" 登高  两人 ") && is_enough("6.2"));
        assert!(!is_enough("") && !is_enough("  ") && !is_enough("登") && !is_enough("登高 人"));
    }
}
