//! Lines of a source, and clauses as they are proposed.

use serde::{Deserialize, Serialize};
use shared::standards::{
    Modality,
    console::{ClauseForce, ClauseKind},
};

use crate::standards::modality::modality;

/// A paragraph of the source.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    pub text: String,
    /// Where the file says that it is a heading: of which level, from 1.
    pub heading: Option<u8>,
    /// Whether it goes on where the line before was broken, as lines of a PDF do.
    pub broken: bool,
    /// In it, or below it before the next line.
    pub pictures: Vec<Placed>,
}

/// A picture where it stands in the source.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placed {
    /// Which of the pictures of the file it is; absent where it could not be read.
    pub picture: Option<usize>,
    /// What it shows, where its writer said so.
    pub alt: String,
}

impl Line {
    pub fn of(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }
}

/// A clause as it is proposed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposed {
    pub depth: i32,
    pub kind: ClauseKind,
    pub number: String,
    pub title: String,
    pub text: String,
    pub force: ClauseForce,
    /// Its first line in the source and how many it has.
    pub line: usize,
    pub lines: usize,
    pub pictures: Vec<Pictured>,
    /// Pictures of it that could not be read.
    pub unread: usize,
}

/// A picture of a clause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pictured {
    /// Which of the pictures of the file it is.
    pub picture: usize,
    pub alt: String,
    pub caption: String,
}

impl Proposed {
    /// Takes the pictures of a line of its; answers whether the last of them may have a caption below it.
    pub(super) fn hang(&mut self, pictures: &[Placed]) -> bool {
        for it in pictures {
            match it.picture {
                Some(picture) => {
                    let (alt, caption) = (it.alt.clone(), String::new());
                    self.pictures.push(Pictured { picture, alt, caption });
                }
                None => self.unread += 1,
            }
        }
        pictures.last().is_some_and(|it| it.picture.is_some())
    }

    pub(super) fn caption(&mut self, text: &str) {
        if let Some(picture) = self.pictures.last_mut() {
            text.clone_into(&mut picture.caption);
        }
    }

    pub fn modality(&self) -> Modality {
        modality(if self.text.is_empty() { &self.title } else { &self.text })
    }

    /// Whether it has to be taught: it demands something, and is no explanation.
    pub fn is_must(force: ClauseForce, modality: Modality) -> bool {
        force == ClauseForce::Normative && matches!(modality, Modality::Shall | Modality::ShallNot)
    }
}
