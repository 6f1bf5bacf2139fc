//! The pictures of a version's file: looked into as uploads are, and kept in the space of whoever keeps
//! the standard. What is no picture, or has no room, is left out, and the officer is told.

use std::collections::HashMap;

use shared::{
    authoring::MediaFile,
    content::{MediaId, MediaKind, Picture},
    problem::Problem,
};

use crate::{
    App, Error, Result,
    accounts::people,
    audit::Actor,
    keys,
    media::{self, Arrived, Room, Taken, Workshop},
    standards::{
        entity::{
            clause::{KeptPicture, Pictures},
            version,
        },
        reading::Image,
        splitting::{Pictured, Proposed},
        standing,
    },
};

/// Clauses that are named to the officer.
const NAMED: usize = 10;

/// What became of the pictures of a file.
#[derive(Default)]
pub(super) struct Kept {
    /// In the order of the reading, each with the hash of its file; nothing where one was not kept.
    files: Vec<Option<(MediaFile, String)>>,
    /// Why none was kept, where there was no room.
    full: Option<String>,
}

/// Looks into the pictures one after the other and keeps them.
pub(super) async fn keep(app: &App, version: &version::Model, images: Vec<Image>) -> Result<Kept> {
    let Some(by) = version.created_by.filter(|_| !images.is_empty()) else {
        return Ok(Kept::default());
    };
    let db = app.db.read();
    let mut standards = standing::standards_of(db, [version.standard_id]).await?;
    let owner = standards.remove(&version.standard_id).and_then(|it| it.organization_id);
    let space = match owner {
        Some(owner) => owner,
        None => people::organization_of(db, by).await?,
    };
    let room = Room::of(app, by, space);
    let bytes = images.iter().map(|it| it.0.len() as u64).sum();
    if let Err(error) = room.has(db, bytes).await {
        return full(error);
    }
    let actor = Actor { organization: Some(space), ..Actor::SYSTEM.being(by) };
    let mut taken = Vec::with_capacity(images.len());
    for image in images {
        taken.push(take_in(app, image, actor).await?);
    }
    write(app, taken, room).await
}

fn full(error: Error) -> Result<Kept> {
    match error {
        Error::Refused(problem) => Ok(Kept { files: Vec::new(), full: Some(sentence(&problem)) }),
        broken @ Error::Broken(_) => Err(broken),
    }
}

pub(super) fn sentence(problem: &Problem) -> String {
    problem.detail.clone().unwrap_or_else(|| problem.sentence())
}

/// A picture in storage; nothing where it is none.
async fn take_in(app: &App, image: Image, actor: Actor) -> Result<Option<Taken>> {
    let folder = Workshop::open(app.media.folder())?;
    let (path, bytes, sha256) =
        (folder.file("picture"), image.0.len() as u64, keys::hash(&image.0));
    tokio::fs::write(&path, image.0).await?;
    let arrived = Arrived { path, kind: MediaKind::Image, bytes, sha256, subtitles: None };
    match media::take_in(app, arrived, actor, actor.organization).await {
        Ok(taken) => Ok(Some(taken)),
        Err(Error::Refused(_)) => Ok(None),
        Err(broken) => Err(broken),
    }
}

/// Writes the rows of what was taken in; where there is no room by now, nothing of it stays.
async fn write(app: &App, taken: Vec<Option<Taken>>, room: Room) -> Result<Kept> {
    let ids: Vec<Option<MediaId>> = taken.iter().map(|it| it.as_ref().map(|it| it.id)).collect();
    let taken: Vec<Taken> = taken.into_iter().flatten().collect();
    let (keys, clock) = (media::keys_of(&taken), app.clock.clone());
    let write = app.db.write(move |tx| {
        Box::pin(async move {
            let now = clock.now(tx).await?;
            media::keep_all(tx, taken, room, now).await
        })
    });
    if let Err(error) = write.await {
        media::remove(app, &keys).await;
        return full(error);
    }
    let found: Vec<MediaId> = ids.iter().flatten().copied().collect();
    let mut files = files(app, &found).await?;
    let files = ids.into_iter().map(|id| files.remove(&id?)).collect();
    Ok(Kept { files, full: None })
}

async fn files(app: &App, ids: &[MediaId]) -> Result<HashMap<MediaId, (MediaFile, String)>> {
    let found = media::find_all(app.db.read(), ids).await?;
    let mut hashes = media::hashes(app.db.read(), ids).await?;
    let with_hash = |(id, file)| Some((id, (file, hashes.remove(&id)?)));
    Ok(found.into_iter().filter_map(with_hash).collect())
}

impl Kept {
    /// The pictures of a clause that were kept.
    pub fn of(&self, clause: &Proposed) -> Pictures {
        Pictures(clause.pictures.iter().filter_map(|it| self.one(it)).collect())
    }

    /// The text of a clause, with the captions of pictures that were not kept: no word is lost.
    pub fn text(&self, clause: &Proposed) -> String {
        let lost = clause.pictures.iter().filter(|it| self.one(it).is_none());
        let lost = lost.map(|it| it.caption.as_str());
        let texts = std::iter::once(clause.text.as_str()).chain(lost);
        texts.filter(|it| !it.is_empty()).collect::<Vec<_>>().join("\n")
    }

    fn one(&self, it: &Pictured) -> Option<KeptPicture> {
        let (file, hash) = self.files.get(it.picture)?.as_ref()?;
        let MediaFile { id: media, width, height, .. } = *file;
        let (alt, caption) = (it.alt.clone(), it.caption.clone());
        Some(KeptPicture {
            picture: Picture { media, alt, caption, width, height },
            hash: hash.clone(),
        })
    }

    /// What the officer should know of what was left out, and where that was.
    pub fn note(&self, clauses: &[Proposed]) -> Option<String> {
        if let Some(why) = &self.full {
            return Some(format!("图没有收进来：{why}。确认之前可以把要用的图传到条款下面"));
        }
        let lost = |it: &Proposed| it.unread + it.pictures.len() - self.of(it).0.len();
        let near: Vec<(String, usize)> =
            clauses.iter().map(|it| (called(it), lost(it))).filter(|it| it.1 > 0).collect();
        let all: usize = near.iter().map(|it| it.1).sum();
        let mut names: Vec<&str> = near.iter().take(NAMED).map(|it| it.0.as_str()).collect();
        names.dedup();
        let (places, more) = (names.join("、"), if near.len() > NAMED { "等处" } else { "" });
        match all {
            0 => None,
            1 => Some(format!("{places}附近有一张图没读出来，请截图后补上")),
            _ => Some(format!("{places}{more}附近有 {all} 张图没读出来，请截图后补上")),
        }
    }
}

/// `第 4.2 条`, `附录A`
fn called(clause: &Proposed) -> String {
    let number = clause.number.trim_end_matches(['.', '、']);
    if number.starts_with(|it: char| it.is_ascii_alphanumeric()) {
        format!("第 {number} 条")
    } else if number.is_empty() {
        format!("“{}”", clause.title.chars().take(20).collect::<String>())
    } else {
        number.to_owned()
    }
}
