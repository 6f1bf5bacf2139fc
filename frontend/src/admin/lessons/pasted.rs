//! What Word, WPS and other programs put on the clipboard, as blocks of a lesson.
//!
//! Browsers would read it too, and complain of every style in it, which the page does not allow. Broken
//! HTML is read as well as it can be; what is left is checked by the server like anything typed.

mod around;
mod builder;
mod inline;
mod pieces;
mod table;
#[cfg(test)]
mod tests;
mod tokens;

use builder::Builder;
use tokens::{Tag, Token, Tokens};

/// A piece of what was pasted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    Heading(String),
    /// Inline HTML of `strong em a br`.
    Paragraph(String),
    List {
        ordered: bool,
        items: Vec<String>,
    },
    Table(Vec<Vec<String>>),
    /// A picture: where it lies, and what it shows. Only `data:` is in the HTML; others stayed where they
    /// were copied from, or came beside it.
    Picture {
        source: String,
        alt: String,
    },
}

impl Piece {
    /// Whether it is a picture on the disk of whoever copied it.
    pub fn is_named_picture(&self) -> bool {
        matches!(self, Self::Picture { source, .. } if source.starts_with("file:"))
    }
}

/// Reads what was copied.
pub fn read(html: &str) -> Vec<Piece> {
    let mut builder = Builder::default();
    for token in Tokens::of(html) {
        match token {
            Token::Text(text) => builder.text(&text),
            Token::Open(tag) => open(&mut builder, &tag),
            Token::Close(name) => close(&mut builder, &name.to_ascii_lowercase()),
        }
    }
    builder.end()
}

fn open(builder: &mut Builder, tag: &Tag) {
    let name = tag.name.to_ascii_lowercase();
    match name.as_str() {
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => builder.heading(),
        "p" | "div" | "blockquote" | "pre" | "section" | "article" | "dd" | "dt" => {
            builder.paragraph(tag);
        }
        "ul" => builder.begin_list(false),
        "ol" => builder.begin_list(true),
        "li" => builder.item(),
        "table" => builder.begin_table(),
        "tr" => builder.row(),
        "td" | "th" => builder.cell(tag),
        "br" => builder.line_break(tag),
        "img" => builder.picture(tag),
        "hr" => builder.rule(),
        _ => builder.open_inline(&name, tag),
    }
}

fn close(builder: &mut Builder, name: &str) {
    match name {
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "p" | "div" | "blockquote" | "pre"
        | "section" | "article" | "dd" | "dt" => builder.end_block(),
        "ul" | "ol" => builder.end_list(),
        "li" => builder.end_item(),
        "table" => builder.end_table(),
        "tr" | "td" | "th" => builder.end_cell(),
        _ => builder.close_inline(name),
    }
}
