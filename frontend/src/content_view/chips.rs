//! 依据 6.2.3: the clauses that a lesson or a step card cites. Each is opened by a page of the server's.

use shared::standards::ClauseChip;

use crate::ui::{
    html::{Html, none, p},
    link_button,
};

/// Of a card, or of the lesson as a whole.
pub fn chips(clauses: &[ClauseChip], card: Option<u32>) -> Html {
    let of_it = clauses.iter().filter(|it| it.card == card);
    let chips: Vec<Html> = of_it.map(chip).collect();
    if chips.is_empty() { none() } else { p("cites").all(chips) }
}

fn chip(clause: &ClauseChip) -> Html {
    let from = clause.from.map(|from| format!("（{}:{:02} 起）", from / 60, from % 60));
    let text = format!("依据 {}{}", clause.number, from.unwrap_or_default());
    link_button("cite", format!("/study/clauses/{}", clause.link), &text)
}
