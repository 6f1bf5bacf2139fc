//! Which records are shown, and their files.

use leptos::prelude::*;
use shared::{
    api::encode,
    audit::{AuditEvent, AuditObjectKind, AuditOutcome, ListAuditRecords},
};

use crate::admin::{
    address::{Query, choice_of, name_of, query},
    kit::{DownloadLink, FilterSelect, SearchField, date_of},
};

/// The filters as the address says them.
#[derive(Clone, Copy)]
pub struct Filters(StoredValue<Queries>);

#[derive(Clone, Copy)]
struct Queries {
    words: Query,
    event: Query,
    outcome: Query,
    kind: Query,
    object: Query,
    from: Query,
    to: Query,
}

impl Filters {
    pub fn of_address() -> Self {
        Self(StoredValue::new(Queries {
            words: query("q"),
            event: query("event"),
            outcome: query("outcome"),
            kind: query("kind"),
            object: query("object"),
            from: query("from"),
            to: query("to"),
        }))
    }

    pub fn request(self) -> ListAuditRecords {
        let Queries { words, event, outcome, kind, object, from, to } = self.0.get_value();
        let date = |it: Query| it.0.get().and_then(|text| date_of(&text));
        ListAuditRecords {
            from: date(from),
            to: date(to),
            person: None,
            words: words.0.get(),
            event: event.0.get().and_then(|it| choice_of(&it)),
            outcome: outcome.0.get().and_then(|it| choice_of(&it)),
            object_kind: kind.0.get().and_then(|it| choice_of(&it)),
            object: object.0.get(),
            cursor: None,
        }
    }

    /// Shows what was done to one object only.
    pub fn narrow_to(self, object: String) {
        self.0.get_value().object.1.set(Some(object));
    }
}

fn choices<T: Copy + serde::Serialize>(
    all: &[T],
    label: fn(T) -> &'static str,
) -> Vec<(String, String)> {
    all.iter().map(|it| (name_of(it), label(*it).to_owned())).collect()
}

#[component]
pub fn FilterBar(filters: Filters, asked: Memo<ListAuditRecords>) -> impl IntoView {
    let Queries { words, event, outcome, kind, object, from, to } = filters.0.get_value();
    let file = move |ending: &'static str| {
        Signal::derive(move || {
            let target = asked.with(|request| encode(request).target);
            target.replacen("/records", &format!("/records.{ending}"), 1)
        })
    };
    view! {
        <div class="c-filters" role="search">
            <SearchField words placeholder="谁做的：姓名或工号，按 / 键跳到这里"/>
            <DayField label="从" query=from/>
            <DayField label="到" query=to/>
            <FilterSelect label="事件" all="全部事件" query=event choices=choices(AuditEvent::ALL, AuditEvent::label)/>
            <FilterSelect label="结果" all="成功和被拒绝" query=outcome choices=choices(AuditOutcome::ALL, AuditOutcome::label)/>
            <FilterSelect label="对象" all="全部对象" query=kind choices=choices(AuditObjectKind::ALL, AuditObjectKind::label)/>
            <div class="c-actions c-filters__end">
                <DownloadLink href=file("xlsx") words="下载 Excel"/>
                <DownloadLink href=file("ndjson") words="下载可核对的原文"/>
            </div>
        </div>
        <OneObject object/>
    }
}

#[component]
fn DayField(label: &'static str, query: Query) -> impl IntoView {
    let (day, set) = query;
    view! {
        <label class="c-filters__item">
            <span class="c-filters__label">{label}</span>
            <input
                class="c-input"
                type="date"
                prop:value=move || day.get().unwrap_or_default()
                on:change:target=move |event| {
                    let text = event.target().value();
                    set.set((!text.is_empty()).then_some(text));
                }
            />
        </label>
    }
}

/// That only one object's records are shown, and the way back.
#[component]
fn OneObject(object: Query) -> impl IntoView {
    let (chosen, choose) = object;
    move || {
        chosen.with(Option::is_some).then(|| {
            view! {
                <p class="c-actions">
                    <span class="c-quiet">"只看一个对象的记录"</span>
                    <button type="button" class="c-button c-button--small" on:click=move |_| choose.set(None)>
                        "看全部对象"
                    </button>
                </p>
            }
        })
    }
}
