//! What learners read of published courses, as texts that can be found: the live revision of each.

use std::collections::HashSet;

use sea_orm::{ConnectionTrait, Statement};
use serde_json::Value;
use shared::{courses::CourseId, standards::SearchKind};
use uuid::Uuid;

use super::index::{self, Text};
use crate::{App, Result, courses, db::Connection};

/// Brings the index up to what is live now: a course's own text is kept under its revision, so that
/// whatever is not there has changed.
pub async fn refresh(app: &App) -> Result<()> {
    let db = app.db.read();
    let live = courses::live_revisions(db).await?;
    let indexed = indexed(db).await?;
    let wanted: HashSet<(Uuid, Uuid)> = live.iter().map(|it| (it.0.0, it.1.0)).collect();
    let gone = indexed.iter().filter(|it| !wanted.contains(it)).map(|it| it.0);
    let gone: HashSet<Uuid> = gone.collect();
    for course in gone {
        let write = app.db.write(move |tx| Box::pin(index::remove_group(tx, course)));
        write.await?;
    }
    for (course, revision) in live {
        if indexed.contains(&(course.0, revision.0)) {
            continue;
        }
        let Some(text) = courses::live_text(db, revision).await? else { continue };
        let texts = texts(course, revision.0, text);
        let clock = app.clock.clone();
        app.db
            .write(move |tx| {
                Box::pin(async move {
                    // Again: another server may have been here meanwhile.
                    index::remove_group(tx, course.0).await?;
                    index::add(tx, &texts, clock.now(tx).await?).await
                })
            })
            .await?;
    }
    Ok(())
}

async fn indexed(db: &Connection) -> Result<HashSet<(Uuid, Uuid)>> {
    let ask = Statement::from_string(
        db.get_database_backend(),
        "SELECT group_id, object_id FROM search_texts WHERE kind = 'course'",
    );
    let rows = db.query_all_raw(ask).await?;
    let pair = |row: sea_orm::QueryResult| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?));
    rows.into_iter().map(pair).collect()
}

fn texts(course: CourseId, revision: Uuid, live: courses::LiveText) -> Vec<Text> {
    let lessons = live.lessons.into_iter().map(|(lesson, title, content)| Text {
        kind: SearchKind::Lesson,
        object: lesson.0,
        group: course.0,
        title,
        body: words_of(&content),
    });
    let own = Text {
        kind: SearchKind::Course,
        object: revision,
        group: course.0,
        title: live.title,
        body: live.summary,
    };
    lessons.chain([own]).collect()
}

/// All that somebody wrote in a lesson, whatever kind it is of.
fn words_of(content: &Value) -> String {
    let mut found = String::new();
    gather(content, &mut found);
    found
}

fn gather(value: &Value, found: &mut String) {
    match value {
        Value::String(text) => {
            if !found.is_empty() {
                found.push('\n');
            }
            without_marks(text, found);
        }
        Value::Array(items) => items.iter().for_each(|it| gather(it, found)),
        Value::Object(fields) => {
            // Codes, ids and names of files, which nobody wrote.
            let named = ["kind", "block", "tone", "media", "link", "twin", "subtitles"];
            let written = fields.iter().filter(|(name, _)| !named.contains(&name.as_str()));
            written.for_each(|(_, it)| gather(it, found));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Paragraphs are HTML that was sanitised, with a handful of marks.
fn without_marks(html: &str, found: &mut String) {
    let mut inside = false;
    for letter in html.chars() {
        match letter {
            '<' => inside = true,
            '>' if inside => inside = false,
            other if !inside => found.push(other),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_somebody_wrote_is_found_and_codes_are_not() {
        let content = json!({"kind": "article", "blocks": [
            {"block": "paragraph", "html": "先<strong>开窗</strong>通风"},
            {"block": "picture", "media": "0190", "alt": "窗", "width": 3},
        ]});
        assert_eq!(words_of(&content), "先开窗通风\n窗");
        let content = json!({"kind": "video", "media": "0190", "subtitles": "subtitles-0191.vtt",
            "twin": "0192", "key_points": ["先断电"]});
        assert_eq!(words_of(&content), "先断电");
    }
}
