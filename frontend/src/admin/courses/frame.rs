//! What is around every page of one course: its name, where it stands, what can be done with it.

use leptos::{prelude::*, task::spawn_local};
use shared::{
    api::Endpoint,
    authoring::{CourseDraft, ShowCourseDraft},
    courses::CourseId,
};

use super::{
    StatusWord,
    actions::{Actions, Over},
    assign::AssignDrawer,
    gate::waived,
    package::CopyDrawer,
    publish::{PublishQuestion, RetireQuestion},
    removing::RemoveQuestion,
    submitting::{HeldNotice, SubmitDialog},
};
use crate::{
    admin::kit::{Delivery, Held, Load, Opened, name_page},
    client::{Client, Trouble},
};

/// The pages of a course.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tab {
    Content,
    Quiz,
    Practice,
    Preview,
    Revisions,
    Gate,
    Report,
}

impl Tab {
    const fn label(self) -> &'static str {
        match self {
            Self::Content => "内容",
            Self::Quiz => "测验",
            Self::Practice => "实操",
            Self::Preview => "预览",
            Self::Revisions => "版本",
            Self::Gate => "五化",
            Self::Report => "完成情况",
        }
    }

    const fn path(self) -> &'static str {
        match self {
            Self::Content => "",
            Self::Quiz => "/quiz",
            Self::Practice => "/practice",
            Self::Preview => "/preview",
            Self::Revisions => "/revisions",
            Self::Gate => "/gate",
            Self::Report => "/report",
        }
    }
}

/// The course as the server last told it, shared by everything on the page.
#[derive(Clone, Copy)]
pub struct CourseDesk {
    pub course: RwSignal<CourseDraft>,
    client: Client,
    /// What is written on the page below, where something is.
    written: StoredValue<Option<Delivery>>,
}

impl CourseDesk {
    /// The server told the course anew.
    pub fn show(self, course: CourseDraft) {
        let _ = self.course.try_set(course);
    }

    /// Asks the server for the course, after something else changed that it counts.
    pub async fn refresh(self) {
        let Some(id) = self.course.try_with_untracked(|course| course.id) else { return };
        if let Ok(course) = self.client.call(ShowCourseDraft { course: id }).await {
            self.show(course);
        }
    }

    /// The same, where nobody waits for it.
    pub fn renew(self) {
        spawn_local(self.refresh());
    }

    /// What is written on the page goes along with what is done with the course.
    pub fn carries(self, written: Delivery) {
        self.written.set_value(Some(written));
    }

    /// Waits until the server has all that is written on the page.
    pub async fn deliver(self) -> Result<(), Held> {
        match self.written.try_get_value().flatten().and_then(|it| it.try_run(())) {
            Some(way) => way.await,
            None => Ok(()),
        }
    }

    /// Does something whose answer is the changed course, which the page shows even where the dialog
    /// that asked for it was closed.
    pub async fn change<E>(self, request: E) -> Result<(), Trouble>
    where
        E: Endpoint<Response = CourseDraft>,
    {
        let course = self.client.call(request).await?;
        self.show(course);
        Ok(())
    }

    /// The same for what answers something else.
    pub async fn touch<E: Endpoint>(self, request: E) -> Result<(), Trouble> {
        self.client.call(request).await?;
        self.renew();
        Ok(())
    }

    pub const fn client(self) -> Client {
        self.client
    }
}

#[component]
pub fn CourseFrame(
    id: CourseId,
    tab: Tab,
    children: impl Fn(CourseDesk) -> AnyView + Send + Sync + 'static,
) -> impl IntoView {
    let load = Load::of(move || ShowCourseDraft { course: id });
    let client = Client::expect();
    view! {
        <Opened load children=move |course: CourseDraft| {
            let own = !matches!(tab, Tab::Preview | Tab::Report);
            let closed = !course.editable && own;
            let desk =
                CourseDesk { course: RwSignal::new(course), client, written: StoredValue::new(None) };
            let page = if closed { view! { <NotToChange/> }.into_any() } else { children(desk) };
            view! {
                <Head desk tab/>
                {page}
            }
            .into_any()
        }/>
    }
}

