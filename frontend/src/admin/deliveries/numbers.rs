//! How many messages ended in which way, in the last seven days.

use leptos::prelude::*;
use shared::deliveries::DeliveryCount;

use crate::admin::kit::{Chart, Counts, Series};

const SERIES: Series = &[("发出", "passed"), ("没发微信", "people"), ("失败", "failed")];

#[component]
pub fn Numbers(kinds: Vec<DeliveryCount>) -> impl IntoView {
    let words = kinds.iter().map(in_words).collect::<Vec<_>>().join("；");
    let counts = kinds.iter().map(|it| Counts {
        label: it.kind.label().into(),
        values: vec![it.sent, it.skipped, it.dead],
    });
    let counts = counts.collect();
    let rows = kinds.into_iter().map(|line| view! { <Row line/> }).collect_view();
    view! {
        <Chart title="最近 7 天的微信消息（条）" series=SERIES groups=counts words/>
        <div class="c-table-frame">
            <table class="c-table">
                <thead>
                    <tr>
                        <th scope="col">"消息"</th>
                        <th scope="col" class="c-number">"发出"</th>
                        <th scope="col" class="c-number">"没发微信"</th>
                        <th scope="col" class="c-number">"失败"</th>
                        <th scope="col" class="c-number">"等着发"</th>
                        <th scope="col">"没发微信的原因"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

#[component]
fn Row(line: DeliveryCount) -> impl IntoView {
    let DeliveryCount { kind, sent, skipped, dead, waiting, reasons } = line;
    let reasons = reasons.iter().map(|it| format!("{} {} 条", it.reason.label(), it.count));
    let reasons = reasons.collect::<Vec<_>>().join("，");
    view! {
        <tr>
            <th scope="row" class="c-table__title">{kind.label()}</th>
            <td class="c-number">{sent}</td>
            <td class="c-number">{skipped}</td>
            <td class="c-number">{dead}</td>
            <td class="c-number">{waiting}</td>
            <td>{if reasons.is_empty() { "—".into() } else { reasons }}</td>
        </tr>
    }
}

fn in_words(line: &DeliveryCount) -> String {
    let DeliveryCount { kind, sent, skipped, dead, .. } = line;
    format!("{}：发出 {sent} 条，没发微信 {skipped} 条，失败 {dead} 条", kind.label())
}
