//! Whether a number fits where it stands: numbers count up, and what does not is part of a text.

use super::Mark;

/// How many numbers may be missing, as where one was not recognised.
const GAP: u32 = 4;

#[derive(Default)]
pub struct Fitting {
    chapter: u32,
    section: u32,
    article: u32,
    decimal: Vec<u32>,
    appendix: Option<char>,
    lettered: Vec<u32>,
    official: u32,
    official_sub: u32,
    counted: u32,
    letter: Option<char>,
    number: u32,
}

impl Fitting {
    pub fn fits(&self, mark: &Mark) -> bool {
        let next = |last: u32, it: u32| it > last && it - last <= GAP;
        let first_or_next = |last: u32, it: u32| it == 1 || it == last + 1;
        match mark {
            Mark::Named | Mark::Table | Mark::Dash => true,
            Mark::Chapter(it) => next(self.chapter, *it),
            Mark::Section(it) => first_or_next(self.section, *it),
            Mark::Article(it) => next(self.article, *it),
            Mark::Decimal(parts) => self.appendix.is_none() && follows(&self.decimal, parts),
            Mark::Appendix(letter, _) => match self.appendix {
                None => *letter <= 'B',
                Some(last) => *letter > last && *letter as u32 - last as u32 <= 2,
            },
            Mark::Lettered(letter, parts) => {
                self.appendix == Some(*letter) && follows(&self.lettered, parts)
            }
            // Once a text is numbered 1, 1.1 it is no official paper.
            Mark::Official(it) => self.decimal.is_empty() && first_or_next(self.official, *it),
            Mark::OfficialSub(it) => first_or_next(self.official_sub, *it),
            Mark::Counted(it) => first_or_next(self.counted, *it),
            Mark::Letter(it) => {
                *it == 'a' || self.letter.is_some_and(|last| last as u32 + 1 == *it as u32)
            }
            Mark::Number(it) => first_or_next(self.number, *it),
        }
    }

    /// Counts on from here; what stands below begins anew.
    pub fn accept(&mut self, mark: &Mark) {
        match mark {
            Mark::Letter(_) => self.number = 0,
            Mark::Number(_) | Mark::Dash | Mark::Table => {}
            Mark::Counted(_) => (self.letter, self.number) = (None, 0),
            Mark::OfficialSub(_) => (self.counted, self.letter, self.number) = (0, None, 0),
            _ => {
                (self.official_sub, self.counted) = (0, 0);
                (self.letter, self.number) = (None, 0);
            }
        }
        match mark {
            Mark::Named | Mark::Table | Mark::Dash => {}
            Mark::Chapter(it) => (self.chapter, self.section) = (*it, 0),
            Mark::Section(it) => self.section = *it,
            Mark::Article(it) => self.article = *it,
            Mark::Decimal(parts) => self.decimal.clone_from(parts),
            Mark::Appendix(letter, _) => {
                (self.appendix, self.lettered) = (Some(*letter), Vec::new());
            }
            Mark::Lettered(_, parts) => self.lettered.clone_from(parts),
            Mark::Official(it) => self.official = *it,
            Mark::OfficialSub(it) => self.official_sub = *it,
            Mark::Counted(it) => self.counted = *it,
            Mark::Letter(it) => self.letter = Some(*it),
            Mark::Number(it) => self.number = *it,
        }
    }
}

/// Whether a number such as 4.2.3 may come after the last one.
fn follows(last: &[u32], parts: &[u32]) -> bool {
    let same = last.iter().zip(parts).take_while(|(one, other)| one == other).count();
    let Some(differs) = parts.get(same) else { return false };
    let steps = match last.get(same) {
        Some(last) if differs > last => differs - last,
        Some(_) => return false,
        // A first one below is .1, or a few more; the very first chapter may be 0.
        None => *differs,
    };
    // Far from the last chapter it is a quantity rather than a number.
    let most = if same == 0 && parts.len() > 1 { 2 } else { GAP };
    steps <= most && parts[same + 1..].iter().all(|it| (1..=2).contains(it))
}
