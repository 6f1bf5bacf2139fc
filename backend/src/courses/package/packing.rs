//! Writing the zip: on disk, one file after the other, so that none of it is held in memory.

use std::{
    fs::File,
    io::{self, BufWriter, Read, Write},
    path::{Path, PathBuf},
};

use actix_web::web;
use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use shared::packages::LARGEST_PACKAGE;
use tokio::sync::Semaphore;
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use super::{
    format::{COURSE, FORMAT, FileEntry, MANIFEST, Manifest, VERSION},
    gathering::Gathered,
    refusal::refused,
};
use crate::{
    App, Result,
    keys::hex,
    media::{self, Workshop},
};

/// Packages that are written at once.
static TURNS: Semaphore = Semaphore::const_new(2);

type Zip = ZipWriter<BufWriter<File>>;

/// A zip on its way.
struct Packing {
    zip: Zip,
    files: Vec<FileEntry>,
}

/// Writes the package into the workshop; where it lies.
///
/// # Errors
/// `not_a_course_package` where it would become too large to be imported.
pub async fn pack(
    app: &App,
    gathered: &Gathered,
    workshop: &Workshop,
    now: DateTime<Utc>,
) -> Result<PathBuf> {
    if gathered.files.iter().map(|it| it.bytes).sum::<u64>() > LARGEST_PACKAGE {
        return Err(refused("课程里的文件加起来超过了 2 GB，打不成一个包，请先拆成两门课"));
    }
    let _turn = TURNS.acquire().await.map_err(anyhow::Error::from)?;
    let path = workshop.file("package.zip");
    let zip = ZipWriter::new(BufWriter::new(File::create(&path)?));
    let mut packing = Packing { zip, files: Vec::new() };
    for (file, named) in gathered.files.iter().zip(&gathered.course.media) {
        let from = media::at_hand(app, file.id, workshop).await?;
        let name = named.name.clone();
        packing = web::block(move || packing.add_file(name, &from)).await??;
        if let (Some(text), Some(name)) = (&file.subtitles, &named.subtitles) {
            packing.add_text(name, text.as_bytes())?;
        }
    }
    let course = serde_json::to_vec_pretty(&gathered.course)?;
    packing.add_text(COURSE, &course)?;
    let manifest = Manifest {
        format: FORMAT.into(),
        version: VERSION,
        title: gathered.course.title.clone(),
        revision: gathered.revision,
        exported_at: now,
        with_keys: gathered.with_keys,
        questions_withheld: gathered.questions_withheld,
        files: Vec::new(),
    };
    web::block(move || packing.finish(manifest)).await??;
    Ok(path)
}

impl Packing {
    /// Adds a file of a lesson, which no packing makes smaller.
    fn add_file(mut self, name: String, from: &Path) -> Result<Self> {
        let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        self.zip.start_file(&name, stored).map_err(anyhow::Error::from)?;
        let (mut from, mut hash) = (File::open(from)?, Sha256::new());
        let (mut bytes, mut buffer) = (0, vec![0; 64 * 1024]);
        loop {
            let read = from.read(&mut buffer)?;
            if read == 0 {
                break;
            }
            hash.update(&buffer[..read]);
            self.zip.write_all(&buffer[..read])?;
            bytes += read as u64;
        }
        self.files.push(FileEntry { name, bytes, sha256: hex(&hash.finalize()) });
        Ok(self)
    }

    fn add_text(&mut self, name: &str, text: &[u8]) -> Result<()> {
        let sha256 = hex(&Sha256::digest(text));
        self.files.push(FileEntry { name: name.into(), bytes: text.len() as u64, sha256 });
        self.put_text(name, text)
    }

    fn put_text(&mut self, name: &str, text: &[u8]) -> Result<()> {
        let packed = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        self.zip.start_file(name, packed).map_err(anyhow::Error::from)?;
        Ok(self.zip.write_all(text)?)
    }

    fn finish(mut self, manifest: Manifest) -> Result<()> {
        let manifest = Manifest { files: std::mem::take(&mut self.files), ..manifest };
        self.put_text(MANIFEST, &serde_json::to_vec_pretty(&manifest)?)?;
        let file = self.zip.finish().map_err(anyhow::Error::from)?;
        file.into_inner().map_err(io::IntoInnerError::into_error)?;
        Ok(())
    }
}
