//! The list of courses: the person's own posts first.

use leptos::prelude::*;
use shared::{
    content::media_url,
    courses::{CourseCard, CourseProgress, ListCourses},
    page::Page as ListPage,
};

use super::{
    super::Page,
    course_progress, due_tag,
    filter::{Filter, filter_bar},
};
use crate::ui::{
    Cell, Keep, Load, Shape, Tone, button, cells, empty,
    html::{Html, a, div, h1, img, many, span},
    icon, name_page, pages, tag,
};

pub fn courses_page() -> Html {
    name_page("课程");
    let filter = Filter::expect();
    let load = Load::of(Keep::ShowAtOnce, move || filter.request(None));
    many([
        h1("top-title").text("课程"),
        cells(
            "",
            [
                Cell::new(Shape::Person, "/study/path", "我的岗位要学什么").html(),
                Cell::new(Shape::Search, "/study/search", "搜课时和标准条款").html(),
            ],
        ),
        filter_bar(filter),
        load.view(move |page| list(page, filter)),
    ])
}

fn list(page: ListPage<CourseCard>, filter: Filter) -> Html {
    if page.items.is_empty() {
        return nothing(filter);
    }
    let request = move |cursor| -> ListCourses { untrack(|| filter.request(Some(cursor))) };
    div("courses").with(pages(page, course, request))
}

fn nothing(filter: Filter) -> Html {
    if filter.narrows() {
        many([
            empty(Shape::Search, "没有找到这样的课程", "换个词，或者看看全部课程。"),
            button("button button-plain", "看全部课程", move || filter.clear()),
        ])
    } else {
        empty(Shape::Book, "还没有课程", "课程发布后会出现在这里，也会发消息告诉您。")
    }
}

fn course(card: &CourseCard) -> Html {
    let progress = card.progress;
    let posts = card.posts.iter().map(|post| post.name.as_str()).collect::<Vec<_>>().join("、");
    let posts = if posts.is_empty() { "所有岗位" } else { &posts };
    let note = format!("{posts} · {} · {}", card.level.label(), card.category.label());
    let tags = span("course-tags")
        .maybe(progress.started.then(|| state_tag(&progress, false)))
        .maybe(due_tag(card.due_on.filter(|_| !progress.complete())));
    let main = span("course-main")
        .with(span("course-title").text(&card.title))
        .with(span("course-note").text(note))
        .with(tags)
        .with(course_progress(&progress));
    a("course").attr("href", Page::Course(card.id).to_string()).with(cover(card)).with(main)
}

/// The picture, or a drawing in its place.
pub fn cover(card: &CourseCard) -> Html {
    span("cover-box").with(match &card.cover {
        Some(cover) => img("")
            .attr("src", media_url(cover.media))
            .attr("alt", "")
            .attr("loading", "lazy")
            .attr("decoding", "async"),
        None => icon(Shape::Book),
    })
}

/// `begun` where a lesson is that the server has not heard of; the list says nothing before one is.
pub fn state_tag(progress: &CourseProgress, begun: bool) -> Html {
    if progress.complete() {
        tag(Tone::Good, "已完成")
    } else if begun || progress.started {
        tag(Tone::Plain, "学习中")
    } else {
        tag(Tone::Plain, "未学")
    }
}
