//! Uploaded videos: looked into far enough to know that phones can play them while they load.

mod boxes;
mod faststart;
mod forget;
mod playable;

use std::io::{Read, Seek};

use shared::problem::{Code, Problem};

use crate::{Error, Result};
use boxes::{Broken, Layout, child, children};
pub(super) use faststart::rewrite;
pub(super) use playable::{inspect_sound, playable};

/// What is known of a video.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Video {
    /// Pixels, as shown.
    pub width: u32,
    pub height: u32,
    /// Length, rounded, at least 1.
    pub seconds: u32,
    pub layout: Layout,
}

/// Looks into a file.
///
/// # Errors
/// `not_a_video`, with what to do in its detail.
pub(super) fn inspect(file: &mut (impl Read + Seek)) -> Result<Video> {
    let layout = Layout::of(file).map_err(|Broken| damaged())?;
    let movie = layout.movie.as_slice();
    if child(movie, *b"mvex").is_some() {
        return Err(unplayable("这是分段的 MP4，请导出成普通的 MP4 再上传"));
    }
    let seconds = seconds(movie).ok_or_else(damaged)?;
    let track = track(movie, *b"vide").ok_or_else(|| unplayable("文件里没有画面"))?;
    check_codec(track)?;
    let (width, height) = size(track).ok_or_else(damaged)?;
    Ok(Video { width, height, seconds, layout })
}

fn unplayable(why: &str) -> Error {
    Problem::from(Code::NotAVideo).detail(why).into()
}

fn damaged() -> Error {
    unplayable("文件不完整或已损坏，请重新导出")
}

/// The number at `at`, in as many bytes as the type has.
fn number<const N: usize>(bytes: &[u8], at: usize) -> Option<[u8; N]> {
    bytes.get(at..)?.first_chunk().copied()
}

fn seconds(movie: &[u8]) -> Option<u32> {
    let header = child(movie, *b"mvhd")?;
    let (scale, duration) = match header.first()? {
        0 => (number(header, 12)?, u64::from(u32::from_be_bytes(number(header, 16)?))),
        _ => (number(header, 20)?, u64::from_be_bytes(number(header, 24)?)),
    };
    let scale = u64::from(u32::from_be_bytes(scale));
    let seconds = duration.checked_add(scale / 2)?.checked_div(scale)?;
    // A day is longer than any upload; more is a broken header.
    (duration > 0 && seconds <= 86_400).then(|| u32::try_from(seconds.max(1)).ok())?
}

/// The first track with pictures, or with sound.
fn track(movie: &[u8], kind: [u8; 4]) -> Option<&[u8]> {
    let tracks = children(movie).filter(|(kind, _)| kind == b"trak").map(|(_, track)| track);
    let is_it = |track: &&[u8]| {
        let handler = child(track, *b"mdia").and_then(|media| child(media, *b"hdlr"));
        handler.and_then(|it| number(it, 8)) == Some(kind)
    };
    tracks.into_iter().find(is_it)
}

/// How the samples of a track are encoded.
fn samples(track: &[u8]) -> Option<&[u8]> {
    let path = [*b"mdia", *b"minf", *b"stbl", *b"stsd"];
    path.into_iter().try_fold(track, child)?.get(8..)
}

fn check_codec(track: &[u8]) -> Result<()> {
    let entries = samples(track).ok_or_else(damaged)?;
    let (codec, entry) = children(entries).next().ok_or_else(damaged)?;
    match &codec {
        b"avc1" | b"avc3" => {}
        b"hvc1" | b"hev1" => {
            return Err(unplayable("视频是 H.265 编码，请在导出或拍摄设置里改成 H.264"));
        }
        _ => return Err(unplayable("视频不是 H.264 编码，请用剪辑软件导出成 H.264 的 MP4")),
    }
    let settings = entry.get(78..).and_then(|it| child(it, *b"avcC")).ok_or_else(damaged)?;
    match settings.get(1).ok_or_else(damaged)? {
        66 | 77 | 88 | 100 => Ok(()),
        _ => Err(unplayable("视频的色彩太高级，很多手机放不了，请导出成 8 位色的 H.264")),
    }
}

/// Width and height as shown: a phone held upright records lying pictures and a turn.
fn size(track: &[u8]) -> Option<(u32, u32)> {
    let header = child(track, *b"tkhd")?;
    let matrix = if *header.first()? == 0 { 40 } else { 52 };
    let whole = |at| Some(u32::from_be_bytes(number(header, at)?) >> 16);
    let (width, height) = (whole(matrix + 36)?, whole(matrix + 40)?);
    let upright = u32::from_be_bytes(number(header, matrix)?) != 0;
    let shown = if upright { (width, height) } else { (height, width) };
    ((1..=8192).contains(&width) && (1..=8192).contains(&height)).then_some(shown)
}

#[cfg(test)]
pub(super) mod tests {
    use std::io::Cursor;

    use super::*;

