//! Words with their marks, and with only the blanks that people see.

/// The marks of some words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marks {
    pub strong: bool,
    pub em: bool,
    pub link: Option<String>,
}

impl Marks {
    pub const PLAIN: Self = Self { strong: false, em: false, link: None };
}

#[derive(Default)]
pub struct Inline {
    runs: Vec<(String, Marks)>,
    last: Option<char>,
    /// What stands between the last letter and the next one.
    gap: Gap,
}

#[derive(Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    #[default]
    None,
    /// The end of a line of the file, where nobody wrote a blank in Chinese.
    Wrapped,
    Blank,
    /// The end of a paragraph inside a cell or an entry.
    Line,
}

impl Inline {
    pub fn push(&mut self, text: &str, marks: &Marks) {
        for letter in text.chars() {
            match letter {
                '\n' | '\r' => self.gap = self.gap.max(Gap::Wrapped),
                // What Chinese indents with stays between words.
                '\u{3000}' if self.last.is_some() => self.letter(letter, marks),
                it if it.is_whitespace() => self.gap = self.gap.max(Gap::Blank),
                it if it.is_control() => {}
                it => self.letter(it, marks),
            }
        }
    }

    /// What follows begins a new line.
    pub fn new_line(&mut self) {
        self.gap = Gap::Line;
    }

    /// A line break that somebody wrote.
    pub fn line_break(&mut self) {
        if self.last.is_some() {
            self.append('\n', &Marks::PLAIN);
        }
    }

    fn letter(&mut self, letter: char, marks: &Marks) {
        let gap = std::mem::take(&mut self.gap);
        if let Some(last) = self.last.filter(|it| *it != '\n') {
            let wrapped = gap == Gap::Wrapped && is_chinese(last) && is_chinese(letter);
            if gap == Gap::Line {
                self.append('\n', &Marks::PLAIN);
            } else if gap != Gap::None && !wrapped {
                // The blank before marked words is not marked.
                let same = self.runs.last().is_some_and(|(_, it)| it == marks);
                self.append(' ', if same { marks } else { &Marks::PLAIN });
            }
        }
        self.append(letter, marks);
    }

    fn append(&mut self, letter: char, marks: &Marks) {
        self.last = Some(letter);
        match self.runs.last_mut().filter(|(_, it)| it == marks) {
            Some((text, _)) => text.push(letter),
            None => self.runs.push((letter.into(), marks.clone())),
        }
    }

    pub const fn is_empty(&self) -> bool {
        self.last.is_none()
    }

    /// The words alone.
    pub fn plain(&self) -> String {
        let text: String = self.runs.iter().map(|(text, _)| text.as_str()).collect();
        text.trim().to_owned()
    }

    /// The words alone, on one line.
    pub fn line(&self) -> String {
        self.plain().replace('\n', " ")
    }

    /// The words and their marks as inline HTML.
    pub fn html(&self) -> String {
        let mut html = String::new();
        for (text, marks) in &self.runs {
            let parts = [
                marks.link.as_ref().map(|it| (format!("<a href=\"{}\">", escaped(it)), "</a>")),
                marks.strong.then(|| ("<strong>".to_owned(), "</strong>")),
                marks.em.then(|| ("<em>".to_owned(), "</em>")),
            ];
            let parts: Vec<_> = parts.into_iter().flatten().collect();
            for (open, _) in &parts {
                html.push_str(open);
            }
            html.push_str(&escaped(text).replace('\n', "<br>"));
            for (_, close) in parts.iter().rev() {
                html.push_str(close);
            }
        }
        let mut html = html.trim();
        while let Some(rest) = html.strip_suffix("<br>") {
            html = rest.trim_end();
        }
        html.to_owned()
    }
}

/// Whether blanks are unusual beside it.
const fn is_chinese(letter: char) -> bool {
    letter as u32 >= 0x2e80 || matches!(letter, '“' | '”' | '‘' | '’' | '…' | '—' | '·')
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
