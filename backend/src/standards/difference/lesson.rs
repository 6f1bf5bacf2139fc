//! The one lesson: of each clause what was said and what is said now, as much as is read in three minutes.

use std::cmp::Reverse;

use ammonia::clean_text;
use shared::{
    content::{Block, GALLERY_MOST, LessonContent, Picture},
    standards::{
        ClauseId,
        console::{ChangeKind, LinkCoverage, Piece},
    },
};

use super::{
    excerpts,
    said::{self, Change, Changes},
};
use crate::standards::changes::pieces;

/// Characters that people who read slowly read in a minute, and in the lesson.
const A_MINUTE: usize = 300;
const LESSON: usize = 3 * A_MINUTE;
/// Characters that are shown of one text; an option of a question holds as many.
pub const SHOWN: usize = 150;
/// What is said of other pictures, which come after it.
const REDRAWN: &str = "图改了";
/// What is said where none is left.
const UNDRAWN: &str = "图去掉了";
/// How long a picture is looked at, in characters that are read meanwhile.
const PICTURE: usize = 50;
/// Characters of a heading.
const TITLE: usize = 60;
/// Clauses that are looked at for what there is room for.
const LOOKED_AT: usize = 100;
/// Clauses that are named of those which the lesson has no room for.
const NAMED: usize = 40;

/// A clause as the lesson shows it.
#[derive(Debug, Clone)]
pub struct Shown<'a> {
    pub change: &'a Change,
    /// Absent where the clause is new, says what it only advised before, or only its pictures changed.
    pub before: Option<String>,
    pub now: String,
}

impl<'a> Shown<'a> {
    fn of(change: &'a Change) -> Self {
        let Some(before) = &change.before else {
            return Self { change, before: None, now: excerpts::beginning(&change.now, SHOWN) };
        };
        let (before, now) = excerpts::pair(before, &change.now, SHOWN);
        Self { change, before: Some(before), now }
    }

    pub fn coverage(&self) -> (ClauseId, LinkCoverage) {
        let whole = self.now == self.change.now;
        (self.change.clause, if whole { LinkCoverage::Whole } else { LinkCoverage::Part })
    }

    /// How much there is to read.
    fn size(&self) -> usize {
        let count = |it: &str| it.chars().count();
        let before = self.before.as_deref().map_or(0, count);
        // What changed is said once more, with its changes marked.
        let again = if self.before.is_some() { count(&self.now) } else { 0 };
        let shift = self.change.shift.map_or(0, |it| count(&it.words()));
        let redrawn = self.redrawn().map_or(0, count);
        let pictures = self.change.pictures.len() * PICTURE;
        count(&heading(self.change))
            + shift
            + redrawn
            + before
            + count(&self.now)
            + again
            + pictures
    }

    /// What is said of pictures that are others now.
    const fn redrawn(&self) -> Option<&'static str> {
        match (self.change.redrawn, self.change.pictures.is_empty()) {
            (false, _) => None,
            (true, true) => Some(UNDRAWN),
            (true, false) => Some(REDRAWN),
        }
    }

    fn blocks(&self) -> Vec<Block> {
        let mut blocks = self.words();
        blocks.extend(self.pictures().chunks(GALLERY_MOST).map(|pictures| match pictures {
            [one] => Block::Picture(one.clone()),
            more => Block::Gallery { pictures: more.to_vec() },
        }));
        blocks
    }

    /// Each says what it is also to those who do not see it.
    fn pictures(&self) -> Vec<Picture> {
        let described = |it: &Picture| {
            let mut picture = it.clone();
            if picture.alt.is_empty() {
                picture.alt = match picture.caption.as_str() {
                    "" => format!("{}的图", self.change.name),
                    caption => caption.to_owned(),
                };
            }
            picture
        };
        self.change.pictures.iter().map(described).collect()
    }

    fn words(&self) -> Vec<Block> {
        let heading = Block::Heading { text: heading(self.change) };
        let row = |it: &[&str]| it.iter().map(|it| (*it).to_owned()).collect::<Vec<String>>();
        let redrawn = self.redrawn();
        let shift = self.change.shift.map(said::Shift::words);
        let Some(before) = &self.before else {
            let what = match (&shift, redrawn) {
                (Some(shift), Some(redrawn)) => format!("{shift}；{redrawn}"),
                (Some(what), None) => what.clone(),
                (None, redrawn) => redrawn.unwrap_or("新增").to_owned(),
            };
            return vec![heading, Block::Table { rows: vec![row(&[&what]), row(&[&self.now])] }];
        };
        let shift = shift.map(|it| Block::Paragraph { html: format!("<strong>{it}</strong>。") });
        let rows = vec![row(&["原来", "现在"]), row(&[before, &self.now])];
        let marked = Block::Paragraph { html: marked(before, &self.now) };
        let redrawn =
            redrawn.map(|it| Block::Paragraph { html: format!("<strong>{it}</strong>。") });
        [Some(heading), shift, Some(Block::Table { rows }), Some(marked), redrawn]
            .into_iter()
            .flatten()
            .collect()
    }
}

