//! One revision: where it stands, who signed it, and what may be done with it.

use leptos::prelude::*;
use shared::{
    revisions::{
        ApproveRevision, CheckRevision, CourseRevision, OngoingLearners, RevisionState,
        RevisionStep, Signature, UnscheduleRevision,
    },
    time,
};

use super::{
    frame::CourseDesk,
    publish::PublishQuestion,
    revision_steps::{RedraftQuestion, RestoreQuestion, ReturnQuestion},
};
use crate::{
    admin::kit::{Doing, DownloadLink},
    clock,
};

#[component]
pub fn RevisionCard(desk: CourseDesk, revision: CourseRevision) -> impl IntoView {
    let CourseRevision { number, lessons, minutes, .. } = revision;
    let state = revision.state;
    let notes = notes(&revision);
    let signed = signed(&revision);
    view! {
        <section class="c-card c-revision">
            <header class="c-card__head">
                <h3 class="c-card__title">
                    "第 "{number}" 版 "<span class=word(state)>{state.label()}</span>
                </h3>
                <Steps desk revision=revision.clone()/>
            </header>
            <p>{revision.title.clone()}<span class="c-quiet">{format!("，{lessons} 课时，共约 {minutes} 分钟")}</span></p>
            {notes.into_iter().map(|it| view! { <p>{it}</p> }).collect_view()}
            <ol class="c-signatures">
                {signed.into_iter().map(|(what, it)| view! { <Signed what it/> }).collect_view()}
            </ol>
            {revision.checksum.map(|it| view! {
                <p class="c-quiet c-checksum" title=it.clone()>"内容指纹 "{it.chars().take(16).collect::<String>()}</p>
            })}
        </section>
    }
}

const fn word(state: RevisionState) -> &'static str {
    match state {
        RevisionState::Live => "c-word c-word--good",
        RevisionState::Returned => "c-word c-word--bad",
        it if it.is_open() => "c-word c-word--waiting",
        _ => "c-word",
    }
}

/// What somebody said about it, and what became of it.
fn notes(revision: &CourseRevision) -> Vec<String> {
    let mut notes = Vec::new();
    if !revision.note.is_empty() {
        notes.push(format!("改了什么：{}", revision.note));
    }
    if let Some(from) = revision.restored_from {
        notes.push(format!("内容恢复自第 {from} 版：{}", revision.reason));
    } else if !revision.reason.is_empty() {
        notes.push(format!("退回原因：{}", revision.reason));
    }
    if let Some(at) = revision.publish_at {
        notes.push(format!("{} 自动发布", time::moment(at, clock::now())));
    }
    if revision.published.is_some() && revision.learners == OngoingLearners::Finish {
        notes.push("发布时已经在学的人，按原来的版本学完。".into());
    }
    if revision.staying > 0 {
        notes.push(format!("还有 {} 人按这一版在学。", revision.staying));
    }
    notes
}

fn signed(revision: &CourseRevision) -> Vec<(&'static str, Signature)> {
    let mut written = revision.written.clone();
    if !revision.writers.is_empty() {
        written.name = revision.writers.join("、");
    }
    let signed = [
        ("编写", Some(written)),
        ("校核", revision.checked.clone()),
        ("评审", revision.approved.clone()),
        ("退回", revision.returned.clone()),
        ("发布", revision.published.clone()),
    ];
    signed.into_iter().filter_map(|(what, it)| Some((what, it?))).collect()
}

#[component]
fn Signed(what: &'static str, it: Signature) -> impl IntoView {
    let name = if it.name.is_empty() { "系统".to_owned() } else { it.name };
    view! {
        <li>
            <strong>{what}</strong>" "{name}" "
            <span class="c-quiet">{time::moment(it.at, clock::now())}</span>
        </li>
    }
}

/// What is open over the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Over {
    Return,
    Publish,
    Restore,
    Redraft,
}

#[component]
fn Steps(desk: CourseDesk, revision: CourseRevision) -> impl IntoView {
    let (id, number) = (revision.id, revision.number);
    let course = desk.course.with_untracked(|course| course.id);
    let package = format!("/api/console/courses/{course}/package?revision={number}");
    let preview = format!("/admin/courses/{course}/preview?revision={number}");
    let over = RwSignal::new(None::<Over>);
    let close = Callback::new(move |()| over.set(None));
    let doing = Doing::new();
    let take = move |step: RevisionStep| match step {
        RevisionStep::Check => doing.call(CheckRevision { revision: id }, move |_| desk.renew()),
        RevisionStep::Approve => {
            doing.call(ApproveRevision { revision: id }, move |_| desk.renew());
        }
        RevisionStep::Unschedule => {
            doing.call(UnscheduleRevision { revision: id }, move |_| desk.renew());
        }
        RevisionStep::Return => over.set(Some(Over::Return)),
        RevisionStep::Publish => over.set(Some(Over::Publish)),
        RevisionStep::Restore => over.set(Some(Over::Restore)),
    };
    let button = move |step: RevisionStep| {
        let main =
            matches!(step, RevisionStep::Check | RevisionStep::Approve | RevisionStep::Publish);
        let class = if main {
            "c-button c-button--small c-button--primary"
        } else {
            "c-button c-button--small"
        };
        view! {
            <button type="button" class=class disabled=doing.busy on:click=move |_| take(step)>
                {step.label()}
            </button>
        }
    };
    view! {
        <div class="c-actions">
            <a class="c-button c-button--small" href=preview>"预览"</a>
            <DownloadLink href=package words="导出这一版" class="c-button c-button--small"/>
            <button type="button" class="c-button c-button--small" on:click=move |_| over.set(Some(Over::Redraft))>
                "用这一版作草稿"
            </button>
            {revision.may.into_iter().map(button).collect_view()}
        </div>
        {doing.note()}
        {move || over.get().map(|it| match it {
            Over::Return => view! { <ReturnQuestion desk id number on_close=close/> }.into_any(),
            Over::Publish => view! { <PublishQuestion desk on_close=close/> }.into_any(),
            Over::Restore => view! { <RestoreQuestion desk id number on_close=close/> }.into_any(),
            Over::Redraft => view! { <RedraftQuestion desk id number on_close=close/> }.into_any(),
        })}
    }
}