/// The course is another organisation's, and in the catalogue for everybody.
#[component]
fn NotToChange() -> impl IntoView {
    view! {
        <div class="c-empty">
            <h2 class="c-empty__title">"这门课由别的单位管理"</h2>
            <p>"内容、测验和实操不能在这里改。你可以预览，布置给归你管的人，看他们的完成情况。"</p>
        </div>
    }
}

#[component]
fn Head(desk: CourseDesk, tab: Tab) -> impl IntoView {
    let over = RwSignal::new(None::<Over>);
    let title = move || desk.course.with(|course| course.details.title.clone());
    let status = move || desk.course.with(|course| course.status);
    Effect::new(move || name_page(&title()));
    let close = Callback::new(move |()| over.set(None));
    view! {
        <header class="c-head">
            <div>
                <nav class="c-trail" aria-label="位置"><a href="/admin/courses">"课程"</a></nav>
                <h1 class="c-head__title">{title}" "{move || view! { <StatusWord status=status()/> }}</h1>
            </div>
            <Actions desk over/>
        </header>
        {move || desk.course.with(|course| {
            let waivers = course.waivers.iter();
            waivers.map(|it| view! { <p class="c-note c-note--warn">{waived(it)}</p> }).collect_view()
        })}
        <Tabs desk tab/>
        {move || over.get().map(|it| match it {
            Over::Held(held) => view! { <HeldNotice held on_close=close/> }.into_any(),
            Over::Submit => view! { <SubmitDialog desk on_close=close/> }.into_any(),
            Over::Publish => view! { <PublishQuestion desk on_close=close/> }.into_any(),
            Over::Retire => view! { <RetireQuestion desk on_close=close/> }.into_any(),
            Over::Remove => view! { <RemoveQuestion desk on_close=close/> }.into_any(),
            Over::Assign => view! { <AssignDrawer desk on_close=close/> }.into_any(),
            Over::Copy => view! { <CopyDrawer desk on_close=close/> }.into_any(),
        })}
    }
}

#[component]
fn Tabs(desk: CourseDesk, tab: Tab) -> impl IntoView {
    let id = desk.course.with_untracked(|course| course.id);
    let note = move |it: Tab| match it {
        Tab::Content => {
            let lessons = desk.course.with(lessons_of);
            format!(" {lessons} 课时")
        }
        Tab::Quiz => format!(" {} 题", desk.course.with(|course| course.questions)),
        Tab::Revisions => desk.course.with(|course| match (course.review, course.live) {
            (Some(review), _) => format!(" {}", review.label()),
            (None, Some(_)) if course.changed => " 有改动".to_owned(),
            (None, Some(live)) => format!(" 第 {live} 版"),
            (None, None) => String::new(),
        }),
        Tab::Gate => desk.course.with(|course| {
            if course.waivers.is_empty() { String::new() } else { " 有豁免".to_owned() }
        }),
        Tab::Practice | Tab::Preview | Tab::Report => String::new(),
    };
    let gated = Memo::new(move |_| desk.course.with(|course| course.gated));
    let tabs = [
        Tab::Content,
        Tab::Quiz,
        Tab::Practice,
        Tab::Preview,
        Tab::Revisions,
        Tab::Gate,
        Tab::Report,
    ];
    let link = move |it: Tab| {
        view! {
            <a
                class="c-tabs__tab"
                href=format!("/admin/courses/{id}{}", it.path())
                aria-current=(it == tab).then_some("page")
            >
                {it.label()}
                <span class="c-tabs__note">{move || note(it)}</span>
            </a>
        }
    };
    let links = move || {
        let tabs = tabs.into_iter().filter(|it| gated.get() || *it != Tab::Gate);
        tabs.map(link).collect_view()
    };
    view! { <nav class="c-tabs" aria-label="这门课程">{links}</nav> }
}

/// Lessons of a course, over all chapters.
pub fn lessons_of(course: &CourseDraft) -> usize {
    course.chapters.iter().map(|chapter| chapter.lessons.len()).sum()
}
