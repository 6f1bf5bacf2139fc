//! The report's chart: for each organisation how many there are, finished, passed and came.

use leptos::prelude::*;
use shared::reports::ReportGroup;

use super::layout::{Bar, Group, SERIES, bar_height, layout};

/// Colours of the bars, in the order of [`SERIES`].
const CLASSES: [&str; 4] = [
    "c-chart__bar c-chart__bar--people",
    "c-chart__bar c-chart__bar--finished",
    "c-chart__bar c-chart__bar--passed",
    "c-chart__bar c-chart__bar--attended",
];

#[component]
pub fn Chart(groups: Vec<ReportGroup>) -> impl IntoView {
    let chart = layout(&groups, 720.0);
    let words = groups.into_iter().map(in_words).collect::<Vec<_>>().join("；");
    let legend = SERIES.iter().zip(CLASSES).map(|(name, class)| {
        view! {
            <li class="c-chart__key">
                <svg class="c-chart__swatch" viewBox="0 0 12 12" aria-hidden="true">
                    <rect class=class width="12" height="12" rx="2"></rect>
                </svg>
                {*name}
            </li>
        }
    });
    view! {
        <figure class="c-card c-chart">
            <figcaption class="c-chart__caption">
                <span class="c-card__title">"各单位学得怎么样（人）"</span>
                <ul class="c-chart__legend">{legend.collect_view()}</ul>
            </figcaption>
            <svg
                class="c-chart__picture"
                viewBox=format!("0 0 {} {}", chart.width, chart.height)
                role="img"
                aria-labelledby="chart-title chart-words"
            >
                <title id="chart-title">"各单位的人数、学完、通过和到场"</title>
                <desc id="chart-words">{words}</desc>
                {chart.groups.into_iter().map(group_view).collect_view()}
            </svg>
        </figure>
    }
}

fn group_view(group: Group) -> impl IntoView {
    let bars = group.bars.into_iter().zip(CLASSES).map(|(bar, class)| bar_view(bar, class));
    view! {
        <g>
            <text class="c-chart__label" x="0" y=group.label_y.to_string()>{group.label}</text>
            {bars.collect_view()}
        </g>
    }
}

fn bar_view(bar: Bar, class: &'static str) -> impl IntoView {
    view! {
        <rect
            class=class
            x="0"
            y=bar.y.to_string()
            width=bar.length.to_string()
            height=bar_height().to_string()
            rx="2"
        ></rect>
        <text class="c-chart__value" x=bar.value_x.to_string() y=bar.value_y.to_string()>{bar.value}</text>
    }
}

fn in_words(group: ReportGroup) -> String {
    let ReportGroup { organization, people, finished, passed, attended } = group;
    format!("{organization}：{people} 人，学完 {finished}，通过 {passed}，到场 {attended}")
}
