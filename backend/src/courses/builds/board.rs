//! 课程建设进度 and the wall of twelve cells, over all courses in reach.

use std::collections::HashMap;

use sea_orm::{
    ColumnTrait, Condition, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter, QuerySelect,
    QueryTrait, Select,
    sea_query::{Expr, IntoCondition, JoinType, SelectStatement},
};
use shared::{
    builds::{ArtefactState, BuildBoard, BuildCell, BuildStage, NamedCourse},
    courses::{CourseCategory, CourseLevel, CourseStatus},
};

use super::{list, shown};
use crate::{
    Result,
    accounts::Reach,
    courses::{
        entity::{course, course_artefact, course_build},
        managed::{Listed, managed},
        revisions,
    },
    db::Connection,
};

/// How many courses a cell names unless all are asked for.
const NAMED: u64 = 24;

pub(super) async fn board(db: &Connection, reach: &Reach, whole: bool) -> Result<BuildBoard> {
    let mut counts = counts(db, reach).await?;
    let mut cells = Vec::new();
    for (level, category) in list::cells() {
        let Count { planned, building, live } =
            counts.remove(&(level, category)).unwrap_or_default();
        let named = if planned + building + live == 0 {
            Vec::new()
        } else {
            let here = list::in_cell(counting(reach), level, category);
            named(db, if whole { here } else { here.limit(NAMED) }).await?
        };
        cells.push(BuildCell { level, category, planned, building, live, named });
    }
    let planned = cells.iter().map(|it| it.planned + it.building + it.live).sum();
    Ok(BuildBoard { cells, planned, approved: approved(db, reach).await? })
}

/// What counts for the progress: all but what is retired.
fn counting(reach: &Reach) -> Select<course::Entity> {
    let in_use = course::Column::Status.ne(CourseStatus::Retired);
    course::Entity::find().filter(managed(reach)).filter(in_use)
}

#[derive(Default)]
struct Count {
    planned: u32,
    building: u32,
    live: u32,
}

async fn counts(
    db: &Connection,
    reach: &Reach,
) -> Result<HashMap<(CourseLevel, CourseCategory), Count>> {
    use course::Column::{Category, Id, Level, Status};
    let planned: Expr = Expr::case(only_planned(), 1).finally(0).into();
    let live: Expr = Expr::case(Status.eq(CourseStatus::Published), 1).finally(0).into();
    let mut find = counting(reach)
        .select_only()
        .columns([Level, Category])
        .column_as(Id.count(), "courses")
        .expr_as(planned.sum(), "planned")
        .expr_as(live.sum(), "live")
        .group_by(Level)
        .group_by(Category);
    join_builds(QuerySelect::query(&mut find));
    let found: Vec<(CourseLevel, CourseCategory, i64, i64, i64)> =
        find.into_tuple().all(db).await?;
    let small = |count| u32::try_from(count).unwrap_or_default();
    let count = |(level, category, courses, planned, live): (_, _, i64, i64, i64)| {
        let building = small(courses - planned - live);
        ((level, category), Count { planned: small(planned), building, live: small(live) })
    };
    Ok(found.into_iter().map(count).collect())
}

fn join_builds(query: &mut SelectStatement) {
    let on = Expr::col((course_build::Entity, course_build::Column::CourseId))
        .equals((course::Entity, course::Column::Id));
    query.join(JoinType::LeftJoin, course_build::Entity, on.into_condition());
}

/// What [`shared::builds::CourseBuild::is_only_planned`] says of a course, in the database.
fn only_planned() -> Condition {
    let stage = course_build::Column::Stage;
    let nobody_said = Condition::all().add(stage.is_null()).add(course::Column::Lessons.lte(0));
    let begun = course_artefact::Entity::find()
        .select_only()
        .column(course_artefact::Column::CourseId)
        .filter(course_artefact::Column::State.ne(ArtefactState::NotBegun))
        .into_query();
    Condition::all()
        .add(course::Column::Status.eq(CourseStatus::Draft))
        .add(Condition::any().add(stage.eq(BuildStage::Proposed)).add(nobody_said))
        .add(course::Column::Id.not_in_subquery(begun))
        .add(course::Column::Id.not_in_subquery(revisions::with_open()))
}

/// The artefacts that a second person approved.
async fn approved(db: &Connection, reach: &Reach) -> Result<u32> {
    let counting = counting(reach).select_only().column(course::Column::Id).into_query();
    let count = course_artefact::Entity::find()
        .filter(course_artefact::Column::State.eq(ArtefactState::Approved))
        .filter(course_artefact::Column::CourseId.in_subquery(counting))
        .count(db)
        .await?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}

async fn named(db: &Connection, here: Select<course::Entity>) -> Result<Vec<NamedCourse>> {
    let here = here.into_partial_model::<Listed>().all(db).await?;
    let named = shown::of(db, here).await?.into_iter().map(|it| NamedCourse {
        only_planned: it.status == CourseStatus::Draft && it.is_only_planned(),
        title: it.title,
        status: it.status,
        stage: it.stage,
    });
    Ok(named.collect())
}
