//! Files of all kinds, good and wicked.

use std::{
    io::{Cursor, Write},
    os::unix::process::ExitStatusExt,
    process::{Command, Stdio},
};

use rust_xlsxwriter::Workbook;
use zip::{ZipWriter, write::SimpleFileOptions};

use super::*;
use crate::scene::Kind;

async fn refusal(world: &World, file: &[u8]) -> (u16, String) {
    let (status, problem) = upload(world, "zhengming", "x.xlsx", file).await;
    (status, problem["detail"].as_str().unwrap_or_default().to_owned())
}

scene!(a_file_that_cannot_be_used_is_refused_with_what_to_do, |world| async move {
    let mut bomb = ZipWriter::new(Cursor::new(Vec::new()));
    bomb.start_file("xl/worksheets/sheet1.xml", SimpleFileOptions::default()).unwrap();
    bomb.write_all(&vec![b' '; 32 << 20]).unwrap();
    let bomb = bomb.finish().unwrap().into_inner();
    assert!(bomb.len() < 200_000);
    for (file, says) in [
        (&bomb[..], "大得不正常"),
        (b"", "空的"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "不是 Excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧版"),
        ("甲,乙\n1,2\n".as_bytes(), "没有找到表头"),
        (HEADER.as_bytes(), "一行内容也没有"),
        (&vec![b'x'; 10 * 1024 * 1024 + 1], "10 MB"),
    ] {
        let (status, detail) = refusal(&world, file).await;
        assert!(detail.contains(says), "{detail}");
        assert_eq!(status, 422);
    }
    let officer = world.person("zhengming").await;
    assert!(
        officer.call(ListRosterImports {}).await.unwrap().is_empty(),
        "nothing is kept of them"
    );
});

/// What every workbook begins with.
const BOOK: [(&str, &str); 4] = [
    (
        "[Content_Types].xml",
        r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#,
    ),
    (
        "_rels/.rels",
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
           <Relationship Id="r1" Target="xl/workbook.xml" Type=
           "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/>
           </Relationships>"#,
    ),
    (
        "xl/workbook.xml",
        r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"
           xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">
           <sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>"#,
    ),
    (
        "xl/_rels/workbook.xml.rels",
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
           <Relationship Id="r1" Target="worksheets/sheet1.xml" Type=
           "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"/>
           <Relationship Id="r2" Target="sharedStrings.xml" Type=
           "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"/>
           </Relationships>"#,
    ),
];

