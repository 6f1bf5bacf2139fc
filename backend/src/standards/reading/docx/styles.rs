//! Styles of paragraphs: which are headings, which are numbered, which belong to a table of contents.

use std::collections::HashMap;

use super::markup::{Step, walk};

#[derive(Debug, Default, Clone)]
pub struct Style {
    name: String,
    based_on: Option<String>,
    outline: Option<u8>,
    pub list: Option<u32>,
    pub level: Option<u32>,
}

#[derive(Debug, Default)]
pub struct Styles(HashMap<String, Style>);

impl Styles {
    /// From the style itself to what it is based on, at most so many of them.
    fn chain(&self, id: &str) -> impl Iterator<Item = (&str, &Style)> {
        let mut next = self.0.get_key_value(id);
        std::iter::from_fn(move || {
            let (id, style) = next.take()?;
            next = style.based_on.as_ref().and_then(|it| self.0.get_key_value(it));
            Some((id.as_str(), style))
        })
        .take(12)
    }

    /// Of which level it is a heading, from 1.
    pub fn heading(&self, id: &str) -> Option<u8> {
        self.chain(id).find_map(|(_, it)| {
            let by_name = it.name.to_ascii_lowercase();
            let by_name = by_name.strip_prefix("heading ").and_then(|it| it.parse().ok());
            it.outline.filter(|it| *it < 9).map(|it| it + 1).or(by_name)
        })
    }

    /// The list it is numbered by, the level if it says so, and the style that says it.
    pub fn list(&self, id: &str) -> Option<(u32, Option<u32>, &str)> {
        self.chain(id).find_map(|(id, it)| Some((it.list?, it.level, id)))
    }

    pub fn is_contents(&self, id: &str) -> bool {
        self.chain(id).any(|(_, it)| it.name.to_ascii_lowercase().starts_with("toc"))
    }
}

pub fn read(text: &str) -> Option<Styles> {
    let mut styles = Styles::default();
    let mut open: Option<(String, Style)> = None;
    walk(text, |step| match step {
        Step::Begin(element) if element.name == "style" => {
            open = element.attribute("styleId").map(|id| (id.to_owned(), Style::default()));
        }
        Step::Begin(element) => {
            let Some((_, style)) = &mut open else { return };
            let value = element.value();
            match element.name.as_str() {
                "name" => value.unwrap_or_default().clone_into(&mut style.name),
                "basedOn" => style.based_on = value.map(str::to_owned),
                "outlineLvl" => style.outline = value.and_then(|it| it.parse().ok()),
                "numId" => style.list = element.number(),
                "ilvl" => style.level = element.number(),
                _ => {}
            }
        }
        Step::End(name) if name == "style" => styles.0.extend(open.take()),
        Step::End(_) | Step::Text(_) => {}
    })?;
    Some(styles)
}
