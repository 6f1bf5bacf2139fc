//! What a session has on site, counted for its people.

use leptos::prelude::*;
use shared::{
    courses::CourseId,
    practice::{MaterialNeed, ShowPractice, SiteTemplate},
};

use crate::admin::kit::Load;

/// What the course of a session asks for, as it was reviewed; nothing where it asks for nothing, and
/// where its text is not for the caller to see.
#[component]
pub fn SiteNeeds(course: CourseId, #[prop(into)] heads: Signal<u32>) -> impl IntoView {
    let load = Load::of(move || ShowPractice { course, live: true });
    move || {
        let site = load.value.get()?.practice.site;
        let facts = facts(&site, Some(heads.get()));
        (!facts.is_empty()).then(|| {
            view! {
                <section class="c-card" aria-label="现场要备">
                    <h2 class="c-card__title">"现场要备"</h2>
                    <Facts facts/>
                </section>
            }
        })
    }
}

/// What is said of a session, each under its name.
#[component]
pub fn Facts(facts: Vec<(&'static str, String)>) -> impl IntoView {
    let facts = facts.into_iter().map(|(name, text)| {
        view! {
            <div class="c-facts__item"><dt>{name}</dt><dd class="c-read">{text}</dd></div>
        }
    });
    view! { <dl class="c-facts">{facts.collect_view()}</dl> }
}

/// What a template says; its materials for so many people, else for each of them.
pub fn facts(site: &SiteTemplate, heads: Option<u32>) -> Vec<(&'static str, String)> {
    let stations = site.stations.iter().map(|it| match it.minutes {
        0 => it.name.clone(),
        minutes => format!("{} {minutes} 分钟", it.name),
    });
    let group =
        if site.group_size == 0 { String::new() } else { format!("{} 人一组", site.group_size) };
    let materials =
        heads.map_or_else(|| per_head(&site.materials), |it| tally(&site.materials, it));
    let facts = [
        ("工位", stations.collect::<Vec<_>>().join("，")),
        ("分组", group),
        ("材料", materials),
        ("安全交底", site.safety.clone()),
        ("签到方式", site.check_in.map(|it| it.label().to_owned()).unwrap_or_default()),
        ("现场责任人", site.responsible.clone()),
    ];
    facts.into_iter().filter(|(_, text)| !text.is_empty()).collect()
}

/// `24 人：抹布 48 块，清洁剂 1.5 升`
pub fn tally(materials: &[MaterialNeed], heads: u32) -> String {
    if heads == 0 { String::new() } else { said(materials, &format!("{heads} 人："), heads) }
}

/// `每人抹布 2 块`
fn per_head(materials: &[MaterialNeed]) -> String {
    said(materials, "每人", 1)
}

/// What is said of them for so many people; nothing where it is of none.
fn said(materials: &[MaterialNeed], before: &str, heads: u32) -> String {
    let counted = materials.iter().filter(|it| it.per_head > 0.0 && !it.name.trim().is_empty());
    let counted = counted.map(|it| {
        let amount = format!("{} {} {}", it.name, it.for_heads(heads), it.unit);
        amount.trim_end().to_owned()
    });
    let counted = counted.collect::<Vec<_>>().join("，");
    if counted.is_empty() { counted } else { format!("{before}{counted}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn materials_are_counted_for_everybody_who_comes() {
        let need = |name: &str, per_head, unit: &str| MaterialNeed {
            name: name.into(),
            per_head,
            unit: unit.into(),
        };
        let materials =
            [need("抹布", 2.0, "块"), need("还没写", 0.0, ""), need("清洁剂", 0.05, "升")];
        assert_eq!(tally(&materials, 24), "24 人：抹布 48 块，清洁剂 1.2 升");
        assert_eq!(tally(&materials, 0), "");
        assert_eq!(tally(&[], 24), "");
        assert_eq!(per_head(&materials), "每人抹布 2 块，清洁剂 0.05 升");
    }

    #[test]
    fn what_nobody_has_said_is_not_shown() {
        assert!(facts(&SiteTemplate::default(), Some(24)).is_empty());
        let site = SiteTemplate { group_size: 4, ..SiteTemplate::default() };
        assert_eq!(facts(&site, None), [("分组", "4 人一组".to_owned())]);
    }
}
