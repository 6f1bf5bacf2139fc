//! 条文引用: which of the lesson's clauses is shown here.

use leptos::prelude::*;
use shared::{
    content::Block,
    standards::{
        ClauseLinkId, ClauseQuote,
        console::{ClauseLink, LinkState},
    },
};

use crate::admin::{kit::SelectField, standards::Links};

#[derive(Clone, Copy)]
pub struct ClauseFields {
    /// Id of the link; empty until one is chosen.
    link: RwSignal<String>,
    /// What the phone beside the form shows; the server does not keep it.
    quote: RwSignal<Option<ClauseQuote>>,
}

impl ClauseFields {
    pub fn new(link: Option<ClauseLinkId>, quote: Option<ClauseQuote>) -> Self {
        let link = link.map(|it| it.to_string()).unwrap_or_default();
        Self { link: RwSignal::new(link), quote: RwSignal::new(quote) }
    }

    /// Nothing until a clause is chosen.
    pub fn read(self) -> Option<Block> {
        let link = self.link.with(|it| it.parse().ok())?;
        Some(Block::Clause { link, quote: self.quote.get() })
    }
}

/// The links of the lesson come by context.
#[component]
pub fn ClauseField(fields: ClauseFields) -> impl IntoView {
    let links = expect_context::<Links>();
    let ClauseFields { link, quote } = fields;
    let chosen = move || {
        let all = links.items()?;
        Some(all.into_iter().find(|it| link.with(|id| *id == it.id.to_string())))
    };
    Effect::new(move || {
        if let Some(Some(found)) = chosen() {
            quote.set(Some(found.quote));
        }
    });
    let choices = Signal::derive(move || {
        let all = links.items().unwrap_or_default();
        let first = (String::new(), "请选一条".to_owned());
        let mut choices: Vec<_> = std::iter::once(first).chain(all.iter().map(choice)).collect();
        let chosen = link.get();
        if choices.iter().all(|(id, _)| *id != chosen) {
            let name = if links.are_all() {
                "原来引用的一条已经不在了".to_owned()
            } else {
                quote.get().map_or_else(String::new, |it| format!("{} {}", it.standard, it.number))
            };
            choices.push((chosen, name));
        }
        choices
    });
    let note = move || match chosen()? {
        None if links.items()?.is_empty() => {
            Some("这一课还没有依据：先在下面的“依据”里点“加依据”，再回来选。")
        }
        None if !links.are_all() => {
            Some("这里能选的是下面“依据”打开着的那一页；要选别的，先在下面翻页。")
        }
        None if link.with(String::is_empty) => None,
        None => Some("原来引用的这一条已经不在这一课的“依据”里：请换一条，或者删掉这一块。"),
        Some(it) if matches!(it.state, LinkState::Draft | LinkState::InReview) => {
            Some("这一条还没有复核：复核通过以后学员才看得到，课程也才能提交。")
        }
        Some(_) => None,
    };
    view! {
        <SelectField
            label="引用哪一条"
            hint="只能选这一课“依据”里的条款；条文的字由标准仓给，新版来了会自己标明"
            value=link
            choices
        />
        {move || note().map(|it| view! { <p class="c-note" role="status">{it}</p> })}
    }
}

fn choice(link: &ClauseLink) -> (String, String) {
    let ClauseLink { standard_name, number, clause_title, state, .. } = link;
    let name = format!("{standard_name} {number} {clause_title}");
    let name =
        if *state == LinkState::Valid { name } else { format!("{name}（{}）", state.label()) };
    (link.id.to_string(), name)
}
