//! The three artefacts of a course, and who approves them.

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter,
    sea_query::OnConflict,
};
use shared::{
    accounts::PersonId,
    builds::{ArtefactState, SaveArtefact},
    content::MediaId,
    courses::CourseId,
    problem::{Code, Problem},
};

use crate::{
    Result,
    courses::{
        entity::course_artefact::{Column, Entity, Model},
        fields::Fields,
        files, managed,
    },
    media,
};

/// Brings an artefact into a state, and says into which.
///
/// # Errors
/// `invalid_request` naming the field; `second_person_needed` for whoever sent it for approval.
pub(super) async fn save(
    tx: &DatabaseTransaction,
    mut request: SaveArtefact,
    by: PersonId,
    now: DateTime<Utc>,
) -> Result<ArtefactState> {
    managed::lock(tx, request.course).await?;
    let before = Entity::find_by_id((request.course, request.slot)).one(tx).await?;
    check(tx, &mut request, before.as_ref()).await?;
    // Whoever saves what a colleague sent, as it was, has not sent it.
    let is_sent_already = |it: &Model| {
        it.state == ArtefactState::Submitted
            && it.link == request.link
            && it.media_id == request.file
    };
    let submitted_by = match request.state {
        ArtefactState::Submitted if !before.as_ref().is_some_and(is_sent_already) => Some(by),
        _ => before.as_ref().and_then(|it| it.submitted_by),
    };
    let approved = before.is_some_and(|it| it.state == ArtefactState::Approved);
    if request.state == ArtefactState::Approved && !approved && submitted_by == Some(by) {
        let problem = Problem::from(Code::SecondPersonNeeded);
        return Err(problem.detail("自己送审的课件要请同事来通过").into());
    }
    let state = request.state;
    let row = Model {
        course_id: request.course,
        slot: request.slot,
        state,
        link: request.link,
        media_id: request.file,
        submitted_by,
        updated_at: now,
    };
    put(tx, row).await?;
    files::note(tx, request.course).await?;
    Ok(state)
}

async fn put(tx: &DatabaseTransaction, row: Model) -> Result<()> {
    use Column::{CourseId, Link, MediaId, Slot, State, SubmittedBy, UpdatedAt};
    let anew = OnConflict::columns([CourseId, Slot])
        .update_columns([State, Link, MediaId, SubmittedBy, UpdatedAt])
        .to_owned();
    Entity::insert(row.into_active_model()).on_conflict(anew).exec_without_returning(tx).await?;
    Ok(())
}

async fn check(
    tx: &DatabaseTransaction,
    request: &mut SaveArtefact,
    before: Option<&Model>,
) -> Result<()> {
    let mut fields = Fields::default();
    fields.text("link", &mut request.link, 300);
    let link = &request.link;
    if !link.is_empty() && !link.starts_with("https://") && !link.starts_with("/admin/") {
        fields
            .refuse("link", "链接要以 https:// 开头；标准仓里的标准，复制它的网址 /admin/… 也可以");
    }
    if let Some(file) = request.file
        && media::find_all(tx, &[file]).await?.is_empty()
    {
        fields.refuse("file", "没有找到这个文件，请重新上传");
    }
    let judged = |state| matches!(state, ArtefactState::Submitted | ArtefactState::Approved);
    if judged(request.state) && request.link.is_empty() && request.file.is_none() {
        fields.refuse("link", "送审要有链接或文件");
    }
    let as_sent = before.is_some_and(|it| {
        judged(it.state) && it.link == request.link && it.media_id == request.file
    });
    if request.state == ArtefactState::Approved && !as_sent {
        fields.refuse("state", "先送审；通过的就是送审的那一份，链接和文件都不能再换");
    }
    fields.done()
}

/// The files of a course's artefacts.
pub(in crate::courses) async fn files_of(
    db: &impl ConnectionTrait,
    course: CourseId,
) -> Result<Vec<MediaId>> {
    let found = Entity::find().filter(Column::CourseId.eq(course)).all(db).await?;
    Ok(found.into_iter().filter_map(|it| it.media_id).collect())
}
