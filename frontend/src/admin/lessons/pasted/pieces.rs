//! The pieces read so far. Entries of a list come one by one, and pictures of a list or a table wait
//! until it has ended.

use super::Piece;

/// How many entries a list may have.
const LONGEST_LIST: usize = 50;

#[derive(Default)]
pub struct Pieces {
    all: Vec<Piece>,
    held: Vec<Piece>,
    /// Whether the next entry goes into the list read last.
    list_goes_on: bool,
}

impl Pieces {
    /// Adds what is no entry of a list.
    pub fn push(&mut self, piece: Piece) {
        self.release();
        self.all.push(piece);
    }

    /// Adds a table, whose pictures come after it.
    pub fn put(&mut self, piece: Piece) {
        self.list_goes_on = false;
        self.all.push(piece);
    }

    pub fn hold(&mut self, picture: Piece) {
        self.held.push(picture);
    }

    /// The list, or the table, has ended.
    pub fn release(&mut self) {
        self.list_goes_on = false;
        self.all.append(&mut self.held);
    }

    pub fn entry(&mut self, ordered: bool, below: bool, text: String) {
        if let Some(Piece::List { ordered: open, items }) = self.all.last_mut()
            && self.list_goes_on
        {
            if let Some(above) = items.last_mut().filter(|_| below) {
                // A list knows one level. What lies below an entry follows it, so that the numbers of
                // the others stay right.
                above.push_str(" – ");
                return above.push_str(&text);
            }
            if *open == ordered && items.len() < LONGEST_LIST {
                return items.push(text);
            }
        }
        // Pictures that wait may be those of this entry.
        self.all.push(Piece::List { ordered, items: vec![text] });
        self.list_goes_on = true;
    }

    pub fn end(mut self) -> Vec<Piece> {
        self.release();
        self.all
    }
}

/// Whether what Word writes before an entry counts the entries: dots are letters of symbol fonts.
pub fn is_number(marker: &str) -> bool {
    let marker = marker.trim();
    let counts = |it: char| it.is_numeric() || "一二三四五六七八九十".contains(it);
    marker.contains(counts) || marker.ends_with(['.', ')', '、', '）', '．'])
}
