//! The fields of a session. Date and times are Asia/Shanghai.

use chrono::{DateTime, Days, Utc};
use leptos::prelude::*;
use shared::{
    authoring::{ManagedSession, SessionDetails},
    builds::CourseLink,
    time,
};

use crate::admin::kit::{FieldErrors, instant_of, number_of, today};

#[derive(Clone, Copy)]
pub struct SessionFields {
    pub title: RwSignal<String>,
    pub course: RwSignal<Option<CourseLink>>,
    pub place: RwSignal<String>,
    /// Id of the base; empty where it takes place elsewhere.
    pub base: RwSignal<String>,
    pub date: RwSignal<String>,
    pub starts: RwSignal<String>,
    pub ends: RwSignal<String>,
    /// Id of the instructor; empty until chosen.
    pub instructor: RwSignal<String>,
    pub seats: RwSignal<String>,
    pub notes: RwSignal<String>,
    pub errors: FieldErrors,
}

impl SessionFields {
    /// A session of tomorrow afternoon.
    pub fn empty() -> Self {
        let tomorrow = today().checked_add_days(Days::new(1)).unwrap_or_default();
        let text = |text: &str| RwSignal::new(text.to_owned());
        Self {
            title: text(""),
            course: RwSignal::new(None),
            place: text(""),
            base: text(""),
            date: RwSignal::new(tomorrow.to_string()),
            starts: text("14:00"),
            ends: text("16:00"),
            instructor: text(""),
            seats: text("30"),
            notes: text(""),
            errors: FieldErrors::new(),
        }
    }

    pub fn of(session: &ManagedSession) -> Self {
        let (fields, details) = (Self::empty(), &session.details);
        fields.title.set(details.title.clone());
        let title = session.course_title.clone().unwrap_or_default();
        fields.course.set(details.course.map(|id| CourseLink { id, title }));
        fields.place.set(details.place.clone());
        fields.base.set(details.base.map(|id| id.to_string()).unwrap_or_default());
        fields.date.set(time::local_date(details.starts_at).to_string());
        fields.starts.set(time::clock_time(details.starts_at));
        fields.ends.set(time::clock_time(details.ends_at));
        fields.instructor.set(details.instructor.to_string());
        fields.seats.set(details.seats.to_string());
        fields.notes.set(details.notes.clone());
        fields
    }

    /// All that is typed, to see whether it changed.
    pub fn typed(self) -> (Option<CourseLink>, [String; 9]) {
        let texts = [
            self.title,
            self.place,
            self.base,
            self.date,
            self.starts,
            self.ends,
            self.instructor,
            self.seats,
            self.notes,
        ];
        (self.course.get(), texts.map(|field| field.get()))
    }

    /// The session; where something that must be chosen is not, its field says so instead.
    pub fn read(self) -> Option<SessionDetails> {
        let instant = |clock: RwSignal<String>, field| {
            let at = self.instant(&clock.get_untracked());
            if at.is_none() {
                self.errors.set_one(field, "请把日期和时间填完整");
            }
            at
        };
        let starts_at = instant(self.starts, "details.starts_at")?;
        let ends_at = instant(self.ends, "details.ends_at")?;
        let Ok(instructor) = self.instructor.get_untracked().parse() else {
            self.errors.set_one("details.instructor", "请选讲师");
            return None;
        };
        Some(SessionDetails {
            title: self.title.get_untracked(),
            course: self.course.get_untracked().map(|it| it.id),
            place: self.place.get_untracked(),
            base: self.base.get_untracked().parse().ok(),
            starts_at,
            ends_at,
            instructor,
            seats: i32::try_from(number_of(&self.seats.get_untracked())).unwrap_or(i32::MAX),
            notes: self.notes.get_untracked(),
        })
    }

    fn instant(self, clock: &str) -> Option<DateTime<Utc>> {
        // A browser may add seconds to what it was given.
        let clock = clock.get(..5)?;
        instant_of(&format!("{}T{clock}", self.date.get_untracked()))
    }
}
