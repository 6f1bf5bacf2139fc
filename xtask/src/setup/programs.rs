//! Browser, databases, ffmpeg and fonts, found or missing.

use std::env;
use std::fs::read_dir;
use std::path::{Path, PathBuf};

use super::Item;
use crate::paths::{find_program, is_program};

const CHROMIUM: Item = Item {
    what: "Chromium, which the tests drive",
    packages: &["chromium"],
    elsewhere: "install Chromium or Chrome, and set CHROMIUM to its program",
};
const POSTGRESQL: Item = Item {
    what: "PostgreSQL 15 or newer, started privately by the tests",
    packages: &["postgresql"],
    elsewhere: "install the PostgreSQL server, with initdb and postgres on the PATH",
};
const REDIS: Item = Item {
    what: "Redis 6 or newer, started privately by the tests",
    packages: &["redis-server"],
    elsewhere: "install Redis, with redis-server on the PATH",
};
const FFMPEG: Item = Item {
    what: "ffmpeg, which makes videos small",
    packages: &["ffmpeg"],
    elsewhere: "install ffmpeg with libx264, with ffmpeg and ffprobe on the PATH",
};
const FONTS: Item = Item {
    what: "a Chinese font, for screenshots and documents",
    packages: &["fonts-noto-cjk"],
    elsewhere: "install Noto Sans CJK, so that `fc-list :lang=zh` names a font",
};

/// Where the programs are.
pub struct Programs {
    pub chromium: PathBuf,
    /// The directory of `initdb` and `postgres`.
    pub postgresql: PathBuf,
    pub redis_server: PathBuf,
}

impl Programs {
    /// All of them, or nothing.
    pub fn find() -> Option<Self> {
        Some(Self { chromium: chromium()?, postgresql: postgresql()?, redis_server: redis()? })
    }
}

/// What goes untested on this machine, and how that changes: nothing else needs a download so large.
pub fn untested() -> Option<&'static str> {
    const WITHOUT_LIBREOFFICE: &str = "LibreOffice is not installed (100 MB to download): what it makes of Word and \
        PowerPoint files stays untested. On Debian: apt-get install --no-install-recommends \
        libreoffice-writer-nogui libreoffice-impress-nogui";
    find_program("soffice").is_none().then_some(WITHOUT_LIBREOFFICE)
}

/// What is not on this machine.
pub fn missing() -> Vec<&'static Item> {
    [
        (chromium().is_some(), &CHROMIUM),
        (postgresql().is_some(), &POSTGRESQL),
        (redis().is_some(), &REDIS),
        (find_program("ffmpeg").is_some(), &FFMPEG),
        (has_chinese_font(), &FONTS),
    ]
    .into_iter()
    .filter_map(|(found, item)| (!found).then_some(item))
    .collect()
}

fn chromium() -> Option<PathBuf> {
    let named = env::var_os("CHROMIUM").map(PathBuf::from).filter(|path| is_program(path));
    named.or_else(|| {
        ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"]
            .into_iter()
            .find_map(find_program)
    })
}

fn postgresql() -> Option<PathBuf> {
    let has_server = |directory: &Path| {
        is_program(&directory.join("initdb")) && is_program(&directory.join("postgres"))
    };
    // Debian keeps the server programs of each version apart, outside the PATH.
    let mut of_debian: Vec<PathBuf> = read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path().join("bin")))
        .filter(|directory| has_server(directory))
        .collect();
    of_debian.sort();
    of_debian.pop().or_else(|| {
        let directory = find_program("initdb")?.canonicalize().ok()?.parent()?.to_path_buf();
        has_server(&directory).then_some(directory)
    })
}

fn redis() -> Option<PathBuf> {
    find_program("redis-server")
}

fn has_chinese_font() -> bool {
    let noto = Path::new("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc");
    noto.is_file() || {
        let mut list = std::process::Command::new("fc-list");
        crate::command::output(list.args([":lang=zh", "family"]))
            .is_ok_and(|families| !families.is_empty())
    }
}
