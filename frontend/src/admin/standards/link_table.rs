//! Links with what may be done about each.

use leptos::{prelude::*, web_sys};
use shared::{
    api::Endpoint,
    courses::LessonId,
    standards::console::{
        ClauseLink, ClauseLinks, EndClauseLink, LinkState, ListClauseLinks, ReviewClauseLink,
        StaleReason, SubmitClauseLink,
    },
};

use super::linking::ChangeDrawer;
use crate::{
    admin::kit::{AreaField, Doing, Load, Pager, Panel, Places, Question, Shown, Table, places_of},
    client::Trouble,
};

const COLUMNS: &[&str] = &["条款", "课程里的一处", "用途", "状态", "谁写的", "-操作"];

/// What is open over the page.
#[derive(Clone)]
enum Over {
    Change(ClauseLink),
    Return(ClauseLink),
    End(ClauseLink),
}

/// The links that are asked for, a page at a time.
#[derive(Clone, Copy)]
pub struct Links {
    load: Load<ClauseLinks>,
    places: Places,
}

impl Links {
    pub fn of(asked: impl Fn() -> ListClauseLinks + Send + Sync + 'static) -> Self {
        let asked = Memo::new(move |_| asked());
        let places = places_of(asked);
        let load = Load::of(move || ListClauseLinks {
            cursor: places.with(|it| it.last().cloned()),
            ..asked.get()
        });
        Self { load, places }
    }

    /// Those of a lesson, with its step cards or the parts of its video.
    pub fn of_lesson(lesson: LessonId) -> Self {
        Self::of(move || ListClauseLinks { lesson: Some(lesson), ..ListClauseLinks::default() })
    }

    /// Those that were loaded, tracked; nothing before.
    pub fn items(self) -> Option<Vec<ClauseLink>> {
        self.load.value.with(|it| it.as_ref().map(|it| it.items.clone()))
    }

    /// Whether those that were loaded are all there are, tracked.
    pub fn are_all(self) -> bool {
        self.places.with(Vec::is_empty)
            && self.load.value.with(|it| it.as_ref().is_some_and(|it| it.next.is_none()))
    }

    pub fn reload(self) {
        self.load.reload();
    }

    /// As [`Load::after`].
    pub fn after<E: Endpoint>(
        self,
        request: E,
    ) -> impl Future<Output = Result<(), Trouble>> + use<E> {
        self.load.after(request)
    }
}

#[component]
pub fn LinkList(
    links: Links,
    /// Whether they are all of the course whose page this is.
    #[prop(optional)]
    of_one_course: bool,
    /// What stands there where there is none.
    children: ChildrenFn,
) -> impl IntoView {
    let Links { load, places } = links;
    let none = StoredValue::new(children);
    view! {
        <Shown load children=move |page| {
            if page.items.is_empty() && places.with_untracked(Vec::is_empty) {
                return none.with_value(|it| it());
            }
            let ClauseLinks { items, total, next } = page;
            view! {
                <p class="c-count" role="status">{format!("{total} 处链接")}</p>
                <LinkTable links=items load of_one_course/>
                <Pager places next/>
            }
            .into_any()
        }/>
    }
}

#[component]
fn LinkTable(
    links: Vec<ClauseLink>,
    load: Load<ClauseLinks>,
    of_one_course: bool,
) -> impl IntoView {
    let doing = Doing::new();
    let over = RwSignal::new(None::<Over>);
    let close = Callback::new(move |()| over.set(None));
    let rows =
        links.into_iter().map(move |link| view! { <Row link of_one_course doing over load/> });
    view! {
        {doing.note()}
        <Table columns=COLUMNS>{rows.collect_view()}</Table>
        {move || over.get().map(|it| match it {
            Over::Change(link) => view! { <ChangeDrawer link load on_close=close/> }.into_any(),
            Over::Return(link) => view! { <ReturnPanel link load on_close=close/> }.into_any(),
            Over::End(link) => view! { <EndQuestion link load on_close=close/> }.into_any(),
        })}
    }
}

#[component]
fn EndQuestion(link: ClauseLink, load: Load<ClauseLinks>, on_close: Callback<()>) -> impl IntoView {
    let (doing, id) = (Doing::new(), link.id);
    let end = Callback::new(move |()| {
        doing.run(load.after(EndClauseLink { link: id }), move |()| on_close.run(()));
    });
    view! {
        <Question
            title="解除这个链接？"
            text=format!("{} 第 {} 条和“{}”不再关联。", link.standard_name, link.number, link.target_title)
            yes="解除" danger=true busy=doing.busy on_yes=end on_no=on_close
        >{doing.note()}</Question>
    }
}

