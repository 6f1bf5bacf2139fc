//! The paragraphs of a Word document in their order, the rows of its tables, and the pictures in both.

use super::{
    super::Placed,
    Image, Line,
    markup::{Element, Step, walk},
    numbering::Numbering,
    pictures::Gathering,
    styles::Styles,
};

pub fn read(
    text: &str,
    styles: &Styles,
    numbering: Numbering,
    gathering: Gathering<'_, '_>,
) -> Option<(Vec<Line>, Vec<Image>)> {
    let mut reading = Reading {
        styles,
        numbering,
        gathering,
        lines: Vec::new(),
        open: Vec::new(),
        rows: Vec::new(),
        in_text: false,
        skipped: 0,
        pictures: Vec::new(),
    };
    walk(text, |step| reading.take(step))?;
    Some((reading.lines, reading.gathering.into_images()))
}

#[derive(Default)]
struct Paragraph {
    text: String,
    style: Option<String>,
    list: Option<u32>,
    level: Option<u32>,
    outline: Option<u8>,
}

struct Reading<'a, 'file> {
    styles: &'a Styles,
    numbering: Numbering,
    gathering: Gathering<'a, 'file>,
    lines: Vec<Line>,
    /// Paragraphs within each other, as where a text box hangs on one.
    open: Vec<Paragraph>,
    /// Rows within each other: their cells.
    rows: Vec<Vec<String>>,
    in_text: bool,
    /// How deep within what is not read: the other form of a text box, or what was deleted.
    skipped: usize,
    /// Pictures that belong to the line that is about to be read.
    pictures: Vec<Placed>,
}

impl Reading<'_, '_> {
    fn take(&mut self, step: Step) {
        match step {
            Step::Begin(element) if self.skipped > 0 || is_skipped(&element.name) => {
                self.skipped += 1;
            }
            Step::End(_) if self.skipped > 0 => self.skipped -= 1,
            Step::Begin(element) => self.begin(&element),
            Step::End(name) => self.end(&name),
            Step::Text(text) if self.in_text => {
                if let Some(paragraph) = self.open.last_mut() {
                    paragraph.text.push_str(&text);
                }
            }
            Step::Text(_) => {}
        }
    }

    fn begin(&mut self, element: &Element) {
        match element.name.as_str() {
            "p" => return self.open.push(Paragraph::default()),
            "tr" => return self.rows.push(Vec::new()),
            "tc" => {
                if let Some(cells) = self.rows.last_mut() {
                    cells.push(String::new());
                }
                return;
            }
            _ => {}
        }
        self.pictures.extend(self.gathering.look(element));
        let Some(paragraph) = self.open.last_mut() else { return };
        match element.name.as_str() {
            "t" => self.in_text = true,
            "tab" if paragraph.text.is_empty() => {}
            "tab" => paragraph.text.push('\t'),
            "br" | "cr" => paragraph.text.push(' '),
            "noBreakHyphen" => paragraph.text.push('-'),
            "pStyle" => paragraph.style = element.value().map(str::to_owned),
            "numId" => paragraph.list = element.number(),
            "ilvl" => paragraph.level = element.number(),
            "outlineLvl" => paragraph.outline = element.value().and_then(|it| it.parse().ok()),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "t" => self.in_text = false,
            "p" => {
                if let Some(paragraph) = self.open.pop() {
                    self.finish(&paragraph);
                }
                if self.open.is_empty() && self.rows.is_empty() {
                    self.hang();
                }
            }
            "tr" => {
                let cells = self.rows.pop().unwrap_or_default();
                let text = cells.join(" | ");
                match self.rows.last_mut().and_then(|outer| outer.last_mut()) {
                    Some(cell) => add(cell, &text),
                    None => self.push(Line::of(text)),
                }
            }
            _ => {}
        }
    }

    fn push(&mut self, line: Line) {
        let pictures = std::mem::take(&mut self.pictures);
        self.lines.push(Line { pictures, ..line });
    }

    /// Pictures in a paragraph without words stand below the line before it; above the first line they
    /// stand below nothing.
    fn hang(&mut self) {
        let pictures = std::mem::take(&mut self.pictures);
        if let Some(line) = self.lines.last_mut() {
            line.pictures.extend(pictures);
        }
    }

    fn finish(&mut self, paragraph: &Paragraph) {
        let style = paragraph.style.as_deref().unwrap_or_default();
        if self.styles.is_contents(style) {
            return;
        }
        let text = self.numbered(paragraph, style);
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        if let Some(cell) = self.rows.last_mut().and_then(|cells| cells.last_mut()) {
            return add(cell, text);
        }
        let own = paragraph.outline.filter(|it| *it < 9).map(|it| it + 1);
        let heading = own.or_else(|| self.styles.heading(style));
        self.push(Line { heading, ..Line::of(text) });
    }

    /// The text after the number that Word shows before it.
    fn numbered(&mut self, paragraph: &Paragraph, style: &str) -> String {
        let by_style = self.styles.list(style);
        let list = paragraph.list.or(by_style.map(|it| it.0)).filter(|it| *it > 0);
        let (Some(list), false) = (list, paragraph.text.trim().is_empty()) else {
            return paragraph.text.clone();
        };
        let level = paragraph.level.or_else(|| {
            let (_, level, style) = by_style?;
            level.or_else(|| self.numbering.level_of(list, style))
        });
        match self.numbering.next(list, level.unwrap_or_default()) {
            Some(label) if !label.trim().is_empty() => format!("{label} {}", paragraph.text.trim()),
            _ => paragraph.text.clone(),
        }
    }
}

fn add(cell: &mut String, text: &str) {
    if !cell.is_empty() {
        cell.push(' ');
    }
    cell.push_str(text);
}

fn is_skipped(name: &str) -> bool {
    matches!(name, "Fallback" | "del" | "moveFrom" | "instrText" | "footnoteReference" | "sectPr")
}
