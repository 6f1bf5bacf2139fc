//! Links with what may be done about each.

use leptos::prelude::*;
use shared::standards::console::{
    ClauseLink, EndClauseLink, LinkState, ReviewClauseLink, SubmitClauseLink,
};

use super::linking::ChangeDrawer;
use crate::admin::kit::{Doing, Load, Question, Table};

const COLUMNS: &[&str] = &["条款", "课程里的一处", "用途", "状态", "谁写的", "-操作"];

/// What is open over the page.
#[derive(Clone)]
enum Over {
    Change(ClauseLink),
    End(ClauseLink),
}

#[component]
pub fn LinkTable(
    links: Vec<ClauseLink>,
    load: Load<Vec<ClauseLink>>,
    /// Whether they are all of the course whose page this is.
    #[prop(optional)]
    of_one_course: bool,
) -> impl IntoView {
    let doing = Doing::new();
    let over = RwSignal::new(None::<Over>);
    let close = Callback::new(move |()| over.set(None));
    let done = Callback::new(move |()| {
        over.set(None);
        load.reload();
    });
    let rows =
        links.into_iter().map(move |link| view! { <Row link of_one_course doing over load/> });
    view! {
        {doing.note()}
        <Table columns=COLUMNS>{rows.collect_view()}</Table>
        {move || over.get().map(|it| match it {
            Over::Change(link) => view! { <ChangeDrawer link on_close=close on_done=done/> }.into_any(),
            Over::End(link) => {
                let id = link.id;
                let end = Callback::new(move |()| {
                    doing.call(EndClauseLink { link: id }, move |()| done.run(()));
                });
                view! {
                    <Question
                        title="解除这个链接？"
                        text=format!("{} 第 {} 条和“{}”不再关联。", link.standard_name, link.number, link.target_title)
                        yes="解除" danger=true busy=doing.busy on_yes=end on_no=close
                    />
                }
                .into_any()
            }
        })}
    }
}

#[component]
fn Row(
    link: ClauseLink,
    of_one_course: bool,
    doing: Doing,
    over: RwSignal<Option<Over>>,
    load: Load<Vec<ClauseLink>>,
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
    let note =
        (!link.note.is_empty()).then(|| view! { <br/><span class="c-quiet">{link.note}</span> });
    view! {
        <tr>
            <th scope="row"><a href=version>{link.standard_name}" "{link.number}</a><br/><span class="c-quiet">{link.clause_title}</span></th>
            <td>{place}</td>
            <td>{uses}{note}</td>
            <td><span class=tone>{state}</span></td>
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
    load: Load<Vec<ClauseLink>>,
) -> impl IntoView {
    let id = link.id;
    let reload = move |_: ClauseLink| load.reload();
    let review = move |approve| doing.call(ReviewClauseLink { link: id, approve }, reload);
    let changeable = link.editable && link.state != LinkState::Ended;
    let change = if link.state == LinkState::Stale { "复审" } else { "修改" };
    let submit = link.editable && link.state == LinkState::Draft;
    let (for_change, for_end) = (link.clone(), link.clone());
    view! {
        <div class="c-actions">
            {submit.then(|| view! {
                <button type="button" class="c-button c-button--small c-button--primary" disabled=doing.busy on:click=move |_| doing.call(SubmitClauseLink { link: id }, reload)>"提交复核"</button>
            })}
            {link.reviewable.then(|| view! {
                <button type="button" class="c-button c-button--small c-button--primary" disabled=doing.busy on:click=move |_| review(true)>"复核通过"</button>
                <button type="button" class="c-button c-button--small" disabled=doing.busy on:click=move |_| review(false)>"退回"</button>
            })}
            {changeable.then(|| view! {
                <button type="button" class="c-button c-button--small" on:click=move |_| over.set(Some(Over::Change(for_change.clone())))>{change}</button>
                <button type="button" class="c-button c-button--small" on:click=move |_| over.set(Some(Over::End(for_end.clone())))>"解除"</button>
            })}
        </div>
    }
}
