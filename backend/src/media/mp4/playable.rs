//! Files as they are kept: sound alone, and what plays while it loads and tells nothing of its making.

use std::{
    fs,
    io::{self, Read, Seek, SeekFrom, Write},
    path::Path,
};

use shared::problem::{Code, Problem};

use super::{Broken, Layout, Video, child, children, forget, rewrite, samples, seconds, track};
use crate::{Error, Result, media::incoming::Incoming};

/// Looks into a file that has sound only.
///
/// # Errors
/// `not_audio`, with what to do in its detail.
pub(in crate::media) fn inspect_sound(file: &mut (impl Read + Seek)) -> Result<Video> {
    let broken = |why| Error::from(Problem::from(Code::NotAudio).detail(why));
    let layout = Layout::of(file).map_err(|Broken| broken("文件不完整或已损坏，请重新导出"))?;
    let movie = layout.movie.as_slice();
    let seconds = seconds(movie).filter(|_| child(movie, *b"mvex").is_none());
    let seconds = seconds.ok_or_else(|| broken("请导出成普通的 M4A 或 MP3 再上传"))?;
    let codec = track(movie, *b"soun").and_then(samples).and_then(|it| children(it).next());
    match codec {
        Some((codec, _)) if codec == *b"mp4a" => Ok(Video { width: 0, height: 0, seconds, layout }),
        _ => Err(broken("声音不是 AAC 编码，请导出成 MP3")),
    }
}

/// The file so that it plays while it loads, and does not say where it was taken.
pub(in crate::media) fn playable(
    folder: &Path,
    incoming: Incoming,
    inspect: impl Fn(&mut fs::File) -> Result<Video>,
) -> Result<(Incoming, Video)> {
    let mut file = fs::OpenOptions::new().read(true).write(true).open(incoming.path())?;
    let mut video = inspect(&mut file)?;
    forget::forget(&mut video.layout.movie);
    if !video.layout.movie_is_last {
        let content = video.layout.movie_box.end - video.layout.movie.len() as u64;
        file.seek(SeekFrom::Start(content))?;
        file.write_all(&video.layout.movie)?;
        return Ok((incoming, video));
    }
    let faster = Incoming::new(folder);
    let mut to = io::BufWriter::new(fs::File::create(faster.path())?);
    rewrite(&mut file, &video.layout, &mut to)?;
    to.into_inner().map_err(io::IntoInnerError::into_error)?;
    Ok((faster, video))
}
