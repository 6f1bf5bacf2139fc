//! The events of a part of a Word file, by the names that matter.

use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};

/// How deep elements may lie in each other; text boxes in tables in text boxes are not deeper.
const DEEPEST: usize = 200;

pub enum Step {
    Begin(Element),
    End(String),
    Text(String),
}

/// An element by its name without prefix.
pub struct Element {
    pub name: String,
    attributes: Vec<(String, String)>,
}

impl Element {
    fn of(element: &BytesStart<'_>) -> Option<Self> {
        let name = element.local_name();
        let attributes = element.attributes().map(|it| {
            let it = it.ok()?;
            Some((it.key.local_name().into_inner().to_owned(), it.value.into_owned()))
        });
        Some(Self {
            name: name.as_ref().to_owned(),
            attributes: attributes.collect::<Option<_>>()?,
        })
    }

    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|it| it.0 == name).map(|it| it.1.as_str())
    }

    pub fn value(&self) -> Option<&str> {
        self.attribute("val")
    }

    pub fn number(&self) -> Option<u32> {
        self.value()?.parse().ok()
    }
}

/// Gives the steps of a part one after another; `None` where it is no XML.
pub fn walk(text: &str, mut take: impl FnMut(Step)) -> Option<()> {
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    let mut depth = 0_usize;
    loop {
        match reader.read_event().ok()? {
            Event::Start(element) => {
                depth += 1;
                if depth > DEEPEST {
                    return None;
                }
                take(Step::Begin(Element::of(&element)?));
            }
            Event::Empty(element) => {
                let element = Element::of(&element)?;
                let name = element.name.clone();
                take(Step::Begin(element));
                take(Step::End(name));
            }
            Event::End(element) => {
                depth = depth.checked_sub(1)?;
                take(Step::End(element.local_name().as_ref().to_owned()));
            }
            Event::Text(text) => take(Step::Text(text.xml10_content().into_owned())),
            Event::CData(text) => take(Step::Text(text.xml10_content().into_owned())),
            Event::GeneralRef(reference) => {
                let letter = match reference.resolve_char_ref().ok()? {
                    Some(letter) => letter.to_string(),
                    None => match reference.as_ref() {
                        "amp" => "&".into(),
                        "lt" => "<".into(),
                        "gt" => ">".into(),
                        "quot" => "\"".into(),
                        "apos" => "'".into(),
                        // Whoever declares entities of their own means no good.
                        _ => return None,
                    },
                };
                take(Step::Text(letter));
            }
            Event::DocType(_) => return None,
            Event::Eof => return Some(()),
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
        }
    }
}
