//! Which of the courses in reach an officer asks for.

use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait};
use shared::{
    courses::{CourseCategory, CourseLevel, CourseStatus},
    organizations::PostId,
    problem::{Code, Problem},
};

use crate::{
    Result,
    courses::entity::{course, course_post},
    db::{Connection, like},
    organizations,
};

/// More words than this do not narrow a search any further.
const WORDS: usize = 5;
/// Characters; databases limit how long a pattern may be.
const LONGEST: usize = 100;

/// What narrows the console's lists of courses.
#[derive(Debug, Default)]
pub struct Wanted {
    pub level: Option<CourseLevel>,
    pub category: Option<CourseCategory>,
    pub status: Option<CourseStatus>,
    /// Every one of them is in the title or in the name of a post.
    pub words: Option<String>,
}

impl Wanted {
    /// On the table of courses.
    ///
    /// # Errors
    /// `invalid_request` where there is more to look for than a database takes.
    pub async fn condition(&self, db: &Connection) -> Result<Condition> {
        let Self { level, category, status, words } = self;
        let mut all = Condition::all()
            .add_option(level.map(|it| course::Column::Level.eq(it)))
            .add_option(category.map(|it| course::Column::Category.eq(it)))
            .add_option(status.map(|it| course::Column::Status.eq(it)));
        let Some(words) = words.as_ref().filter(|it| !it.trim().is_empty()) else {
            return Ok(all);
        };
        if words.chars().count() > LONGEST {
            let problem = Problem::from(Code::InvalidRequest);
            return Err(problem.field("words", format!("最多 {LONGEST} 个字")).into());
        }
        let posts = organizations::post_names(db).await?;
        for word in words.to_lowercase().split_whitespace().take(WORDS) {
            let named = posts.iter().filter(|(_, name)| name.to_lowercase().contains(word));
            all = all.add(says(word, named.map(|(id, _)| *id).collect()));
        }
        Ok(all)
    }
}

fn says(word: &str, posts: Vec<PostId>) -> Condition {
    let title = like::has((course::Entity, course::Column::Title), word);
    let in_title = Condition::any().add(title);
    if posts.is_empty() {
        return in_title;
    }
    let for_them = course_post::Entity::find()
        .select_only()
        .column(course_post::Column::CourseId)
        .filter(course_post::Column::PostId.is_in(posts))
        .into_query();
    in_title.add(course::Column::Id.in_subquery(for_them))
}
