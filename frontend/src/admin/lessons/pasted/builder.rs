//! Puts the pieces together, tag by tag.

use super::{
    Piece,
    around::{Around, DEEPEST},
    inline::{Inline, Marks},
    pieces::{Pieces, is_number},
    table::Table,
    tokens::Tag,
};

/// What the words being read will be.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Kind {
    #[default]
    Paragraph,
    Heading,
    /// An entry of a list; whether it is numbered is said by the list, or in Word by what stands
    /// before the entry.
    Entry {
        ordered: Option<bool>,
        /// It belongs to the entry before.
        below: bool,
    },
}

/// Characters of a heading.
const LONGEST_HEADING: usize = 300;

#[derive(Default)]
pub struct Builder {
    pieces: Pieces,
    words: Inline,
    kind: Kind,
    marker: String,
    around: Around,
    /// Whether the open lists are numbered.
    lists: Vec<bool>,
    table: Option<Table>,
    /// How many tables lie in each other.
    depth: usize,
}

impl Builder {
    pub fn text(&mut self, text: &str) {
        if self.around.is_hidden() {
            return;
        }
        if self.around.is_marker() {
            return self.marker.push_str(text);
        }
        self.words.push(text, self.around.marks());
    }

    fn in_cell(&self) -> bool {
        self.table.as_ref().is_some_and(Table::is_in_cell)
    }

    pub fn heading(&mut self) {
        if self.in_cell() {
            return self.words.new_line();
        }
        self.flush();
        self.lists.clear();
        self.kind = Kind::Heading;
    }

    pub fn paragraph(&mut self, tag: &Tag) {
        if self.in_cell() || !self.lists.is_empty() {
            return self.words.new_line();
        }
        self.flush();
        let number = |text: &str| text.starts_with(|it: char| ('1'..='6').contains(&it));
        let list = tag.style("mso-list").filter(|it| it.contains("level"));
        self.kind = if let Some(list) = list {
            let below = !list.contains("level1");
            Kind::Entry { ordered: None, below }
        } else if tag.style("mso-outline-level").is_some_and(|it| number(&it))
            || tag.attribute("class").is_some_and(|it| it.contains("MsoTitle"))
        {
            Kind::Heading
        } else {
            Kind::Paragraph
        };
    }

    pub fn end_block(&mut self) {
        if self.in_cell() || !self.lists.is_empty() {
            self.words.new_line();
        } else {
            self.flush();
        }
    }

    pub fn begin_list(&mut self, ordered: bool) {
        if self.in_cell() {
            return self.words.new_line();
        }
        if self.lists.is_empty() {
            self.flush();
            self.pieces.release();
        }
        if self.lists.len() < DEEPEST {
            self.lists.push(ordered);
        }
    }

    pub fn item(&mut self) {
        if self.in_cell() {
            return self.words.new_line();
        }
        self.flush();
        let ordered = self.lists.first().copied().unwrap_or_default();
        self.kind = Kind::Entry { ordered: Some(ordered), below: self.lists.len() > 1 };
    }

    pub fn end_item(&mut self) {
        if !self.in_cell() {
            self.flush();
        }
    }

    pub fn end_list(&mut self) {
        if self.in_cell() {
            return;
        }
        self.flush();
        self.lists.pop();
        if self.lists.is_empty() {
            self.pieces.release();
        }
    }

    pub fn begin_table(&mut self) {
        if self.table.is_none() {
            self.flush();
            self.table = Some(Table::default());
        } else {
            self.words.new_line();
        }
        self.depth += 1;
    }

    pub fn row(&mut self) {
        if self.depth > 1 {
            return self.words.new_line();
        }
        self.end_cell();
        if let Some(table) = &mut self.table {
            table.row();
        }
    }

    pub fn cell(&mut self, tag: &Tag) {
        if self.depth > 1 {
            return self.words.push(" ", &Marks::PLAIN);
        }
        self.end_cell();
        if self.table.is_some() {
            // Words between the cells, such as a caption, stand before the table.
            self.flush();
        }
        if let Some(table) = &mut self.table {
            table.cell(tag);
        }
    }

    pub fn end_cell(&mut self) {
        if self.depth > 1 || !self.in_cell() {
            return;
        }
        let text = std::mem::take(&mut self.words).plain();
        if let Some(table) = &mut self.table {
            table.end_cell(text);
        }
    }

    pub fn end_table(&mut self) {
        self.depth = self.depth.saturating_sub(1);
        if self.depth > 0 {
            return self.words.new_line();
        }
        self.end_cell();
        self.flush();
        let Some(table) = self.table.take() else { return };
        for rows in table.end() {
            // A frame around words is none.
            let lone = rows.len() == 1 && rows[0].len() == 1;
            if lone {
                self.words.push(&rows[0][0], &Marks::PLAIN);
                self.flush();
            } else {
                self.pieces.put(Piece::Table(rows));
            }
        }
        self.pieces.release();
    }

    pub fn line_break(&mut self, tag: &Tag) {
        // Where Word begins a new page.
        if tag.style("page-break-before").is_none() {
            self.words.line_break();
        }
    }

    pub fn picture(&mut self, tag: &Tag) {
        let source = tag.attribute("src").unwrap_or_default();
        let size = |name| tag.attribute(name).and_then(|it| it.trim().parse::<f32>().ok());
        let dot = ["width", "height"].into_iter().any(|it| size(it).is_some_and(|it| it <= 2.0));
        if source.is_empty() || dot || self.around.is_marker() || self.around.is_hidden() {
            return;
        }
        let alt = tag.attribute("alt").unwrap_or_default().trim().to_owned();
        let picture = Piece::Picture { source, alt };
        if self.in_cell() || matches!(self.kind, Kind::Entry { .. }) {
            return self.pieces.hold(picture);
        }
        let kind = self.kind;
        self.flush();
        self.kind = kind;
        self.pieces.push(picture);
    }

    pub fn rule(&mut self) {
        self.end_block();
    }

    pub fn open_inline(&mut self, name: &str, tag: &Tag) {
        self.around.open(name, tag);
    }

    pub fn close_inline(&mut self, name: &str) {
        self.around.close(name);
    }

    /// Ends the piece being read.
    fn flush(&mut self) {
        let words = std::mem::take(&mut self.words);
        let kind = std::mem::take(&mut self.kind);
        let marker = std::mem::take(&mut self.marker);
        if words.is_empty() {
            return;
        }
        let text = words.line();
        match kind {
            Kind::Entry { ordered, below } => {
                let ordered = ordered.unwrap_or_else(|| is_number(&marker));
                self.pieces.entry(ordered, below, text);
            }
            Kind::Heading if text.chars().count() <= LONGEST_HEADING => {
                self.pieces.push(Piece::Heading(text));
            }
            Kind::Heading | Kind::Paragraph => self.pieces.push(Piece::Paragraph(words.html())),
        }
    }

    pub fn end(mut self) -> Vec<Piece> {
        if self.table.is_some() {
            self.depth = 1;
            self.end_table();
        }
        self.flush();
        self.pieces.end()
    }
}
