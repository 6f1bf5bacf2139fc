//! One lesson.

use leptos::prelude::*;
use shared::{
    content::LessonContent,
    courses::{Lesson, LessonId, ShowLesson},
    learning::{LessonProgress, ReportProgress},
};

use super::super::{Outbox, Page, outbox::unsent_of};
use crate::{
    content_view::{Study, content, merge},
    ui::{
        Cell, Keep, Load, Parent, Shape, Tone, cells,
        html::{Html, h2, live, many, nav, none, p},
        link_button, name_page, page_frame, tag,
    },
};

/// Per cent of a video or a recording after which the server takes it as watched.
const WATCHED: u32 = 90;

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
    let told = told_so_far(&lesson);
    let on_study = Callback::new(move |Study { position, watched, reached_end }: Study| {
        // The course goes on behind what was watched, before the server says that it was.
        let reached_end = reached_end || told.percent_with(&watched) >= WATCHED;
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
    let rule = if finished { none() } else { watching(&lesson, told) };
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

/// What the server said of a video or a recording when the page was opened.
#[derive(Clone, Copy)]
struct Told {
    lesson: LessonId,
    /// Nothing where it is neither.
    seconds: u32,
    progress: LessonProgress,
    in_order: bool,
}

fn told_so_far(lesson: &Lesson) -> Told {
    let (seconds, in_order) = match &lesson.content {
        LessonContent::Video(it) | LessonContent::Recording(it) => (it.seconds, it.in_order),
        _ => (0, false),
    };
    Told { lesson: lesson.id, seconds, progress: lesson.progress, in_order }
}

impl Told {
    /// Per cent that was watched as far as this phone knows: what it has not sent yet and `more` count.
    /// Which parts the server has, it does not say, except where nothing could be skipped. Nothing of a
    /// lesson that is not watched.
    fn percent_with(&self, more: &[[u32; 2]]) -> u32 {
        let mut watched = unsent_of(self.lesson).map(|it| it.watched).unwrap_or_default();
        watched.extend(more);
        percent(&self.progress, watched, self.seconds, self.in_order)
    }
}

fn percent(told: &LessonProgress, mut watched: Vec<[u32; 2]>, seconds: u32, in_order: bool) -> u32 {
    if in_order {
        watched.push([0, told.furthest]);
    }
    let here: u32 = merge(watched).iter().map(|[from, to]| to - from).sum();
    let here = (u64::from(here) * 100).checked_div(seconds.into());
    let here = here.and_then(|it| u32::try_from(it.min(100)).ok());
    here.map_or(0, |it| it.max(told.percent))
}

/// How much is to be watched, and how much of that is done.
fn watching(lesson: &Lesson, told: Told) -> Html {
    let verb = match &lesson.content {
        LessonContent::Video(_) => "看",
        LessonContent::Recording(_) => "听",
        _ => return none(),
    };
    let order = if told.in_order { format!("，要按顺序{verb}") } else { String::new() };
    let (outbox, id) = (Outbox::expect(), lesson.id);
    let words = move || {
        outbox.unsent.track();
        let newest = outbox.progress.get().filter(|(lesson, _)| *lesson == id);
        let told = Told { progress: newest.map_or(told.progress, |it| it.1), ..told };
        match told.percent_with(&[]) {
            WATCHED.. => format!("{verb}完了。"),
            percent => {
                format!("已{verb} {percent}%，{verb}到 {WATCHED}% 才算学完{order}。")
            }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn told(percent: u32, furthest: u32) -> LessonProgress {
        LessonProgress { position: furthest, percent, furthest, finished_at: None }
    }

    #[test]
    fn what_was_watched_without_a_network_counts_on_this_phone() {
        assert_eq!(percent(&told(0, 0), vec![[0, 60], [50, 90]], 100, false), 90);
        assert_eq!(percent(&told(40, 40), vec![[40, 90]], 100, true), 90, "after what was told");
        assert_eq!(percent(&told(40, 40), vec![[10, 30]], 100, false), 40, "never less than told");
        assert_eq!(percent(&told(95, 95), Vec::new(), 0, false), 0, "it is read, not watched");
    }
}
