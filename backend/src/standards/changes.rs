//! What a version says otherwise than the one before it.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use shared::standards::{ClauseId, ClauseKey, StandardId, console::*};
use similar::{Algorithm, ChangeTag, TextDiff};

use super::{
    entity::{clause, link, version},
    matching, versions,
};
use crate::{Result, db::Connection};

/// Two versions side by side: by their keys where the later one is confirmed, else by how they would
/// be matched now.
pub struct Comparison {
    pub before: Vec<clause::Model>,
    pub after: Vec<clause::Model>,
    /// Which old clause each new one is.
    of_after: Vec<Option<usize>>,
}

/// A clause before and after.
pub struct Pair<'a> {
    pub kind: ChangeKind,
    pub before: Option<&'a clause::Model>,
    pub after: Option<&'a clause::Model>,
}

impl<'a> Pair<'a> {
    /// Of one clause, which is there in either version or both.
    pub fn of(before: Option<&'a clause::Model>, after: Option<&'a clause::Model>) -> Self {
        let kind = match (before, after) {
            (None, _) => ChangeKind::Added,
            (_, None) => ChangeKind::Deleted,
            (Some(before), Some(after)) if matching::is_same(before, after) => ChangeKind::Same,
            _ => ChangeKind::Changed,
        };
        Self { kind, before, after }
    }
}

/// Comparing thousands of texts is work, for which there are other threads than those that answer.
pub async fn worked_out<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    Ok(tokio::task::spawn_blocking(work).await.map_err(anyhow::Error::from)?)
}

impl Comparison {
    pub async fn of(db: &Connection, version: &version::Model) -> Result<Self> {
        let after = versions::all_clauses(db, version.id).await?;
        let before = match version.supersedes {
            Some(before) => versions::all_clauses(db, before).await?,
            None => Vec::new(),
        };
        let confirmed = version.confirmed_at.is_some();
        let compare = move || {
            let of_after = if confirmed {
                let by_key: HashMap<ClauseKey, usize> =
                    before.iter().enumerate().map(|(at, it)| (it.key, at)).collect();
                after.iter().map(|it| by_key.get(&it.key).copied()).collect()
            } else {
                matching::pair(&matching::said(&before), &matching::said(&after))
            };
            Self { before, after, of_after }
        };
        worked_out(compare).await
    }

    /// Which clause before each clause is that was there already, and the key that it had.
    pub fn origins(&self) -> HashMap<ClauseId, (ClauseId, ClauseKey)> {
        let origin = |(after, of): (&clause::Model, &Option<usize>)| {
            let before = &self.before[(*of)?];
            Some((after.id, (before.id, before.key)))
        };
        self.after.iter().zip(&self.of_after).filter_map(origin).collect()
    }

    /// What is new or changed in the order of the new version, what is gone where it stood.
    pub fn pairs(&self) -> Vec<Pair<'_>> {
        let mut gone = vec![true; self.before.len()];
        self.of_after.iter().flatten().for_each(|at| gone[*at] = false);
        let mut pairs = Vec::with_capacity(self.after.len());
        let mut next = 0;
        for (after, of) in self.after.iter().zip(&self.of_after) {
            if let Some(at) = of {
                while next < *at {
                    pairs.extend(gone[next].then(|| self.deleted(next)));
                    next += 1;
                }
                next = next.max(at + 1);
            }
            let before = of.map(|at| &self.before[at]);
            pairs.push(Pair::of(before, Some(after)));
        }
        pairs.extend((next..self.before.len()).filter(|at| gone[*at]).map(|at| self.deleted(at)));
        pairs
    }

    fn deleted(&self, at: usize) -> Pair<'_> {
        Pair::of(Some(&self.before[at]), None)
    }
}

/// Whatever did not stay the same.
pub async fn list(db: &Connection, version: &version::Model) -> Result<Vec<ClauseChange>> {
    let links = links_by_key(db, version.standard_id).await?;
    let comparison = Comparison::of(db, version).await?;
    let work = move || {
        let pairs = comparison.pairs().into_iter().filter(|it| it.kind != ChangeKind::Same);
        pairs.map(|it| shown(&it, &links)).collect()
    };
    worked_out(work).await
}

fn shown(pair: &Pair<'_>, links: &HashMap<ClauseKey, u32>) -> ClauseChange {
    let said = |it: Option<&clause::Model>| it.map_or(String::new(), words);
    ClauseChange {
        kind: pair.kind,
        before: pair.before.map(text),
        after: pair.after.map(text),
        pieces: pieces(&said(pair.before), &said(pair.after)),
        pictures: pair
            .before
            .zip(pair.after)
            .is_some_and(|(before, after)| !matching::shows_the_same(before, after)),
        links: pair.before.and_then(|it| links.get(&it.key)).copied().unwrap_or_default(),
    }
}

fn words(clause: &clause::Model) -> String {
    match (clause.title.is_empty(), clause.text.is_empty()) {
        (true, _) => clause.text.clone(),
        (false, true) => clause.title.clone(),
        (false, false) => format!("{}\n{}", clause.title, clause.text),
    }
}

fn text(clause: &clause::Model) -> ClauseText {
    ClauseText {
        id: clause.id,
        number: clause.number.clone(),
        title: clause.title.clone(),
        text: clause.text.clone(),
        modality: clause.modality,
    }
}

/// The two texts, piece by piece.
pub fn pieces(before: &str, after: &str) -> Vec<Piece> {
    let mut config = TextDiff::configure();
    let diff =
        config.algorithm(Algorithm::Patience).timeout(matching::PATIENCE).diff_chars(before, after);
    let mut pieces: Vec<Piece> = Vec::new();
    for change in diff.iter_all_changes() {
        let kind = match change.tag() {
            ChangeTag::Equal => ChangeKind::Same,
            ChangeTag::Insert => ChangeKind::Added,
            ChangeTag::Delete => ChangeKind::Deleted,
        };
        match pieces.last_mut().filter(|it| it.kind == kind) {
            Some(last) => last.text.push_str(change.value()),
            None => pieces.push(Piece { kind, text: change.value().to_owned() }),
        }
    }
    pieces
}

/// How many links follow each clause of a standard wherever it goes.
pub async fn links_by_key(
    db: &Connection,
    standard: StandardId,
) -> Result<HashMap<ClauseKey, u32>> {
    let keys: Vec<ClauseKey> = link::Entity::find()
        .select_only()
        .column(link::Column::ClauseKey)
        .filter(link::Column::StandardId.eq(standard))
        .filter(link::Column::Dated.eq(false))
        .filter(link::Column::State.ne(LinkState::Ended))
        .into_tuple()
        .all(db)
        .await?;
    let mut counts = HashMap::new();
    for key in keys {
        *counts.entry(key).or_default() += 1;
    }
    Ok(counts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pieces_together_are_both_texts() {
        let (before, after) = ("会前30 min应完成调试。", "会前60 min应完成设备调试。");
        let pieces = pieces(before, after);
        let without = |kind: ChangeKind| -> String {
            pieces.iter().filter(|it| it.kind != kind).map(|it| it.text.as_str()).collect()
        };
        assert_eq!(without(ChangeKind::Added), before);
        assert_eq!(without(ChangeKind::Deleted), after);
        assert!(pieces.iter().any(|it| it.kind == ChangeKind::Same));
    }
}
