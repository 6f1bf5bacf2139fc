//! One lesson.

use leptos::prelude::*;
use shared::{
    content::{LessonContent, VideoLesson},
    courses::{Lesson, LessonId, ShowLesson},
    learning::ReportProgress,
};

use super::super::{Outbox, Page, outbox::unsent_of};
use crate::{
    content_view::{Study, content},
    ui::{
        Cell, Keep, Load, Parent, Shape, Tone, cells,
        html::{Html, h2, live, many, nav, none, p},
        link_button, name_page, page_frame, tag,
    },
};

pub fn lesson_page(lesson: LessonId) -> Html {
    let load = Load::of(Keep::ShowSoon, move || ShowLesson { lesson });
    let parent = Parent::new(Page::Courses);
    let content = load.view(move |lesson| {
        parent.set(Page::Course(lesson.course));
        show(lesson)
    });
    page_frame("课时", parent, content)
}

fn show(mut lesson: Lesson) -> Html {
    name_page(&lesson.title);
    let outbox = Outbox::expect();
    let id = lesson.id;
    let on_study = Callback::new(move |study: Study| {
        let Study { position, watched, reached_end } = study;
        outbox.report(ReportProgress { lesson: id, position, watched, reached_end, ago: 0 });
    });
    lay_unsent_over(&mut lesson);
    // Who comes back to a finished lesson starts it anew.
    let finished = lesson.progress.finished_at.is_some();
    let mut resume_at = if finished { 0 } else { lesson.progress.position };
    if let LessonContent::Video(video) | LessonContent::Recording(video) = &mut lesson.content {
        video.in_order &= !finished;
        if video.in_order {
            resume_at = lesson.progress.furthest;
        }
    }
    let rule = if finished { none() } else { watching(&lesson) };
    let (asked, follow_up) = (checks(&lesson, finished), follow_up(&lesson));
    many([
        h2("lesson-title").text(&lesson.title),
        p("lesson-note").text(format!("{} · {} 分钟", lesson.course_title, lesson.minutes)),
        rule,
        content(lesson.content, lesson.clauses, resume_at, Some(on_study)),
        asked,
        state(id, finished),
        cells(
            "",
            [Cell::new(Shape::Help, format!("/study/lessons/{id}"), "记笔记、问讲师").html()],
        ),
        follow_up,
    ])
}

/// Whoever studied without a network goes on where they stopped, on this phone.
fn lay_unsent_over(lesson: &mut Lesson) {
    if let Some(left) = unsent_of(lesson.id) {
        let progress = &mut lesson.progress;
        progress.position = left.position;
        let watched = left.watched.iter().map(|[_, to]| *to);
        progress.furthest = watched.fold(progress.furthest, u32::max);
    }
}

/// How much is to be watched, and how much of that is done.
fn watching(lesson: &Lesson) -> Html {
    let (verb, VideoLesson { in_order, .. }) = match &lesson.content {
        LessonContent::Video(video) => ("看", video),
        LessonContent::Recording(video) => ("听", video),
        _ => return none(),
    };
    let order = if *in_order { format!("，要按顺序{verb}") } else { String::new() };
    let (outbox, id, before) = (Outbox::expect(), lesson.id, lesson.progress.percent);
    let words = move || {
        let told = outbox.progress.get().filter(|(lesson, _)| *lesson == id);
        match told.map_or(before, |(_, progress)| progress.percent) {
            90.. => format!("{verb}完了。"),
            percent => format!("已{verb} {percent}%，{verb}到 90% 才算学完{order}。"),
        }
    };
    p("hint").live_text(words)
}

/// Says it when the lesson is done.
fn state(lesson: LessonId, finished: bool) -> Html {
    let outbox = Outbox::expect();
    let done = Memo::new(move |before: Option<&bool>| {
        let told = outbox.progress.get();
        let told =
            told.is_some_and(|(id, progress)| id == lesson && progress.finished_at.is_some());
        finished || told || before.copied().unwrap_or(false)
    });
    live(move || {
        if done.get() {
            let done = tag(Tone::Good, "这一课学完了");
            p("lesson-state").attr("role", "status").with(done)
        } else if outbox.unsent.get() > 0 && !outbox.online() {
            p("lesson-state").with(tag(Tone::Wait, "进度存在手机里，有网了自动上传"))
        } else {
            none()
        }
    })
}

/// Leads to the questions at the end, which are a page of the server's.
fn checks(lesson: &Lesson, finished: bool) -> Html {
    if lesson.checks == 0 {
        return none();
    }
    let class = if finished { "button button-plain" } else { "button" };
    let text = format!("做一做（{} 道题）", lesson.checks);
    let go = link_button(class, format!("/study/lessons/{}/check", lesson.id), &text);
    if finished {
        go
    } else {
        many([p("hint").text("看完做几道题，做完这一课才算学完。"), go])
    }
}

fn follow_up(lesson: &Lesson) -> Html {
    let next = lesson.next.map(|next| link_button("button", Page::Lesson(next), "学下一课"));
    let quiz = lesson.quiz.as_ref().map(|quiz| {
        let cell = Cell::new(Shape::Quiz, Page::Quiz(quiz.id), &quiz.title);
        cells("学完了，测一测", [cell.note(format!("{} 道题", quiz.questions)).html()])
    });
    let previous = lesson
        .previous
        .map(|previous| link_button("button button-plain", Page::Lesson(previous), "上一课"));
    nav("follow-up").attr("aria-label", "上一课和下一课").maybe(next).maybe(quiz).maybe(previous)
}
