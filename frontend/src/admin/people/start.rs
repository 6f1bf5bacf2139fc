//! The first two steps: the template, and the upload.

use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use shared::{
    roster::{ListRosterImports, RosterImport},
    time,
};

use crate::{
    admin::kit::{DownloadLink, FileButton, Load, Shown, UploadKind, name_page, reading},
    clock,
};

#[component]
pub fn StartPage() -> impl IntoView {
    name_page("导入花名册");
    let load = Load::of(|| ListRosterImports {});
    let navigate = use_navigate();
    let uploaded = Callback::new(move |import: RosterImport| {
        navigate(
            &format!("/admin/people/import/{}", import.id),
            leptos_router::NavigateOptions::default(),
        );
    });
    view! {
        <nav class="c-trail" aria-label="位置"><a href="/admin/people">"人员"</a></nav>
        <header class="c-head"><h1 class="c-head__title">"导入花名册"</h1></header>
        <section class="c-card">
            <h2 class="c-subtitle">"第 1 步 下载模板"</h2>
            <p>"每人一行。工号、姓名、单位必填；工号是认人的依据，换了单位也不要变。手机和身份证按文本填。"</p>
            <DownloadLink href="/api/console/roster/template.xlsx".to_owned() words="下载模板" guarded=false/>
        </section>
        <section class="c-card">
            <h2 class="c-subtitle">"第 2 步 上传填好的表"</h2>
            <p>"支持 .xlsx 和 .csv，一次最多 50,000 人。上传后只是检查，您确认以前花名册不会变。"</p>
            <FileButton kind=UploadKind::Roster label="上传花名册" on_done=reading(uploaded)/>
        </section>
        <Shown load children=move |imports| {
            if imports.is_empty() {
                return ().into_any();
            }
            let rows = imports.into_iter().map(|it| view! { <Row import=it/> }).collect_view();
            view! {
                <section class="c-card">
                    <h2 class="c-subtitle">"最近的导入"</h2>
                    <ul class="c-list">{rows}</ul>
                </section>
            }
            .into_any()
        }/>
    }
}

#[component]
fn Row(import: RosterImport) -> impl IntoView {
    let at = time::moment(import.created_at, clock::now());
    view! {
        <li>
            <a href=format!("/admin/people/import/{}", import.id)>{import.file_name}</a>
            {format!("，{} 行，{at}，{}", import.rows, import.state.label())}
        </li>
    }
}