fn heading(change: &Change) -> String {
    let heading = format!("{} {}", change.name, change.title);
    excerpts::beginning(heading.trim(), TITLE)
}

/// What is said now, with what is new in it in bold, or else what was left out.
fn marked(before: &str, now: &str) -> String {
    let pieces = pieces(before, now);
    let is = |kind: ChangeKind| move |it: &&Piece| it.kind == kind;
    if !pieces.iter().any(|it| it.kind == ChangeKind::Added) {
        let out = pieces.iter().filter(is(ChangeKind::Deleted)).map(|it| it.text.trim());
        let out: Vec<String> = out.map(clean_text).collect();
        return format!("去掉了：<strong>{}</strong>", out.join("、"));
    }
    let piece = |it: &Piece| match it.kind {
        ChangeKind::Added => format!("<strong>{}</strong>", clean_text(&it.text)),
        _ => clean_text(&it.text),
    };
    let kept = pieces.iter().filter(|it| it.kind != ChangeKind::Deleted);
    format!("现在：{}", kept.map(piece).collect::<String>())
}

/// What there is room for, the most important first: what most is linked to, and what changed before what
/// is new; what only shows other pictures comes last. There is always one.
pub fn chosen(changes: &Changes) -> Vec<Shown<'_>> {
    let mut made: Vec<&Change> = changes.made.iter().collect();
    let mut redrawn: Vec<&Change> = changes.redrawn.iter().collect();
    made.sort_by_key(|it| (Reverse(it.links), it.is_new()));
    redrawn.sort_by_key(|it| Reverse(it.links));
    let (mut chosen, mut room) = (Vec::new(), LESSON);
    for change in made.into_iter().chain(redrawn).take(LOOKED_AT) {
        let shown = Shown::of(change);
        if chosen.is_empty() || shown.size() <= room {
            room = room.saturating_sub(shown.size());
            chosen.push(shown);
        }
    }
    chosen
}

