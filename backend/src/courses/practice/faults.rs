//! What a checklist that somebody began still lacks: said by the gate, and where a course is submitted.

use shared::practice::{Checklist, FULL_MARKS};

/// Its items without words, and marks that are not the full ones, in words; nothing where there is no
/// item.
pub(in crate::courses) fn faults(checklist: &Checklist) -> Vec<String> {
    let items = &checklist.items;
    let bare = (1..).zip(items).filter(|(_, it)| it.text.is_empty());
    let bare = bare.map(|(number, _)| format!("考核表的第 {number} 项没有写看什么，写上或者删掉"));
    let mut faults: Vec<String> = bare.collect();
    let weight = items.iter().map(|it| it.weight).fold(0, u32::saturating_add);
    if !items.is_empty() && weight != FULL_MARKS {
        faults.push(format!("考核项的分值加起来是 {weight} 分，要正好 {FULL_MARKS} 分"));
    }
    faults
}
