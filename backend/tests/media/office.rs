//! Word and PowerPoint files, as the pages that LibreOffice makes of them. The program in its place
//! does what it may do, and what it may fail to do.

use std::os::unix::fs::PermissionsExt;

use shared::{
    content::{LessonContent, MediaKind, SlideLesson, media_url, page_url},
    courses::ShowLesson,
    media::{ShowUploadSpace, UploadState},
};

use super::{
    made::{pdf, zip},
    ready::fetched,
    tus, written,
};
use crate::scene::{Kind, World};

/// A program in place of LibreOffice, and the world that uses it.
async fn with_office(kind: Kind, script: &str) -> Option<(World, tempfile::TempDir)> {
    let folder = tempfile::tempdir().unwrap();
    let (program, pages) = (folder.path().join("office"), folder.path().join("pages.pdf"));
    std::fs::write(&pages, pdf(&[(200, 100), (100, 150)], "")).unwrap();
    let script = script.replace("PAGES", &pages.display().to_string());
    std::fs::write(&program, format!("#!/bin/sh\n{script}")).unwrap();
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
    let program = program.to_str().unwrap();
    let arguments = ["--libreoffice", program, "--page-drawer", env!("CARGO_BIN_EXE_fingertip")];
    let world = World::configured_on(kind, &arguments).await?;
    Some((world, folder))
}

/// Prints the file that it is given last, if it is one of this ending, and knows no secret of ours.
fn prints(ending: &str) -> String {
    format!(
        "for last; do :; done\n\
         [ \"$last\" = in.{ending} ] && [ -s \"$last\" ] && \
         [ -z \"$DATABASE_URL$S3_SECRET_KEY\" ] && cp PAGES in.pdf"
    )
}

fn office_file(inside: &str) -> Vec<u8> {
    zip(&[("[Content_Types].xml", b"<x/>"), (inside, b"<x/>")])
}

#[actix_web::test]
async fn an_office_file_becomes_pages_that_learners_read() {
    for kind in [Kind::Sqlite, Kind::Postgres] {
        for (inside, ending) in [("word/document.xml", "docx"), ("ppt/presentation.xml", "pptx")] {
            let Some((world, _folder)) = with_office(kind, &prints(ending)).await else { continue };
            let officer = world.person("zhengming").await;
            assert!(officer.call(ShowUploadSpace {}).await.unwrap().converts_office_files);
            let file = tus::kept(&world, "zhengming", &office_file(inside)).await;
            assert_eq!((file.kind, file.pages), (MediaKind::Document, 2));
            assert_eq!((file.width, file.height), (1080, 540));
            let slides = SlideLesson { media: Some(file.id), ..SlideLesson::default() };
            let content = LessonContent::Slides(slides);
            let details = written::details(&world, "会议室保洁");
            let (_, lessons) = written::published(&world, details, vec![("看", 5, content)]).await;
            let wang = world.person("wangxiuying").await;
            let lesson = wang.call(ShowLesson { lesson: lessons[0] }).await.unwrap();
            let LessonContent::Slides(slides) = lesson.content else { panic!("{lesson:?}") };
            assert_eq!((slides.pages, slides.width, slides.height), (2, 1080, 540));
            let (status, kind, bytes) = fetched(&world, &wang, &page_url(file.id, 2)).await;
            assert_eq!((status, &*kind), (200, "image/jpeg"));
            let page = image::load_from_memory(&bytes).unwrap();
            assert_eq!((page.width(), page.height()), (1080, 1620));
            // What is kept is the PDF: nobody's phone opens the other.
            let (_, kind, bytes) = fetched(&world, &wang, &media_url(file.id)).await;
            assert_eq!(&*kind, "application/pdf");
            assert_eq!(bytes, pdf(&[(200, 100), (100, 150)], ""));
            // The file and two pages, and nothing of the workshop.
            let left = std::fs::read_dir(world.app.media.folder()).unwrap();
            assert_eq!(left.count(), 3);
        }
    }
}

#[actix_web::test]
async fn an_office_file_that_cannot_be_printed_is_refused_in_words_and_leaves_nothing() {
    for kind in [Kind::Sqlite, Kind::Postgres] {
        for (script, words) in [
            ("exit 1", "转换不了"),
            ("exit 0", "转换不了"),
            ("kill -KILL $$", "转换不了"),
            ("mkdir in.pdf", "转换不了"),
            ("echo broken > in.pdf", "重新导出成 PDF"),
            (": > in.pdf", "重新导出成 PDF"),
        ] {
            let Some((world, _folder)) = with_office(kind, script).await else { continue };
            let refused = tus::sent(&world, "zhengming", &office_file("word/document.xml")).await;
            assert_eq!(refused.state, UploadState::Refused, "{script}");
            let sentence = refused.refusal().unwrap().sentence();
            assert!(sentence.contains(words), "{script}: {sentence}");
            let left = std::fs::read_dir(world.app.media.folder()).unwrap();
            assert_eq!(left.count(), 0, "{script}");
        }
    }
}
