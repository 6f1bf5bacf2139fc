//! Lines become a tree of clauses, in the order in which they stand. A proposal: an officer looks at
//! it beside the text.

mod captions;
mod fitting;
mod places;
mod proposed;

use shared::standards::console::{ClauseForce, ClauseKind};

use super::numbering::{self, Head, Mark};
use fitting::Fitting;
use places::Places;

pub use captions::is_caption;
pub use proposed::{Line, Pictured, Placed, Proposed};

/// The longest title; what is longer, or a sentence, is text.
const LONGEST_TITLE: usize = 25;

/// The clauses that the lines propose. What stands above the first of them, as the cover, is left
/// out.
pub fn split(lines: &[Line]) -> Vec<Proposed> {
    let mut splitting = Splitting::default();
    for (at, line) in lines.iter().enumerate() {
        splitting.take(at, line);
    }
    if splitting.clauses.is_empty() {
        return whole(lines);
    }
    splitting.clauses
}

/// A text without any number is one clause.
fn whole(lines: &[Line]) -> Vec<Proposed> {
    let mut only = Proposed {
        depth: 0,
        kind: ClauseKind::Chapter,
        number: String::new(),
        title: "正文".into(),
        text: String::new(),
        force: ClauseForce::Normative,
        line: 0,
        lines: lines.len(),
        pictures: Vec::new(),
        unread: 0,
    };
    let (mut texts, mut pictured) = (Vec::new(), false);
    for line in lines {
        let text = line.text.trim();
        if pictured && is_caption(text) {
            only.caption(text);
        } else if !text.is_empty() {
            texts.push(text);
        }
        pictured = only.hang(&line.pictures);
    }
    only.text = texts.join("\n");
    if only.text.is_empty() { Vec::new() } else { vec![only] }
}

#[derive(Default)]
struct Splitting {
    clauses: Vec<Proposed>,
    fitting: Fitting,
    places: Places,
    /// What begins now is this.
    force: Option<ClauseForce>,
    /// An appendix whose title is still to come.
    untitled: bool,
    /// Within a table of contents.
    contents: bool,
    /// The clause to which the last line went.
    last: Option<usize>,
    /// Whether that line ended in a picture, which may have a caption below it.
    pictured: bool,
}

impl Splitting {
    fn take(&mut self, at: usize, line: &Line) {
        if !self.captions(at, line.text.trim()) {
            self.read(at, line);
        }
        let clause = self.last.map(|last| &mut self.clauses[last]);
        self.pictured = clause.is_some_and(|it| it.hang(&line.pictures));
    }

    /// Whether a line is the caption of the picture above it, and no text.
    fn captions(&mut self, at: usize, text: &str) -> bool {
        let Some(last) = self.last.filter(|_| self.pictured && is_caption(text)) else {
            return false;
        };
        let newest = last + 1 == self.clauses.len();
        let clause = &mut self.clauses[last];
        clause.caption(text);
        if newest {
            clause.lines = at + 1 - clause.line;
        }
        true
    }

    fn read(&mut self, at: usize, line: &Line) {
        let text = line.text.trim();
        if text.is_empty() || self.is_contents(text) || self.completes_appendix(at, text) {
            return;
        }
        let head = numbering::head(text).filter(|it| self.fitting.fits(&it.mark));
        match (head, line.heading) {
            (Some(head), heading) => self.begin(at, head, heading),
            (None, Some(level)) if !self.clauses.is_empty() => {
                self.begin_unnumbered(at, text, level);
            }
            (None, _) => self.go_on(at, text, line.broken),
        }
    }

    /// `1 范围 ……… 1`, and the word 目次 itself.
    fn is_contents(&mut self, text: &str) -> bool {
        let bare: String = text.chars().filter(|it| !it.is_whitespace()).collect();
        if matches!(bare.as_str(), "目次" | "目录") {
            self.contents = true;
            return true;
        }
        let ends_in_page =
            bare.ends_with(|it: char| it.is_ascii_digit() || "IVXⅠⅡⅢⅣⅤ".contains(it));
        let led = ["…", "....", "·····"].iter().any(|it| bare.contains(it)) || text.contains('\t');
        let entry = ends_in_page && led;
        self.contents &= entry;
        entry && (self.contents || bare.contains('…') || bare.contains("...."))
    }

