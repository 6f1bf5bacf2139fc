//! What surrounds a page below the first level: its name and the way back.

use leptos::prelude::document;

use super::{
    Navigation, Shape,
    html::{self, Html, h1, header, main, many},
    icon,
};

/// Names the page in WeChat's title bar and the browser's history.
pub fn name_page(title: &str) {
    document().set_title(title);
}

/// `parent` is where 返回 leads when the app began here.
pub fn page_frame(title: &str, parent: impl Fn() -> String + 'static, content: Html) -> Html {
    name_page(title);
    let navigation = Navigation::expect();
    let back = html::button("page-back")
        .attr("type", "button")
        .add(icon(Shape::Back))
        .text("返回")
        .press(move || navigation.back(&parent()));
    let head = header("page-head").add(back).add(h1("page-title").text(title));
    many([head, main("page").add(content)])
}
