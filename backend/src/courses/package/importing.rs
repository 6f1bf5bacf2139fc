//! A package becomes a new draft: its files go into storage one after the other, then everything is
//! written in one transaction. Where something is refused, nothing stays.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
};

use actix_web::web;
use shared::{
    accounts::{PersonId, Role},
    api::Officer,
    content::MediaId,
    courses::CourseId,
    organizations::OrganizationId,
    packages::ImportedCourse,
    problem::Code,
    standards::ClauseLinkId,
};
use tokio::sync::Semaphore;
use uuid::Uuid;

use super::{
    checking::check,
    format::{PackagedCourse, PackagedFile},
    refusal::{because_of, twice, wrong},
    unpacking::{Unpacked, UnpackedFile, unpack},
    writing::{Draft, write_draft},
};
use crate::{
    App, Result,
    audit::{self, Act, Actor},
    courses::content,
    http::Ctx,
    media::{self, Arrived, Room, Taken, Workshop},
    organizations,
};

/// Packages that are read at once: each may hold much to look into.
static TURNS: Semaphore = Semaphore::const_new(1);

/// Whose the new course is to be.
#[derive(Debug, Clone, Copy)]
pub struct Target {
    /// The bureau if nobody's.
    owner: Option<OrganizationId>,
    /// In whose space the files lie.
    space: OrganizationId,
    by: PersonId,
}

impl Target {
    /// # Errors
    /// `not_found` where the organisation is out of reach, closed, or does not exist.
    pub async fn of(ctx: &Ctx<Officer>, wanted: Option<OrganizationId>) -> Result<Self> {
        let (reach, own) = (ctx.caller.reach(Role::TrainingOfficer), ctx.caller.organization);
        let owner = match wanted {
            None => reach.owner(own)?,
            Some(id) => {
                let open = organizations::is_open(ctx.app.db.read(), id).await?;
                Some(
                    Some(id)
                        .filter(|it| open && reach.has_organization(*it))
                        .ok_or(Code::NotFound)?,
                )
            }
        };
        Ok(Self { owner, space: owner.unwrap_or(own), by: ctx.caller.person })
    }
}

/// Imports the package that lies there; `act` says what is recorded of it.
///
/// # Errors
/// `not_a_course_package`, saying what is wrong with which file; `quota_reached`.
pub async fn import(
    app: &App,
    actor: Actor,
    target: Target,
    (package, workshop): (PathBuf, &Workshop),
    act: impl FnOnce(CourseId) -> Act + Send + 'static,
) -> Result<ImportedCourse> {
    let _turn = TURNS.acquire().await.map_err(anyhow::Error::from)?;
    let mut unpacked = unpacked(package, workshop.path()).await?;
    check(&mut unpacked)?;
    let Unpacked { course, questions_withheld, files } = unpacked;
    let room = Room::of(app, target.by, target.space);
    // Before a file is drawn, encoded or stored for nothing.
    room.has(app.db.read(), bytes_of(&course, &files)).await?;
    let mut taken = Vec::new();
    let outcome = take_in_all(app, actor, target, (&course, files), &mut taken).await;
    let keys = media::keys_of(&taken);
    let done = match outcome {
        Ok(ids) => write(app, (target, room), exchanged(course, &ids), taken, act).await,
        Err(error) => Err(error),
    };
    if done.is_err() {
        media::remove(app, &keys).await;
    }
    Ok(ImportedCourse { questions_withheld, ..done? })
}

async fn unpacked(package: PathBuf, folder: &Path) -> Result<Unpacked> {
    let folder = folder.to_owned();
    web::block(move || unpack(&package, &folder)).await?
}

/// Bytes of the files that the course shows.
fn bytes_of(course: &PackagedCourse, files: &HashMap<String, UnpackedFile>) -> u64 {
    let shown = shown(course.clone());
    let kept = course.media.iter().filter(|it| shown.contains(&it.id));
    kept.filter_map(|it| files.get(&it.name)).map(|it| it.bytes).sum()
}

