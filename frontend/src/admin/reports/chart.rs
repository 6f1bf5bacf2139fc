//! The report's chart: for each organisation how many there are, finished, passed and came.

use leptos::prelude::*;
use shared::reports::ReportGroup;

use crate::admin::kit::{Chart, Counts, Series};

const SERIES: Series =
    &[("人数", "people"), ("学完", "finished"), ("通过", "passed"), ("到场", "attended")];

#[component]
pub fn ReportChart(groups: Vec<ReportGroup>) -> impl IntoView {
    let words = groups.iter().map(in_words).collect::<Vec<_>>().join("；");
    let counts = groups.into_iter().map(|group| {
        let ReportGroup { organization, people, finished, passed, attended } = group;
        Counts { label: organization, values: vec![people, finished, passed, attended] }
    });
    view! { <Chart title="各单位学得怎么样（人）" series=SERIES groups=counts.collect() words/> }
}

fn in_words(group: &ReportGroup) -> String {
    let ReportGroup { organization, people, finished, passed, attended } = group;
    format!("{organization}：{people} 人，学完 {finished}，通过 {passed}，到场 {attended}")
}
