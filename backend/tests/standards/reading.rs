//! Files that a library would choke on: the process that reads them ends, and nobody else.

use std::{
    fmt::Write as _,
    fs::Permissions,
    io::Write,
    os::unix::{fs::PermissionsExt, process::ExitStatusExt},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use backend::jobs::entity::job;
use chrono::{DateTime, Utc};
use flate2::{Compression, write::ZlibEncoder};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::*;
use crate::scene::Kind;

/// A PDF of a few kilobytes whose one page is twenty million commands: what it unpacks to is not
/// much, what a reader makes of that is.
fn bomb() -> Vec<u8> {
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::best());
    let some = b"q Q ".repeat(1 << 18);
    for _ in 0..40 {
        packed.write_all(&some).unwrap();
    }
    let packed = packed.finish().unwrap();
    let head = format!("<</Length {}/Filter/FlateDecode>>stream\n", packed.len());
    let content = [head.as_bytes(), &packed, b"\nendstream"];
    let objects = [
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<>>>>".to_vec(),
        content.concat(),
    ];
    let (mut file, mut places) = (b"%PDF-1.4\n".to_vec(), String::new());
    for (number, object) in (1..).zip(&objects) {
        writeln!(places, "{:010} 00000 n ", file.len()).unwrap();
        file.extend(format!("{number} 0 obj\n").bytes());
        file.extend(object);
        file.extend(b"\nendobj\n");
    }
    let table = file.len();
    let end = format!(
        "xref\n0 5\n0000000000 65535 f \n{places}trailer <</Size 5/Root 1 0 R>>\nstartxref\n{table}\n%%EOF"
    );
    file.extend(end.bytes());
    file
}

/// The standard whose file became no proposal and was given up, and what was said of it.
async fn failed(world: &World, name: &str, file: &[u8]) -> (StandardId, String) {
    let ming = world.person("zhengming").await;
    let id = standard(&ming).await;
    let (status, version) =
        ming.upload(&format!("/api/console/standards/{id}/versions"), name, file).await;
    assert_eq!(status, 200, "{version}");
    work_off(world).await;
    let version = version["id"].as_str().unwrap().parse().unwrap();
    let shown = ming.call(ShowVersion { version }).await.unwrap();
    assert_eq!(shown.import, VersionImport::Failed);
    ming.call(DiscardProposal { version }).await.unwrap();
    (id, shown.message.unwrap())
}

#[actix_web::test]
async fn a_bomb_that_passes_for_a_pdf_ends_the_process_that_reads_it_and_nobody_else() {
    let world = World::new(Kind::Sqlite).await.unwrap();
    let bomb = bomb();
    assert!(bomb.len() < 200_000);
    let mut reader = Command::new(&world.app.config.program);
    let reader = reader.args(["read-file", "standard"]).stdin(Stdio::piped());
    let mut reader = reader.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    reader.stdin.take().unwrap().write_all(&bomb).unwrap();
    let ended = reader.wait_with_output().unwrap();
    assert_eq!(ended.status.signal(), Some(6), "it ran out of memory");
    assert!(ended.stdout.is_empty(), "before there was an answer");

    let (id, message) = failed(&world, "标准.pdf", &bomb).await;
    assert!(message.contains("展开以后太大"), "{message}");
    let ming = world.person("zhengming").await;
    let next = uploaded(&world, &ming, id, FIRST).await;
    assert_eq!(next.import, VersionImport::Proposed, "others go on");
}

#[actix_web::test]
async fn a_reader_that_says_nothing_of_use_is_not_believed() {
    for program in ["/bin/false", "/bin/true", "/bin/echo"] {
        let world = World::configured(&["--program", program]).await;
        let (_, message) = failed(&world, "标准.md", FIRST.as_bytes()).await;
        assert!(message.contains("展开以后太大"), "{program}: {message}");
    }
}

#[actix_web::test]
async fn the_largest_text_that_is_taken_is_read_within_the_bounds() {
    let world = World::new(Kind::Sqlite).await.unwrap();
    let ming = world.person("zhengming").await;
    let id = standard(&ming).await;
    let sentence = "应检查会议室的设备，记录结果并签字。".repeat(50);
    let mut text = String::new();
    for chapter in 1..=69 {
        writeln!(text, "{chapter} 检查").unwrap();
        for at in 1..=100 {
            writeln!(text, "{chapter}.{at} {sentence}").unwrap();
        }
    }
    assert!(text.len() > 18_000_000 && text.len() < 20 << 20, "{}", text.len());
    let version = uploaded(&world, &ming, id, &text).await;
    assert_eq!(version.import, VersionImport::Proposed, "{:?}", version.message);
    assert_eq!(version.clauses, 69 * 101);
}

/// Reads as the server's own program does once `go` is there, and gives up after ten seconds.
fn slow_reader(folder: &Path) -> (PathBuf, PathBuf) {
    let (script, go) = (folder.join("reader"), folder.join("go"));
    let program = env!("CARGO_BIN_EXE_fingertip");
    let text = format!(
        "#!/bin/sh\nfor try in $(seq 200); do\n  [ -e '{}' ] && exec '{program}' \"$@\"\n  \
         sleep 0.05\ndone\n",
        go.display()
    );
    std::fs::write(&script, text).unwrap();
    std::fs::set_permissions(&script, Permissions::from_mode(0o755)).unwrap();
    (script, go)
}

/// Until when the one job that somebody has is theirs.
async fn taken_until(world: &World) -> Option<DateTime<Utc>> {
    let taken = job::Entity::find().filter(job::Column::LeaseOwner.is_not_null());
    taken.one(world.app.db.read()).await.unwrap().and_then(|it| it.lease_until)
}

/// Returns once the one job that somebody has is theirs for longer than it was.
async fn taken_for_longer(world: &World) {
    let mut first = None;
    loop {
        let until = taken_until(world).await;
        match first {
            None => first = until,
            Some(first) if until.is_some_and(|it| it > first) => return,
            Some(_) => {}
        }
        tokio::task::yield_now().await;
    }
}

#[actix_web::test]
async fn a_file_that_takes_long_stays_with_the_worker_that_reads_it() {
    let folder = tempfile::tempdir().unwrap();
    let (script, go) = slow_reader(folder.path());
    let world = World::configured(&["--program", script.to_str().unwrap()]).await;
    let ming = world.person("zhengming").await;
    let id = standard(&ming).await;
    let target = format!("/api/console/standards/{id}/versions");
    let (status, version) = ming.upload(&target, "标准.md", FIRST.as_bytes()).await;
    assert_eq!(status, 200, "{version}");
    let mut reading = std::pin::pin!(work_off(&world));
    tokio::select! {
        () = &mut reading => panic!("it ended before anybody said that it was being done"),
        () = taken_for_longer(&world) => {}
    }
    std::fs::write(&go, "").unwrap();
    reading.await;
    let version = version["id"].as_str().unwrap().parse().unwrap();
    let shown = ming.call(ShowVersion { version }).await.unwrap();
    assert_eq!(shown.import, VersionImport::Proposed, "{:?}", shown.message);
}
