//! 评价: what those who finished a course think of it. Below five nobody is told anything, so that
//! nobody can be guessed from it.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::OnConflict};
use shared::{
    accounts::PersonId,
    courses::CourseId,
    problem::{Code, Problem},
};

use super::{
    achievements::has_finished,
    entity::course_rating::{ActiveModel, Column, Entity, Model},
};
use crate::{
    Result, courses,
    db::{Connection, Transaction},
};

/// Answers below which nothing is shown.
pub(super) const FLOOR: usize = 5;

const LONGEST: usize = 300;

/// What was said of a course.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Summary {
    /// How many rated it; 0 below the floor.
    pub people: usize,
    /// Tenths of a star.
    pub mean: i32,
    /// In an order that tells nothing of when they were written.
    pub comments: Vec<String>,
}

/// Rates a course that the person finished; again where they changed their mind.
///
/// # Errors
/// `not_allowed` before the course is finished, `invalid_request` for what is no rating.
pub(super) async fn rate(
    tx: &Transaction,
    person: PersonId,
    course: CourseId,
    (stars, mut comment): (i32, String),
    now: DateTime<Utc>,
) -> Result<()> {
    let problem = Problem::from(Code::InvalidRequest);
    if !(1..=5).contains(&stars) {
        return Err(problem.field("stars", "请选一到五颗星").into());
    }
    courses::tidy(&mut comment);
    if comment.chars().count() > LONGEST {
        return Err(problem.field("comment", format!("最多 {LONGEST} 个字")).into());
    }
    if !has_finished(tx, person, course).await? {
        return Err(Problem::from(Code::NotAllowed).detail("学完这门课再来评价").into());
    }
    let row = ActiveModel {
        person_id: Set(person),
        course_id: Set(course),
        stars: Set(stars),
        comment: Set(comment),
        rated_at: Set(now),
    };
    let mut again = OnConflict::columns([Column::PersonId, Column::CourseId]);
    again.update_columns([Column::Stars, Column::Comment, Column::RatedAt]);
    Entity::insert(row).on_conflict(again).exec_without_returning(tx).await?;
    Ok(())
}

pub(super) async fn own(
    db: &Connection,
    person: PersonId,
    course: CourseId,
) -> Result<Option<Model>> {
    Ok(Entity::find_by_id((person, course)).one(db).await?)
}

pub(super) async fn summary(db: &Connection, course: CourseId) -> Result<Summary> {
    let all = Entity::find().filter(Column::CourseId.eq(course)).all(db).await?;
    Ok(summed_up(all))
}

fn summed_up(all: Vec<Model>) -> Summary {
    let people = all.len();
    if people < FLOOR {
        return Summary::default();
    }
    let stars: i32 = all.iter().map(|it| it.stars).sum();
    let count = i32::try_from(people).unwrap_or(i32::MAX);
    let comments = all.into_iter().map(|it| it.comment).filter(|it| !it.is_empty());
    let mut comments: Vec<String> = comments.collect();
    comments.sort_unstable();
    Summary { people, mean: (stars * 10 + count / 2) / count, comments }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn rated(stars: &[(i32, &str)]) -> Summary {
        let model = |(stars, comment): &(i32, &str)| Model {
            person_id: PersonId(Uuid::now_v7()),
            course_id: CourseId(Uuid::nil()),
            stars: *stars,
            comment: (*comment).into(),
            rated_at: DateTime::UNIX_EPOCH,
        };
        summed_up(stars.iter().map(model).collect())
    }

    #[test]
    fn below_five_nothing_is_told() {
        assert_eq!(rated(&[(1, "不好"), (5, ""), (5, ""), (5, "")]), Summary::default());
    }

    #[test]
    fn from_five_on_the_mean_and_the_words_are_told_but_not_their_order() {
        let told = rated(&[(5, "乙"), (4, ""), (4, "丙"), (5, ""), (4, "一")]);
        let comments = ["一", "丙", "乙"].map(String::from).to_vec();
        assert_eq!(told, Summary { people: 5, mean: 44, comments });
    }
}
