//! A chart of bars, with the same in words for those who cannot see it.

use leptos::prelude::*;

use super::{
    chart_layout::{Bar, Group, bar_height, layout},
    fresh_id,
};

pub use super::chart_layout::Counts;

/// What the bars of each group count, in their order: its name, and what the bar is drawn as, which
/// the style sheet knows.
pub type Series = &'static [(&'static str, &'static str)];

#[component]
pub fn Chart(
    title: &'static str,
    series: Series,
    groups: Vec<Counts>,
    /// What the picture shows, in words.
    words: String,
) -> impl IntoView {
    let chart = layout(groups, 720.0);
    let legend = series.iter().map(|(name, look)| {
        view! {
            <li class="c-chart__key">
                <svg class="c-chart__swatch" viewBox="0 0 12 12" aria-hidden="true">
                    <rect class=bar_class(look) width="12" height="12" rx="2"></rect>
                </svg>
                {*name}
            </li>
        }
    });
    let (name_id, words_id) = (fresh_id(), fresh_id());
    let described = format!("{name_id} {words_id}");
    view! {
        <figure class="c-card c-chart">
            <figcaption class="c-chart__caption">
                <span class="c-card__title">{title}</span>
                <ul class="c-chart__legend">{legend.collect_view()}</ul>
            </figcaption>
            <svg
                class="c-chart__picture"
                viewBox=format!("0 0 {} {}", chart.width, chart.height)
                role="img"
                aria-labelledby=described
            >
                <title id=name_id>{title}</title>
                <desc id=words_id>{words}</desc>
                {chart.groups.into_iter().map(|it| group_view(it, series)).collect_view()}
            </svg>
        </figure>
    }
}

fn bar_class(look: &str) -> String {
    format!("c-chart__bar c-chart__bar--{look}")
}

fn group_view(group: Group, series: Series) -> impl IntoView {
    let bars = group.bars.into_iter().zip(series).map(|(bar, (_, look))| bar_view(bar, look));
    view! {
        <g>
            <text class="c-chart__label" x="0" y=group.label_y.to_string()>{group.label}</text>
            {bars.collect_view()}
        </g>
    }
}

fn bar_view(bar: Bar, look: &'static str) -> impl IntoView {
    view! {
        <rect
            class=bar_class(look)
            x="0"
            y=bar.y.to_string()
            width=bar.length.to_string()
            height=bar_height().to_string()
            rx="2"
        ></rect>
        <text class="c-chart__value" x=bar.value_x.to_string() y=bar.value_y.to_string()>{bar.value}</text>
    }
}
