use std::{
    io::{Cursor, Write},
    net::TcpListener,
    os::unix::fs::PermissionsExt,
    path::PathBuf,
};

use shared::problem::Code;
use tempfile::TempDir;
use zip::{ZipWriter, write::SimpleFileOptions};

use super::*;

/// A folder with a file to print, and a program in place of LibreOffice.
fn stage(script: &str) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("in.docx"), "会议服务").unwrap();
    let office = folder.path().join("office");
    fs::write(&office, format!("#!/bin/sh\n{script}")).unwrap();
    fs::set_permissions(&office, fs::Permissions::from_mode(0o755)).unwrap();
    (folder, office)
}

#[actix_web::test]
async fn a_program_that_takes_too_long_or_makes_nothing_is_refused_in_words() {
    let hasty = Bounds { time: Duration::ZERO, ..PRINTING };
    for (script, bounds) in
        [("exec sleep 600", hasty), ("exit 0", PRINTING), ("cp in.docx in.pdf; exit 3", PRINTING)]
    {
        let (folder, office) = stage(script);
        let refusal = print(&office, folder.path(), "in.docx", bounds).await.unwrap_err();
        assert_eq!(refusal.code(), Some(Code::NotADocument), "{script}");
    }
}

#[actix_web::test]
async fn a_program_finds_settings_that_forbid_to_fetch_anything() {
    let script =
        format!("grep -q BlockUntrustedRefererLinks $HOME/{SETTINGS}/*.xcu && touch in.pdf");
    let (folder, office) = stage(&script);
    print(&office, folder.path(), "in.docx", PRINTING).await.unwrap();
}

const TYPES: &str = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/settings.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml"/></Types>"#;
const KINDS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

fn relations(all: &[(&str, &str, bool)]) -> String {
    let one = |(at, (kind, target, far)): (usize, &(&str, &str, bool))| {
        let mode = if *far { r#" TargetMode="External""# } else { "" };
        format!(r#"<Relationship Id="r{at}" Type="{KINDS}/{kind}" Target="{target}"{mode}/>"#)
    };
    let all: String = all.iter().enumerate().map(one).collect();
    format!(
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{all}</Relationships>"#
    )
}

/// A Word file that names other files: linked pictures, a template, and fields that take text in.
fn names_others(host: &str, secret: &Path) -> Vec<u8> {
    let file = format!("file://{}", secret.display());
    let field = |code: &str| {
        format!(
            r#"<w:p><w:fldSimple w:instr=" {code} "><w:r><w:t>？</w:t></w:r></w:fldSimple></w:p>"#
        )
    };
    let picture = |at: usize| {
        format!(
            r#"<w:p><w:r><w:drawing><wp:inline><wp:extent cx="900000" cy="900000"/><wp:docPr id="{at}" name="p"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="{at}" name="p"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:link="r{at}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="900000" cy="900000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"#
        )
    };
    let body = [
        "<w:p><w:r><w:t>会议服务应遵循准时的原则</w:t></w:r></w:p>".to_owned(),
        picture(0),
        picture(1),
        field(&format!("INCLUDEPICTURE &quot;{host}/field.png&quot; \\d")),
        field(&format!("INCLUDETEXT &quot;{file}&quot;")),
        field(&format!("INCLUDETEXT &quot;{host}/text&quot;")),
    ]
    .concat();
    let document = format!(
        r#"<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="{KINDS}" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><w:body>{body}</w:body></w:document>"#
    );
    let settings = format!(
        r#"<w:settings xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="{KINDS}"><w:attachedTemplate r:id="r0"/></w:settings>"#
    );
    let (one, other) = (format!("{host}/picture.png"), format!("{host}/again.png"));
    let template = format!("{host}/template.dotm");
    let inside =
        [("image", &*one, true), ("image", &other, true), ("settings", "settings.xml", false)];
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in [
        ("[Content_Types].xml", TYPES.to_owned()),
        ("_rels/.rels", relations(&[("officeDocument", "word/document.xml", false)])),
        ("word/document.xml", document),
        ("word/_rels/document.xml.rels", relations(&inside)),
        ("word/settings.xml", settings),
        ("word/_rels/settings.xml.rels", relations(&[("attachedTemplate", &*template, true)])),
    ] {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[actix_web::test]
async fn libreoffice_prints_a_file_and_fetches_nothing_that_it_names() {
    let Some(office) = programs::find("soffice") else {
        eprintln!("not run: LibreOffice is not installed");
        return;
    };
    let (folder, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let secret = elsewhere.path().join("secret.txt");
    fs::write(&secret, "not for anybody").unwrap();
    let canary = TcpListener::bind("127.0.0.1:0").unwrap();
    canary.set_nonblocking(true).unwrap();
    let host = format!("http://{}", canary.local_addr().unwrap());
    fs::write(folder.path().join("in.docx"), names_others(&host, &secret)).unwrap();
    print(&office, folder.path(), "in.docx", PRINTING).await.unwrap();
    assert!(canary.accept().is_err(), "nothing was fetched");
    let text = pdf_extract::extract_text(folder.path().join("in.pdf")).unwrap();
    assert!(text.contains("准时") && !text.contains("not for anybody"), "{text}");
}