/// Takes in the files that the course shows; the ids that they have here.
async fn take_in_all(
    app: &App,
    actor: Actor,
    target: Target,
    (course, mut files): (&PackagedCourse, HashMap<String, UnpackedFile>),
    taken: &mut Vec<Taken>,
) -> Result<HashMap<MediaId, MediaId>> {
    let (shown, mut ids) = (shown(course.clone()), HashMap::new());
    for file in course.media.iter().filter(|it| shown.contains(&it.id)) {
        let subtitles = match &file.subtitles {
            Some(name) => Some(text(name, files.remove(name)).await?),
            None => None,
        };
        let arrived = arrived(file, files.remove(&file.name), subtitles);
        // What is not taken in must not keep an id that may be somebody else's file here.
        let arrived = arrived.ok_or_else(|| twice(&file.name))?;
        let one = media::take_in(app, arrived, actor, Some(target.space)).await;
        let one = one.map_err(|error| because_of(&file.name, error))?;
        ids.insert(file.id, one.id);
        taken.push(one);
    }
    Ok(ids)
}

fn shown(mut course: PackagedCourse) -> std::collections::HashSet<MediaId> {
    let cover = course.cover.take().map(|it| it.media);
    let lessons = course.chapters.iter_mut().flat_map(|it| &mut it.lessons);
    let shown = lessons.flat_map(|it| content::media_of(&mut it.content));
    cover.into_iter().chain(shown).collect()
}

fn arrived(
    file: &PackagedFile,
    unpacked: Option<UnpackedFile>,
    subtitles: Option<String>,
) -> Option<Arrived> {
    let UnpackedFile { path, bytes, sha256 } = unpacked?;
    Some(Arrived { path, kind: file.kind, bytes, sha256, subtitles })
}

async fn text(name: &str, file: Option<UnpackedFile>) -> Result<String> {
    const LARGEST: u64 = 1024 * 1024;
    let file = file.filter(|it| it.bytes <= LARGEST);
    let file = file.ok_or_else(|| wrong(name, "太大了，字幕最多 1 MB"))?;
    let text = tokio::fs::read(&file.path).await?;
    String::from_utf8(text).map_err(|_| wrong(name, "不是 UTF-8 编码的字幕"))
}

/// The course with the ids that its files have here.
fn exchanged(mut course: PackagedCourse, ids: &HashMap<MediaId, MediaId>) -> PackagedCourse {
    let here = |id: &mut MediaId| {
        if let Some(new) = ids.get(id) {
            *id = *new;
        }
    };
    course.cover.iter_mut().for_each(|it| here(&mut it.media));
    for lesson in course.chapters.iter_mut().flat_map(|it| &mut it.lessons) {
        content::files_mut(&mut lesson.content).into_iter().for_each(here);
    }
    exchange_links(&mut course);
    course
}

/// Gives what is cited the ids that its links will have here, and none to a quotation of anything else:
/// that could be somebody else's link.
fn exchange_links(course: &mut PackagedCourse) {
    let mut ids = HashMap::new();
    for link in course.clauses.iter_mut().filter_map(|it| it.link.as_mut()) {
        let here = ClauseLinkId(Uuid::now_v7());
        ids.insert(std::mem::replace(link, here), here);
    }
    for lesson in course.chapters.iter_mut().flat_map(|it| &mut it.lessons) {
        for link in content::quoted_mut(&mut lesson.content) {
            *link = ids.get(link).copied().unwrap_or(ClauseLinkId(Uuid::nil()));
        }
    }
}

async fn write(
    app: &App,
    (target, room): (Target, Room),
    course: PackagedCourse,
    taken: Vec<Taken>,
    act: impl FnOnce(CourseId) -> Act + Send + 'static,
) -> Result<ImportedCourse> {
    let clock = app.clock.clone();
    let write = app.db.write(move |tx| {
        Box::pin(async move {
            let now = clock.now(tx).await?;
            let files = u32::try_from(taken.len()).unwrap_or(u32::MAX);
            media::keep_all(tx, taken, room, now).await?;
            let draft = Draft { owner: target.owner, by: target.by, now };
            let done = ImportedCourse { files, ..write_draft(tx, course, draft).await? };
            audit::record(tx, &act(done.course), now).await?;
            Ok(done)
        })
    });
    write.await
}
