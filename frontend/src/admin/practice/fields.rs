//! The fields of a checklist, and how they become what is saved.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use shared::practice::{
    Checklist, ChecklistItem, ChecklistItemId, Measure, MeasureBound, Practice,
};
use uuid::Uuid;

use super::{
    numbers::{Reading, Typing, Unread},
    site_fields::SiteFields,
};
use crate::admin::kit::{FieldErrors, Form, Items};

/// 实操 as its form holds it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PracticeValue {
    pub practice: Practice,
    /// What is no number, where the practice has 0.
    pub unread: Vec<Unread>,
}

#[derive(Clone, Copy)]
pub struct PracticeFields {
    pub minutes: RwSignal<String>,
    pub items: Items<ItemFields>,
    pub site: SiteFields,
    pub errors: FieldErrors,
}

#[derive(Clone, Copy)]
pub struct ItemFields {
    pub id: ChecklistItemId,
    pub text: RwSignal<String>,
    pub weight: RwSignal<String>,
    pub fatal: RwSignal<bool>,
    pub photo: RwSignal<bool>,
    /// Whether it can be measured.
    pub measured: RwSignal<bool>,
    /// Kept while it is said to be none that can.
    pub measure: MeasureFields,
}

#[derive(Clone, Copy)]
pub struct MeasureFields {
    pub bound: RwSignal<MeasureBound>,
    pub value: RwSignal<String>,
    pub tolerance: RwSignal<String>,
    pub unit: RwSignal<String>,
    pub method: RwSignal<String>,
}

const MINUTES: &str = "practice.checklist.minutes";

pub const ITEMS: &str = "practice.checklist.items";

/// The path of the entry of a list at a place, in the request that saves it.
pub fn entry(list: &str, place: usize) -> String {
    format!("{list}[{place}]")
}

/// What is wrong with a field of an entry, wherever the entry has moved since it was sent.
pub fn errors_of<T: Copy + Send + Sync + 'static>(
    errors: FieldErrors,
    items: Items<T>,
    key: u32,
    list: &'static str,
) -> impl Fn(&'static str) -> Signal<Option<String>> + Copy {
    move |field| {
        Signal::derive(move || {
            errors.at(&format!("{}{field}", entry(list, items.sent_place(key)?)))
        })
    }
}

impl PracticeFields {
    pub fn new() -> Self {
        Self {
            minutes: RwSignal::default(),
            items: Items::new(),
            site: SiteFields::new(),
            errors: FieldErrors::new(),
        }
    }
}

impl Form for PracticeFields {
    type Value = PracticeValue;

    fn read(self) -> PracticeValue {
        let mut reading = Reading::default();
        let minutes = reading.whole(MINUTES.into(), self.minutes);
        let items = self.items.values().into_iter().enumerate();
        let items = items.map(|(place, it)| it.read(&entry(ITEMS, place), &mut reading)).collect();
        let site = self.site.read(&mut reading);
        let practice = Practice { checklist: Checklist { minutes, items }, site };
        PracticeValue { practice, unread: reading.unread }
    }

    fn fill(self, value: PracticeValue) {
        let Practice { checklist, site } = value.practice;
        let typing = Typing(&value.unread);
        self.minutes.set(typing.whole(MINUTES, checklist.minutes));
        let items = checklist.items.into_iter().enumerate();
        self.items.replace(items, |(place, it)| ItemFields::of(it, &entry(ITEMS, place), typing));
        self.site.fill(site, typing);
    }

    fn errors(self) -> FieldErrors {
        self.errors
    }

    /// Where the entries stand is where the server's remarks about them go.
    fn mark_sent(self) {
        self.items.mark_sent(|_| true);
        self.site.mark_sent();
    }
}

impl ItemFields {
    pub fn empty() -> Self {
        Self {
            id: ChecklistItemId(Uuid::new_v4()),
            text: RwSignal::default(),
            weight: RwSignal::default(),
            fatal: RwSignal::new(false),
            photo: RwSignal::new(false),
            measured: RwSignal::new(false),
            measure: MeasureFields::empty(),
        }
    }

