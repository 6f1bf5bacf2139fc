//! Step cards as links know them. Cards have no ids: one is found again by what it is called, or was
//! called, for what learners read may still be an earlier text than what is written.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use shared::{
    content::{LessonContent, StepCard},
    courses::LessonId,
    standards::console::{LinkPlace, LinkState},
};
use similar::TextDiff;

use super::entity::{link, link::Titles};
use crate::{Result, db::Transaction};

/// Earlier names that are kept of one card. A draft saves itself while somebody types.
const FORMER: usize = 100;
/// How alike two titles are that are taken for one that was mended.
const ALIKE: f32 = 0.5;

/// What a link calls a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardName {
    at: usize,
    title: String,
    /// The latest first.
    former: Vec<String>,
}

impl CardName {
    pub(super) fn of(link: &link::Model) -> Option<Self> {
        let at = link.card.filter(|_| link.place == LinkPlace::Card)?;
        Some(Self {
            at: usize::try_from(at).ok()?,
            title: link.card_title.clone().unwrap_or_default(),
            former: link.former_titles.0.clone(),
        })
    }

    /// Where the card is in a text; nothing where that has no such card.
    pub fn place(&self, content: &LessonContent) -> Option<usize> {
        let LessonContent::Steps(steps) = content else { return None };
        let called = |at: usize, title: &String| {
            steps.cards.get(at).is_some_and(|it| !title.is_empty() && it.title == *title)
        };
        let mut titles = std::iter::once(&self.title).chain(&self.former);
        titles.find_map(|title| {
            let elsewhere = || (0..steps.cards.len()).find(|at| called(*at, title));
            if called(self.at, title) { Some(self.at) } else { elsewhere() }
        })
    }
}

/// Keeps links with the cards of a lesson while these are renamed and moved.
pub async fn follow(
    tx: &Transaction,
    lesson: LessonId,
    before: &LessonContent,
    after: &LessonContent,
) -> Result<()> {
    let (LessonContent::Steps(old), LessonContent::Steps(new)) = (before, after) else {
        return Ok(());
    };
    if old.cards.iter().map(|it| &it.title).eq(new.cards.iter().map(|it| &it.title)) {
        return Ok(());
    }
    let links = link::Entity::find()
        .filter(link::Column::LessonId.eq(lesson))
        .filter(link::Column::Place.eq(LinkPlace::Card))
        .filter(link::Column::State.ne(LinkState::Ended))
        .all(tx)
        .await?;
    if links.is_empty() {
        return Ok(());
    }
    let places = pair(&old.cards, &new.cards);
    for link in links {
        let Some(name) = CardName::of(&link) else { continue };
        let now = name.place(before).and_then(|at| places[at]);
        if let Some(at) = now {
            rename(tx, &link, name, (at, &new.cards[at].title)).await?;
        }
    }
    Ok(())
}

async fn rename(
    tx: &Transaction,
    link: &link::Model,
    name: CardName,
    (at, title): (usize, &String),
) -> Result<()> {
    let mut former = name.former;
    if name.title != *title {
        former.retain(|it| it != title && *it != name.title);
        former.insert(0, name.title);
        former.truncate(FORMER);
    }
    link::Entity::update_many()
        .col_expr(link::Column::Card, Expr::value(i32::try_from(at).unwrap_or(i32::MAX)))
        .col_expr(link::Column::CardTitle, Expr::value(title.clone()))
        .col_expr(link::Column::FormerTitles, Expr::value(Titles(former)))
        .filter(link::Column::Id.eq(link.id))
        .exec(tx)
        .await?;
    Ok(())
}

