//! 实操要求 in lines of plain text, for people to compare.

use shared::practice::{ChecklistItem, Practice};

/// The whole of it; its items are compared one by one.
pub(super) fn of_checklist(practice: &Practice) -> Vec<String> {
    let minutes = practice.checklist.minutes;
    if minutes > 0 { vec![format!("总用时：{minutes} 分钟")] } else { Vec::new() }
}

/// What it looks at, and the rest.
pub(super) fn of_item(item: &ChecklistItem) -> (String, Vec<String>) {
    let mut said = format!("{} 分", item.weight);
    if item.fatal {
        said.push_str("，否决项");
    }
    if item.photo {
        said.push_str("，要拍照");
    }
    let measure = item.measure.as_ref().map(|it| format!("要求：{}", it.sentence()));
    let title = if item.text.is_empty() { "没有写看什么" } else { &item.text };
    (title.to_owned(), [said].into_iter().chain(measure).collect())
}

pub(super) fn of_site(practice: &Practice) -> Vec<String> {
    let site = &practice.site;
    let stations = site.stations.iter().map(|it| format!("工位：{}，{} 分钟", it.name, it.minutes));
    let mut lines: Vec<String> = stations.collect();
    if site.group_size > 0 {
        lines.push(format!("每组：{} 人", site.group_size));
    }
    let material = site.materials.iter();
    lines.extend(material.map(|it| format!("材料：{}，每人 {} {}", it.name, it.per_head, it.unit)));
    lines.extend(site.safety.lines().map(|it| format!("安全交底：{it}")));
    lines.extend(site.check_in.map(|it| format!("签到：{}", it.label())));
    if !site.responsible.is_empty() {
        lines.push(format!("现场责任人：{}", site.responsible));
    }
    lines
}
