//! What every scene begins with, made once for all scenes of a test program and copied for each: the
//! schema, the cast, and the keys of the installation.

use std::{
    env,
    fs::{self, File},
    path::{Path, PathBuf},
    time::{Duration, UNIX_EPOCH},
};

use serde::{Deserialize, Serialize};

use super::{
    Cast, Kind, World,
    database::{self, FILE, Place},
};

/// The cast has always just arrived.
const OLDEST: Duration = Duration::from_hours(6);

/// What a template holds, kept beside its keys.
#[derive(Serialize, Deserialize)]
struct Made {
    /// The very program that made it: another may have another schema.
    program: String,
    /// Its database on PostgreSQL.
    database: Option<String>,
    cast: Cast,
}

/// Where it is kept until the program changes.
struct Template<'a> {
    folder: PathBuf,
    /// The apps at WeChat where the cast has its phones: arguments of the program.
    apps: Vec<&'a str>,
    /// Present on PostgreSQL.
    server: Option<String>,
}

/// Makes a world's database and keys in a folder: the database, and who is in it. Nothing where there
/// is no such database to test on.
pub async fn copy(kind: Kind, folder: &Path, arguments: &[&str]) -> Option<(Place, Cast)> {
    let server = match kind {
        Kind::Sqlite => None,
        Kind::Postgres => Some(database::server()?),
    };
    let pairs = arguments.windows(2).filter(|pair| pair[0].ends_with("-app-id"));
    let apps: Vec<&str> = pairs.flatten().copied().collect();
    let template = Template { folder: place(kind, &apps), apps, server };
    let made = template.made(folder).await;
    let database = match (&template.server, &made.database) {
        (Some(server), Some(name)) => Place::on(server, name).await,
        _ => Place::in_folder(folder),
    };
    Some((database, made.cast))
}

/// Its own for each test program, which is its own for each way of compiling it.
fn place(kind: Kind, apps: &[&str]) -> PathBuf {
    let program = env::current_exe().unwrap();
    let name = program.file_stem().unwrap().to_str().unwrap();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("scenes");
    folder.join(format!("{name}-{kind:?}{}", apps.concat()))
}

/// What tells a program from what it was before it was compiled again.
fn program() -> String {
    let file = fs::metadata(env::current_exe().unwrap()).unwrap();
    let changed = file.modified().unwrap().duration_since(UNIX_EPOCH).unwrap();
    format!("{} {}", file.len(), changed.as_nanos())
}

impl Template<'_> {
    /// Makes it unless it is there, and copies its files. Programs and threads take turns.
    async fn made(&self, into: &Path) -> Made {
        fs::create_dir_all(self.folder.parent().unwrap()).unwrap();
        let turn = File::create(self.folder.with_extension("lock")).unwrap();
        turn.lock().unwrap();
        let made = match self.usable().await {
            Some(made) => made,
            None => self.make().await,
        };
        for file in fs::read_dir(&self.folder).unwrap() {
            let file = file.unwrap();
            // Folders are made again where they are missing; nobody has uploaded anything yet.
            if file.file_type().unwrap().is_file() {
                fs::copy(file.path(), into.join(file.file_name())).unwrap();
            }
        }
        fs::remove_file(into.join(Self::NOTE)).unwrap();
        made
    }

    const NOTE: &'static str = "made.json";

    /// What is there, if this program made it a while ago.
    async fn usable(&self) -> Option<Made> {
        let note = self.folder.join(Self::NOTE);
        let made: Made = serde_json::from_slice(&fs::read(&note).ok()?).ok()?;
        let age = fs::metadata(&note).ok()?.modified().ok()?.elapsed().ok()?;
        let exists = match (&self.server, &made.database) {
            (Some(server), Some(name)) => database::exists(server, name).await,
            _ => true,
        };
        (exists && made.program == program() && age < OLDEST).then_some(made)
    }

    async fn make(&self) -> Made {
        drop(fs::remove_dir_all(&self.folder));
        fs::create_dir(&self.folder).unwrap();
        let (database, url) = match &self.server {
            Some(server) => {
                let (name, url) = database::create(server, None).await;
                (Some(name), url)
            }
            None => (None, database::in_folder(&self.folder)),
        };
        let app = World::app(&url, &self.folder, &self.apps).await;
        app.db.migrate().await.unwrap();
        let cast = Cast::arrive(&app).await;
        drop(app);
        match (&self.server, &database) {
            (Some(server), Some(name)) => database::close(server, name).await,
            // What is still beside the file goes into it.
            _ => database::run(&url, &["PRAGMA wal_checkpoint(TRUNCATE)"]).await,
        }
        for beside in ["-wal", "-shm"] {
            drop(fs::remove_file(self.folder.join(format!("{FILE}{beside}"))));
        }
        let made = Made { program: program(), database, cast };
        fs::write(self.folder.join(Self::NOTE), serde_json::to_vec(&made).unwrap()).unwrap();
        made
    }
}
