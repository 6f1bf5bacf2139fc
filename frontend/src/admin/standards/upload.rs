//! Uploading the file of a new version.

use leptos::prelude::*;
use shared::standards::{StandardId, console::StandardVersion};

use crate::admin::kit::{FileButton, UploadKind, reading};

#[component]
pub fn UploadVersion(standard: StandardId, on_done: Callback<StandardVersion>) -> impl IntoView {
    view! {
        <FileButton kind=UploadKind::Standard(standard) label="上传新版本的文件" on_done=reading(on_done)/>
        <p class="c-quiet">"Word（.docx）、能选中文字的 PDF、Markdown 或纯文本，20 MB 以内。拆出来的条款要您确认以后才生效。"</p>
    }
}
