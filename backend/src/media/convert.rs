//! Making a video small with ffmpeg: 360 lines, H.264 and AAC, playable while it loads, and a picture
//! of it.

mod arguments;

use std::{fs, path::Path, time::Duration};

use actix_web::web;
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{Set, Unchanged},
    EntityTrait,
};
use shared::{
    content::{MediaId, MediaKind},
    media::MediaState,
    problem::{Code, Problem},
};
use tokio::sync::Semaphore;

use super::{
    entity::media,
    incoming::Incoming,
    mp4, picture,
    prepare::Progress,
    programs::{self, Bounds},
    storage::{self, Key},
    store::{self, Fit, Made},
    tasks::Alive,
    workshop::Workshop,
};
use crate::{App, Result, jobs::Outcome};

/// An hour of video takes some ten minutes.
const BOUNDS: Bounds = Bounds { megabytes: 3072, time: Duration::from_hours(1) };

/// Videos that are converted at once: each takes all the processors it gets.
static TURNS: Semaphore = Semaphore::const_new(1);

/// The version for phones, and the picture of it.
struct Small {
    video: Incoming,
    about: mp4::Video,
    poster: Option<(Incoming, picture::Picture)>,
}

/// Safe to repeat: what was made is made again under the same name.
pub async fn convert(app: &App, id: MediaId, alive: Alive) -> Result<Outcome> {
    let row = media::Entity::find_by_id(id).one(app.db.read()).await?;
    let Some(row) = row.filter(|it| it.state == MediaState::Working) else {
        return Ok(Outcome::Done);
    };
    let progress = Progress::default();
    let seconds = u32::try_from(row.seconds).unwrap_or_default();
    let work = async {
        let original = Incoming::new(app.media.folder());
        storage::fetch(app.media.storage(), &Key::of(id), original.path()).await?;
        small(app, original.path(), seconds, &progress).await
    };
    let note = || settle(app, id, MediaState::Working, progress.get(), None, Vec::new());
    let made = match alive.while_working(app, work, note).await? {
        Ok(small) => renditions(small, u64::try_from(row.bytes).unwrap_or_default())?,
        Err(error) if error.code().is_some() => {
            let why = "转换没有成功，手机上会直接播放上传的视频";
            settle(app, id, MediaState::Failed, 0, Some(why), Vec::new()).await?;
            return Ok(Outcome::Done);
        }
        Err(error) => return Err(error),
    };
    settle(app, id, MediaState::Ready, 100, None, made).await?;
    Ok(Outcome::Done)
}

/// A video that phones cannot play, as one that they can.
pub(super) async fn replace(app: &App, incoming: Incoming, progress: &Progress) -> Result<Fit> {
    let Small { video, about, poster } = small(app, incoming.path(), 0, progress).await?;
    Ok(Fit {
        incoming: video,
        kind: MediaKind::Video,
        content_type: "video/mp4",
        width: about.width,
        height: about.height,
        seconds: about.seconds,
        pages: 0,
        made: poster.map(poster_made).into_iter().collect(),
        unfinished: false,
    })
}

fn poster_made((incoming, picture): (Incoming, picture::Picture)) -> Made {
    let picture::Picture { content_type, width, height, .. } = picture;
    Made { name: "poster".into(), incoming, content_type, width, height }
}

/// A version for phones that is no smaller than what was uploaded is not worth keeping.
fn renditions(small: Small, original: u64) -> Result<Vec<Made>> {
    let Small { video, about, poster } = small;
    let mut made: Vec<_> = poster.map(poster_made).into_iter().collect();
    if fs::metadata(video.path())?.len() < original {
        let (width, height) = (about.width, about.height);
        let (name, content_type) = ("360p".into(), "video/mp4");
        made.push(Made { name, incoming: video, content_type, width, height });
    }
    Ok(made)
}

/// # Errors
/// `not_a_video` where ffmpeg cannot read it, or is not there.
async fn small(app: &App, original: &Path, seconds: u32, progress: &Progress) -> Result<Small> {
    let refused = |why: &str| Problem::from(Code::NotAVideo).detail(why);
    let ffmpeg = programs::find(&app.config.media.ffmpeg)
        .ok_or_else(|| refused("服务器上没有转换视频的程序，请用剪辑软件导出成 H.264 的 MP4"))?;
    let _turn = TURNS.acquire().await.map_err(anyhow::Error::from)?;
    let workshop = Workshop::open(app.media.folder())?;
    fs::hard_link(original, workshop.file("in"))?;
    let heard = |line: &str| {
        let micros = line.strip_prefix("out_time_us=").and_then(|it| it.parse::<u64>().ok());
        if let Some(percent) = micros.and_then(|it| (it / 10_000).checked_div(seconds.into())) {
            progress.set(u32::try_from(percent).unwrap_or(99).min(99));
        }
    };
    let arguments = arguments::of_video();
    let ended = programs::run(&ffmpeg, &arguments, workshop.path(), BOUNDS, heard).await?;
    if !ended.well || !workshop.file("out.mp4").is_file() {
        tracing::warn!(said = ended.said, "a video was not converted");
        return Err(refused("这个视频转换不了，请用剪辑软件导出成 H.264 的 MP4 再上传").into());
    }
    let (folder, with_poster) = (app.media.folder().to_owned(), draw(&ffmpeg, &workshop).await?);
    let gather = move || -> Result<_> {
        let video = Incoming::new(&folder);
        fs::rename(workshop.file("out.mp4"), video.path())?;
        let about = mp4::inspect(&mut fs::File::open(video.path())?)?;
        let poster = with_poster.then(|| poster(&folder, &workshop)).transpose()?;
        Ok(Small { video, about, poster })
    };
    web::block(gather).await?
}

/// Draws a picture of the video, after a second, or of one that is over by then its first. Whether
/// there is one.
async fn draw(ffmpeg: &Path, workshop: &Workshop) -> Result<bool> {
    for second in ["1", "0"] {
        let arguments = arguments::of_poster(second);
        let ended = programs::run(ffmpeg, &arguments, workshop.path(), BOUNDS, |_| ()).await?;
        // Where nothing is left to be drawn, ffmpeg ends well and draws nothing.
        if ended.well && workshop.file("poster.jpg").is_file() {
            return Ok(true);
        }
    }
    Ok(false)
}

fn poster(folder: &Path, workshop: &Workshop) -> Result<(Incoming, picture::Picture)> {
    let (picture, _) = picture::prepare_all(&fs::read(workshop.file("poster.jpg"))?)?;
    let incoming = Incoming::new(folder);
    fs::write(incoming.path(), &picture.bytes)?;
    Ok((incoming, picture))
}

/// Writes down how far it is.
async fn settle(
    app: &App,
    id: MediaId,
    state: MediaState,
    progress: i32,
    trouble: Option<&'static str>,
    made: Vec<Made>,
) -> Result<()> {
    let rows = store::put_made(app, id, made).await?;
    let clock = app.clock.clone();
    let write = app.db.write(move |tx| {
        Box::pin(async move {
            let now = clock.now(tx).await?;
            store::insert_made(tx, rows, now).await?;
            let change = media::ActiveModel {
                id: Unchanged(id),
                state: Set(state),
                progress: Set(progress),
                trouble: Set(trouble.map(str::to_owned)),
                ..Default::default()
            };
            change.update(tx).await?;
            Ok(())
        })
    });
    write.await
}
