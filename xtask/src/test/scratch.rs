//! Where tests keep what nobody needs afterwards.

use std::env::temp_dir;
use std::path::{Path, PathBuf};

use rustix::fs::statvfs;

const MEMORY: &str = "/dev/shm";
/// Bytes that a whole run takes there at most, with room to spare.
const ROOM: u64 = 6 << 30;

/// A folder in memory where there is room in it, else the one for temporary files. Thousands of
/// databases come and go; on ext4 most of a test's time is the search for free inodes.
pub fn folder() -> PathBuf {
    let room = statvfs(MEMORY).map_or(0, |it| it.f_bavail.saturating_mul(it.f_frsize));
    if room >= ROOM { Path::new(MEMORY).into() } else { temp_dir() }
}