/// Where each card is now.
fn pair(old: &[StepCard], new: &[StepCard]) -> Vec<Option<usize>> {
    let mut pairs = Pairs { of_old: vec![None; old.len()], taken: vec![false; new.len()] };
    for (at, card) in old.iter().enumerate() {
        if new.get(at).is_some_and(|it| it.title == card.title) {
            pairs.add(at, at);
        }
    }
    for (at, card) in old.iter().enumerate() {
        pairs.find(at, |it| new[it].title == card.title);
    }
    for (at, card) in old.iter().enumerate() {
        pairs.find(at, |it| is_the_same(card, &new[it]));
    }
    for (at, card) in old.iter().enumerate() {
        let alike = |it: usize| TextDiff::from_chars(&card.title, &new[it].title).ratio() >= ALIKE;
        pairs.find(at, alike);
    }
    // What is left between the same neighbours was renamed altogether, unless more went than came.
    let left = pairs.of_old.iter().filter(|it| it.is_none()).count();
    if left <= pairs.taken.iter().filter(|it| !**it).count() {
        for at in 0..old.len() {
            let between = pairs.of_old.clone();
            let in_order = |new: usize| {
                let places = (0..).zip(&between).filter_map(|(old, new)| Some((old, (*new)?)));
                places.into_iter().all(|(old, place): (usize, usize)| (old < at) == (place < new))
            };
            pairs.find(at, in_order);
        }
    }
    pairs.of_old
}

struct Pairs {
    of_old: Vec<Option<usize>>,
    taken: Vec<bool>,
}

impl Pairs {
    fn add(&mut self, old: usize, new: usize) {
        self.of_old[old] = Some(new);
        self.taken[new] = true;
    }

    /// Pairs a card that is not yet paired with the first one that fits, best at its own place.
    fn find(&mut self, old: usize, fits: impl Fn(usize) -> bool) {
        if self.of_old[old].is_some() {
            return;
        }
        let free = |at: &usize| self.taken.get(*at) == Some(&false) && fits(*at);
        let found = Some(old).filter(free).or_else(|| (0..self.taken.len()).find(free));
        if let Some(new) = found {
            self.add(old, new);
        }
    }
}

/// Whether two cards say the same under another title.
fn is_the_same(one: &StepCard, other: &StepCard) -> bool {
    let said = |it: &StepCard| {
        it.picture.is_some()
            || it.clip.is_some()
            || !it.quality.is_empty()
            || it.key_points.iter().any(|it| !it.is_empty())
    };
    said(one)
        && (&one.picture, &one.clip, &one.key_points, &one.quality)
            == (&other.picture, &other.clip, &other.key_points, &other.quality)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(title: &str, quality: &str) -> StepCard {
        StepCard {
            title: title.into(),
            picture: None,
            clip: None,
            key_points: Vec::new(),
            quality: quality.into(),
            seconds: 0,
            mistakes: Vec::new(),
            safety: String::new(),
        }
    }

    #[test]
    fn a_card_is_found_again_after_it_was_renamed_moved_or_both() {
        let old = ["开窗", "擦桌", "拖地"].map(|it| card(it, ""));
        let now = |titles: &[&str]| {
            let new: Vec<_> = titles.iter().map(|it| card(it, "")).collect();
            pair(&old, &new)
        };
        assert_eq!(now(&["开窗", "拖地", "擦桌"]), [Some(0), Some(2), Some(1)]);
        assert_eq!(now(&["开窗", "抹净台面", "拖地"]), [Some(0), Some(1), Some(2)]);
        assert_eq!(now(&["", "开窗", "擦桌子", "拖地"]), [Some(1), Some(2), Some(3)]);
        assert_eq!(now(&["开窗", "拖地"]), [Some(0), None, Some(1)], "it was removed");
        assert_eq!(now(&["开窗", "拖净"]), [Some(0), None, Some(1)], "one was removed");
        assert_eq!(now(&["开窗", "拖地", "收工"]), [Some(0), None, Some(1)], "another came");
        let both =
            pair(&[card("甲", "无尘"), card("乙", "")], &[card("乙", ""), card("丙", "无尘")]);
        assert_eq!(both, [Some(1), Some(0)]);
    }

    #[test]
    fn a_text_from_before_a_card_was_renamed_has_it_too() {
        let name = CardName {
            at: 1,
            title: "抹净台面".into(),
            former: vec!["擦桌".into(), String::new()],
        };
        let text = |titles: &[&str]| {
            let cards = titles.iter().map(|it| card(it, "")).collect();
            LessonContent::Steps(shared::content::StepLesson { cards, ..Default::default() })
        };
        assert_eq!(name.place(&text(&["开窗", "擦桌"])), Some(1));
        assert_eq!(name.place(&text(&["抹净台面", "擦桌"])), Some(0), "as it is called now");
        assert_eq!(name.place(&text(&["", "开窗"])), None);
    }
}
