//! Recordings: MP3 reduced to its sound, and sound in an MP4.

use std::{
    fs::File,
    io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write},
    path::Path,
};

use actix_web::web;
use shared::{
    content::MediaKind,
    problem::{Code, Problem},
};

use super::{incoming::Incoming, mp4, store::Fit};
use crate::{App, Error, Result};

/// Six hours.
const LONGEST: u32 = 6 * 3600;

/// A recording in MP3, without what stands around the sound: names, pictures, other files.
pub(super) async fn prepare_mp3(app: &App, incoming: Incoming) -> Result<Fit> {
    let folder = app.media.folder().to_owned();
    let prepare = move || -> Result<_> {
        let sound = Incoming::new(&folder);
        let seconds = copy_sound(incoming.path(), sound.path())?;
        fit(sound, "audio/mpeg", seconds)
    };
    web::block(prepare).await?
}

/// A recording in MP4, as phones make it.
pub(super) async fn prepare_m4a(app: &App, incoming: Incoming) -> Result<Fit> {
    let folder = app.media.folder().to_owned();
    let prepare = move || -> Result<_> {
        let (incoming, seconds) = mp4::playable(&folder, incoming, mp4::inspect_sound)?;
        fit(incoming, "audio/mp4", seconds.seconds)
    };
    web::block(prepare).await?
}

fn fit(incoming: Incoming, content_type: &'static str, seconds: u32) -> Result<Fit> {
    if seconds > LONGEST {
        return Err(refused("录音太长了，请分成几段"));
    }
    Ok(Fit {
        incoming,
        kind: MediaKind::Audio,
        content_type,
        width: 0,
        height: 0,
        seconds: seconds.max(1),
        pages: 0,
        made: Vec::new(),
        unfinished: false,
    })
}

fn refused(why: &str) -> Error {
    Problem::from(Code::NotAudio).detail(why).into()
}

/// Copies the frames of an MP3, one after the other, up to where something else begins; answers for
/// how many seconds they sound.
fn copy_sound(from: &Path, to: &Path) -> Result<u32> {
    let mut from = BufReader::new(File::open(from)?);
    let mut to = BufWriter::new(File::create(to)?);
    skip_tag(&mut from)?;
    let (mut micros, mut frames) = (0_u64, 0_u32);
    while let Some((header, frame)) = next_frame(&mut from)? {
        to.write_all(&header)?;
        let rest = frame.bytes - header.len() as u64;
        if io::copy(&mut from.by_ref().take(rest), &mut to)? < rest {
            break;
        }
        micros += frame.micros;
        frames += 1;
    }
    to.flush()?;
    // A single frame may be chance.
    if frames < 10 {
        return Err(refused("文件里没有声音，请重新导出成 MP3"));
    }
    Ok(u32::try_from(micros / 1_000_000).unwrap_or(u32::MAX))
}

/// Skips what programs write before the sound (ID3v2).
fn skip_tag(from: &mut (impl Read + Seek)) -> io::Result<()> {
    let mut head = Vec::new();
    from.by_ref().take(10).read_to_end(&mut head)?;
    let length = match head.as_slice() {
        [b'I', b'D', b'3', _, _, _, size @ ..] => {
            // Seven bits of each byte.
            10 + size.iter().fold(0_u64, |sum, byte| sum << 7 | u64::from(byte & 0x7f))
        }
        _ => 0,
    };
    from.seek(SeekFrom::Start(length)).map(drop)
}

/// A piece of sound.
struct Frame {
    bytes: u64,
    micros: u64,
}

fn next_frame(from: &mut impl Read) -> io::Result<Option<([u8; 4], Frame)>> {
    let mut header = [0; 4];
    match from.read_exact(&mut header) {
        Ok(()) => Ok(Frame::of(header).map(|frame| (header, frame))),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(None),
        Err(error) => Err(error),
    }
}

impl Frame {
    /// What a header says (ISO/IEC 11172-3): layer III only, as phones play it.
    fn of(header: [u8; 4]) -> Option<Self> {
        const FIRST: [u64; 14] = [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
        const SECOND: [u64; 14] = [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
        let [mark, kind, rates, _] = header;
        if mark != 0xff || kind & 0xe0 != 0xe0 || kind & 0x06 != 0x02 {
            return None;
        }
        // MPEG 1, 2 and 2.5.
        let (bit_rates, halved, samples) = match kind >> 3 & 3 {
            3 => (FIRST, 0, 1152),
            2 => (SECOND, 1, 576),
            0 => (SECOND, 2, 576),
            _ => return None,
        };
        let bit_rate = bit_rates.get(usize::from(rates >> 4).checked_sub(1)?)? * 1000;
        let rate = [44_100_u64, 48_000, 32_000].get(usize::from(rates >> 2 & 3))? >> halved;
        let padding = u64::from(rates >> 1 & 1);
        let bytes = samples / 8 * bit_rate / rate + padding;
        (bytes > 4).then_some(Self { bytes, micros: samples * 1_000_000 / rate })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Frames of 128 kbit/s at 44.1 kHz: 417 bytes, 26 ms.
    fn sound(frames: usize) -> Vec<u8> {
        [vec![0xff, 0xfb, 0x90, 0x00], vec![7; 413]].concat().repeat(frames)
    }

    fn copied(file: &[u8]) -> (Result<u32>, Vec<u8>) {
        let folder = tempfile::tempdir().unwrap();
        let (from, to) = (folder.path().join("from"), folder.path().join("to"));
        std::fs::write(&from, file).unwrap();
        let seconds = copy_sound(&from, &to);
        (seconds, std::fs::read(to).unwrap())
    }

    #[test]
    fn of_a_recording_the_sound_stays_and_what_stands_around_it_goes() {
        let tag = [b"ID3\x04\0\0\0\0\0\x12".as_slice(), b"<script>1</script>"].concat();
        let page = b"TAG<html><script>alert(1)</script>".to_vec();
        let (seconds, kept) = copied(&[tag, sound(100), page].concat());
        assert_eq!((seconds.unwrap(), kept), (2, sound(100)));
    }

    #[test]
    fn what_has_no_sound_is_refused() {
        for file in [b"ID3".to_vec(), b"ID3\x04\0\0\x7f\x7f\x7f\x7f".to_vec(), sound(3), vec![]] {
            let (seconds, _) = copied(&file);
            assert_eq!(seconds.unwrap_err().code(), Some(Code::NotAudio));
        }
    }
}
