//! The list of courses: the person's own posts first.

use leptos::prelude::*;
use shared::{
    content::media_url,
    courses::{CourseCard, CourseProgress, ListCourses},
    page::Page as ListPage,
};

use super::{
    super::Page,
    due_tag,
    filter::{Filter, FilterBar},
    progress_words,
};
use crate::ui::{Empty, Icon, Keep, Load, Loaded, Progress, Shape, Tag, Tone, name_page, pages};

#[component]
pub fn CoursesPage() -> impl IntoView {
    name_page("课程");
    let filter = Filter::expect();
    let load = Load::of(Keep::ShowAtOnce, move || filter.request(None));
    view! {
        <h1 class="top-title">"课程"</h1>
        <FilterBar filter/>
        <Loaded load children=move |page| list(page, filter)/>
    }
}

fn list(page: ListPage<CourseCard>, filter: Filter) -> AnyView {
    if page.items.is_empty() {
        return nothing(filter);
    }
    let request = move |cursor| -> ListCourses { untrack(|| filter.request(Some(cursor))) };
    view! { <div class="courses">{pages(page, course, request)}</div> }.into_any()
}

fn nothing(filter: Filter) -> AnyView {
    if untrack(|| filter.narrows()) {
        view! {
            <Empty title="没有找到这样的课程" text="换个词，或者看看全部课程。" shape=Shape::Search/>
            <button type="button" class="button button-plain" on:click=move |_| filter.clear()>"看全部课程"</button>
        }
        .into_any()
    } else {
        view! { <Empty title="还没有课程" text="课程发布后会出现在这里，也会发消息告诉您。"/> }.into_any()
    }
}

fn course(card: CourseCard) -> AnyView {
    let progress = card.progress;
    let percent = progress.finished * 100 / progress.lessons.max(1);
    let posts = card.posts.iter().map(|post| post.name.as_str()).collect::<Vec<_>>().join("、");
    let posts = if posts.is_empty() { "所有岗位".to_owned() } else { posts };
    let (level, category) = (card.level.label(), card.category.label());
    view! {
        <a class="course" href=Page::Course(card.id).to_string()>
            {cover(&card)}
            <span class="course-main">
                <span class="course-title">{card.title}</span>
                <span class="course-note">{format!("{posts} · {level} · {category}")}</span>
                <span class="course-tags">{state_tag(&progress)} {due_tag(card.due_on.filter(|_| !progress.complete()))}</span>
                <Progress percent text=progress_words(&progress)/>
            </span>
        </a>
    }
    .into_any()
}

/// The picture, or a drawing in its place.
pub fn cover(card: &CourseCard) -> AnyView {
    match &card.cover {
        Some(cover) => view! {
            <span class="cover-box"><img src=media_url(cover.media) alt="" loading="lazy" decoding="async"/></span>
        }
        .into_any(),
        None => view! { <span class="cover-box"><Icon shape=Shape::Book/></span> }.into_any(),
    }
}

pub fn state_tag(progress: &CourseProgress) -> AnyView {
    let (tone, text) = if progress.complete() {
        (Tone::Good, "已完成")
    } else if progress.finished > 0 {
        (Tone::Plain, "在学")
    } else {
        (Tone::Plain, "未学")
    };
    view! { <Tag tone text/> }.into_any()
}
