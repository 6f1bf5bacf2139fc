//! HTML as a row of tags and texts. Whatever is broken in it is read as far as it can be.

/// What comes next in the HTML.
#[derive(Debug, PartialEq, Eq)]
pub enum Token<'a> {
    Open(Tag<'a>),
    Close(&'a str),
    /// With its entities written out.
    Text(String),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tag<'a> {
    pub name: &'a str,
    attributes: &'a str,
}

/// What stands in these is not for people.
const SILENT: [&str; 5] = ["script", "style", "title", "xml", "head"];

pub struct Tokens<'a> {
    rest: &'a str,
    /// Some quote, or some element, never ended: looking for the end again would find none again.
    endless: bool,
}

impl<'a> Tokens<'a> {
    pub const fn of(html: &'a str) -> Self {
        Self { rest: html, endless: false }
    }

    /// Skips a comment, a declaration or an instruction of a word processor.
    fn skip_remark(&mut self) -> bool {
        let end = if self.rest.starts_with("<!--") {
            "-->"
        } else if self.rest.starts_with("<!") || self.rest.starts_with("<?") {
            ">"
        } else {
            return false;
        };
        self.rest = self.rest.split_once(end).map_or("", |(_, rest)| rest);
        true
    }

    /// A tag at the start of what is left.
    fn tag(&mut self) -> Option<Token<'a>> {
        let inside = self.rest.strip_prefix('<')?;
        let closing = inside.strip_prefix('/');
        let inside = closing.unwrap_or(inside);
        if !inside.starts_with(|it: char| it.is_ascii_alphabetic()) {
            return None;
        }
        let end = self.end_of_tag(inside);
        let (tag, rest) = (&inside[..end], inside.get(end + 1..).unwrap_or_default());
        let name_ends = tag.find(|it: char| it.is_whitespace() || it == '/').unwrap_or(tag.len());
        let (name, attributes) = tag.split_at(name_ends);
        self.rest = rest;
        if closing.is_some() {
            return Some(Token::Close(name));
        }
        let silent = SILENT.iter().any(|it| name.eq_ignore_ascii_case(it));
        let tag = Tag { name, attributes };
        if silent && !tag.is_closed() && !self.endless {
            self.skip_element(name);
        }
        Some(Token::Open(tag))
    }

    /// Skips to behind the end of an element; its end tag may be missing.
    fn skip_element(&mut self, name: &str) {
        let mut rest = self.rest;
        while let Some((_, after)) = rest.split_once("</") {
            if after.get(..name.len()).is_some_and(|it| it.eq_ignore_ascii_case(name)) {
                self.rest = after.split_once('>').map_or("", |(_, rest)| rest);
                return;
            }
            rest = after;
        }
        self.endless = true;
    }

    /// Where a tag ends: at the first `>` that no quotes enclose.
    fn end_of_tag(&mut self, inside: &str) -> usize {
        let mut quote = None;
        for (at, it) in inside.char_indices().take_while(|_| !self.endless) {
            match (quote, it) {
                (None, '>') => return at,
                (None, '"' | '\'') => quote = Some(it),
                (Some(open), it) if open == it => quote = None,
                _ => {}
            }
        }
        // Its quotes are broken: rather an attribute lost than all that follows.
        self.endless = true;
        inside.find('>').unwrap_or(inside.len())
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        while self.skip_remark() {}
        if self.rest.is_empty() {
            return None;
        }
        if let Some(tag) = self.tag() {
            return Some(tag);
        }
        // A `<` that begins no tag is a character like others.
        let from = usize::from(self.rest.starts_with('<'));
        let end = self.rest[from..].find('<').map_or(self.rest.len(), |at| from + at);
        let (text, rest) = self.rest.split_at(end);
        self.rest = rest;
        Some(Token::Text(written_out(text)))
    }
}

impl Tag<'_> {
    /// Whether it ends itself, as `<o:p/>` does.
    pub fn is_closed(&self) -> bool {
        self.attributes.ends_with('/')
    }

    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<String> {
        let mut rest = self.attributes.trim_start_matches(['/', ' ', '\t', '\r', '\n']);
        while !rest.is_empty() {
            let end = rest.find(|it: char| it == '=' || it.is_whitespace()).unwrap_or(rest.len());
            let (this, after) = rest.split_at(end);
            let after = after.trim_start();
            let (value, after) = after.strip_prefix('=').map_or(("", after), value_of);
            if this.eq_ignore_ascii_case(name) {
                return Some(written_out(value));
            }
            rest = after.trim_start();
        }
        None
    }

    /// The value of a declaration in its `style`, such as `font-weight`.
    pub fn style(&self, name: &str) -> Option<String> {
        let style = self.attribute("style")?;
        style.split(';').find_map(|it| {
            let (this, value) = it.split_once(':')?;
            this.trim().eq_ignore_ascii_case(name).then(|| value.trim().to_ascii_lowercase())
        })
    }
}

/// A value behind a `=`, and what follows.
fn value_of(text: &str) -> (&str, &str) {
    let text = text.trim_start();
    for quote in ['"', '\''] {
        if let Some(inside) = text.strip_prefix(quote) {
            return inside.split_once(quote).unwrap_or((inside, ""));
        }
    }
    text.split_at(text.find(char::is_whitespace).unwrap_or(text.len()))
}

/// A text with its entities as the characters that they stand for.
fn written_out(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        written.push_str(before);
        // No entity that is known here is longer.
        let end = after.bytes().take(10).position(|it| it == b';');
        let meant = end.and_then(|end| Some((entity(after.get(..end)?)?, end)));
        if let Some((letter, end)) = meant {
            written.push(letter);
            rest = &after[end + 1..];
        } else {
            written.push('&');
            rest = after;
        }
    }
    written + rest
}

fn entity(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let hex = number.strip_prefix(['x', 'X']);
        let code = hex.map_or_else(|| number.parse().ok(), |it| u32::from_str_radix(it, 16).ok());
        return code.and_then(char::from_u32);
    }
    let known = [
        ("amp", '&'),
        ("lt", '<'),
        ("gt", '>'),
        ("quot", '"'),
        ("apos", '\''),
        ("nbsp", '\u{a0}'),
        ("middot", '·'),
        ("ldquo", '“'),
        ("rdquo", '”'),
        ("hellip", '…'),
        ("mdash", '—'),
        ("times", '×'),
        ("deg", '°'),
    ];
    known.iter().find(|(it, _)| *it == name).map(|(_, letter)| *letter)
}
