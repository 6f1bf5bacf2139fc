//! What an officer sees of a file before anything is stored.

use std::collections::HashMap;

use shared::{
    authoring::{QuestionDraft, QuestionPreview, ReadQuestion},
    courses::CourseId,
    quizzes::QuestionId,
};
use tokio::sync::Semaphore;
use uuid::Uuid;

use super::{paper, read::Read, reading};
use crate::{
    App, Result,
    db::Connection,
    quizzes::{draft_rules::MAX_QUESTIONS, drafting},
    tables::narrow,
};

/// Files that are read at once: each may unpack to much.
static TURNS: Semaphore = Semaphore::const_new(2);

/// Reads a file for the quiz of a course that the caller may change.
///
/// # Errors
/// `not_a_sheet` with what to do about it.
pub async fn preview(app: &App, course: CourseId, file: &[u8]) -> Result<QuestionPreview> {
    let turn = TURNS.acquire().await.map_err(anyhow::Error::from)?;
    let read = reading::understood(&app.config.program, file).await?;
    drop(turn);
    compared(app.db.read(), course, read).await
}

/// Says of each question where the same is asked already, and gives it an id of its own.
async fn compared(db: &Connection, course: CourseId, read: Read) -> Result<QuestionPreview> {
    let asked = drafting::show(db, course).await?.questions;
    let room = MAX_QUESTIONS.saturating_sub(asked.len());
    let mut places: HashMap<String, String> = HashMap::new();
    for (place, question) in (1..).zip(&asked) {
        places.entry(folded(&question.stem)).or_insert_with(|| format!("测验里的第 {place} 题"));
    }
    let mut questions = Vec::with_capacity(read.questions.len());
    for (row, question) in read.questions {
        let stem = folded(&question.stem);
        let same_as = places.get(&stem).cloned();
        places.entry(stem).or_insert_with(|| format!("这份题目的第 {row} 行"));
        let question = QuestionDraft { id: Some(QuestionId(Uuid::now_v7())), ..question };
        let unexplained = paper::is_unexplained(&question);
        questions.push(ReadQuestion { row, question, same_as, unexplained });
    }
    let room = u32::try_from(room).unwrap_or_default();
    Ok(QuestionPreview { questions, problems: read.problems, room })
}

/// What stems are compared by: without widths, blanks and marks between the words.
fn folded(stem: &str) -> String {
    const MARKS: &str = ".,;:!?()_\"'。，、；：！？（）“”‘’《》…·";
    let letters = stem.chars().map(narrow).flat_map(char::to_lowercase);
    let folded: String = letters.filter(|it| !it.is_whitespace() && !MARKS.contains(*it)).collect();
    if folded.is_empty() { stem.to_owned() } else { folded }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stems_are_compared_without_widths_blanks_and_marks() {
        assert_eq!(folded("拖地后要放 （ ）。"), folded("拖地后要放()"));
        assert_eq!(folded("ＡED 怎么用？"), folded("aed怎么用"));
        assert_ne!(folded("1+1=?"), folded("1-1=?"));
        assert_ne!(folded("？"), folded("！"));
    }
}