    pub fn boxed(kind: [u8; 4], content: &[u8]) -> Vec<u8> {
        let size = u32::try_from(content.len() + 8).unwrap().to_be_bytes();
        [&size, kind.as_slice(), content].concat()
    }

    fn zeros(count: usize) -> Vec<u8> {
        vec![0; count]
    }

    /// A movie of one track, with chunks at the offsets.
    pub struct Sketch {
        pub codec: [u8; 4],
        pub profile: u8,
        pub turned: bool,
        pub duration: u32,
        pub offsets: Vec<u32>,
    }

    impl Default for Sketch {
        fn default() -> Self {
            Self { codec: *b"avc1", profile: 77, turned: false, duration: 40_400, offsets: vec![] }
        }
    }

    impl Sketch {
        pub fn moov(&self) -> Vec<u8> {
            let mvhd = [
                zeros(12),
                1000u32.to_be_bytes().into(),
                self.duration.to_be_bytes().into(),
                zeros(80),
            ];
            let media =
                [boxed(*b"hdlr", &[zeros(8), b"vide".into(), zeros(12)].concat()), self.minf()];
            let trak = [boxed(*b"tkhd", &self.tkhd()), boxed(*b"mdia", &media.concat())].concat();
            boxed(*b"moov", &[boxed(*b"mvhd", &mvhd.concat()), boxed(*b"trak", &trak)].concat())
        }

        fn tkhd(&self) -> Vec<u8> {
            let one = 0x0001_0000u32.to_be_bytes();
            let mut matrix = [0u8; 36];
            let (a, d) = if self.turned { (4, 12) } else { (0, 16) };
            matrix[a..a + 4].copy_from_slice(&one);
            matrix[d..d + 4].copy_from_slice(&one);
            let side = |pixels: u32| (pixels << 16).to_be_bytes();
            [zeros(40).as_slice(), &matrix, &side(640), &side(360)].concat()
        }

        fn minf(&self) -> Vec<u8> {
            let settings = boxed(*b"avcC", &[1, self.profile, 0, 31]);
            let entry = boxed(self.codec, &[zeros(78), settings].concat());
            let stsd = boxed(*b"stsd", &[zeros(4), 1u32.to_be_bytes().into(), entry].concat());
            let count = u32::try_from(self.offsets.len()).unwrap().to_be_bytes();
            let offsets = self.offsets.iter().flat_map(|it| it.to_be_bytes()).collect::<Vec<_>>();
            let stco = boxed(*b"stco", &[zeros(4), count.into(), offsets].concat());
            boxed(*b"minf", &boxed(*b"stbl", &[stsd, stco].concat()))
        }
    }

    pub fn ftyp() -> Vec<u8> {
        boxed(*b"ftyp", b"isom\0\0\x02\0isomavc1")
    }

    fn look(parts: &[Vec<u8>]) -> Result<Video> {
        inspect(&mut Cursor::new(parts.concat()))
    }

    fn refusal(parts: &[Vec<u8>]) -> String {
        let Err(Error::Refused(problem)) = look(parts) else { panic!("it is refused") };
        assert_eq!(problem.code, Code::NotAVideo);
        problem.detail.unwrap()
    }

    #[test]
    fn a_playable_video_tells_its_size_and_length() {
        let sketch = Sketch::default();
        let video = look(&[ftyp(), sketch.moov(), boxed(*b"mdat", b"xx")]).unwrap();
        assert_eq!((video.width, video.height, video.seconds), (640, 360, 40));
        let turned = Sketch { turned: true, ..sketch };
        let video = look(&[ftyp(), turned.moov(), boxed(*b"mdat", b"xx")]).unwrap();
        assert_eq!((video.width, video.height), (360, 640));
    }

    #[test]
    fn what_phones_cannot_play_is_refused_with_what_to_do() {
        let mdat = || boxed(*b"mdat", b"xx");
        let with = |sketch: Sketch| refusal(&[ftyp(), sketch.moov(), mdat()]);
        assert!(with(Sketch { codec: *b"hvc1", ..Sketch::default() }).contains("H.265"));
        assert!(with(Sketch { codec: *b"mp4v", ..Sketch::default() }).contains("H.264"));
        assert!(with(Sketch { profile: 110, ..Sketch::default() }).contains("8 位色"));
        assert!(with(Sketch { duration: 0, ..Sketch::default() }).contains("损坏"));
        let fragmented = boxed(*b"moov", &boxed(*b"mvex", b""));
        assert!(refusal(&[ftyp(), fragmented, mdat()]).contains("分段"));
    }

    #[test]
    fn a_broken_file_is_refused_wherever_it_ends() {
        let whole = [ftyp(), Sketch::default().moov(), boxed(*b"mdat", b"xx")].concat();
        for end in 0..whole.len() {
            assert!(inspect(&mut Cursor::new(&whole[..end])).is_err(), "{end}");
        }
        for at in 0..whole.len() {
            // Whatever a byte is changed to, looking comes to an end.
            let mut wrong = whole.clone();
            wrong[at] ^= 0xff;
            drop(inspect(&mut Cursor::new(wrong)));
        }
    }
}
