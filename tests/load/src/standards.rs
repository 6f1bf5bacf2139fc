//! Standards enough to search in, brought in by the way that officers take.

use std::{fmt::Write, time::Duration};

use anyhow::{Context, Result, ensure};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr, Statement};
use shared::standards::{
    StandardLevel, StandardVersionId, VersionStage,
    console::{
        AddStandard, ConfirmVersion, ShowVersion, StandardDetails, StandardVersion, VersionImport,
    },
};
use tests::Person;
use tokio::time::sleep;

/// Of one standard.
const CHAPTERS: usize = 10;
const CLAUSES_OF_CHAPTER: usize = 99;

const WHO: [&str; 8] =
    ["保洁员", "会务人员", "保安员", "厨师", "维修工", "班组长", "绿化工", "前台"];
const DOES: [&str; 9] = ["检查", "清洁", "消毒", "登记", "更换", "擦拭", "保养", "巡视", "记录"];
const WHAT: [&str; 11] = [
    "会议室的桌面",
    "配电间的仪表",
    "电梯轿厢",
    "卫生间的台面",
    "厨房的油烟管道",
    "消防栓",
    "中央空调的滤网",
    "地下车库",
    "茶歇用具",
    "门禁设备",
    "垃圾收集点",
];
const WHEN: [&str; 7] =
    ["每日上班前", "每两小时", "会议开始前", "交接班时", "每周一", "雨雪天气后", "发现异常时"];

/// Words that most clauses have, that some or few have, and that none has.
pub const QUESTIONS: &[&str] = &[
    "应当",
    "保洁员",
    "检查 消防栓",
    "中央空调的滤网",
    "交接班时 登记",
    "会议室",
    "号记录单",
    "电梯轿厢 消毒",
    "保安员 每两小时 巡视 地下车库",
    "潜水",
    "潜水员 检查",
    "厨房的油烟管道",
];

/// Says of every 应-clause which post it is for, in turn, and links every second one of them, taught
/// or examined, from the courses in turn, as though all had been reviewed and published. Answers how many links.
pub async fn link(db: &DatabaseConnection) -> Result<u64> {
    let run = async |sql: &str| {
        let statement = Statement::from_string(db.get_database_backend(), sql);
        Ok::<_, DbErr>(db.execute_raw(statement).await?.rows_affected())
    };
    run("INSERT INTO clause_posts (clause_id, post_id)
        SELECT c.id, p.id
        FROM (SELECT id, position FROM clauses WHERE must) c
        JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS turn FROM posts) p
            ON p.turn = c.position % (SELECT count(*) FROM posts)
        WHERE true ON CONFLICT DO NOTHING")
    .await?;
    run("INSERT INTO version_posts (version_id, post_id, musts)
        SELECT c.version_id, p.post_id, count(*)
        FROM clauses c JOIN clause_posts p ON p.clause_id = c.id
        GROUP BY c.version_id, p.post_id
        ON CONFLICT DO NOTHING")
    .await?;
    let links = run("INSERT INTO clause_links (id, clause_id, clause_key, version_id, standard_id,
            course_id, lesson_id, place, kind, coverage, dated, state, live, must, note,
            author, created_at, updated_at)
        SELECT c.id, c.id, c.key, c.version_id, v.standard_id, l.course_id, l.id, 'lesson',
            CASE WHEN c.position % 4 = 0 THEN 'taught' ELSE 'examined' END, 'whole', false, 'valid',
            true, true, '', (SELECT id FROM people ORDER BY id LIMIT 1), v.created_at, v.created_at
        FROM clauses c
        JOIN standard_versions v ON v.id = c.version_id
        JOIN (SELECT id, course_id, row_number() OVER (ORDER BY id DESC) AS turn FROM lessons) l
            ON l.turn = 1 + (c.position * 7 + c.depth) % 4999
        WHERE c.must AND c.position % 2 = 0")
    .await?;
    ensure!(links > 10_000, "{links} links");
    Ok(links)
}

/// Adds so many standards of 1,000 clauses each, in force. Answers how many clauses they have.
pub async fn bring_in(officer: &Person, count: usize) -> Result<usize> {
    let mut clauses = 0;
    for number in 0..count {
        let details = StandardDetails {
            number: format!("示例/T {}", 9000 + number),
            title: format!("后勤服务规范第 {number} 部分（示例）"),
            level: StandardLevel::Internal,
            organization: "示例编写组".into(),
        };
        let standard = officer.call(AddStandard { details }).await?.id;
        let target = format!("/api/console/standards/{standard}/versions");
        let version = read(officer, upload(officer, &target, &text(number)).await?).await?;
        clauses += usize::try_from(version.clauses)?;
        let (version, revision) = (version.id, version.revision);
        let stage = VersionStage::Current;
        officer.call(ConfirmVersion { version, revision, stage, details: None }).await?;
    }
    ensure!(clauses >= count * 1000, "{clauses} clauses were found");
    Ok(clauses)
}

async fn upload(officer: &Person, target: &str, text: &str) -> Result<StandardVersionId> {
    let body = format!(
        "--line\r\nContent-Disposition: form-data; name=\"file\"; filename=\"standard.md\"\r\n\
         Content-Type: application/octet-stream\r\n\r\n{text}\r\n--line--\r\n"
    );
    let request = officer.request("POST", target).body(body);
    let request = request.header("content-type", "multipart/form-data; boundary=line");
    let answer = request.send().await?;
    ensure!(answer.status() == 200, "{}: {}", answer.status(), answer.text().await?);
    Ok(answer.json::<StandardVersion>().await?.id)
}

/// The version, once the job has read its file.
async fn read(officer: &Person, version: StandardVersionId) -> Result<StandardVersion> {
    for _ in 0..600 {
        let found = officer.call(ShowVersion { version }).await?;
        match found.import {
            VersionImport::Proposed => return Ok(found),
            VersionImport::Failed => anyhow::bail!("{:?}", found.message),
            _ => sleep(Duration::from_millis(50)).await,
        }
    }
    Err(anyhow::anyhow!("it is not read")).context("30 s")
}

/// A standard's text, another one for each number.
fn text(number: usize) -> String {
    let mut text = format!("示例/T {}—2024\n", 9000 + number);
    let mut turn = number * 7;
    for chapter in 1..=CHAPTERS {
        writeln!(text, "{chapter} 第 {chapter} 类服务").expect("memory takes it");
        for clause in 1..=CLAUSES_OF_CHAPTER {
            turn += 1;
            let (who, does) = (WHO[turn % WHO.len()], DOES[turn % DOES.len()]);
            let (what, when) = (WHAT[turn % WHAT.len()], WHEN[turn % WHEN.len()]);
            let sheet = turn % 997;
            writeln!(
                text,
                "{chapter}.{clause} {who}{when}应当{does}{what}，间隔不大于 {} 分钟，并填写第 {sheet} 号记录单。",
                5 + turn % 113
            )
            .expect("memory takes it");
        }
    }
    text
}