/// The lesson, and its minutes; `said` is said before everything else.
pub fn lesson(changes: &Changes, chosen: &[Shown<'_>], said: &str) -> (LessonContent, u32) {
    let mut in_order: Vec<&Shown<'_>> = chosen.iter().collect();
    let all = || changes.made.iter().chain(&changes.redrawn);
    let place = |it: &Change| all().position(|one| one.clause == it.clause);
    in_order.sort_by_key(|it| place(it.change));
    let mut blocks = vec![Block::Paragraph { html: clean_text(said) }];
    blocks.extend(in_order.iter().flat_map(|it| it.blocks()));
    let items = rest(changes, chosen);
    if !items.is_empty() {
        blocks.push(Block::Heading { text: "还有这些也变了".into() });
        blocks.push(Block::List { ordered: false, items });
    }
    let size: usize = chosen.iter().map(Shown::size).sum();
    let minutes = size.div_ceil(A_MINUTE).clamp(1, LESSON / A_MINUTE);
    (LessonContent::Article { blocks }, u32::try_from(minutes).unwrap_or(1))
}

/// What the lesson has no room for, by its numbers.
fn rest(changes: &Changes, chosen: &[Shown<'_>]) -> Vec<String> {
    let is_left = |it: &&Change| !chosen.iter().any(|one| one.change.clause == it.clause);
    let left: Vec<&Change> = changes.made.iter().filter(is_left).collect();
    let of = |new: bool| left.iter().filter(move |it| it.is_new() == new);
    let names = |new: bool| of(new).map(|it| it.name.as_str()).collect::<Vec<_>>();
    let gone = changes.gone.iter().map(String::as_str).collect();
    let redrawn = left.iter().copied().filter(|it| it.redrawn);
    let redrawn = redrawn.chain(changes.redrawn.iter().filter(is_left));
    let redrawn = redrawn.map(|it| it.name.as_str()).collect();
    let lines =
        [("改了", names(false)), ("新增", names(true)), ("不再要求", gone), (REDRAWN, redrawn)];
    lines.into_iter().filter_map(|(what, names)| line(what, &names)).collect()
}

fn line(what: &str, names: &[&str]) -> Option<String> {
    let some: Vec<&str> = names.iter().take(NAMED).copied().collect();
    let more = if names.len() > NAMED { format!("等 {} 条", names.len()) } else { String::new() };
    (!names.is_empty()).then(|| format!("{what}：{}{more}", some.join("、")))
}

#[cfg(test)]
pub mod tests {
    use shared::standards::Modality;
    use uuid::Uuid;

    use super::{
        said::{Demand, Shift},
        *,
    };
    use crate::standards::matching::tests::kept;

    pub fn change(number: &str, before: Option<&str>, now: &str, links: u32) -> Change {
        Change {
            clause: ClauseId(Uuid::now_v7()),
            name: format!("第 {number} 条"),
            title: String::new(),
            modality: Modality::Shall,
            before: before.map(str::to_owned),
            now: now.into(),
            shift: None,
            redrawn: false,
            pictures: Vec::new(),
            links,
        }
    }

    #[test]
    fn what_most_is_linked_to_comes_first_and_the_rest_is_named() {
        let long = "应".repeat(140);
        let old = "宜".repeat(140);
        let mut made: Vec<Change> =
            (1..=8).map(|it| change(&format!("6.{it}"), Some(&old), &long, 0)).collect();
        made[6].links = 3;
        made.push(change("7.1", None, "应佩戴工牌。", 0));
        let gone = vec!["第 8.1 条".into()];
        let changes = Changes { made, gone, ..Changes::default() };
        let chosen = chosen(&changes);
        let names: Vec<_> = chosen.iter().map(|it| it.change.name.as_str()).collect();
        assert_eq!(names, ["第 6.7 条", "第 6.1 条", "第 7.1 条"], "what there is room for");
        let (content, minutes) = lesson(&changes, &chosen, "改了几条");
        assert_eq!(minutes, 3);
        let LessonContent::Article { blocks } = content else { panic!("an article") };
        let headings: Vec<_> = blocks
            .iter()
            .filter_map(|it| match it {
                Block::Heading { text } => Some(text.as_str()),
                _ => None,
            })
            .collect();
        assert_eq!(headings, ["第 6.1 条", "第 6.7 条", "第 7.1 条", "还有这些也变了"]);
        let Some(Block::List { items, .. }) = blocks.last() else { panic!("a list") };
        let left = "改了：第 6.2 条、第 6.3 条、第 6.4 条、第 6.5 条、第 6.6 条、第 6.8 条";
        assert_eq!(items[..], [left.to_owned(), "不再要求：第 8.1 条".into()]);
    }

    #[test]
    fn what_was_advice_says_that_it_is_a_demand_now() {
        let hardened = |before| {
            let shift = Some(Shift { was: Demand::Advice, is: Demand::Must });
            let made = vec![Change { shift, ..change("1.2", before, "应提前到岗。", 0) }];
            let changes = Changes { made, ..Changes::default() };
            let chosen = chosen(&changes);
            assert_eq!(rest(&changes, &[]), ["改了：第 1.2 条"], "it is not new");
            match lesson(&changes, &chosen, "").0 {
                LessonContent::Article { blocks } => blocks,
                other => panic!("{other:?}"),
            }
        };
        let said = "原来是建议，现在是必须";
        let otherwise = hardened(Some("宜提前到岗。"));
        assert_eq!(otherwise[2], Block::Paragraph { html: format!("<strong>{said}</strong>。") });
        let in_the_same_words = &hardened(None)[2];
        let rows = vec![vec![said.to_owned()], vec!["应提前到岗。".to_owned()]];
        assert_eq!(*in_the_same_words, Block::Table { rows });
    }

    #[test]
    fn other_pictures_are_told_beside_what_is_said() {
        let picture = |caption: &str| kept("a", caption).picture;
        let redrawn = |change: Change, pictures| Change { redrawn: true, pictures, ..change };
        let both = change("6.1", Some("茶杯应摆在左边。"), "茶杯应摆在右边。", 0);
        let nameless = Picture { alt: String::new(), ..picture("") };
        let both = redrawn(both, vec![picture("图1"), nameless.clone()]);
        let undescribed = Picture { alt: String::new(), ..picture("图2") };
        let only = redrawn(change("6.2", None, "茶杯应按图摆放。", 9), vec![undescribed.clone()]);
        let first = both.pictures[0].clone();
        let changes = Changes { made: vec![both], redrawn: vec![only], ..Changes::default() };
        let chosen = chosen(&changes);
        let names: Vec<_> = chosen.iter().map(|it| it.change.name.as_str()).collect();
        assert_eq!(names, ["第 6.1 条", "第 6.2 条"]);
        let LessonContent::Article { blocks } = lesson(&changes, &chosen, "").0 else { panic!() };
        assert_eq!(blocks[4], Block::Paragraph { html: "<strong>图改了</strong>。".into() });
        let gone = redrawn(change("6.3", None, "茶杯应按图摆放。", 0), Vec::new());
        let rows = vec![vec!["图去掉了".to_owned()], vec![gone.now.clone()]];
        assert_eq!(Shown::of(&gone).blocks()[1..], [Block::Table { rows }]);
        let pictures = vec![first, Picture { alt: "第 6.1 条的图".into(), ..nameless }];
        assert_eq!(blocks[5], Block::Gallery { pictures });
        let rows = vec![vec!["图改了".to_owned()], vec!["茶杯应按图摆放。".to_owned()]];
        let picture = Picture { alt: "图2".into(), ..undescribed };
        assert_eq!(blocks[7..], [Block::Table { rows }, Block::Picture(picture)]);
        assert_eq!(rest(&changes, &[]), ["改了：第 6.1 条", "图改了：第 6.1 条、第 6.2 条"]);
    }

    #[test]
    fn what_changed_is_marked_and_stays_text() {
        let marks = "现在：应由<strong>&lt;三&gt;</strong>人进行";
        assert_eq!(marked("应由两人进行", "应由<三>人进行"), marks);
        assert_eq!(marked("应检查、记录", "应检查"), "去掉了：<strong>、记录</strong>");
    }
}