/// Why a link goes back to its author.
#[component]
fn ReturnPanel(link: ClauseLink, load: Load<ClauseLinks>, on_close: Callback<()>) -> impl IntoView {
    let (reason, doing, id) = (RwSignal::new(String::new()), Doing::new(), link.id);
    let give_back = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let reason = reason.get_untracked();
        let request = ReviewClauseLink { link: id, approve: false, reason };
        doing.run(load.after(request), move |()| on_close.run(()));
    };
    view! {
        <Panel title="退回这个链接" text="写的人会收到站内信，改好以后再提交。" on_close>
            <form class="c-form" on:submit=give_back novalidate=true>
                {doing.note()}
                <AreaField label="为什么退回" value=reason error=doing.errors.signal("reason")/>
                <div class="c-actions">
                    <button type="button" class="c-button" on:click=move |_| on_close.run(())>"先不了"</button>
                    <button type="submit" class="c-button c-button--primary" disabled=doing.busy>"退回"</button>
                </div>
            </form>
        </Panel>
    }
}

#[component]
fn Row(
    link: ClauseLink,
    of_one_course: bool,
    doing: Doing,
    over: RwSignal<Option<Over>>,
    load: Load<ClauseLinks>,
) -> impl IntoView {
    let dated = if link.dated { "注日期" } else { "不注日期" };
    let uses = format!("{} · {} · {dated}", link.kind.label(), link.coverage.label());
    let state = match link.reason {
        Some(reason) => format!("{}：{}", link.state.label(), reason.label()),
        None => link.state.label().to_owned(),
    };
    let tone = match link.state {
        LinkState::Valid => "c-word c-word--good",
        LinkState::Stale => "c-word c-word--bad",
        LinkState::Ended => "c-word",
        LinkState::Draft | LinkState::InReview => "c-word c-word--waiting",
    };
    let version = format!("/admin/standards/versions/{}", link.version);
    let place = if of_one_course {
        link.target_title.clone().into_any()
    } else {
        let (course, target) = (link.course_title.clone(), link.target_title.clone());
        view! { {course}<br/><span class="c-quiet">{target}</span> }.into_any()
    };
    let actions = view! { <Actions link=link.clone() doing over load/> };
    let returned = (!link.returned.is_empty())
        .then(|| view! { <br/><span class="c-quiet">{format!("退回：{}", link.returned)}</span> });
    let note =
        (!link.note.is_empty()).then(|| view! { <br/><span class="c-quiet">{link.note}</span> });
    view! {
        <tr>
            <th scope="row"><a href=version>{link.standard_name}" "{link.number}</a><br/><span class="c-quiet">{link.clause_title}</span></th>
            <td>{place}</td>
            <td>{uses}{note}</td>
            <td><span class=tone>{state}</span>{returned}</td>
            <td>{link.author}{link.reviewer.map(|name| format!("，{name} 复核"))}</td>
            <td>{actions}</td>
        </tr>
    }
}

/// The next step that the caller may take, and the ways out.
#[component]
fn Actions(
    link: ClauseLink,
    doing: Doing,
    over: RwSignal<Option<Over>>,
    load: Load<ClauseLinks>,
) -> impl IntoView {
    let id = link.id;
    let reload = move |_: ClauseLink| load.reload();
    let approve = move |_| {
        let request = ReviewClauseLink { link: id, approve: true, reason: String::new() };
        doing.call(request, reload);
    };
    let endable = link.editable && link.state != LinkState::Ended;
    // Where its place is gone there is nothing to compare the clause with.
    let changeable = endable && link.reason != Some(StaleReason::PlaceGone);
    let change = if link.state == LinkState::Stale { "复审" } else { "修改" };
    let submit = link.editable && link.state == LinkState::Draft;
    let (for_change, for_return, for_end) = (link.clone(), link.clone(), link.clone());
    view! {
        <div class="c-actions">
            {submit.then(|| view! {
                <button type="button" class="c-button c-button--small c-button--primary" disabled=doing.busy on:click=move |_| doing.call(SubmitClauseLink { link: id }, reload)>"提交复核"</button>
            })}
            {link.reviewable.then(|| view! {
                <button type="button" class="c-button c-button--small c-button--primary" disabled=doing.busy on:click=approve>"复核通过"</button>
                <button type="button" class="c-button c-button--small" on:click=move |_| over.set(Some(Over::Return(for_return.clone())))>"退回"</button>
            })}
            {changeable.then(|| view! {
                <button type="button" class="c-button c-button--small" on:click=move |_| over.set(Some(Over::Change(for_change.clone())))>{change}</button>
            })}
            {endable.then(|| view! {
                <button type="button" class="c-button c-button--small" on:click=move |_| over.set(Some(Over::End(for_end.clone())))>"解除"</button>
            })}
        </div>
    }
}
