//! What can be done with a course as a whole.

use leptos::{prelude::*, task::spawn_local};
use shared::{authoring::CourseDraft, courses::CourseStatus, revisions::RevisionState};

use super::frame::CourseDesk;
use crate::admin::kit::{DownloadLink, Held};

/// What is open over the page.
#[derive(Debug, Clone, PartialEq)]
pub enum Over {
    /// What is written on the page did not arrive, without which the rest makes no sense.
    Held(Held),
    Submit,
    Publish,
    Retire,
    Remove,
    Assign,
    Copy,
}

impl Over {
    /// Whether what is written now goes into it.
    fn takes_the_draft(&self, course: &CourseDraft) -> bool {
        match self {
            Self::Submit => true,
            Self::Copy => course.editable && course.live.is_none(),
            _ => false,
        }
    }
}

/// What is waited for until the dialog opens, in words.
type Opening = RwSignal<Option<&'static str>>;

/// Opens what was asked for, once the server has what goes into it.
fn begin(desk: CourseDesk, over: RwSignal<Option<Over>>, opening: Opening, what: Over) {
    if opening.get_untracked().is_some() {
        return;
    }
    let takes = desk.course.with_untracked(|course| what.takes_the_draft(course));
    opening.set(Some(if takes { "正在保存…" } else { "正在打开…" }));
    spawn_local(async move {
        // Whoever presses it means the last words too, which no pause has saved yet.
        let arrived = if takes { desk.deliver().await } else { Ok(()) };
        // What is missing may have changed on another page since.
        if arrived.is_ok() {
            desk.refresh().await;
        }
        let _ = over.try_set(Some(arrived.err().map_or(what, Over::Held)));
        let _ = opening.try_set(None);
    });
}

#[component]
pub fn Actions(desk: CourseDesk, over: RwSignal<Option<Over>>) -> impl IntoView {
    let opening = Opening::new(None);
    let button = move |class: &'static str, label: &'static str, what: Over| {
        view! { <Opener desk over opening class label what/> }
    };
    let published = move || desk.course.with(|course| course.status == CourseStatus::Published);
    // What learners have read once stays, whatever becomes of it.
    let removable = move || desk.course.with(|course| course.live.is_none());
    let next = Memo::new(move |_| desk.course.with(Next::of));
    let again = move || desk.course.with(shown_again);
    let editable = desk.course.with_untracked(|course| course.editable);
    let revisions =
        desk.course.with_untracked(|course| format!("/admin/courses/{}/revisions", course.id));
    let package =
        desk.course.with_untracked(|course| format!("/api/console/courses/{}/package", course.id));
    let main = move |label, what| button("c-button c-button--primary", label, what).into_any();
    let plain = move |label, what| button("c-button", label, what);
    view! {
        <div class="c-actions">
            <span class="c-quiet" role="status">{opening}</span>
            <Show when=move || editable && published()>
                {plain("停用", Over::Retire)}
            </Show>
            <Show when=move || editable && removable()>
                {plain("删除", Over::Remove)}
            </Show>
            <DownloadLink href=package words="导出课程包"/>
            {plain("复制到其他单位", Over::Copy)}
            {plain("布置必学", Over::Assign)}
            <Show when=move || editable && again()>
                {plain("重新发布", Over::Publish)}
            </Show>
            {move || editable.then(|| match next.get() {
                Next::Nothing => ().into_any(),
                Next::Submit => main("提交校核", Over::Submit),
                Next::Publish => main("发布", Over::Publish),
                Next::Review(label) => view! {
                    <a class="c-button c-button--primary" href=revisions.clone()>{label}</a>
                }
                .into_any(),
            })}
        </div>
    }
}

/// It keeps the focus while it waits, so that the dialog gives it back.
#[component]
fn Opener(
    desk: CourseDesk,
    over: RwSignal<Option<Over>>,
    opening: Opening,
    class: &'static str,
    label: &'static str,
    what: Over,
) -> impl IntoView {
    let waits = move || opening.with(Option::is_some);
    view! {
        <button
            type="button"
            class=class
            class:c-button--off=waits
            aria-busy=move || waits().then_some("true")
            on:click=move |_| begin(desk, over, opening, what.clone())
        >{label}</button>
    }
}

/// What brings the course to learners next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next {
    Nothing,
    Submit,
    /// What others are waited for.
    Review(&'static str),
    Publish,
}

impl Next {
    fn of(course: &CourseDraft) -> Self {
        match course.review {
            Some(RevisionState::Submitted) => Self::Review("去校核"),
            Some(RevisionState::Checked) => Self::Review("去评审"),
            Some(_) => Self::Publish,
            None if course.changed => Self::Submit,
            None => Self::Nothing,
        }
    }
}

/// Whether a retired course can be shown as it was, which is promised to whoever retires it. A revision
/// that is on its way takes its place.
fn shown_again(course: &CourseDraft) -> bool {
    course.status == CourseStatus::Retired && course.review.is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::admin::courses::tests::a_course;

    #[test]
    fn a_retired_course_can_be_shown_again_whether_or_not_its_draft_has_changed() {
        for (changed, next) in [(true, Next::Submit), (false, Next::Nothing)] {
            let course = CourseDraft { status: CourseStatus::Retired, changed, ..a_course() };
            assert!(shown_again(&course));
            assert_eq!(Next::of(&course), next);
        }
        let review = Some(RevisionState::Approved);
        let reviewed = CourseDraft { status: CourseStatus::Retired, review, ..a_course() };
        assert!(!shown_again(&reviewed), "what is on its way comes first");
        assert_eq!(Next::of(&reviewed), Next::Publish);
        assert!(!shown_again(&CourseDraft { status: CourseStatus::Published, ..a_course() }));
    }

    #[test]
    fn only_what_takes_the_draft_waits_for_what_is_typed() {
        let new = a_course();
        assert!(Over::Submit.takes_the_draft(&new) && Over::Copy.takes_the_draft(&new));
        let published = CourseDraft { live: Some(1), ..a_course() };
        assert!(!Over::Copy.takes_the_draft(&published), "learners' revision is copied");
        assert!(!Over::Retire.takes_the_draft(&new) && !Over::Publish.takes_the_draft(&new));
    }
}
