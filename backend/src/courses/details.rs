//! A course's title, summary, cell, posts and cover.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr,
};
use shared::{
    accounts::PersonId,
    authoring::{CourseDetails, SaveCourseDetails},
    courses::{CourseCategory, CourseId, CourseStatus},
    organizations::{OrganizationId, PostId},
    problem::Code,
};
use uuid::Uuid;

use super::{
    cards, content,
    entity::{
        course::{self, Cover},
        course_post,
    },
    fields::Fields,
    files, managed, revisions,
};
use crate::{Result, db::Transaction, media, organizations};

/// A new draft, of an organisation or of the bureau.
///
/// # Errors
/// `invalid_request` naming every field that cannot stay.
pub async fn create(
    tx: &Transaction,
    details: CourseDetails,
    created_by: Option<PersonId>,
    organization: Option<OrganizationId>,
    now: DateTime<Utc>,
) -> Result<CourseId> {
    let details = tidy(tx, details).await?;
    let id = CourseId(Uuid::now_v7());
    let row = course::ActiveModel {
        id: Set(id),
        level: Set(details.level),
        category: Set(details.category),
        qualification: Set(details.qualification),
        title: Set(details.title),
        summary: Set(details.summary),
        cover: Set(details.cover.map(Cover)),
        status: Set(CourseStatus::Draft),
        version: Set(1),
        lessons: Set(0),
        minutes: Set(0),
        organization_id: Set(organization),
        created_by: Set(created_by),
        created_at: Set(now),
        updated_at: Set(now),
        published_at: Set(None),
        retired_at: Set(None),
        live_revision_id: Set(None),
        removed_at: Set(None),
        practice: Set(None),
        practice_version: Set(0),
    };
    row.insert(tx).await?;
    link_posts(tx, id, details.posts).await?;
    files::note(tx, id).await?;
    if let Some(by) = created_by {
        revisions::wrote(tx, id, by, now).await?;
    }
    Ok(id)
}

/// Replaces a course's details. Safe to repeat.
///
/// # Errors
/// `version_conflict` where somebody else saved them since; `invalid_request` as in [`create`].
pub(super) async fn save(
    tx: &Transaction,
    request: SaveCourseDetails,
    now: DateTime<Utc>,
) -> Result<()> {
    let course = managed::lock(tx, request.course).await?;
    if course.version != request.version {
        // Whoever did not hear that they had arrived sends them again.
        let again = says(tx, course, request.details).await?;
        return if again { Ok(()) } else { Err(Code::VersionConflict.into()) };
    }
    let details = tidy(tx, request.details).await?;
    write(tx, (course.id, request.version), details, now).await?;
    files::note(tx, course.id).await
}

/// Whether a course's details are these, as they would be kept.
async fn says(tx: &Transaction, course: course::Model, details: CourseDetails) -> Result<bool> {
    let posts = cards::posts_of(tx, &[course.id]).await?.remove(&course.id).unwrap_or_default();
    let mut posts: Vec<PostId> = posts.into_iter().map(|it| it.id).collect();
    posts.sort_unstable();
    let kept = revisions::document::details(course, posts);
    match tidy(tx, details).await {
        Ok(details) => Ok(details == kept),
        Err(refused) if refused.code().is_some() => Ok(false),
        Err(broken) => Err(broken),
    }
}

/// Brings details back as they were once written, but for posts that are gone since.
pub(super) async fn bring_back(
    tx: &Transaction,
    course: &course::Model,
    mut details: CourseDetails,
    now: DateTime<Utc>,
) -> Result<()> {
    let open = organizations::open_posts(tx).await?;
    details.posts.retain(|post| open.contains(post));
    write(tx, (course.id, course.version), details, now).await
}

async fn write(
    tx: &Transaction,
    (course, version): (CourseId, i32),
    details: CourseDetails,
    now: DateTime<Utc>,
) -> Result<()> {
    let changed = course::ActiveModel {
        level: Set(details.level),
        category: Set(details.category),
        qualification: Set(details.qualification),
        title: Set(details.title),
        summary: Set(details.summary),
        cover: Set(details.cover.map(Cover)),
        updated_at: Set(now),
        ..Default::default()
    };
    let saved = course::Entity::update_many()
        .set(changed)
        .col_expr(course::Column::Version, Expr::value(version.saturating_add(1)))
        .filter(course::Column::Id.eq(course))
        .filter(course::Column::Version.eq(version))
        .exec(tx)
        .await?;
    if saved.rows_affected == 0 {
        return Err(Code::VersionConflict.into());
    }
    link_posts(tx, course, details.posts).await
}

async fn link_posts(tx: &Transaction, course: CourseId, posts: Vec<PostId>) -> Result<()> {
    course_post::Entity::delete_many()
        .filter(course_post::Column::CourseId.eq(course))
        .exec(tx)
        .await?;
    let rows = posts
        .into_iter()
        .map(|post| course_post::ActiveModel { course_id: Set(course), post_id: Set(post) });
    let rows: Vec<_> = rows.collect();
    if !rows.is_empty() {
        course_post::Entity::insert_many(rows).exec_without_returning(tx).await?;
    }
    Ok(())
}

async fn tidy(tx: &Transaction, mut details: CourseDetails) -> Result<CourseDetails> {
    let mut fields = Fields::default();
    fields.title("details.title", &mut details.title);
    fields.text("details.summary", &mut details.summary, 300);
    if details.category != CourseCategory::Certification {
        details.qualification.clear();
    }
    fields.text("details.qualification", &mut details.qualification, 60);
    details.posts.sort_unstable();
    details.posts.dedup();
    let known = organizations::open_posts(tx).await?;
    if details.posts.iter().any(|post| !known.contains(post)) {
        fields.refuse("details.posts", "有的岗位已经不在了，请刷新后重新选择");
    }
    if let Some(cover) = &mut details.cover {
        let files = media::find_all(tx, &[cover.media]).await?;
        content::fit_picture(&mut fields, "details.cover", cover, &files);
    }
    fields.done()?;
    Ok(details)
}
