//! What pages read from the address and write into it.

use std::str::FromStr;

use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{query_signal_with_options, use_params_map},
};
use serde::{Serialize, de::DeserializeOwned};

use super::shell::NotFound;

/// A choice as it travels: `management_norms`.
pub fn name_of(choice: &impl Serialize) -> String {
    let value = serde_json::to_value(choice).unwrap_or_default();
    value.as_str().unwrap_or_default().to_owned()
}

/// The choice of that name, if there is one.
pub fn choice_of<T: DeserializeOwned>(name: &str) -> Option<T> {
    serde_json::from_value(name.into()).ok()
}

/// A part of the address: what it says now, and how to change it.
pub type Query = (Memo<Option<String>>, SignalSetter<Option<String>>);

/// One part of the address's query: what it says, and how to change it. Going back leaves the
/// list, not its last filter.
pub fn query(key: &'static str) -> Query {
    let options = NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() };
    query_signal_with_options(key, options)
}

/// Shows `children` for the id in the address, anew for each other id.
#[component]
pub fn WithId<T>(
    /// The name of the path's part.
    name: &'static str,
    children: Callback<T, AnyView>,
) -> impl IntoView
where
    T: FromStr + Copy + PartialEq + Send + Sync + 'static,
{
    let params = use_params_map();
    let id = Memo::new(move |_| {
        params.with(|params| params.get_str(name).and_then(|text| text.parse::<T>().ok()))
    });
    move || match id.get() {
        Some(id) => children.run(id),
        None => view! { <NotFound/> }.into_any(),
    }
}
