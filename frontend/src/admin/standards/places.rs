//! Places in a course that a clause can be linked to. A value is its target as it travels.

use leptos::prelude::*;
use shared::{
    courses::{CourseId, LessonId},
    practice::ChecklistItemId,
    standards::console::{LinkTarget, ListLinkPlaces},
};

use crate::admin::kit::{Load, SelectField, TextField};

pub type Choices = Signal<Vec<(String, String)>>;

/// Lessons, their cards, the questions and the items of the checklist of a course.
pub fn of_course(course: CourseId) -> Choices {
    of(course, (String::new(), "请选一处".to_owned()), |_| true)
}

/// A lesson, the whole of it first, and its cards or a part of what is played.
pub fn of_lesson(course: CourseId, own: LessonId) -> Choices {
    let whole = (value_of(&LinkTarget::Lesson { lesson: own }), "整个课时".to_owned());
    of(course, whole, move |it| match it {
        LinkTarget::Card { lesson, .. } | LinkTarget::Video { lesson, .. } => *lesson == own,
        LinkTarget::Lesson { .. }
        | LinkTarget::Question { .. }
        | LinkTarget::ChecklistItem { .. } => false,
    })
}

/// The questions of a course's quiz.
pub fn of_quiz(course: CourseId) -> Choices {
    let first = (String::new(), "请选一道题".to_owned());
    of(course, first, |it| matches!(it, LinkTarget::Question { .. }))
}

/// One item of a course's checklist, as it is called.
pub fn of_item(course: CourseId, item: ChecklistItemId, text: String) -> Choices {
    let only = (value_of(&LinkTarget::ChecklistItem { course, item }), text);
    Signal::stored(vec![only])
}

/// What is there before the others are loaded, and those of them that are wanted.
fn of(
    course: CourseId,
    first: (String, String),
    wanted: impl Fn(&LinkTarget) -> bool + Send + Sync + 'static,
) -> Choices {
    let load = Load::of(move || ListLinkPlaces { course });
    Signal::derive(move || {
        let places = load.value.get().unwrap_or_default().into_iter();
        let places = places.filter(|it| wanted(&it.target));
        let places = places.map(|it| (value_of(&it.target), it.title));
        std::iter::once(first.clone()).chain(places).collect()
    })
}

fn value_of(target: &LinkTarget) -> String {
    serde_json::to_string(target).unwrap_or_default()
}

fn target_of(value: &str) -> Option<LinkTarget> {
    serde_json::from_str(value).ok()
}

/// The place that somebody chooses, and of a video or a recording from when to when.
#[derive(Clone, Copy)]
pub struct Place {
    pub part: RwSignal<String>,
    from: RwSignal<String>,
    to: RwSignal<String>,
}

impl Place {
    pub fn new(first: String) -> Self {
        let place = Self {
            part: RwSignal::new(first),
            from: RwSignal::new(String::new()),
            to: RwSignal::new(String::new()),
        };
        Effect::new(move || {
            if let Some(LinkTarget::Video { from, to, .. }) = target_of(&place.part.get()) {
                place.from.set(clock(from));
                place.to.set(clock(to));
            }
        });
        place
    }

    /// Whether a question or an item of a checklist is chosen; tracked.
    pub fn examines(self) -> bool {
        let target = self.part.with(|it| target_of(it));
        matches!(target, Some(LinkTarget::Question { .. } | LinkTarget::ChecklistItem { .. }))
    }

    /// What was chosen; else what is missing.
    pub fn target(self) -> Result<LinkTarget, &'static str> {
        match target_of(&self.part.get_untracked()) {
            None => Err("请选用在课程里的哪一处"),
            Some(LinkTarget::Video { lesson, .. }) => {
                let seconds = |it: RwSignal<String>| it.with_untracked(|text| seconds_of(text));
                let (from, to) = seconds(self.from).zip(seconds(self.to)).ok_or(CLOCK)?;
                Ok(LinkTarget::Video { lesson, from, to })
            }
            Some(other) => Ok(other),
        }
    }
}

const CLOCK: &str = "时间写成 分:秒，例如 1:30";

#[component]
pub fn PlaceFields(
    label: &'static str,
    place: Place,
    choices: Choices,
    error: Signal<Option<String>>,
) -> impl IntoView {
    let Place { part, from, to } = place;
    let timed =
        Memo::new(move |_| part.with(|it| matches!(target_of(it), Some(LinkTarget::Video { .. }))));
    view! {
        <SelectField label value=part choices error/>
        {move || timed.get().then(|| view! {
            <div class="c-columns">
                <TextField label="从几分几秒" hint=CLOCK value=from/>
                <TextField label="到几分几秒" value=to/>
            </div>
        })}
    }
}

fn clock(seconds: u32) -> String {
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

/// The seconds of `1:30`, or of `90`.
fn seconds_of(text: &str) -> Option<u32> {
    let text = text.trim().replace('：', ":");
    let Some((minutes, seconds)) = text.rsplit_once(':') else { return text.parse().ok() };
    let seconds = seconds.parse::<u32>().ok().filter(|it| *it < 60)?;
    minutes.parse::<u32>().ok()?.checked_mul(60)?.checked_add(seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_and_seconds_are_read_as_they_are_written() {
        for (text, seconds) in [("1:30", 90), ("0:05", 5), ("75：00", 4500), (" 90 ", 90)] {
            assert_eq!(seconds_of(text), Some(seconds), "{text}");
        }
        for wrong in ["", "1:60", "一分", "1:", ":30", "1:2:3"] {
            assert_eq!(seconds_of(wrong), None, "{wrong}");
        }
        assert_eq!(seconds_of(&clock(3725)), Some(3725));
    }
}
