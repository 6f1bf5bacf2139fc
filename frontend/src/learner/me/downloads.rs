//! 下载的课程: what of it this phone holds, `study.js` knows, and fills the page.

use super::Page;
use crate::ui::{
    Parent,
    html::{Html, div},
    page_frame,
};

pub fn downloads_page() -> Html {
    page_frame("下载的课程", Parent::new(Page::Me), div("downloads"))
}
