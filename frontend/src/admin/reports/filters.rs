//! Whom the report covers, and its file.

use leptos::prelude::*;
use shared::{
    api::encode,
    organizations::{OrganizationId, PostId},
    reports::ShowCourseReport,
};

use crate::admin::{
    address::query,
    kit::{DownloadLink, FilterSelect, organization_choices, post_choices},
};

type Query = (Memo<Option<String>>, SignalSetter<Option<String>>);

/// The filters as the address says them.
#[derive(Clone, Copy)]
pub struct Filters {
    organization: Query,
    post: Query,
}

impl Filters {
    pub fn of_address() -> Self {
        Self { organization: query("organization"), post: query("post") }
    }

    pub fn organization(self) -> Option<OrganizationId> {
        self.organization.0.get()?.parse().ok()
    }

    pub fn post(self) -> Option<PostId> {
        self.post.0.get()?.parse().ok()
    }

    pub fn active(self) -> bool {
        self.organization.0.get().is_some() || self.post.0.get().is_some()
    }
}

#[component]
pub fn FilterBar(filters: Filters, request: Signal<ShowCourseReport>) -> impl IntoView {
    let href = Signal::derive(move || {
        let target = request.with(|request| encode(request).target);
        target.replacen("/report", "/report.xlsx", 1)
    });
    view! {
        <div class="c-filters">
            <FilterSelect label="单位" all="全部单位" query=filters.organization choices=organization_choices()/>
            <FilterSelect label="岗位" all="全部岗位" query=filters.post choices=post_choices()/>
            <DownloadLink href words="下载 Excel"/>
        </div>
    }
}
