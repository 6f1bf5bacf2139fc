//! Reading a zip of a stranger: how much it unpacks to is counted while it does, names are compared
//! with the few that we give, and every file with what the manifest says of it.

use std::{
    collections::{HashMap, HashSet},
    fs::File,
    io::{BufReader, BufWriter, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use shared::content::MediaId;
use zip::ZipArchive;

use super::{
    format::{COURSE, FORMAT, FileEntry, Head, MANIFEST, Manifest, PackagedCourse, VERSION},
    refusal::{refused, wrong},
};
use crate::{Result, keys::hex};

/// Files of one package, what is made of it and the folders included.
const MOST_FILES: usize = 2000;
/// Bytes of the zip's table of contents.
const LARGEST_TABLE: u64 = 1024 * 1024;
/// Bytes of the manifest, of the course and of subtitles.
const LARGEST_TEXT: u64 = 16 * 1024 * 1024;
/// Bytes of all files together, once unpacked.
const LARGEST_WHOLE: u64 = shared::packages::LARGEST_PACKAGE + 64 * 1024 * 1024;
/// How many times as large a file may become; texts that repeat themselves come near to it.
const MOST_UNPACKED: u64 = 200;

/// The last bytes of a zip that has no comment.
const END: usize = 22;
/// What would stand before them if the zip were larger than any of ours.
const LOCATOR: usize = 20;

type Zip = ZipArchive<BufReader<File>>;

/// A package whose files are what its manifest says.
pub struct Unpacked {
    pub course: PackagedCourse,
    /// Questions that stayed where it comes from.
    pub questions_withheld: u32,
    /// By the names that the course knows them by.
    pub files: HashMap<String, UnpackedFile>,
}

#[derive(Debug)]
pub struct UnpackedFile {
    pub path: PathBuf,
    pub bytes: u64,
    pub sha256: Vec<u8>,
}

/// Unpacks the zip into the folder.
///
/// # Errors
/// `not_a_course_package`, saying what is wrong with which file.
pub fn unpack(zip: &Path, folder: &Path) -> Result<Unpacked> {
    let mut zip = open(zip)?;
    let names = names(&mut zip)?;
    let manifest = manifest(&mut zip, &names)?;
    let questions_withheld = manifest.questions_withheld;
    let mut entries = known(manifest)?;
    for name in names.keys().filter(|it| *it != MANIFEST) {
        if !entries.contains_key(name) {
            return Err(wrong(name, "不在清单里，课程包被人改动过"));
        }
    }
    let course = entries.remove(COURSE).ok_or_else(|| refused("清单里没有课程内容"))?;
    let mut budget = LARGEST_WHOLE;
    let text = unpack_text(&mut zip, &names, &course, &mut budget)?;
    let course = parsed(&text, COURSE)?;
    let mut files = HashMap::with_capacity(entries.len());
    for (at, (name, entry)) in entries.into_iter().enumerate() {
        let path = folder.join(format!("file-{at}"));
        let file = unpack_file(&mut zip, &names, &entry, path, &mut budget)?;
        files.insert(name, file);
    }
    Ok(Unpacked { course, questions_withheld, files })
}

/// Opens the zip once its end says that its table of contents is small: the library would read all
/// of it before anybody could count.
fn open(path: &Path) -> Result<Zip> {
    let damaged = || refused("文件打不开，请确认是从“导出课程包”下载的 zip，没有解压后再压缩过");
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    let tail = u64::try_from(END + LOCATOR).unwrap_or_default().min(length);
    file.seek(SeekFrom::Start(length - tail))?;
    let mut last = Vec::with_capacity(END + LOCATOR);
    (&mut file).take(tail).read_to_end(&mut last)?;
    let end = last.last_chunk::<END>().filter(|it| it.starts_with(b"PK\x05\x06"));
    let end = end.filter(|it| is_the_end(it, length)).ok_or_else(damaged)?;
    let larger = last.starts_with(b"PK\x06\x07") && last.len() == END + LOCATOR;
    let (count, table) = (half(end, 10), word(end, 12));
    if larger || usize::from(count) > MOST_FILES || u64::from(table) > LARGEST_TABLE {
        return Err(refused(format!("里面的文件太多，最多 {MOST_FILES} 个")));
    }
    file.rewind()?;
    let zip = ZipArchive::new(BufReader::new(file)).map_err(|_| damaged())?;
    if zip.len() != usize::from(count) || zip.has_duplicate_names() {
        return Err(refused("里面有重名的文件，课程包被人改动过"));
    }
    Ok(zip)
}

/// Whether the library takes these last bytes for the end, and reads its table of contents just
/// before them: of one disk, without a comment, with something in it.
fn is_the_end(end: &[u8; END], length: u64) -> bool {
    let (count, table, begins) = (half(end, 10), word(end, 12), word(end, 16));
    end[4..8] == [0; 4]
        && half(end, 8) == count
        && count > 0
        && half(end, 20) == 0
        && u64::from(begins) + u64::from(table) + END as u64 == length
}

fn half(end: &[u8; END], at: usize) -> u16 {
    u16::from_le_bytes([end[at], end[at + 1]])
}

fn word(end: &[u8; END], at: usize) -> u32 {
    u32::from_le_bytes([end[at], end[at + 1], end[at + 2], end[at + 3]])
}

/// Where each file is, once it is known that all of them are files with names of ours.
fn names(zip: &mut Zip) -> Result<HashMap<String, usize>> {
    let mut names = HashMap::with_capacity(zip.len());
    for at in 0..zip.len() {
        let entry = zip.by_index_data(at).map_err(|_| refused("文件打不开，请重新下载一次"))?;
        let shown = String::from_utf8_lossy(entry.name_raw()).into_owned();
        let name = match entry.name() {
            Ok(name) if name == shown => shown,
            _ => return Err(wrong(&shown, "的名字不对，课程包被人改动过")),
        };
        if entry.is_dir() && ["media/", "subtitles/"].contains(&name.as_str()) {
            continue;
        }
        if entry.is_symlink() || !is_ours(&name) {
            return Err(wrong(&name, "不是课程包里该有的文件"));
        }
        if entry.encrypted() {
            return Err(wrong(&name, "加了密码，请用没有密码的课程包"));
        }
        names.insert(name, at);
    }
    Ok(names)
}

/// Whether we would call a file so.
fn is_ours(name: &str) -> bool {
    if name == MANIFEST || name == COURSE {
        return true;
    }
    let Some((folder, file)) = name.split_once('/') else { return false };
    let Some((id, ending)) = file.split_once('.') else { return false };
    let plain = |it: u8| it.is_ascii_lowercase() || it.is_ascii_digit();
    let ending = (1..=4).contains(&ending.len()) && ending.bytes().all(plain);
    let id = id.parse::<MediaId>().is_ok_and(|parsed| parsed.to_string() == id);
    ["media", "subtitles"].contains(&folder) && id && ending
}

fn manifest(zip: &mut Zip, names: &HashMap<String, usize>) -> Result<Manifest> {
    let at = names.get(MANIFEST).ok_or_else(|| refused("里面没有清单（manifest.json）"))?;
    let mut text = Vec::new();
    copy(zip, *at, MANIFEST, LARGEST_TEXT, &mut text)?;
    let head: Head = parsed(&text, MANIFEST)?;
    if head.format != FORMAT {
        return Err(wrong(MANIFEST, "说这不是指尖教学的课程包"));
    }
    if !(1..=VERSION).contains(&head.version) {
        let why =
            format!("的格式是第 {} 版，这里只认到第 {VERSION} 版，请先升级系统", head.version);
        return Err(wrong(MANIFEST, &why));
    }
    parsed(&text, MANIFEST)
}

fn parsed<T: DeserializeOwned>(text: &[u8], name: &str) -> Result<T> {
    serde_json::from_slice(text).map_err(|error| {
        wrong(name, &format!("第 {} 行读不懂，课程包坏了或者被人改动过", error.line()))
    })
}

/// What the manifest vouches for, by name.
fn known(manifest: Manifest) -> Result<HashMap<String, FileEntry>> {
    let mut seen = HashSet::new();
    for entry in &manifest.files {
        if !is_ours(&entry.name) || entry.name == MANIFEST || !seen.insert(&entry.name) {
            return Err(wrong(&entry.name, "在清单里写得不对，课程包被人改动过"));
        }
    }
    Ok(manifest.files.into_iter().map(|it| (it.name.clone(), it)).collect())
}

fn place(names: &HashMap<String, usize>, entry: &FileEntry) -> Result<usize> {
    names.get(&entry.name).copied().ok_or_else(|| wrong(&entry.name, "不见了，请重新下载一次"))
}

fn unpack_text(
    zip: &mut Zip,
    names: &HashMap<String, usize>,
    entry: &FileEntry,
    budget: &mut u64,
) -> Result<Vec<u8>> {
    let mut text = Vec::new();
    let most = entry.bytes.min(LARGEST_TEXT).min(*budget);
    let (bytes, sum) = copy(zip, place(names, entry)?, &entry.name, most, &mut text)?;
    *budget -= bytes;
    vouched(entry, bytes, &sum)?;
    Ok(text)
}

fn unpack_file(
    zip: &mut Zip,
    names: &HashMap<String, usize>,
    entry: &FileEntry,
    path: PathBuf,
    budget: &mut u64,
) -> Result<UnpackedFile> {
    let mut to = BufWriter::new(File::create(&path)?);
    let most = entry.bytes.min(*budget);
    let (bytes, sha256) = copy(zip, place(names, entry)?, &entry.name, most, &mut to)?;
    to.flush()?;
    *budget -= bytes;
    vouched(entry, bytes, &sha256)?;
    Ok(UnpackedFile { path, bytes, sha256 })
}

fn vouched(entry: &FileEntry, bytes: u64, sum: &[u8]) -> Result<()> {
    if bytes == entry.bytes && hex(sum) == entry.sha256 {
        return Ok(());
    }
    Err(wrong(&entry.name, "和清单里的校验和对不上，文件坏了或者被人改动过，请重新下载一次"))
}

/// Unpacks one file; its length and SHA-256.
fn copy(
    zip: &mut Zip,
    at: usize,
    name: &str,
    most: u64,
    to: &mut impl Write,
) -> Result<(u64, Vec<u8>)> {
    let damaged = || wrong(name, "解压不了，请重新下载一次");
    let mut from = zip.by_index(at).map_err(|_| damaged())?;
    let packed = from.compressed_size();
    let most = most.min(packed.saturating_mul(MOST_UNPACKED).saturating_add(4096));
    let (mut hash, mut bytes, mut buffer) = (Sha256::new(), 0, vec![0; 64 * 1024]);
    loop {
        let read = from.read(&mut buffer).map_err(|_| damaged())?;
        if read == 0 {
            return Ok((bytes, hash.finalize().to_vec()));
        }
        bytes += read as u64;
        if bytes > most {
            return Err(wrong(name, "解压出来比说的大，课程包被人改动过"));
        }
        hash.update(&buffer[..read]);
        to.write_all(&buffer[..read])?;
    }
}
