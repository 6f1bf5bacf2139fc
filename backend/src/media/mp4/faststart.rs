//! Putting a video's description before its pictures, so that it plays while it loads.

use std::io::{self, Read, Seek, SeekFrom, Write};

use super::boxes::Layout;

/// Copies a video whose description comes last to `to`, with the description moved to the front.
///
/// # Errors
/// Where reading or writing fails, or a place no longer fits into its field.
pub(in crate::media) fn rewrite(
    from: &mut (impl Read + Seek),
    layout: &Layout,
    to: &mut impl Write,
) -> io::Result<()> {
    let moved = layout.movie_box.end - layout.movie_box.start;
    let mut movie = layout.movie.clone();
    shift(&mut movie, WAY, layout.movie_box.start, moved)?;
    let end = from.seek(SeekFrom::End(0))?;
    copy(from, 0..layout.ftyp_end, to)?;
    // A last box need not tell its size; what is not last must. In as many bytes as it had.
    let header = match moved - movie.len() as u64 {
        8 => [&u32::try_from(moved).map_err(io::Error::other)?.to_be_bytes()[..], b"moov"].concat(),
        _ => [&1u32.to_be_bytes()[..], b"moov", &moved.to_be_bytes()].concat(),
    };
    to.write_all(&header)?;
    to.write_all(&movie)?;
    copy(from, layout.ftyp_end..layout.movie_box.start, to)?;
    copy(from, layout.movie_box.end..end, to)
}

fn copy(
    from: &mut (impl Read + Seek),
    part: std::ops::Range<u64>,
    to: &mut impl Write,
) -> io::Result<()> {
    from.seek(SeekFrom::Start(part.start))?;
    io::copy(&mut from.take(part.end - part.start), to).map(drop)
}

/// The boxes in each other in which a track's places are; others may lie in each other much deeper.
const WAY: &[[u8; 4]] = &[*b"trak", *b"mdia", *b"minf", *b"stbl"];

/// Corrects the places of pictures and sounds, noted from the start of the file: those before
/// `limit` move by `distance`.
fn shift(content: &mut [u8], way: &[[u8; 4]], limit: u64, distance: u64) -> io::Result<()> {
    let mut at = 0;
    while let Some(header) = content.get(at..).and_then(<[u8]>::first_chunk::<8>) {
        let [a, b, c, d, kind @ ..] = *header;
        let size = usize::try_from(u32::from_be_bytes([a, b, c, d])).map_err(io::Error::other)?;
        let inside = content.get_mut(at + 8..at + size.max(8));
        let Some(inside) = inside.filter(|_| size >= 8) else { break };
        match (way, &kind) {
            ([next, rest @ ..], _) if *next == kind => shift(inside, rest, limit, distance)?,
            ([], b"stco") => shift_table::<4>(inside, limit, distance)?,
            ([], b"co64") => shift_table::<8>(inside, limit, distance)?,
            _ => {}
        }
        at += size;
    }
    Ok(())
}

/// A table of places of `N` bytes each, after its version and count.
fn shift_table<const N: usize>(table: &mut [u8], limit: u64, distance: u64) -> io::Result<()> {
    let places = table.get_mut(8..).unwrap_or_default();
    for place in places.chunks_exact_mut(N) {
        let was = place.iter().fold(0u64, |number, byte| number << 8 | u64::from(*byte));
        if was < limit {
            let is = was.checked_add(distance).ok_or(io::ErrorKind::InvalidData)?.to_be_bytes();
            let (high, low) = is.split_at(8 - N);
            if high.iter().any(|byte| *byte != 0) {
                return Err(io::ErrorKind::InvalidData.into());
            }
            place.copy_from_slice(low);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::{super::*, *};
    use crate::media::mp4::tests::{Sketch, boxed, ftyp};

    #[test]
    fn the_description_moves_to_the_front_and_still_points_at_the_pictures() {
        let first = u32::try_from(ftyp().len() + 8).unwrap();
        let sketch = Sketch { offsets: vec![first, first + 3], ..Sketch::default() };
        let slow =
            [ftyp(), boxed(*b"mdat", b"abcdef"), sketch.moov(), boxed(*b"free", b"z")].concat();
        let video = inspect(&mut Cursor::new(&slow)).unwrap();
        assert!(video.layout.movie_is_last);
        let mut fast = Vec::new();
        rewrite(&mut Cursor::new(&slow), &video.layout, &mut fast).unwrap();
        let again = inspect(&mut Cursor::new(&fast)).unwrap();
        assert!(!again.layout.movie_is_last);
        assert_eq!((fast.len(), again.seconds), (slow.len(), video.seconds));
        let stbl = [*b"trak", *b"mdia", *b"minf", *b"stbl", *b"stco"];
        let table = stbl.into_iter().try_fold(again.layout.movie.as_slice(), child).unwrap();
        let chunks: Vec<&[u8]> = table[8..]
            .chunks_exact(4)
            .map(|it| usize::try_from(u32::from_be_bytes(it.try_into().unwrap())).unwrap())
            .map(|place| &fast[place..place + 3])
            .collect();
        assert_eq!(chunks, [b"abc", b"def"]);
    }
}
