//! The pictures of a Word file, taken out of it as the text comes to them, within bounds.

use std::{
    collections::HashMap,
    io::{Cursor, Read},
};

use zip::ZipArchive;

use super::{
    super::{Image, Placed},
    markup::{Element, Step, walk},
};

/// Places of one file that show a picture.
const MOST: usize = 200;
/// Bytes of one picture, as of an upload.
const LARGEST: u64 = 5 * 1024 * 1024;
/// Bytes of all of them.
const MOST_BYTES: u64 = 24 * 1024 * 1024;
/// Characters of what a picture shows.
const LONGEST_ALT: usize = 300;

/// What is drawn by Word itself, and no picture in the file: diagrams, charts and groups of shapes.
const DRAWN: [&str; 4] = ["chart", "relIds", "wgp", "wpc"];

pub struct Gathering<'a, 'file> {
    archive: &'a mut ZipArchive<Cursor<&'file [u8]>>,
    /// Parts by the names that the text has for them.
    parts: HashMap<String, String>,
    /// What became of a part that was looked at: the same picture is taken once.
    looked_at: HashMap<String, Option<usize>>,
    images: Vec<Image>,
    left: u64,
    placed: usize,
    /// What the next picture shows, as its writer said.
    alt: String,
}

impl<'a, 'file> Gathering<'a, 'file> {
    /// `relations` is the part that says which name stands for which part; `None` where it is no XML.
    pub fn new(archive: &'a mut ZipArchive<Cursor<&'file [u8]>>, relations: &str) -> Option<Self> {
        let mut parts = HashMap::new();
        walk(relations, |step| {
            if let Step::Begin(element) = step
                && let (Some(id), Some(part)) = (element.attribute("Id"), part_of(&element))
            {
                parts.insert(id.to_owned(), part);
            }
        })?;
        let (looked_at, images) = (HashMap::new(), Vec::new());
        Some(Self {
            archive,
            parts,
            looked_at,
            images,
            left: MOST_BYTES,
            placed: 0,
            alt: String::new(),
        })
    }

    /// The picture that an element shows; nothing where it shows none.
    pub fn look(&mut self, element: &Element) -> Option<Placed> {
        let name = match element.name.as_str() {
            "docPr" => {
                self.alt = said(element.attribute("descr"));
                return None;
            }
            "shape" => {
                self.alt = said(element.attribute("alt"));
                return None;
            }
            "blip" => element.attribute("embed"),
            "imagedata" => element.attribute("id"),
            other if DRAWN.contains(&other) => None,
            _ => return None,
        };
        let alt = std::mem::take(&mut self.alt);
        self.placed += 1;
        let within = self.placed <= MOST;
        let part = name.and_then(|it| self.parts.get(it)).filter(|_| within).cloned();
        Some(Placed { picture: part.and_then(|it| self.take(it)), alt })
    }

    fn take(&mut self, part: String) -> Option<usize> {
        if let Some(known) = self.looked_at.get(&part) {
            return *known;
        }
        let taken = self.read(&part).map(|bytes| {
            self.left -= bytes.len() as u64;
            self.images.push(Image(bytes));
            self.images.len() - 1
        });
        self.looked_at.insert(part, taken);
        taken
    }

    /// A PNG or a JPEG: what else Word takes in is drawn in ways that browsers do not know.
    fn read(&mut self, part: &str) -> Option<Vec<u8>> {
        let most = LARGEST.min(self.left);
        let mut bytes = Vec::new();
        self.archive.by_name(part).ok()?.take(most + 1).read_to_end(&mut bytes).ok()?;
        let known = bytes.starts_with(b"\x89PNG\r\n\x1a\n") || bytes.starts_with(b"\xff\xd8\xff");
        (known && bytes.len() as u64 <= most).then_some(bytes)
    }

    pub fn into_images(self) -> Vec<Image> {
        self.images
    }
}

/// The part within the archive; what lies elsewhere is not fetched.
fn part_of(relation: &Element) -> Option<String> {
    let target = relation.attribute("Target")?;
    if relation.attribute("TargetMode").is_some_and(|it| it == "External") {
        return None;
    }
    Some(match target.strip_prefix('/') {
        Some(whole) => whole.to_owned(),
        None => format!("word/{target}"),
    })
}

/// What the writer said that a picture shows. Programs that put it in say the name of its file.
fn said(words: Option<&str>) -> String {
    let words = words.unwrap_or_default().trim();
    let ending = words.rsplit_once('.').map(|it| it.1.to_ascii_lowercase());
    let is_file = ending.is_some_and(|it| ["png", "jpg", "jpeg", "bmp", "gif"].contains(&&*it));
    let is_address = words.contains("://") || words.contains('\\');
    if is_file || is_address || words.contains('&') {
        return String::new();
    }
    words.chars().filter(|it| !it.is_control()).take(LONGEST_ALT).collect()
}
