//! 实操 to be read only, as it was frozen.

use leptos::prelude::*;
use shared::practice::{ChecklistItem, Practice};

use super::needs::Facts;
use crate::admin::kit::Table;

const COLUMNS: &[&str] = &["#序号", "看什么", "要求", "#分值", "另外"];

/// The checklist and the session's template; nothing where nobody has written them.
#[component]
pub fn PracticeShown(practice: Practice) -> impl IntoView {
    let Practice { checklist, site } = practice;
    let facts = site.facts(0);
    let items = (!checklist.items.is_empty()).then(|| {
        let heading = match checklist.minutes {
            0 => "实操考核表".to_owned(),
            minutes => format!("实操考核表，{minutes} 分钟"),
        };
        let rows = checklist.items.into_iter().zip(1..);
        let rows = rows.map(|(item, number)| view! { <Row item number/> }).collect_view();
        view! {
            <h2 class="c-subtitle">{heading}</h2>
            <Table columns=COLUMNS>{rows}</Table>
        }
    });
    let site = (!facts.is_empty()).then(|| {
        view! {
            <h2 class="c-subtitle">"场次模板"</h2>
            <Facts facts/>
        }
    });
    view! { {items}{site} }
}

#[component]
fn Row(item: ChecklistItem, number: u32) -> impl IntoView {
    let words = [(item.fatal, "否决项"), (item.photo, "要拍照")];
    let words = words.into_iter().filter(|(said, _)| *said).map(|(_, word)| word);
    let measure = item.measure.map(|it| it.sentence());
    view! {
        <tr>
            <td class="c-number">{number}</td>
            <td>{item.text}</td>
            <td>{measure}</td>
            <td class="c-number">{item.weight}</td>
            <td class="c-nowrap">{words.collect::<Vec<_>>().join("，")}</td>
        </tr>
    }
}
