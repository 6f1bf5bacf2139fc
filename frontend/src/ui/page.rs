//! What surrounds a page below the first level: its name and the way back.

use leptos::prelude::*;

use super::{
    Navigation, Shape,
    html::{self, Html, h1, header, main, many},
    icon,
};

/// Names the page in WeChat's title bar and the browser's history.
pub fn name_page(title: &str) {
    document().set_title(title);
}

/// Where 返回 leads when the app began on a page: known when the page is loaded.
#[derive(Clone, Copy)]
pub struct Parent(StoredValue<String>);

impl Parent {
    pub fn new(address: impl Into<String>) -> Self {
        Self(StoredValue::new(address.into()))
    }

    pub fn set(self, address: impl Into<String>) {
        self.0.set_value(address.into());
    }
}

pub fn page_frame(title: &str, parent: Parent, content: Html) -> Html {
    name_page(title);
    let navigation = Navigation::expect();
    let back = html::button("page-back")
        .attr("type", "button")
        .with(icon(Shape::Back))
        .text("返回")
        .press(move || navigation.back(&parent.0.get_value()));
    let head = header("page-head").with(back).with(h1("page-title").text(title));
    many([head, main("page").with(content)])
}