/// A workbook of the usual size, every cell of which is one of a hundred long texts.
fn bomb() -> Vec<u8> {
    const NAMES: &str = r#"xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main""#;
    let texts = HEADER.trim().split(',').map(str::to_owned);
    let texts = texts.chain((0..100).map(|at| format!("{at:03}{}", "𠮷".repeat(197))));
    let shared = |text: String| format!("<si><t>{text}</t></si>");
    let texts: String = texts.map(shared).collect();
    let cell = |text: u32| format!(r#"<c t="s"><v>{text}</v></c>"#);
    let header: String = (0..8).map(cell).collect();
    let mut lot = 1_u32;
    let mut any_cell = || {
        lot = lot.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        cell(8 + (lot >> 16) % 100)
    };
    let mut row = || format!("<row>{}</row>", (0..8).map(|_| any_cell()).collect::<String>());
    let rows: String = (0..50_000).map(|_| row()).collect();
    let texts = format!("<sst {NAMES}>{texts}</sst>");
    let sheet =
        format!("<worksheet {NAMES}><sheetData><row>{header}</row>{rows}</sheetData></worksheet>");
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let large = [("xl/sharedStrings.xml", &*texts), ("xl/worksheets/sheet1.xml", &*sheet)];
    for (name, text) in BOOK.into_iter().chain(large) {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[actix_web::test]
async fn a_bomb_that_passes_for_a_workbook_ends_the_process_that_reads_it_and_nobody_else() {
    let world = World::new(Kind::Sqlite).await.unwrap();
    let bomb = bomb();
    assert!(bomb.len() < 2_000_000);
    let mut reader = Command::new(&world.app.config.program);
    let reader = reader.args(["read-file", "sheet"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut reader = reader.stderr(Stdio::null()).spawn().unwrap();
    reader.stdin.take().unwrap().write_all(&bomb).unwrap();
    let ended = reader.wait_with_output().unwrap();
    assert_eq!(ended.status.signal(), Some(6), "it ran out of memory");
    assert!(ended.stdout.is_empty(), "before there was an answer");

    let (status, detail) = refusal(&world, &bomb).await;
    assert_eq!(status, 422);
    assert!(detail.contains("展开以后太大"), "{detail}");
    let import = checked(&world, &format!("A1,甲,{FIRST},,,,,\n")).await;
    assert_eq!(counts(&import)[0], 1, "others go on");
}

#[actix_web::test]
async fn a_reader_that_says_nothing_of_use_is_not_believed() {
    for program in ["/bin/false", "/bin/true", "/bin/echo"] {
        let world = World::configured(&["--program", program]).await;
        let file = format!("{HEADER}A1,甲,{FIRST},,,,,\n");
        let (status, detail) = refusal(&world, file.as_bytes()).await;
        assert_eq!(status, 422, "{program}");
        assert!(detail.contains("展开以后太大"), "{program}: {detail}");
    }
}

scene!(a_workbook_keeps_its_numbers_as_text, |world| async move {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (at, title) in (0..).zip(HEADER.trim().split(',')) {
        sheet.write_string(2, at, title).unwrap();
    }
    sheet.write_string(0, 0, "花名册").unwrap();
    sheet.write_number(3, 0, 1001).unwrap();
    sheet.write_string(3, 1, "甲").unwrap();
    sheet.write_string(3, 2, FIRST).unwrap();
    sheet.write_number(3, 5, 13_800_000_001_f64).unwrap();
    sheet.write_string(3, 6, id_card(1)).unwrap();
    sheet.write_number(4, 0, 1002).unwrap();
    sheet.write_string(4, 1, "乙").unwrap();
    sheet.write_string(4, 2, FIRST).unwrap();
    sheet.write_number(4, 6, 3.204_011_990_010_1e17).unwrap();
    let book = book.save_to_buffer().unwrap();
    let (status, import) = upload(&world, "zhengming", "名册.xlsx", &book).await;
    assert_eq!((status, import["file_name"].as_str()), (200, Some("名册.xlsx")));
    work(&world).await;
    let import: RosterImport = serde_json::from_value(import).unwrap();
    let rows = rows(&world, import.id, None).await;
    assert_eq!((rows[0].row, rows[0].outcome), (Some(4), RowOutcome::Added));
    assert_eq!(rows[0].cells[&RosterField::Phone], "13800000001");
    assert!(rows[1].problems[0].message.contains("后几位已经丢了"));
});

scene!(gbk_text_is_read, |world| async move {
    let text = format!("{HEADER}A1,甲,{FIRST},,,,,\n");
    let file = encoding_rs::GBK.encode(&text).0.into_owned();
    let (_, import) = upload(&world, "zhengming", "x.csv", &file).await;
    let import: RosterImport = serde_json::from_value(import).unwrap();
    work(&world).await;
    assert_eq!(counts(&show(&world, import.id).await)[0], 1);
});

scene!(the_bad_rows_go_home_with_their_reasons_and_come_back_mended, |world| async move {
    let import = checked(&world, &format!("=A1,=甲,{FIRST},,,138,,\nA2,乙,{FIRST},,,,,\n")).await;
    let officer = world.person("zhengming").await;
    let path = format!("/api/console/roster/imports/{}/bad-rows.xlsx", import.id);
    let answer = world.send(officer.request("GET", &path)).await;
    assert_eq!(answer.status(), 200);
    let file = to_bytes(answer.into_body()).await.unwrap();
    let (status, again) = upload(&world, "zhengming", "again.xlsx", &file).await;
    assert_eq!(status, 200, "{again}");
    work(&world).await;
    let again: RosterImport = serde_json::from_value(again).unwrap();
    let rows = rows(&world, again.id, Some(true)).await;
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].cells[&RosterField::Name], "=甲");
    let answer = world.send(officer.request("GET", "/api/console/roster/template.xlsx")).await;
    assert_eq!(answer.status(), 200);
    assert!(to_bytes(answer.into_body()).await.unwrap().starts_with(b"PK"));
});
