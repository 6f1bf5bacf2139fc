//! Clauses that lessons quote and that learners would not see there.

use shared::{
    content::LessonContent, courses::LessonId, problem::FieldProblem, revisions::ChapterDocument,
};

use crate::{Result, courses::outline::Outline, db::Connection, standards};

/// What is frozen is mended in the next revision, unless a review is all that is missing.
const WAY_OUT: &str = "；还没复核的，请先复核通过；链接已经解除的，请在草稿里重新加依据并复核、\
                       再引用一次，或者先去掉这处引用，再提交新的一版";

/// A lesson where it stands.
struct Placed<'a> {
    /// By their places from 0.
    at: [usize; 2],
    chapter: &'a str,
    title: &'a str,
    id: LessonId,
    content: &'a LessonContent,
}

/// Of a course as it is written.
pub(super) async fn of_draft(db: &Connection, outline: &Outline) -> Result<Vec<FieldProblem>> {
    let placed = outline.chapters.iter().enumerate().flat_map(|(index, (chapter, lessons))| {
        lessons.iter().enumerate().map(move |(place, it)| Placed {
            at: [index, place],
            chapter: &chapter.title,
            title: &it.title,
            id: it.id,
            content: &it.content.0,
        })
    });
    unseen(db, placed.collect(), "").await
}

/// Of a revision.
pub(in crate::courses) async fn unseen_quotes(
    db: &Connection,
    chapters: &[ChapterDocument],
) -> Result<Vec<FieldProblem>> {
    let placed = chapters.iter().enumerate().flat_map(|(index, chapter)| {
        chapter.lessons.iter().enumerate().map(move |(place, it)| Placed {
            at: [index, place],
            chapter: &chapter.title,
            title: &it.title,
            id: it.id,
            content: &it.content,
        })
    });
    unseen(db, placed.collect(), WAY_OUT).await
}

async fn unseen(
    db: &Connection,
    placed: Vec<Placed<'_>>,
    way_out: &str,
) -> Result<Vec<FieldProblem>> {
    let lessons: Vec<_> = placed.iter().map(|it| (it.id, it.content)).collect();
    let unseen = standards::unseen_quotes(db, &lessons).await?;
    let problems = placed.iter().flat_map(|it| {
        let ([index, place], Placed { chapter, title, .. }) = (it.at, it);
        unseen.get(&it.id).into_iter().flatten().map(move |block| FieldProblem {
            field: format!("chapters[{index}].lessons[{place}]"),
            message: format!(
                "“{chapter}”的课时“{title}”第 {} 块引用的条文不在这一课的“依据”里，或者还没有复核通过{way_out}",
                block + 1
            ),
        })
    });
    Ok(problems.collect())
}
