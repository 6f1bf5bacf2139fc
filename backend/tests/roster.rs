//! The roster: imports, the people on it, moving and leaving.
#![expect(clippy::unwrap_used, reason = "a scene that does not go as told ends there")]

#[macro_use]
mod scene;

#[path = "roster/applying.rs"]
mod applying;
#[path = "roster/checking.rs"]
mod checking;
#[path = "roster/files.rs"]
mod files;
#[path = "roster/large.rs"]
mod large;
#[path = "roster/people.rs"]
mod people;
#[path = "roster/planned.rs"]
mod planned;

use actix_web::body::to_bytes;
use backend::jobs;
use scene::World;
use serde_json::Value;
use shared::{organizations::keeping::*, problem::Code, roster::*};
use uuid::Uuid;

pub const HEADER: &str = "工号,姓名,单位,班组,岗位,手机,身份证,在岗\n";
pub const FIRST: &str = "和顺物业服务公司（示例）";
pub const SECOND: &str = "安恒保障服务公司（示例）";

/// Uploads a file as the console does.
pub async fn upload(world: &World, key: &str, name: &str, file: &[u8]) -> (u16, Value) {
    world.person(key).await.upload("/api/console/roster/imports", name, file).await
}

/// Lets the jobs run.
pub async fn work(world: &World) {
    while jobs::work_off(&world.app).await.unwrap() > 0 {}
}

/// A file with these rows below the header, uploaded and checked.
pub async fn checked(world: &World, rows: &str) -> RosterImport {
    let file = format!("{HEADER}{rows}");
    let (status, import) = upload(world, "zhengming", "roster.csv", file.as_bytes()).await;
    assert_eq!(status, 200, "{import}");
    let import: RosterImport = serde_json::from_value(import).unwrap();
    assert_eq!(import.state, ImportState::Checking);
    work(world).await;
    show(world, import.id).await
}

pub async fn show(world: &World, import: RosterImportId) -> RosterImport {
    let officer = world.person("zhengming").await;
    officer.call(ShowRosterImport { import }).await.unwrap()
}

pub async fn rows(world: &World, import: RosterImportId, bad: Option<bool>) -> Vec<ImportRow> {
    let officer = world.person("zhengming").await;
    let request = ListImportRows { import, outcome: None, bad, skip: None };
    officer.call(request).await.unwrap().items
}

/// Asks for an import to be brought in, and lets the jobs run.
pub async fn apply(
    world: &World,
    import: RosterImportId,
    skip_bad: bool,
    with_leavers: bool,
) -> Result<RosterImport, Code> {
    let officer = world.person("zhengming").await;
    let request = ApplyImport { import, skip_bad, with_leavers };
    officer.call(request).await.map_err(|it| it.code)?;
    work(world).await;
    Ok(show(world, import).await)
}

/// A file with these rows, brought in.
pub async fn brought_in(world: &World, rows: &str) -> RosterImport {
    let import = checked(world, rows).await;
    apply(world, import.id, false, false).await.unwrap()
}

/// The person with this 工号.
pub async fn person(world: &World, staff_number: &str) -> Option<RosterPerson> {
    let officer = world.person("zhengming").await;
    let request = ListRoster { words: Some(staff_number.into()), ..Default::default() };
    let found = officer.call(request).await.unwrap().items;
    let card = found.into_iter().find(|it| it.staff_number == staff_number)?;
    Some(officer.call(ShowRosterPerson { person: card.id }).await.unwrap())
}

/// How many rows of each kind there are, in the order 新增 更新 离岗 冲突 有误 不变.
pub fn counts(import: &RosterImport) -> [u32; 6] {
    [
        RowOutcome::Added,
        RowOutcome::Updated,
        RowOutcome::Left,
        RowOutcome::Conflict,
        RowOutcome::Faulty,
        RowOutcome::Unchanged,
    ]
    .map(|outcome| import.count(outcome))
}

/// An 身份证 number whose check digit is right.
pub fn id_card(serial: u32) -> String {
    let digits = format!("32040119{:02}0101{:03}", 50 + serial / 1000 % 50, serial % 1000);
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 =
        digits.bytes().zip(weights).map(|(it, weight)| u32::from(it - b'0') * weight).sum();
    let check = b"10X98765432"[sum as usize % 11] as char;
    format!("{digits}{check}")
}
