//! The elements around the words being read, and what they make of them.

use super::{inline::Marks, tokens::Tag};

#[derive(Default)]
pub struct Around(Vec<Element>);

struct Element {
    name: String,
    marks: Marks,
    /// Its words are the number or the dot before an entry.
    marker: bool,
    hidden: bool,
}

/// What nobody nests deeper than.
pub const DEEPEST: usize = 200;
/// Elements without an end.
const VOID: [&str; 9] = ["meta", "link", "col", "input", "wbr", "base", "area", "source", "embed"];

impl Around {
    pub fn is_hidden(&self) -> bool {
        self.0.last().is_some_and(|it| it.hidden)
    }

    pub fn is_marker(&self) -> bool {
        self.0.last().is_some_and(|it| it.marker)
    }

    pub fn marks(&self) -> &Marks {
        self.0.last().map_or(&Marks::PLAIN, |it| &it.marks)
    }

    pub fn open(&mut self, name: &str, tag: &Tag) {
        if VOID.contains(&name) || self.0.len() >= DEEPEST || tag.is_closed() {
            return;
        }
        let hidden = tag.style("display").is_some_and(|it| it == "none")
            || tag.style("mso-hide").is_some_and(|it| it == "all");
        let marker = tag.style("mso-list").is_some_and(|it| it == "ignore");
        self.0.push(Element {
            name: name.to_owned(),
            marks: marked(self.marks().clone(), name, tag),
            marker: marker || self.is_marker(),
            hidden: hidden || self.is_hidden(),
        });
    }

    pub fn close(&mut self, name: &str) {
        if let Some(at) = self.0.iter().rposition(|it| it.name == name) {
            self.0.truncate(at);
        }
    }
}

/// The marks of the words inside an element. What it says of itself counts more than its name: some
/// programs put everything into a `<b>` that is not bold.
fn marked(above: Marks, name: &str, tag: &Tag) -> Marks {
    let is_bold = |it: String| it.starts_with("bold") || it.parse().is_ok_and(|it: u32| it >= 600);
    let named = |names: [&str; 2], above: bool| above || names.contains(&name);
    let strong = tag.style("font-weight");
    let em = tag.style("font-style");
    Marks {
        strong: strong.map_or_else(|| named(["b", "strong"], above.strong), is_bold),
        em: em.map_or_else(|| named(["i", "em"], above.em), |it| it == "italic"),
        link: if name == "a" { address(tag) } else { above.link },
    }
}

/// Where a link leads that the server lets stay.
fn address(tag: &Tag) -> Option<String> {
    let address = tag.attribute("href")?.trim().to_owned();
    ["https://", "tel:"].iter().any(|it| address.starts_with(it)).then_some(address)
}
