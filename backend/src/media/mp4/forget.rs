//! Taking away what phones write into a video besides pictures and sound: where it was taken, when,
//! and with what.

/// Empties the boxes of notes in a movie and in its tracks; everything stays in its place.
pub(super) fn forget(content: &mut [u8]) {
    let mut at = 0;
    while let Some(header) = content.get(at..).and_then(<[u8]>::first_chunk::<8>) {
        let [a, b, c, d, kind @ ..] = *header;
        let Ok(size) = usize::try_from(u32::from_be_bytes([a, b, c, d])) else { break };
        let Some(whole) = content.get_mut(at..at.saturating_add(size.max(8))) else { break };
        if size < 8 {
            break;
        }
        match &kind {
            b"trak" => forget(&mut whole[8..]),
            b"udta" | b"meta" => {
                whole[4..8].copy_from_slice(b"free");
                whole[8..].fill(0);
            }
            _ => {}
        }
        at += size;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::media::mp4::tests::boxed;

    #[test]
    fn where_a_video_was_taken_is_forgotten_and_nothing_moves() {
        let place = boxed(*b"udta", &boxed(*b"\xa9xyz", b"+31.7+119.9/"));
        let keys = boxed(*b"meta", b"com.apple.quicktime.location.ISO6709");
        let track = boxed(*b"trak", &[boxed(*b"tkhd", b"head"), place.clone()].concat());
        let movie = [boxed(*b"mvhd", b"head"), track, place, keys].concat();
        let mut after = movie.clone();
        forget(&mut after);
        assert_eq!(after.len(), movie.len());
        for said in [&b"+31.7"[..], b"ISO6709", b"udta", b"meta"] {
            assert!(!after.windows(said.len()).any(|it| it == said));
        }
        assert_eq!(after.windows(4).filter(|it| it == b"head").count(), 2);
        for end in 0..movie.len() {
            forget(&mut movie[..end].to_vec());
        }
    }
}
