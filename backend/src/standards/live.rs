//! Which links lead to what learners get: to a lesson, a question or an item of the checklist of the
//! revision that is live of a published course. Written where that changes, so that nobody works it out
//! for a picture.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect,
    sea_query::{Expr, ExprTrait},
};
use shared::{
    courses::CourseId,
    practice::ChecklistItemId,
    standards::{
        ClauseLinkId,
        console::{LinkState, StaleReason},
    },
};

use super::{entity::link, moving, standing};
use crate::{Result, courses, db::Transaction, quizzes};

/// Does what follows from learners getting something else of a course: says of each link whether it
/// counts, has those looked at whose place is gone, and takes that back where the place is there
/// again.
pub async fn settle(tx: &Transaction, course: CourseId, now: DateTime<Utc>) -> Result<()> {
    let of_course = || Condition::all().add(link::Column::CourseId.eq(course));
    link::Entity::update_many()
        .col_expr(link::Column::Live, Expr::value(false))
        .filter(of_course().add(link::Column::Live.eq(true)))
        .exec(tx)
        .await?;
    let items = courses::checklist_items(tx, course).await?;
    let written: Vec<_> = items.written.iter().map(|it| it.id).collect();
    mark(tx, course, (of_course(), items.live)).await?;
    let item = link::Column::ItemId;
    let removed = Condition::any()
        .add(link::Column::LessonId.in_subquery(courses::removed_lessons(course)))
        .add(link::Column::QuestionId.in_subquery(quizzes::removed_questions(course)))
        .add(item.is_not_null().and(item.is_not_in(written.iter().copied())));
    let gone = of_course()
        .add(link::Column::Live.eq(false))
        .add(link::Column::State.ne(LinkState::Ended))
        .add(removed);
    set(tx, gone, (LinkState::Stale, Some(StaleReason::PlaceGone)), now).await?;
    let (lesson, question) = (link::Column::LessonId, link::Column::QuestionId);
    let written = Condition::any()
        .add(link::Column::Live.eq(true))
        // What is nothing is in no list, and not out of one either.
        .add(lesson.is_not_null().and(lesson.not_in_subquery(courses::removed_lessons(course))))
        .add(
            question
                .is_not_null()
                .and(question.not_in_subquery(quizzes::removed_questions(course))),
        )
        .add(item.is_in(written));
    back(tx, of_course().add(written), now).await
}

/// Says of a new link whether it counts. The items of the checklist are read where it leads to one.
pub async fn mark_new(
    tx: &Transaction,
    course: CourseId,
    (id, item): (ClauseLinkId, Option<ChecklistItemId>),
) -> Result<()> {
    let live = match item {
        Some(_) => courses::checklist_items(tx, course).await?.live,
        None => Vec::new(),
    };
    mark(tx, course, (Condition::all().add(link::Column::Id.eq(id)), live)).await
}

async fn mark(
    tx: &Transaction,
    course: CourseId,
    (which, items): (Condition, Vec<ChecklistItemId>),
) -> Result<()> {
    let questions = quizzes::asked_in(courses::live_revision(course));
    let live = Condition::any()
        .add(link::Column::LessonId.in_subquery(courses::live_lessons(course)))
        .add(link::Column::QuestionId.in_subquery(questions))
        .add(link::Column::ItemId.is_in(items));
    link::Entity::update_many()
        .col_expr(link::Column::Live, Expr::value(true))
        .filter(which.add(live))
        .exec(tx)
        .await?;
    Ok(())
}

/// Links whose place is there again: as they were, unless their version is no longer in force, or a later
/// one says otherwise.
async fn back(tx: &Transaction, which: Condition, now: DateTime<Utc>) -> Result<()> {
    let which = which
        .add(link::Column::State.eq(LinkState::Stale))
        .add(link::Column::Reason.eq(StaleReason::PlaceGone));
    let links = link::Entity::find()
        .select_only()
        .columns([link::Column::StandardId, link::Column::Id])
        .filter(which.clone())
        .into_tuple()
        .all(tx)
        .await?;
    let holds = Condition::any()
        .add(link::Column::Dated.eq(true))
        .add(link::Column::VersionId.in_subquery(standing::in_stages(&standing::LIVING)));
    let reviewed = link::Column::ReviewedAt.is_not_null();
    let valid = which.clone().add(holds.clone()).add(reviewed);
    set(tx, valid, (LinkState::Valid, None), now).await?;
    set(tx, which.clone().add(holds), (LinkState::Draft, None), now).await?;
    set(tx, which, (LinkState::Stale, Some(StaleReason::Superseded)), now).await?;
    moving::returned(tx, links, now).await
}

async fn set(
    tx: &Transaction,
    which: Condition,
    (state, reason): (LinkState, Option<StaleReason>),
    now: DateTime<Utc>,
) -> Result<()> {
    let change = link::ActiveModel {
        state: Set(state),
        reason: Set(reason),
        updated_at: Set(now),
        ..Default::default()
    };
    link::Entity::update_many().set(change).filter(which).exec(tx).await?;
    Ok(())
}