    /// `（规范性）` and the title, on lines of their own below 附录A.
    fn completes_appendix(&mut self, at: usize, text: &str) -> bool {
        let Some(appendix) = self.clauses.last_mut().filter(|_| self.untitled) else {
            return false;
        };
        let (force, rest) = numbering::force(text);
        if let Some(force) = force {
            appendix.force = force;
            self.force = Some(force);
        }
        let rest = rest.trim();
        if !rest.is_empty() {
            self.untitled = false;
            if numbering::head(rest).is_some() || !is_title(rest) {
                return false;
            }
            rest.clone_into(&mut appendix.title);
        }
        appendix.lines = at + 1 - appendix.line;
        true
    }

    fn begin(&mut self, at: usize, head: Head, heading: Option<u8>) {
        let Head { mark, number, rest } = head;
        self.fitting.accept(&mark);
        let depth = self.places.place(&mark, heading);
        match mark {
            Mark::Named => self.force = Some(ClauseForce::Informative),
            Mark::Appendix(_, force) => self.force = force,
            _ if depth == 0 => self.force = None,
            _ => {}
        }
        self.untitled = matches!(mark, Mark::Appendix(..)) && rest.is_empty();
        let titled = depth == 0
            || heading.is_some()
            || matches!(mark, Mark::Table | Mark::Section(_))
            || (mark.kind() == ClauseKind::Article && is_title(&rest));
        // Within a list 项 of a 条 are written as （一）.
        let kind = if self.places.is_item() { ClauseKind::Item } else { mark.kind() };
        self.push(
            at,
            depth,
            kind,
            number,
            if titled { (rest, String::new()) } else { (String::new(), rest) },
        );
    }

    fn begin_unnumbered(&mut self, at: usize, text: &str, level: u8) {
        let depth = self.places.place_heading(level);
        let kind = if depth == 0 { ClauseKind::Chapter } else { ClauseKind::Article };
        self.push(at, depth, kind, String::new(), (text.to_owned(), String::new()));
    }

    fn push(
        &mut self,
        at: usize,
        depth: i32,
        kind: ClauseKind,
        number: String,
        said: (String, String),
    ) {
        let (title, text) = said;
        let force = self.force.unwrap_or(ClauseForce::Normative);
        let (pictures, unread) = (Vec::new(), 0);
        let (line, lines) = (at, 1);
        self.last = Some(self.clauses.len());
        self.clauses.push(Proposed {
            depth,
            kind,
            number,
            title,
            text,
            force,
            line,
            lines,
            pictures,
            unread,
        });
    }

    /// A line that begins nothing belongs to what was begun last.
    fn go_on(&mut self, at: usize, text: &str, broken: bool) {
        let Some(last) = self.clauses.last() else { return };
        let table_is_over =
            last.kind == ClauseKind::Table && last.text.contains(" | ") && !text.contains(" | ");
        let to = if table_is_over { self.places.base() } else { None };
        let found = self.clauses.iter().rposition(|it| {
            to.is_none_or(|depth| it.depth == depth && it.kind != ClauseKind::Table)
        });
        let Some(found) = found else { return };
        self.last = Some(found);
        let clause = &mut self.clauses[found];
        let joins = broken && !clause.text.ends_with(['。', '；', '：', '！', '？']);
        if !clause.text.is_empty() && !joins {
            clause.text.push('\n');
        }
        clause.text.push_str(text);
        if to.is_none() {
            clause.lines = at + 1 - clause.line;
        }
    }
}

/// Whether it is a title rather than a sentence.
fn is_title(text: &str) -> bool {
    text.chars().count() <= LONGEST_TITLE
        && !text.contains(['。', '；', '，'])
        && !text.ends_with(['：', ':', '、'])
}

#[cfg(test)]
mod tests;
