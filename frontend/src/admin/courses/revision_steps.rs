//! Steps of a revision that need a word: sending it back, going back to it, writing on from it.

use leptos::prelude::*;
use shared::revisions::{
    OngoingLearners, RedraftRevision, RestoreRevision, ReturnRevision, RevisionId, RevisionState,
};

use super::frame::CourseDesk;
use crate::admin::kit::{AreaField, Doing, Question, RadioGroup};

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
        doing.run(desk.touch(request), move |()| on_close.run(()));
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
        doing.run(desk.touch(request), move |()| on_close.run(()));
    });
    view! {
        <Question
            title=format!("恢复到第 {number} 版？")
            text="会用那一版的内容做一个新版本，马上发布。那一版已经校核、评审过，不用再审。草稿不变；想让草稿也回到那一版，再点“用这一版作草稿”。"
            yes="恢复并发布"
            busy=doing.busy
            on_yes=back
            on_no=on_close
        >
            {doing.note()}
            <CallsOff desk what="恢复"/>
            <AreaField label="为什么恢复" value=reason error=doing.errors.signal("reason")/>
            <Learners chosen=learners/>
        </Question>
    }
}

#[component]
pub fn RedraftQuestion(
    desk: CourseDesk,
    id: RevisionId,
    number: u32,
    on_close: Callback<()>,
) -> impl IntoView {
    let doing = Doing::new();
    let bring_back = Callback::new(move |()| {
        doing.run(desk.change(RedraftRevision { revision: id }), move |()| on_close.run(()));
    });
    view! {
        <Question
            title=format!("用第 {number} 版作草稿？")
            text="课程信息、章节、课时、自测题和测验都换成那一版的。现在草稿里没有提交过的内容会没有，找不回来；学员看到的和已经提交的版本都不变。"
            yes="换成这一版"
            danger=true
            busy=doing.busy
            on_yes=bring_back
            on_no=on_close
        >
            {doing.note()}
        </Question>
    }
}

/// What becomes of a publication that is planned, where one is.
#[component]
pub fn CallsOff(
    desk: CourseDesk,
    /// What calls it off.
    what: &'static str,
) -> impl IntoView {
    let planned =
        desk.course.with_untracked(|course| course.review == Some(RevisionState::Scheduled));
    planned.then(|| {
        let words = format!(
            "还有一版定好了时间。{what}以后它不会自动发布，回到“待发布”，要用时再点“发布”。"
        );
        view! { <p class="c-note c-note--warn">{words}</p> }
    })
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
