//! The elements of a page.
//!
//! Leptos' typed views give each element a type of its own, and with it code to build, rebuild,
//! mount and remove it: about 250 bytes an element, which made this app 1.7 times as large as a
//! first visit may be. Here an element is one call, and whatever changes is a [`live`] region that
//! is drawn anew. Signals, effects, owners and contexts are Leptos' own.

use leptos::prelude::*;
use wasm_bindgen::{JsCast, prelude::Closure};
use web_sys::{Element, Event, EventTarget, HtmlElement, HtmlInputElement, Node};

/// An element with what is in it, a text, or several of them.
#[derive(Clone)]
#[must_use]
pub struct Html(Node);

macro_rules! tags {
    ($( $tag:ident )+) => {
        $(
            #[doc = concat!("`<", stringify!($tag), " class=…>`")]
            pub fn $tag(class: &str) -> Html {
                element(stringify!($tag), class)
            }
        )+
    };
}

tags! {
    a article aside button details div fieldset figcaption figure footer form h1 h2 h3 header img
    input label legend li main nav ol p section small span strong summary table td th tr track ul
    video
}

fn element(tag: &str, class: &str) -> Html {
    let element = document().create_element(tag).expect("the name of an element");
    let html = Html(element.into());
    if class.is_empty() { html } else { html.attr("class", class) }
}

/// A drawing: `<svg>` with one path.
pub fn drawing(class: &str, view_box: &str, lines: &str) -> Html {
    let shape = |tag: &str| {
        let element = document().create_element_ns(Some("http://www.w3.org/2000/svg"), tag);
        Html(element.expect("the name of an element").into())
    };
    let path = shape("path").attr("d", lines);
    shape("svg").attr("class", class).attr("viewBox", view_box).with(path)
}

pub fn none() -> Html {
    Html(document().create_document_fragment().into())
}

pub fn many(parts: impl IntoIterator<Item = Html>) -> Html {
    none().all(parts)
}

/// A region that is drawn anew whenever a signal changes that `content` reads.
pub fn live(content: impl Fn() -> Html + 'static) -> Html {
    live_region(Box::new(content))
}

#[inline(never)]
fn live_region(content: Box<dyn Fn() -> Html>) -> Html {
    let (start, end) = (document().create_comment(""), document().create_comment(""));
    let place = none().with(Html(start.clone().into())).with(Html(end.clone().into()));
    follow(move || {
        let fresh = content();
        let Some(parent) = end.parent_node() else { return };
        while let Some(old) = start.next_sibling().filter(|it| !it.is_same_node(Some(&end))) {
            let _ = parent.remove_child(&old);
        }
        let _ = parent.insert_before(&fresh.0, Some(&end));
    });
    place
}

/// Acts now, and again whenever a signal changes that was read, until the owner is gone.
pub fn follow(act: impl Fn() + 'static) {
    follow_boxed(Box::new(act));
}

#[inline(never)]
fn follow_boxed(act: Box<dyn Fn()>) {
    StoredValue::new_local(RenderEffect::new(move |_: Option<()>| act()));
}

impl Html {
    /// Puts it inside, after what is there.
    pub fn with(self, Html(child): Html) -> Self {
        // A node of ours can stand in any element of ours.
        let _ = self.0.append_child(&child);
        self
    }

    pub fn maybe(self, child: Option<Html>) -> Self {
        match child {
            Some(child) => self.with(child),
            None => self,
        }
    }

    pub fn all(self, children: impl IntoIterator<Item = Html>) -> Self {
        children.into_iter().fold(self, Self::with)
    }

    pub fn text(self, text: impl AsRef<str>) -> Self {
        self.with(Self(document().create_text_node(text.as_ref()).into()))
    }

    /// What [`live`] makes, inside this element.
    pub fn live(self, content: impl Fn() -> Html + 'static) -> Self {
        self.with(live(content))
    }

    pub fn live_text(self, text: impl Fn() -> String + 'static) -> Self {
        self.live_text_boxed(Box::new(text))
    }

    fn live_text_boxed(self, text: Box<dyn Fn() -> String>) -> Self {
        let node = document().create_text_node("");
        let shown = node.clone();
        follow(move || shown.set_data(&text()));
        self.with(Self(node.into()))
    }

    pub fn attr(self, name: &str, value: impl AsRef<str>) -> Self {
        set_attribute(&self.0, name, Some(value.as_ref()));
        self
    }

    /// An attribute that is absent while there is no value.
    pub fn live_attr(
        self,
        name: &'static str,
        value: impl Fn() -> Option<String> + 'static,
    ) -> Self {
        self.live_attr_boxed(name, Box::new(value))
    }

    fn live_attr_boxed(self, name: &'static str, value: Box<dyn Fn() -> Option<String>>) -> Self {
        let node = self.0.clone();
        follow(move || set_attribute(&node, name, value().as_deref()));
        self
    }

    /// An attribute that is `true` or `false`.
    pub fn live_state(self, name: &'static str, on: impl Fn() -> bool + 'static) -> Self {
        self.live_attr(name, move || Some(if on() { "true" } else { "false" }.into()))
    }

    pub fn disabled(self, on: impl Fn() -> bool + 'static) -> Self {
        self.live_attr("disabled", move || on().then(String::new))
    }

    pub fn style(self, name: &str, value: &str) -> Self {
        let _ = self.0.unchecked_ref::<HtmlElement>().style().set_property(name, value);
        self
    }

    pub fn on(self, event: &'static str, act: impl Fn(Event) + 'static) -> Self {
        self.on_boxed(event, Box::new(act))
    }

    fn on_boxed(self, event: &'static str, act: Box<dyn Fn(Event)>) -> Self {
        listen_boxed(self.0.clone().into(), event, act);
        self
    }

    pub fn press(self, act: impl Fn() + 'static) -> Self {
        self.on("click", move |_| act())
    }

    /// The element as what it is.
    pub fn cast<T: JsCast>(&self) -> T {
        self.0.clone().unchecked_into()
    }

    pub fn node(&self) -> &Node {
        &self.0
    }
}

fn set_attribute(node: &Node, name: &str, value: Option<&str>) {
    let element = node.unchecked_ref::<Element>();
    // Refused are only names that no attribute can have.
    let _ = match value {
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    };
}

/// Hears an event until the owner is gone.
pub fn listen(target: EventTarget, event: &'static str, act: impl Fn(Event) + 'static) {
    listen_boxed(target, event, Box::new(act));
}

#[inline(never)]
fn listen_boxed(target: EventTarget, event: &'static str, act: Box<dyn Fn(Event)>) {
    let act = Closure::wrap(act);
    let _ = target.add_event_listener_with_callback(event, act.as_ref().unchecked_ref());
    StoredValue::new_local(Listening { target, event, act });
}

struct Listening {
    target: EventTarget,
    event: &'static str,
    act: Closure<dyn Fn(Event)>,
}

impl Drop for Listening {
    fn drop(&mut self) {
        let act = self.act.as_ref().unchecked_ref();
        let _ = self.target.remove_event_listener_with_callback(self.event, act);
    }
}

/// The field an event comes from.
pub fn field_of(event: &Event) -> HtmlInputElement {
    event.target().expect("an event of a field has a target").unchecked_into()
}
