//! Linking the clauses that a package cites to what was made of it.

use shared::{
    packages::ClauseLeftOut,
    standards::{ClauseLinkId, console::LinkTarget},
};
use uuid::Uuid;

use super::{
    format::{PackagedClause, PackagedPlace},
    writing::{Draft, Written},
};
use crate::{
    Result,
    db::Transaction,
    standards::{self, Cited},
};

/// How many clauses were linked, and the others.
pub async fn link(
    tx: &Transaction,
    clauses: Vec<PackagedClause>,
    written: &Written,
    draft: Draft,
) -> Result<(u32, Vec<ClauseLeftOut>)> {
    let (mut cited, mut left_out) = (Vec::new(), Vec::new());
    for it in clauses {
        match target(&it.place, written) {
            Some((target, place)) => cited.push((citation(it, target), place)),
            None => left_out.push(without(&it, "这道题没有导入")),
        }
    }
    let links = cited.iter().map(|(it, _)| it.clone()).collect();
    let outcomes = standards::link_all(tx, links, draft.by, draft.now).await?;
    let mut linked = 0;
    for ((it, place), outcome) in cited.into_iter().zip(outcomes) {
        match outcome {
            Ok(()) => linked += 1,
            Err(reason) => left_out.push(ClauseLeftOut {
                standard: it.clause.standard_name(),
                number: it.clause.number().to_owned(),
                place,
                reason,
            }),
        }
    }
    Ok((linked, left_out))
}

fn citation(it: PackagedClause, target: LinkTarget) -> Cited {
    let PackagedClause { clause, kind, coverage, dated, note, link, .. } = it;
    let link = link.unwrap_or_else(|| ClauseLinkId(Uuid::now_v7()));
    Cited { link, clause, target, card: None, kind, coverage, dated, note }
}

fn without(it: &PackagedClause, reason: &str) -> ClauseLeftOut {
    ClauseLeftOut {
        standard: it.clause.standard_name(),
        number: it.clause.number().to_owned(),
        place: "试题".into(),
        reason: reason.into(),
    }
}

/// The place here, and what it is called; nothing where it was not written.
fn target(place: &PackagedPlace, written: &Written) -> Option<(LinkTarget, String)> {
    let lesson = |at: usize| written.lessons.get(at).cloned();
    Some(match *place {
        PackagedPlace::Lesson { lesson: at } => {
            let (lesson, title) = lesson(at)?;
            (LinkTarget::Lesson { lesson }, title)
        }
        PackagedPlace::Card { lesson: at, card } => {
            let (lesson, title) = lesson(at)?;
            (
                LinkTarget::Card { lesson, card },
                format!("{title} 第 {} 张步骤卡", card.saturating_add(1)),
            )
        }
        PackagedPlace::Video { lesson: at, from, to } => {
            let (lesson, title) = lesson(at)?;
            (LinkTarget::Video { lesson, from, to }, title)
        }
        PackagedPlace::Question { question: at } => {
            let (question, stem) = written.questions.get(at).cloned()?;
            (LinkTarget::Question { question }, stem)
        }
        PackagedPlace::Item { item: at } => {
            let (item, text) = written.items.get(at).cloned()?;
            (LinkTarget::ChecklistItem { course: written.course, item }, text)
        }
    })
}
