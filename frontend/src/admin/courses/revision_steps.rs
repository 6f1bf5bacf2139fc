//! Steps of a revision that need a word: submitting it, sending it back, going back to it.

use leptos::prelude::*;
use shared::revisions::{
    OngoingLearners, RestoreRevision, ReturnRevision, RevisionId, SubmitRevision,
};

use super::frame::CourseDesk;
use crate::admin::kit::{AreaField, Doing, Question, RadioGroup};

/// What was changed, before others read it.
#[component]
pub fn SubmitQuestion(desk: CourseDesk, on_close: Callback<()>) -> impl IntoView {
    let course = desk.course.with_untracked(|course| course.id);
    let note = RwSignal::new(String::new());
    let doing = Doing::new();
    let submit = Callback::new(move |()| {
        let request = SubmitRevision { course, note: note.get_untracked() };
        doing.call(request, move |_| {
            desk.renew();
            on_close.run(());
        });
    });
    view! {
        <Question
            title="提交校核？"
            text="现在的内容会定下来成为新的一版，请另一位同事校核、评审，通过后就能发布。提交以后接着改草稿，不影响已经提交的这一版。"
            yes="提交校核"
            busy=doing.busy
            on_yes=submit
            on_no=on_close
        >
            {doing.note()}
            <AreaField label="改了什么" value=note optional=true error=doing.errors.signal("note")/>
        </Question>
    }
}

#[component]
pub fn ReturnQuestion(
    desk: CourseDesk,
    id: RevisionId,
    number: u32,
    on_close: Callback<()>,
) -> impl IntoView {
    let reason = RwSignal::new(String::new());
    let doing = Doing::new();
    let back = Callback::new(move |()| {
        let request = ReturnRevision { revision: id, reason: reason.get_untracked() };
        doing.call(request, move |_| {
            desk.renew();
            on_close.run(());
        });
    });
    view! {
        <Question
            title=format!("退回第 {number} 版？")
            text="写清楚哪里要改，编写的同事改好草稿后再提交新的一版。"
            yes="退回"
            busy=doing.busy
            on_yes=back
            on_no=on_close
        >
            {doing.note()}
            <AreaField label="为什么退回" value=reason error=doing.errors.signal("reason")/>
        </Question>
    }
}

#[component]
pub fn RestoreQuestion(
    desk: CourseDesk,
    id: RevisionId,
    number: u32,
    on_close: Callback<()>,
) -> impl IntoView {
    let reason = RwSignal::new(String::new());
    let learners = RwSignal::new(OngoingLearners::MoveOn);
    let doing = Doing::new();
    let back = Callback::new(move |()| {
        let (reason, learners) = (reason.get_untracked(), Some(learners.get_untracked()));
        let request = RestoreRevision { revision: id, reason, learners };
        doing.call(request, move |_| {
            desk.renew();
            on_close.run(());
        });
    });
    view! {
        <Question
            title=format!("恢复到第 {number} 版？")
            text="会用那一版的内容做一个新版本，马上发布。那一版已经校核、评审过，不用再审。草稿不变。"
            yes="恢复并发布"
            busy=doing.busy
            on_yes=back
            on_no=on_close
        >
            {doing.note()}
            <AreaField label="为什么恢复" value=reason error=doing.errors.signal("reason")/>
            <Learners chosen=learners/>
        </Question>
    }
}

/// What those do who have begun.
#[component]
pub fn Learners(chosen: RwSignal<OngoingLearners>) -> impl IntoView {
    let choices = OngoingLearners::ALL.iter().map(|it| (*it, it.label())).collect();
    view! {
        <RadioGroup
            label="正在学的人"
            chosen
            choices
            hint="学完的课时在两种情况下都算数；测验成绩不变。"
        />
    }
}
