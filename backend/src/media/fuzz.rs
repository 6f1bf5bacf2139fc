//! What the fuzzer tries of uploaded files.

use std::io::Cursor;

use super::{mp4, picture};
use crate::{Error, Result};

/// A video: what can be played while it loads is told as such, and what is put in order for that
/// stays the same video.
pub fn video(file: &[u8]) {
    let Some(video) = looked_at(mp4::inspect(&mut Cursor::new(file))) else { return };
    if !video.layout.movie_is_last {
        return;
    }
    let mut fast = Vec::new();
    if mp4::rewrite(&mut Cursor::new(file), &video.layout, &mut fast).is_ok() {
        let again = mp4::inspect(&mut Cursor::new(&fast)).expect("it is still a video");
        assert_eq!((fast.len(), again.seconds), (file.len(), video.seconds));
        assert!(!again.layout.movie_is_last);
    }
}

/// A picture: what is kept of it can be opened and is no larger than a screen.
pub fn picture(file: &[u8]) {
    let Some(kept) = looked_at(picture::prepare(file)) else { return };
    assert!(kept.width.max(kept.height) <= 1600 && kept.width.min(kept.height) > 0);
    let Ok(again) = picture::prepare(&kept.bytes) else { panic!("what we wrote can be read") };
    assert_eq!((again.width, again.height), (kept.width, kept.height));
}

/// What cannot be used is refused in words.
fn looked_at<T>(outcome: Result<T>) -> Option<T> {
    match outcome {
        Ok(it) => Some(it),
        Err(Error::Refused(problem)) => {
            assert!(problem.detail.is_some());
            None
        }
        Err(Error::Broken(error)) => panic!("it is nobody's fault but ours: {error:#}"),
    }
}
