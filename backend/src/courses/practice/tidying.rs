//! What may stand in 实操要求. Nobody is held up by what is not written yet.

use std::collections::HashSet;

use shared::practice::{
    CHECKLIST_ITEMS, Checklist, ChecklistItem, FULL_MARKS, LARGEST_GROUP, MOST_MINUTES,
    MaterialNeed, Measure, MeasureBound, Practice, SITE_ROWS, SiteTemplate,
};

use crate::courses::fields::Fields;

const LONGEST_NAME: usize = 40;
const LONGEST_UNIT: usize = 10;

/// Tidies all texts, and names every field that cannot stay.
pub(in crate::courses) fn tidy(fields: &mut Fields, field: &str, practice: &mut Practice) {
    tidy_checklist(fields, &format!("{field}.checklist"), &mut practice.checklist);
    tidy_site(fields, &format!("{field}.site"), &mut practice.site);
}

fn tidy_checklist(fields: &mut Fields, field: &str, checklist: &mut Checklist) {
    minutes(fields, format!("{field}.minutes"), checklist.minutes);
    fields.at_most(&format!("{field}.items"), checklist.items.len(), CHECKLIST_ITEMS);
    let mut seen = HashSet::new();
    if !checklist.items.iter().all(|it| seen.insert(it.id)) {
        fields.refuse(format!("{field}.items"), "有两项的编号一样，请刷新页面再改");
    }
    for (at, item) in checklist.items.iter_mut().enumerate() {
        tidy_item(fields, &format!("{field}.items[{at}]"), item);
    }
}

fn tidy_item(fields: &mut Fields, field: &str, item: &mut ChecklistItem) {
    fields.text(format!("{field}.text"), &mut item.text, 200);
    if item.weight > FULL_MARKS {
        fields.refuse(format!("{field}.weight"), format!("分值填 0 到 {FULL_MARKS}"));
    }
    if let Some(measure) = &mut item.measure {
        tidy_measure(fields, &format!("{field}.measure"), measure);
    }
}

fn tidy_measure(fields: &mut Fields, field: &str, measure: &mut Measure) {
    const LARGEST: f64 = 1_000_000.0;
    if measure.bound != MeasureBound::Exactly {
        measure.tolerance = 0.0;
    }
    number(fields, format!("{field}.value"), &mut measure.value, LARGEST);
    number(fields, format!("{field}.tolerance"), &mut measure.tolerance, LARGEST);
    fields.text(format!("{field}.unit"), &mut measure.unit, LONGEST_UNIT);
    fields.text(format!("{field}.method"), &mut measure.method, 60);
}

fn tidy_site(fields: &mut Fields, field: &str, site: &mut SiteTemplate) {
    fields.at_most(&format!("{field}.stations"), site.stations.len(), SITE_ROWS);
    for (at, station) in site.stations.iter_mut().enumerate() {
        let field = format!("{field}.stations[{at}]");
        fields.text(format!("{field}.name"), &mut station.name, LONGEST_NAME);
        minutes(fields, format!("{field}.minutes"), station.minutes);
    }
    if site.group_size > LARGEST_GROUP {
        fields.refuse(format!("{field}.group_size"), format!("每组最多 {LARGEST_GROUP} 人"));
    }
    fields.at_most(&format!("{field}.materials"), site.materials.len(), SITE_ROWS);
    for (at, material) in site.materials.iter_mut().enumerate() {
        tidy_material(fields, &format!("{field}.materials[{at}]"), material);
    }
    fields.text(format!("{field}.safety"), &mut site.safety, 1000);
    fields.text(format!("{field}.responsible"), &mut site.responsible, 30);
}

fn tidy_material(fields: &mut Fields, field: &str, material: &mut MaterialNeed) {
    fields.text(format!("{field}.name"), &mut material.name, LONGEST_NAME);
    number(fields, format!("{field}.per_head"), &mut material.per_head, 10_000.0);
    fields.text(format!("{field}.unit"), &mut material.unit, LONGEST_UNIT);
}

fn minutes(fields: &mut Fields, field: String, minutes: u32) {
    if minutes > MOST_MINUTES {
        fields.refuse(field, format!("最多 {MOST_MINUTES} 分钟"));
    }
}

/// Up to three decimals, as they were typed.
fn number(fields: &mut Fields, field: String, number: &mut f64, largest: f64) {
    const TOLD_APART: f64 = 1e-5;
    if !(0.0..=largest).contains(number) {
        return fields.refuse(field, format!("请填 0 到 {largest} 之间的数"));
    }
    let thousandths = (*number * 1000.0).round();
    if (*number * 1000.0 - thousandths).abs() > TOLD_APART {
        return fields.refuse(field, "小数最多三位");
    }
    // No minus before nothing, which would be another text.
    *number = thousandths.abs() / 1000.0;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Error;

    fn refused(value: f64) -> bool {
        let (mut fields, mut value) = (Fields::default(), value);
        number(&mut fields, "value".into(), &mut value, 10_000.0);
        matches!(fields.done(), Err(Error::Refused(_)))
    }

    #[test]
    fn a_number_has_three_decimals_at_most_and_is_within_reach() {
        for good in [0.0, -0.0, 0.1, 0.3, 45.0, 1.005, 9999.999, 10_000.0] {
            assert!(!refused(good), "{good}");
        }
        for bad in [-0.001, 0.0001, 1.0005, 10_000.001, f64::NAN, f64::INFINITY] {
            assert!(refused(bad), "{bad}");
        }
    }

    #[test]
    fn a_number_is_kept_as_it_was_typed() {
        for typed in ["0", "0.1", "0.3", "1.005", "45", "9999.999"] {
            let mut value: f64 = typed.parse().unwrap();
            number(&mut Fields::default(), String::new(), &mut value, 10_000.0);
            assert_eq!(value.to_string(), typed);
        }
    }
}
