//! The fields of a session's template.

use leptos::prelude::*;
use shared::practice::{MaterialNeed, SiteCheckIn, SiteTemplate, StationNeed};

use super::{
    fields::entry,
    numbers::{Reading, Typing},
};
use crate::admin::kit::Items;

#[derive(Clone, Copy)]
pub struct SiteFields {
    pub stations: Items<NeedFields>,
    pub group_size: RwSignal<String>,
    pub materials: Items<NeedFields>,
    pub safety: RwSignal<String>,
    pub check_in: RwSignal<Option<SiteCheckIn>>,
    pub responsible: RwSignal<String>,
}

/// 工位, 材料
#[derive(Clone, Copy, Default)]
pub struct NeedFields {
    pub name: RwSignal<String>,
    /// Minutes, or how much for each.
    pub amount: RwSignal<String>,
    /// Of 材料.
    pub unit: RwSignal<String>,
}

pub const STATIONS: &str = "practice.site.stations";
pub const MATERIALS: &str = "practice.site.materials";
const GROUP_SIZE: &str = "practice.site.group_size";

fn minutes_at(place: usize) -> String {
    format!("{}.minutes", entry(STATIONS, place))
}

fn per_head_at(place: usize) -> String {
    format!("{}.per_head", entry(MATERIALS, place))
}

impl SiteFields {
    pub fn new() -> Self {
        Self {
            stations: Items::new(),
            group_size: RwSignal::default(),
            materials: Items::new(),
            safety: RwSignal::default(),
            check_in: RwSignal::new(None),
            responsible: RwSignal::default(),
        }
    }

    pub fn read(self, reading: &mut Reading) -> SiteTemplate {
        let stations = self.stations.values().into_iter().enumerate();
        let stations = stations.map(|(place, it)| StationNeed {
            name: it.name.get(),
            minutes: reading.whole(minutes_at(place), it.amount),
        });
        let stations = stations.collect();
        let group_size = reading.whole(GROUP_SIZE.into(), self.group_size);
        let materials = self.materials.values().into_iter().enumerate();
        let materials = materials.map(|(place, it)| MaterialNeed {
            name: it.name.get(),
            per_head: reading.number(per_head_at(place), it.amount),
            unit: it.unit.get(),
        });
        SiteTemplate {
            stations,
            group_size,
            materials: materials.collect(),
            safety: self.safety.get(),
            check_in: self.check_in.get(),
            responsible: self.responsible.get(),
        }
    }

    pub fn fill(self, site: SiteTemplate, typing: Typing<'_>) {
        let stations = site.stations.into_iter().enumerate().map(|(place, it)| {
            let minutes = typing.whole(&minutes_at(place), it.minutes);
            (it.name, minutes, String::new())
        });
        self.stations.replace(stations, NeedFields::of);
        self.group_size.set(typing.whole(GROUP_SIZE, site.group_size));
        let materials = site.materials.into_iter().enumerate().map(|(place, it)| {
            let per_head = typing.number(&per_head_at(place), it.per_head);
            (it.name, per_head, it.unit)
        });
        self.materials.replace(materials, NeedFields::of);
        self.safety.set(site.safety);
        self.check_in.set(site.check_in);
        self.responsible.set(site.responsible);
    }

    pub fn mark_sent(self) {
        self.stations.mark_sent(|_| true);
        self.materials.mark_sent(|_| true);
    }
}

impl NeedFields {
    fn of((name, amount, unit): (String, String, String)) -> Self {
        Self { name: RwSignal::new(name), amount: RwSignal::new(amount), unit: RwSignal::new(unit) }
    }
}
