//! The three artefacts of a course, and who approves them.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, sea_query::OnConflict};
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
    db::{Connection, Transaction},
    media, notifications,
};

/// Brings an artefact into a state, and says into which; whoever sent it is told where it comes back.
///
/// # Errors
/// `invalid_request` naming the field; `second_person_needed` for whoever sent it for approval.
pub(super) async fn save(
    tx: &Transaction,
    mut request: SaveArtefact,
    by: PersonId,
    now: DateTime<Utc>,
) -> Result<ArtefactState> {
    let course = managed::lock(tx, request.course).await?;
    let before = Entity::find_by_id((request.course, request.slot)).one(tx).await?;
    let sender = sent_back_to(before.as_ref(), request.state, by);
    check(tx, &mut request, before.as_ref(), sender.is_some()).await?;
    let submitted_by = sender_of(&request, before.as_ref(), by);
    let approved = before.as_ref().is_some_and(|it| it.state == ArtefactState::Approved);
    if request.state == ArtefactState::Approved && !approved && submitted_by == Some(by) {
        let problem = Problem::from(Code::SecondPersonNeeded);
        return Err(problem.detail("自己送审的课件要请同事来通过").into());
    }
    let (state, slot) = (request.state, request.slot);
    let reason = match state {
        ArtefactState::Submitted | ArtefactState::Approved => String::new(),
        _ if sender.is_some() => request.reason,
        _ => before.map(|it| it.reason).unwrap_or_default(),
    };
    if let Some(sender) = sender {
        let name = (course.id, &*course.title);
        notifications::artefact_returned(tx, name, (slot.label(), &reason), sender, now).await?;
    }
    let row = Model {
        course_id: course.id,
        slot,
        state,
        link: request.link,
        media_id: request.file,
        submitted_by,
        reason,
        updated_at: now,
    };
    put(tx, row).await?;
    files::note(tx, course.id).await?;
    Ok(state)
}

/// Whose artefact it is that somebody else does not approve, but gives back.
fn sent_back_to(before: Option<&Model>, next: ArtefactState, by: PersonId) -> Option<PersonId> {
    let given_back = matches!(next, ArtefactState::NotBegun | ArtefactState::Writing);
    let sent = before.filter(|it| given_back && it.state == ArtefactState::Submitted)?;
    sent.submitted_by.filter(|it| *it != by)
}

/// Who has sent it for approval. Whoever saves what a colleague sent, as it was, has not sent it.
fn sender_of(request: &SaveArtefact, before: Option<&Model>, by: PersonId) -> Option<PersonId> {
    let is_sent_already = |it: &Model| {
        it.state == ArtefactState::Submitted
            && it.link == request.link
            && it.media_id == request.file
    };
    match request.state {
        ArtefactState::Submitted if !before.is_some_and(is_sent_already) => Some(by),
        _ => before.and_then(|it| it.submitted_by),
    }
}

async fn put(tx: &Transaction, row: Model) -> Result<()> {
    use Column::{CourseId, Link, MediaId, Reason, Slot, State, SubmittedBy, UpdatedAt};
    let anew = OnConflict::columns([CourseId, Slot])
        .update_columns([State, Link, MediaId, SubmittedBy, Reason, UpdatedAt])
        .to_owned();
    Entity::insert(row.into_active_model()).on_conflict(anew).exec_without_returning(tx).await?;
    Ok(())
}

async fn check(
    tx: &Transaction,
    request: &mut SaveArtefact,
    before: Option<&Model>,
    sent_back: bool,
) -> Result<()> {
    let mut fields = Fields::default();
    fields.text("reason", &mut request.reason, 300);
    if sent_back && request.reason.is_empty() {
        fields.refuse("reason", "请写明为什么退回，同事才知道怎么改");
    }
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
    db: &Connection,
    course: CourseId,
) -> Result<Vec<MediaId>> {
    let found = Entity::find().filter(Column::CourseId.eq(course)).all(db).await?;
    Ok(found.into_iter().filter_map(|it| it.media_id).collect())
}