    fn of(item: ChecklistItem, at: &str, typing: Typing<'_>) -> Self {
        let fields = Self { id: item.id, ..Self::empty() };
        fields.text.set(item.text);
        fields.weight.set(typing.whole(&format!("{at}.weight"), item.weight));
        fields.fatal.set(item.fatal);
        fields.photo.set(item.photo);
        fields.measured.set(item.measure.is_some());
        if let Some(measure) = item.measure {
            fields.measure.fill(measure, at, typing);
        }
        fields
    }

    fn read(self, at: &str, reading: &mut Reading) -> ChecklistItem {
        ChecklistItem {
            id: self.id,
            text: self.text.get(),
            measure: self.measured.get().then(|| self.measure.read(at, reading)),
            weight: reading.whole(format!("{at}.weight"), self.weight),
            fatal: self.fatal.get(),
            photo: self.photo.get(),
        }
    }

    pub fn is_filled(self) -> bool {
        self.measured.get() || self.text.with(|it| !it.trim().is_empty())
    }
}

impl MeasureFields {
    fn empty() -> Self {
        Self {
            bound: RwSignal::new(MeasureBound::Exactly),
            value: RwSignal::default(),
            tolerance: RwSignal::default(),
            unit: RwSignal::default(),
            method: RwSignal::default(),
        }
    }

    fn fill(self, measure: Measure, at: &str, typing: Typing<'_>) {
        let Measure { bound, value, tolerance, unit, method } = measure;
        self.bound.set(bound);
        self.value.set(typing.needed(&format!("{at}.measure.value"), value));
        self.tolerance.set(typing.number(&format!("{at}.measure.tolerance"), tolerance));
        self.unit.set(unit);
        self.method.set(method);
    }

    fn read(self, at: &str, reading: &mut Reading) -> Measure {
        let bound = self.bound.get();
        let value = reading.needed(format!("{at}.measure.value"), self.value);
        let tolerance = match bound {
            MeasureBound::Exactly => {
                reading.number(format!("{at}.measure.tolerance"), self.tolerance)
            }
            MeasureBound::AtLeast | MeasureBound::AtMost => 0.0,
        };
        Measure { bound, value, tolerance, unit: self.unit.get(), method: self.method.get() }
    }
}

#[cfg(test)]
mod tests {
    use shared::practice::{MaterialNeed, SiteTemplate};

    use super::*;

    fn practice() -> Practice {
        let measure = Measure {
            bound: MeasureBound::Exactly,
            value: 45.0,
            tolerance: 0.5,
            unit: "度".into(),
            method: "用量角器量".into(),
        };
        let item = ChecklistItem {
            id: ChecklistItemId(Uuid::from_u128(1)),
            text: "尘推沿墙推到位".into(),
            measure: Some(measure),
            weight: 60,
            fatal: true,
            photo: false,
        };
        let material = MaterialNeed { name: "抹布".into(), per_head: 2.0, unit: "块".into() };
        let site = SiteTemplate { materials: vec![material], ..SiteTemplate::default() };
        Practice { checklist: Checklist { minutes: 40, items: vec![item] }, site }
    }

    #[test]
    fn what_was_saved_is_read_from_the_fields_as_it_was() {
        Owner::new().with(|| {
            let fields = PracticeFields::new();
            let value = PracticeValue { practice: practice(), unread: Vec::new() };
            fields.fill(value.clone());
            assert_eq!(fields.read(), value);
        });
    }

    #[test]
    fn what_is_no_number_outlives_the_page_and_no_tolerance_is_said_of_a_limit() {
        Owner::new().with(|| {
            let fields = PracticeFields::new();
            fields.fill(PracticeValue { practice: practice(), unread: Vec::new() });
            let item = fields.items.values()[0];
            item.weight.set("六十".into());
            item.measure.bound.set(MeasureBound::AtMost);
            let value = fields.read();
            assert_eq!(value.unread.len(), 1);
            let read = value.practice.checklist.items[0].measure.clone();
            assert_eq!(read.map(|it| it.sentence()).as_deref(), Some("不超过 45 度，用量角器量"));
            let again = PracticeFields::new();
            again.fill(value);
            assert_eq!(again.items.values()[0].weight.get(), "六十");
        });
    }
}
