//! How deep a clause stands, by what stands open above it.

use super::Mark;

#[derive(Default)]
pub struct Places {
    /// What is open, from a chapter down: its depth, and the level of its heading.
    open: Vec<Open>,
}

#[derive(Debug, Clone)]
struct Open {
    depth: i32,
    mark: Option<Mark>,
    heading: Option<u8>,
}

impl Open {
    /// Whether it is an item of a list, or a table, which nothing but lists go below.
    const fn hangs(&self) -> bool {
        matches!(
            self.mark,
            Some(Mark::Letter(_) | Mark::Number(_) | Mark::Dash | Mark::Counted(_) | Mark::Table)
        )
    }
}

impl Places {
    /// Puts a clause to its place and says how deep that is.
    pub fn place(&mut self, mark: &Mark, heading: Option<u8>) -> i32 {
        let depth = self.depth(mark);
        self.put(depth, Some(mark.clone()), heading);
        depth
    }

    /// A heading without a number stands below the last one of a higher level.
    pub fn place_heading(&mut self, level: u8) -> i32 {
        let above = self.open.iter().rev().find(|it| it.heading.is_some_and(|at| at < level));
        let depth = above.map_or(0, |it| it.depth + 1);
        self.put(depth, None, Some(level));
        depth
    }

    fn put(&mut self, depth: i32, mark: Option<Mark>, heading: Option<u8>) {
        self.open.retain(|it| it.depth < depth);
        self.open.push(Open { depth, mark, heading });
    }

    /// How deep the clause stands that lists and tables hang on.
    pub fn base(&self) -> Option<i32> {
        self.open.iter().rev().find(|it| !it.hangs()).map(|it| it.depth)
    }

    /// Whether what was placed last is an item by where it stands: （一） below 第三条.
    pub fn is_item(&self) -> bool {
        let sub = self.open.last().is_some_and(|it| matches!(it.mark, Some(Mark::OfficialSub(_))));
        sub && !self.open.iter().any(|it| matches!(it.mark, Some(Mark::Official(_))))
    }

    fn depth(&self, mark: &Mark) -> i32 {
        let below = self.base().map_or(0, |it| it + 1);
        let small = |count: usize| i32::try_from(count).unwrap_or(i32::MAX);
        match mark {
            Mark::Named | Mark::Chapter(_) | Mark::Official(_) | Mark::Appendix(..) => 0,
            Mark::Section(_) => 1,
            Mark::Article(_) => self.below(|it| matches!(it, Mark::Chapter(_) | Mark::Section(_))),
            Mark::Decimal(parts) => small(parts.len()) - 1,
            Mark::Lettered(_, parts) => small(parts.len()),
            Mark::OfficialSub(_) => self.below(|it| {
                matches!(
                    it,
                    Mark::Official(_) | Mark::Article(_) | Mark::Decimal(_) | Mark::Lettered(..)
                )
            }),
            Mark::Counted(_) | Mark::Letter(_) | Mark::Table => below,
            Mark::Number(_) => {
                self.under(|it| matches!(it, Mark::Letter(_) | Mark::Counted(_)), below)
            }
            Mark::Dash => self.under(|it| matches!(it, Mark::Letter(_) | Mark::Number(_)), below),
        }
    }

    /// One below the innermost of these.
    fn below(&self, of: impl Fn(&Mark) -> bool) -> i32 {
        let above = self.open.iter().rev().find(|it| it.mark.as_ref().is_some_and(&of));
        above.map_or(0, |it| it.depth + 1)
    }

    /// One below the innermost of these where one is open, else so deep.
    fn under(&self, of: impl Fn(&Mark) -> bool, else_at: i32) -> i32 {
        let above = self.open.iter().rev().find(|it| it.mark.as_ref().is_some_and(&of));
        above.map_or(else_at, |it| it.depth + 1)
    }
}
