//! The boxes an MP4 is made of (ISO/IEC 14496-12): a size, four letters, the content.

use std::io::{Read, Seek, SeekFrom};

/// Bytes of the description of a movie at most; an hour needs about two million.
const LARGEST_MOVIE: u64 = 16 * 1024 * 1024;

/// A file with this many boxes at its top is no plain video.
const MOST_BOXES: usize = 1000;

/// It does not hang together.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::media) struct Broken;

impl From<std::io::Error> for Broken {
    fn from(_: std::io::Error) -> Self {
        Self
    }
}

/// Where the parts of a file lie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::media) struct Layout {
    /// What the box `moov` holds.
    pub movie: Vec<u8>,
    /// Where the box `ftyp`, which comes first, ends.
    pub ftyp_end: u64,
    /// Bytes of the box `moov`.
    pub movie_box: std::ops::Range<u64>,
    /// Whether the pictures come before their description: playing could begin only at the end.
    pub movie_is_last: bool,
}

impl Layout {
    pub fn of(file: &mut (impl Read + Seek)) -> Result<Self, Broken> {
        let boxes = top_boxes(file)?;
        let of_kind = |kind: [u8; 4]| boxes.iter().find(|it| it.kind == kind);
        let ftyp = boxes.first().filter(|it| it.kind == *b"ftyp").ok_or(Broken)?;
        let movie = of_kind(*b"moov").ok_or(Broken)?;
        let pictures = of_kind(*b"mdat").ok_or(Broken)?;
        let size = movie.end - movie.content;
        if size > LARGEST_MOVIE {
            return Err(Broken);
        }
        file.seek(SeekFrom::Start(movie.content))?;
        let mut content = vec![0; usize::try_from(size).map_err(|_| Broken)?];
        file.read_exact(&mut content)?;
        Ok(Self {
            movie: content,
            ftyp_end: ftyp.end,
            movie_box: movie.start..movie.end,
            movie_is_last: pictures.start < movie.start,
        })
    }
}

struct TopBox {
    kind: [u8; 4],
    start: u64,
    content: u64,
    end: u64,
}

fn top_boxes(file: &mut (impl Read + Seek)) -> Result<Vec<TopBox>, Broken> {
    let length = file.seek(SeekFrom::End(0))?;
    let (mut boxes, mut start) = (Vec::new(), 0);
    while start < length {
        file.seek(SeekFrom::Start(start))?;
        let mut header = [0; 8];
        file.read_exact(&mut header)?;
        let [a, b, c, d, kind @ ..] = header;
        let (size, content) = match u32::from_be_bytes([a, b, c, d]) {
            0 => (length - start, start + 8),
            1 => {
                let mut long = [0; 8];
                file.read_exact(&mut long)?;
                (u64::from_be_bytes(long), start + 16)
            }
            size => (u64::from(size), start + 8),
        };
        let end = start.checked_add(size).filter(|end| *end <= length).ok_or(Broken)?;
        if end < content || boxes.len() == MOST_BOXES {
            return Err(Broken);
        }
        boxes.push(TopBox { kind, start, content, end });
        start = end;
    }
    Ok(boxes)
}

/// The boxes in a content, up to where it does not hang together any more.
pub(super) fn children(content: &[u8]) -> impl Iterator<Item = ([u8; 4], &[u8])> {
    let mut rest = content;
    std::iter::from_fn(move || {
        let (header, after) = rest.split_first_chunk::<8>()?;
        let [a, b, c, d, kind @ ..] = *header;
        let size = usize::try_from(u32::from_be_bytes([a, b, c, d])).ok()?.checked_sub(8)?;
        let (child, next) = after.split_at_checked(size)?;
        rest = next;
        Some((kind, child))
    })
}

/// The first box of a kind.
pub(super) fn child(content: &[u8], kind: [u8; 4]) -> Option<&[u8]> {
    children(content).find(|it| it.0 == kind).map(|it| it.1)
}
