//! Finding Chinese text, which has no spaces, by any two characters of it or more, on both databases.
//!
//! Every text is kept as the set of its pairs of neighbouring characters; what has all pairs of a
//! word is then looked at itself. Words of two characters, which most are, need just one pair.

mod courses;
mod index;
mod pairs;

use sea_orm::{
    ActiveEnum, ConnectionTrait, DbBackend, FromQueryResult, StatementBuilder,
    sea_query::{Cond, Expr, ExprTrait, LikeExpr, Order, Query},
};
use shared::{
    problem::{Code, Problem},
    standards::{ClauseId, SearchFound, SearchHit, SearchKind, SearchTexts, StandardVersionId},
};
use uuid::Uuid;

use super::standing;
use crate::{
    Result,
    db::{
        Connection,
        cursor::{self, Parts},
    },
};

pub(super) use courses::refresh as refresh_courses;
pub(super) use index::{Text, add, remove_group};
use pairs::{Word, fold};
pub(super) use pairs::{fold as folded, pairs as pairs_of};

/// Hits of one page.
const PAGE: u64 = 20;
/// Words of one question.
const MOST_WORDS: usize = 5;

/// A text that was found.
#[derive(Debug, FromQueryResult)]
pub(super) struct Found {
    pub id: i64,
    pub kind: String,
    pub object_id: Uuid,
    pub group_id: Uuid,
    pub title: String,
    pub body: String,
}

/// What is looked for and where.
pub(super) struct Looking {
    pub words: Vec<Word>,
    pub kind: Option<SearchKind>,
    /// Only within these groups: the versions of a standard.
    pub groups: Option<Vec<Uuid>>,
    /// Where the page before ended.
    pub before: Option<i64>,
    pub most: u64,
}

/// The words of a question.
///
/// # Errors
/// `invalid_request` where there is none, or one of a single character.
pub(super) fn words(text: &str) -> Result<Vec<Word>> {
    let words: Vec<Word> = text.split_whitespace().take(MOST_WORDS).map(Word::of).collect();
    let short = words.iter().any(Word::is_short);
    if words.is_empty() || short || text.chars().count() > 100 {
        let problem = Problem::from(Code::InvalidRequest);
        return Err(problem.field("words", "每个词至少写两个字，总共不超过 100 个字").into());
    }
    Ok(words)
}

/// What clients search: clauses of what is in force or will be, and published courses.
pub async fn search(db: &Connection, request: SearchTexts) -> Result<SearchFound> {
    let before = match &request.cursor {
        Some(cursor) => Some(cursor::read(cursor, Parts::part::<i64>)?),
        None => None,
    };
    let words = words(&request.words)?;
    let first = words[0].clone();
    let looking = Looking { words, kind: request.kind, groups: None, before, most: PAGE };
    let found = find(db, &looking).await?;
    let next = found.last().filter(|_| found.len() as u64 == PAGE);
    let next = next.map(|it| cursor::write(&[it.id.to_string()]));
    let mut items = Vec::with_capacity(found.len());
    let contexts = standing::contexts(db, &found).await?;
    for (found, context) in found.into_iter().zip(contexts) {
        items.push(hit(found, context, &first));
    }
    // What is called so comes before what only mentions it.
    items.sort_by_key(|it| !fold(&it.title).contains(first.folded()));
    Ok(SearchFound { items, next })
}

/// The texts that have all the words, the latest first.
pub(super) async fn find(db: &Connection, looking: &Looking) -> Result<Vec<Found>> {
    let backend = db.get_database_backend();
    let mut select = Query::select();
    for column in ["id", "kind", "object_id", "group_id", "title", "body"] {
        select.column(("search_texts", column));
    }
    let pairs = looking.words.iter().flat_map(Word::pairs).copied();
    let id = if backend == DbBackend::Postgres {
        let pairs = pairs::array(pairs.chain(looking.kind.map(index::mark)));
        select.from("search_texts").and_where(Expr::cust(format!("pairs @> '{pairs}'::bigint[]")));
        ("search_texts", "id")
    } else {
        let pairs = pairs::tokens(pairs.chain(looking.kind.map(index::mark)));
        select.from("search_pairs").inner_join(
            "search_texts",
            Expr::col(("search_texts", "id")).equals(("search_pairs", "rowid")),
        );
        select.and_where(Expr::cust(format!("search_pairs MATCH '{pairs}'")));
        ("search_pairs", "rowid")
    };
    let mut says = Cond::all();
    for word in &looking.words {
        says = says.add(Expr::col(("search_texts", "folded")).like(word.anywhere()));
    }
    select.cond_where(says);
    if let Some(groups) = &looking.groups {
        select.and_where(Expr::col(("search_texts", "group_id")).is_in(groups.iter().copied()));
    }
    if let Some(before) = looking.before {
        select.and_where(Expr::col(id).lt(before));
    }
    select.order_by(id, Order::Desc).limit(looking.most);
    let rows = db.query_all_raw(StatementBuilder::build(&select, &backend)).await?;
    Ok(rows.iter().map(|it| Found::from_query_result(it, "")).collect::<Result<_, _>>()?)
}

impl Word {
    fn anywhere(&self) -> LikeExpr {
        let escaped = self.folded().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        LikeExpr::new(format!("%{escaped}%")).escape('\\')
    }
}

fn hit(found: Found, context: String, word: &Word) -> SearchHit {
    let kind = SearchKind::try_from_value(&found.kind).unwrap_or(SearchKind::Clause);
    let is = |it: SearchKind| kind == it;
    SearchHit {
        kind,
        context,
        excerpt: excerpt(&found.body, word),
        title: found.title,
        clause: is(SearchKind::Clause).then_some(ClauseId(found.object_id)),
        version: is(SearchKind::Clause).then_some(StandardVersionId(found.group_id)),
        course: (!is(SearchKind::Clause)).then_some(shared::courses::CourseId(found.group_id)),
        lesson: is(SearchKind::Lesson).then_some(shared::courses::LessonId(found.object_id)),
    }
}

/// Some eighty characters around the word.
fn excerpt(body: &str, word: &Word) -> String {
    const BEFORE: usize = 20;
    const LENGTH: usize = 80;
    let letters: Vec<char> = body.chars().collect();
    let width = word.folded().chars().count();
    // Folding drops blanks, so that the place is looked for where the word may begin.
    let at = (0..letters.len()).find(|at| {
        let tail: String = letters[*at..letters.len().min(at + width * 2)].iter().collect();
        fold(&tail).starts_with(word.folded())
    });
    let from = at.unwrap_or_default().saturating_sub(BEFORE);
    let to = letters.len().min(from + LENGTH);
    let text: String = letters[from..to].iter().collect();
    let (left, right) =
        (if from > 0 { "…" } else { "" }, if to < letters.len() { "…" } else { "" });
    format!("{left}{}{right}", text.replace('\n', " "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_shows_where_the_word_stands() {
        let body = format!("{}会议 服务{}", "前".repeat(50), "后".repeat(90));
        let shown = excerpt(&body, &Word::of("会议服务"));
        assert!(shown.starts_with('…') && shown.ends_with('…'), "{shown}");
        assert!(shown.contains("会议 服务"), "{shown}");
        assert_eq!(excerpt("短文", &Word::of("没有")), "短文");
    }

    #[test]
    fn a_word_of_one_character_is_refused_with_what_to_do() {
        assert!(words("会").is_err() && words("会议 室").is_err() && words("  ").is_err());
        assert_eq!(words("会议 培训").unwrap().len(), 2);
        assert!(words(&"会议".repeat(60)).is_err());
    }
}
