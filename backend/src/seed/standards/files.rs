//! The seed's standards as Markdown, and the list of where their clauses are taught and examined.

use std::collections::HashMap;

use anyhow::Context;
use chrono::{Days, NaiveDate};
use rust_embed::RustEmbed;
use serde::Deserialize;
use shared::standards::console::{LinkCoverage, LinkKind};

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/seed/standards"]
struct Files;

/// A version of one of the sample standards.
#[derive(Debug, PartialEq)]
pub(in crate::seed) struct StandardFile {
    /// What the file is called.
    pub name: String,
    /// Without the year.
    pub number: String,
    /// The year.
    pub label: String,
    pub title: String,
    pub organization: String,
    /// The name of the post that its clauses are for.
    pub post: String,
    pub published_on: Option<NaiveDate>,
    /// Absent where it is a draft, or is about to come into force.
    pub effective_on: Option<NaiveDate>,
    /// From the day when it is seeded to that when it comes into force, so that a demo always has a version
    /// that is about to.
    pub in_force_after: Option<Days>,
    pub bytes: Vec<u8>,
}

impl StandardFile {
    /// Every version of every sample standard, the older ones first.
    pub fn all() -> anyhow::Result<Vec<Self>> {
        let mut names: Vec<_> = Files::iter().filter(|name| name.ends_with(".md")).collect();
        names.sort();
        names.iter().map(|name| Self::read(name).with_context(|| format!("{name}"))).collect()
    }

    fn read(name: &str) -> anyhow::Result<Self> {
        let bytes = Files::get(name).context("a listed file is there")?.data.into_owned();
        let text = str::from_utf8(&bytes)?;
        let facts = text.lines().skip(1).take_while(|line| *line != "---");
        let facts: HashMap<_, _> = facts.filter_map(|line| line.split_once(": ")).collect();
        let fact = |key| facts.get(key).copied().with_context(|| format!("it has no {key}"));
        let day = |key| facts.get(key).map(|day| day.parse()).transpose();
        let days = facts.get("in_force_after").map(|days| days.parse()).transpose()?;
        let (number, label) = fact("number")?.rsplit_once('-').context("its number has no year")?;
        Ok(Self {
            name: name.to_owned(),
            number: number.to_owned(),
            label: label.to_owned(),
            title: fact("title")?.to_owned(),
            organization: fact("organization")?.to_owned(),
            post: fact("post")?.to_owned(),
            published_on: day("published")?,
            effective_on: day("effective")?,
            in_force_after: days.map(Days::new),
            bytes,
        })
    }
}

/// What one course teaches and examines of one version.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::seed) struct CourseLinks {
    /// The standard's number without the year.
    pub standard: String,
    /// The year.
    pub version: String,
    /// The course's folder.
    pub course: String,
    pub links: Vec<LinkFile>,
}

impl CourseLinks {
    pub fn all() -> anyhow::Result<Vec<Self>> {
        let file = Files::get("links.json").context("seed/standards/links.json is missing")?;
        serde_json::from_slice(&file.data).context("seed/standards/links.json")
    }
}

/// A clause and where it is found again: a question, an item of the checklist, or a lesson, one of
/// its step cards, a part of its video. All are named by their titles.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::seed) struct LinkFile {
    pub clause: String,
    pub kind: LinkKind,
    #[serde(default = "whole")]
    pub coverage: LinkCoverage,
    pub question: Option<String>,
    pub item: Option<String>,
    pub lesson: Option<String>,
    pub card: Option<String>,
    /// From and to.
    pub seconds: Option<(u32, u32)>,
}

impl LinkFile {
    /// Whether it says that a lesson as a whole teaches the clause with this number.
    pub fn is_of(&self, lesson: &str, clause: &str) -> bool {
        let whole = self.card.is_none() && self.seconds.is_none();
        whole && self.clause == clause && self.lesson.as_deref() == Some(lesson)
    }
}

const fn whole() -> LinkCoverage {
    LinkCoverage::Whole
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::seed::files::{ContentFile, CourseFile, LessonFile};

    #[test]
    fn there_are_six_sample_standards_a_draft_and_a_next_version_all_called_samples() {
        let files = StandardFile::all().unwrap();
        let numbers: HashSet<_> = files.iter().map(|it| &it.number).collect();
        assert_eq!((numbers.len(), files.len()), (6, 8));
        let is_draft =
            |it: &&StandardFile| it.effective_on.is_none() && it.in_force_after.is_none();
        assert_eq!(files.iter().filter(is_draft).count(), 1);
        assert_eq!(files.iter().filter(|it| it.in_force_after.is_some()).count(), 1);
        for file in &files {
            assert!(file.number.starts_with("示例/"), "{}", file.number);
            assert!(file.title.ends_with("（示例）"), "{}", file.title);
        }
    }

    /// Whether the lesson has what a link points to.
    fn has(lesson: &LessonFile, link: &LinkFile) -> bool {
        match (&link.card, link.seconds, &lesson.content) {
            (Some(card), None, ContentFile::Steps { cards, .. }) => {
                cards.iter().any(|it| it.title == *card)
            }
            (None, Some((from, to)), ContentFile::Video { seconds, .. }) => {
                from < to && to <= *seconds
            }
            (None, None, _) => true,
            _ => false,
        }
    }

    #[test]
    fn every_link_names_a_clause_and_a_place_that_are_there() {
        let (standards, courses) = (StandardFile::all().unwrap(), CourseFile::all().unwrap());
        let mut count = 0;
        for group in CourseLinks::all().unwrap() {
            let of = |it: &&StandardFile| it.number == group.standard && it.label == group.version;
            let text = str::from_utf8(&standards.iter().find(of).unwrap().bytes).unwrap();
            let course = courses.iter().find(|it| it.slug == group.course).unwrap();
            for link in group.links {
                let number = format!("{} ", link.clause);
                let mut lines = text.lines().map(|line| line.trim_start_matches(['#', ' ']));
                assert!(lines.any(|line| line.starts_with(&number)), "{link:?}");
                let mut lessons = course.chapters.iter().flat_map(|it| &it.lessons);
                let mut items = course.practice.checklist.items.iter();
                let there = match (&link.question, &link.item, &link.lesson) {
                    (Some(stem), None, None) => {
                        course.quiz.questions.iter().any(|it| it.stem == *stem)
                    }
                    (None, Some(text), None) => items.any(|it| it.text == *text),
                    (None, None, Some(title)) => {
                        lessons.any(|it| it.title == *title && has(it, &link))
                    }
                    _ => false,
                };
                assert!(there, "{link:?}");
                count += 1;
            }
        }
        assert!(count >= 60, "{count}");
    }
}
