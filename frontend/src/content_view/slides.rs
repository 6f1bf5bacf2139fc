//! 课件: pages one below the other, as pictures, for no phone's browser shows a PDF in a page.

use leptos::prelude::*;
use shared::content::{SlideLesson, page_url};

use super::{Study, article::follow_reader, video::hint_of_size};
use crate::ui::html::{Html, div, img, many, p};

pub fn slides(lesson: &SlideLesson, resume_at: u32, on_study: Option<Callback<Study>>) -> Html {
    let Some(media) = lesson.media else { return p("empty-text").text("课件还没有上传") };
    let page = |page: u32| {
        img("")
            .attr("width", lesson.width.to_string())
            .attr("height", lesson.height.to_string())
            .attr("loading", "lazy")
            .attr("alt", format!("第 {page} 页，共 {} 页", lesson.pages))
            .attr("src", page_url(media, page))
    };
    let pages = div("slides").all((1..=lesson.pages).map(page));
    if let Some(on_study) = on_study {
        follow_reader(pages.cast(), resume_at, on_study);
    }
    many([hint_of_size(&format!("共 {} 页", lesson.pages), lesson.bytes), pages])
}
