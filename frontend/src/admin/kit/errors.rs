//! What the server found wrong with which field.

use leptos::{prelude::*, wasm_bindgen::JsCast, web_sys::HtmlElement};
use shared::problem::FieldProblem;

/// The field errors of one form.
#[derive(Clone, Copy)]
pub struct FieldErrors(RwSignal<Vec<FieldProblem>>);

impl FieldErrors {
    pub fn new() -> Self {
        Self(RwSignal::new(Vec::new()))
    }

    pub fn set(self, fields: Vec<FieldProblem>) {
        self.0.set(fields);
    }

    /// What this program itself found before asking the server.
    pub fn set_one(self, field: &str, message: &str) {
        self.0.set(vec![FieldProblem { field: field.into(), message: message.into() }]);
    }

    /// What is wrong at a path, or at something inside it.
    pub fn at(self, path: &str) -> Option<String> {
        self.find(|field| {
            field
                .strip_prefix(path)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(['[', '.']))
        })
    }

    /// What is wrong with the thing at a path itself, not with something inside it.
    pub fn exactly(self, path: &str) -> Option<String> {
        self.find(|field| field == path)
    }

    /// The error of a fixed path, for a field to show.
    pub fn signal(self, path: &'static str) -> Signal<Option<String>> {
        Signal::derive(move || self.at(path))
    }

    fn find(self, matches: impl Fn(&str) -> bool) -> Option<String> {
        self.0
            .with(|fields| fields.iter().find(|it| matches(&it.field)).map(|it| it.message.clone()))
    }
}

/// Brings the first field with an error into sight, once it is drawn.
pub fn show_first() {
    request_animation_frame(|| {
        let field = document().query_selector(".c-field--bad").ok().flatten();
        let control = document().query_selector(".c-field--bad .c-input").ok().flatten();
        if let Some(field) = field {
            field.scroll_into_view_with_bool(true);
        }
        if let Some(control) = control.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
            let _ = control.focus();
        }
    });
}
