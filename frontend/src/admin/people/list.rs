//! The people on the roster, a page at a time.

use leptos::prelude::*;
use shared::{
    accounts::PersonId,
    roster::{ListRoster, RosterCard, RosterPage},
};

use super::person::PersonDrawer;
use crate::admin::{
    address::{Query, query},
    kit::{
        FilterSelect, Load, Pager, Places, SearchField, Shown, Table, name_page,
        organization_choices, places_of, post_choices,
    },
};

/// The filters as the address says them.
#[derive(Clone, Copy)]
struct Filters {
    words: Query,
    organization: Query,
    post: Query,
    state: Query,
}

impl Filters {
    fn of_address() -> Self {
        Self {
            words: query("q"),
            organization: query("organization"),
            post: query("post"),
            state: query("state"),
        }
    }

    fn request(self) -> ListRoster {
        let id = |it: Query| it.0.get();
        ListRoster {
            words: self.words.0.get(),
            organization: id(self.organization).and_then(|it| it.parse().ok()),
            post: id(self.post).and_then(|it| it.parse().ok()),
            active: self.state.0.get().map(|it| it == "on"),
            cursor: None,
        }
    }
}

#[component]
pub fn PeoplePage() -> impl IntoView {
    name_page("人员");
    let filters = Filters::of_address();
    let asked = Memo::new(move |_| filters.request());
    let places = places_of(asked);
    let load = Load::of(move || ListRoster {
        cursor: places.with(|it| it.last().cloned()),
        ..asked.get()
    });
    let open = RwSignal::new(None::<PersonId>);
    let close = Callback::new(move |()| open.set(None));
    let saved = Callback::new(move |()| load.reload());
    view! {
        <header class="c-head">
            <h1 class="c-head__title">"人员"</h1>
            <a class="c-button c-button--primary" href="/admin/people/import">"导入花名册"</a>
        </header>
        <FilterBar filters/>
        <Shown load children=move |page: RosterPage| {
            if page.total == 0 {
                return view! { <Nobody filtered=asked.get_untracked() != ListRoster::default()/> }.into_any();
            }
            view! { <People page places open/> }.into_any()
        }/>
        {move || open.get().map(|person| view! { <PersonDrawer person on_close=close on_saved=saved/> })}
    }
}

#[component]
fn FilterBar(filters: Filters) -> impl IntoView {
    let states = vec![("on".to_owned(), "在岗".to_owned()), ("off".to_owned(), "离岗".to_owned())];
    view! {
        <div class="c-filters" role="search">
            <SearchField words=filters.words placeholder="姓名、工号或完整手机号，按 / 键跳到这里"/>
            <FilterSelect label="单位" all="全部单位" query=filters.organization choices=organization_choices()/>
            <FilterSelect label="岗位" all="全部岗位" query=filters.post choices=post_choices()/>
            <FilterSelect label="状态" all="在岗和离岗" query=filters.state choices=states/>
        </div>
    }
}

#[component]
fn Nobody(filtered: bool) -> impl IntoView {
    let (title, text) = if filtered {
        ("没有符合条件的人", "换个词搜索，或者放宽单位、岗位和状态。")
    } else {
        (
            "花名册还是空的",
            "点右上角“导入花名册”：下载模板，填好姓名、工号和单位，上传后先检查再写入。",
        )
    };
    view! {
        <div class="c-empty">
            <h2 class="c-empty__title">{title}</h2>
            <p>{text}</p>
        </div>
    }
}

const COLUMNS: &[&str] = &["姓名", "工号", "单位", "班组", "岗位", "手机", "状态", "操作"];

#[component]
fn People(page: RosterPage, places: Places, open: RwSignal<Option<PersonId>>) -> impl IntoView {
    let RosterPage { items, total, next } = page;
    let rows = items.into_iter().map(|card| view! { <Row card open/> }).collect_view();
    view! {
        <p class="c-count" role="status">{format!("{total} 人")}</p>
        <Table columns=COLUMNS>{rows}</Table>
        <Pager places next/>
    }
}

#[component]
fn Row(card: RosterCard, open: RwSignal<Option<PersonId>>) -> impl IntoView {
    let none = || "—".to_owned();
    let RosterCard { id, name, staff_number, organization, team, post, active, phone, .. } = card;
    view! {
        <tr>
            <th scope="row" class="c-table__title">{name}</th>
            <td class="c-digits">{staff_number}</td>
            <td>{organization.name}</td>
            <td>{team.map_or_else(none, |it| it.name)}</td>
            <td>{post.map_or_else(none, |it| it.name)}</td>
            <td class="c-nowrap c-digits">{phone.unwrap_or_else(none)}</td>
            <td><StateWord active/></td>
            <td class="c-nowrap">
                <button type="button" class="c-tool" on:click=move |_| open.set(Some(id))>"查看"</button>
            </td>
        </tr>
    }
}

#[component]
fn StateWord(active: bool) -> impl IntoView {
    let (class, word) =
        if active { ("c-word c-word--good", "在岗") } else { ("c-word", "离岗") };
    view! { <span class=class>{word}</span> }
}
