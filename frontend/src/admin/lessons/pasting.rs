//! Puts what was pasted into a paragraph among the blocks, and sends its pictures.

use leptos::{prelude::*, task::spawn_local};
use shared::content::{Block, NoticeTone};
use web_sys::File;

use super::{
    block::BlockFields,
    pasted::Piece,
    rich_text::{Part, Pasted},
};
use crate::{
    admin::kit::{Item, Items, PictureFields, send_picture},
    client::Client,
};

/// The blocks of an article, and what is told above them.
#[derive(Clone, Copy)]
pub struct Pasting {
    pub blocks: Items<BlockFields>,
    pub told: RwSignal<String>,
    last: RwSignal<Option<Put>>,
    client: Client,
}

/// What the last paste did: the paragraph that it divided, and the blocks that it made.
#[derive(Clone)]
struct Put {
    divided: Item<BlockFields>,
    made: Vec<u32>,
}

impl Pasting {
    pub fn into(blocks: Items<BlockFields>) -> Self {
        let (told, last) = (RwSignal::default(), RwSignal::new(None));
        Self { blocks, told, last, client: Client::expect() }
    }

    /// Whether there is a paste to take back.
    pub fn can_undo(self) -> bool {
        self.last.with(Option::is_some)
    }

    /// Takes the last paste back: its blocks go, and the paragraph is as it was.
    pub fn undo(self) {
        let Some(Put { divided, made }) = self.last.get_untracked() else { return };
        self.last.set(None);
        self.blocks.put_back(divided, &made);
        self.told.set("刚才贴的已经撤掉了。".to_owned());
    }

    /// Divides a paragraph where something was pasted.
    pub fn put(self, key: u32, pasted: Pasted) {
        let Pasted { before, after, parts } = pasted;
        let words = |html: &str| {
            let html = trimmed(html).to_owned();
            (!html.is_empty()).then_some(Part::Piece(Piece::Paragraph(html)))
        };
        let (count, lost) = (parts.len(), parts.iter().filter(|it| it.is_lost()).count());
        let Some(divided) = self.blocks.item(key) else { return };
        self.last.set(Some(Put { divided, made: Vec::new() }));
        let all = words(&before).into_iter().chain(parts).chain(words(&after));
        all.fold(key, |below, part| self.made(self.add(below, part)));
        self.blocks.remove(key);
        let missing = if lost == 0 {
            String::new()
        } else {
            format!("其中 {lost} 张图片没能一起贴过来，原来的位置上留了提示，请在那里插入图片。")
        };
        self.told.set(format!("贴进来 {count} 块。{missing}"));
    }

    /// Remembers that the last paste made a block.
    fn made(self, key: u32) -> u32 {
        self.last.update(|it| it.iter_mut().for_each(|it| it.made.push(key)));
        key
    }

    /// Adds a part below a block; returns the key of the new one.
    fn add(self, below: u32, part: Part) -> u32 {
        match part {
            Part::Piece(piece) => self.blocks.add_below(below, || BlockFields::of(block_of(piece))),
            Part::Lost { alt } => self.blocks.add_below(below, || note(&alt)),
            Part::File { file, alt } => {
                let mut fields = None;
                let key = self.blocks.add_below(below, || {
                    BlockFields::Picture(*fields.insert(PictureFields::new(None)))
                });
                if let Some(fields) = fields {
                    fields.alt.set(alt);
                    self.send(key, fields, file);
                }
                key
            }
        }
    }

    /// Sends a picture; where that fails, a note stands in its place.
    fn send(self, key: u32, fields: PictureFields, file: File) {
        fields.busy.set(true);
        spawn_local(async move {
            let sent = send_picture(self.client, &file).await;
            // The page may have been left.
            if fields.busy.try_set(false).is_some() {
                return;
            }
            match sent {
                Ok(file) => fields.take(&file),
                Err(trouble) => {
                    let alt = fields.alt.get_untracked();
                    let note = self.blocks.add_below(key, || note(&alt));
                    let is_made = |put: &Put| put.made.contains(&key);
                    if self.last.with_untracked(|it| it.as_ref().is_some_and(is_made)) {
                        self.made(note);
                    }
                    self.blocks.remove(key);
                    let why = trouble.sentence();
                    self.told.set(format!("有一张图片没能贴过来：{why}。原来的位置上留了提示。"));
                }
            }
        });
    }
}

impl Part {
    const fn is_lost(&self) -> bool {
        matches!(self, Self::Lost { .. })
    }
}

/// Without the line breaks at its ends, which the end of the block stands for.
fn trimmed(html: &str) -> &str {
    let mut html = html.trim();
    while let Some(rest) = html.strip_prefix("<br>").or_else(|| html.strip_suffix("<br>")) {
        html = rest.trim();
    }
    html
}

fn block_of(piece: Piece) -> Block {
    match piece {
        Piece::Heading(text) => Block::Heading { text },
        Piece::Paragraph(html) => Block::Paragraph { html },
        Piece::List { ordered, items } => Block::List { ordered, items },
        Piece::Table(rows) => Block::Table { rows },
        // Pictures come as files, or not at all.
        Piece::Picture { alt, .. } => note_of(&alt),
    }
}

fn note(alt: &str) -> BlockFields {
    BlockFields::of(note_of(alt))
}

fn note_of(alt: &str) -> Block {
    let which = if alt.is_empty() { String::new() } else { format!("“{alt}”") };
    let text =
        format!("这里原来有一张图片{which}，没能一起贴过来。请在这里插入图片，再删掉这条提示。");
    Block::Notice { tone: NoticeTone::Caution, text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paragraph_that_is_divided_ends_without_a_line_break() {
        assert_eq!(trimmed("先断电<br> <br>"), "先断电");
        assert_eq!(trimmed("<br>再<br>开窗"), "再<br>开窗");
        assert_eq!(trimmed("<br><br>"), "");
    }
}
