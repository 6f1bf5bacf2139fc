//! Pictures of clauses: out of a Word file, beside their clause, to whoever may read it.

use std::io::{Cursor, Write};

use backend::media::sweep;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use shared::{
    authoring::{LessonDraft, SaveLesson, ShowCourseDraft, ShowLessonDraft},
    content::{Block, LessonContent, MediaId, Picture, media_url},
    courses::ShowLesson,
    media::{ListMediaFiles, RemoveMediaFile},
    problem::Code,
};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use super::{
    difference::{made, texts},
    phone::Phone,
    scene::Kind,
    *,
};

/// A picture that is unlike those of other shades.
fn png(shade: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    let image = DynamicImage::ImageRgb8(RgbImage::from_pixel(24, 16, Rgb([shade, 9, 9])));
    image.write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png).unwrap();
    bytes
}

/// A line of the file: words, or a picture by its number and what it shows.
enum Part<'a> {
    Says(&'a str),
    Shows(usize, &'a str),
}
use Part::{Says, Shows};

fn document(parts: &[Part<'_>], pictures: &[Vec<u8>]) -> Vec<u8> {
    let part = |it: &Part<'_>| match it {
        Says(text) => format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"),
        Shows(at, alt) => format!(
            "<w:p><w:r><w:drawing><wp:inline><wp:docPr id=\"1\" name=\"图\" descr=\"{alt}\"/><a:graphic>\
             <a:blip r:embed=\"rId{at}\"/></a:graphic></wp:inline></w:drawing></w:r></w:p>"
        ),
    };
    let body: String = parts.iter().map(part).collect();
    let relation = |at: usize| {
        format!("<Relationship Id=\"rId{at}\" Type=\"image\" Target=\"media/image{at}\"/>")
    };
    let relations: String = (0..pictures.len()).map(relation).collect();
    let spaces = "xmlns:w=\"w\" xmlns:wp=\"wp\" xmlns:a=\"a\" xmlns:r=\"r\"";
    let texts = [
        ("word/document.xml", format!("<w:document {spaces}><w:body>{body}</w:body></w:document>")),
        ("word/_rels/document.xml.rels", format!("<Relationships>{relations}</Relationships>")),
    ];
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    // As they are: what unpacks to many times its size is refused as a whole.
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut add = |name: String, bytes: &[u8]| {
        zip.start_file(name, stored).unwrap();
        zip.write_all(bytes).unwrap();
    };
    for (name, text) in texts {
        add(name.into(), text.as_bytes());
    }
    for (at, bytes) in pictures.iter().enumerate() {
        add(format!("word/media/image{at}"), bytes);
    }
    zip.finish().unwrap().into_inner()
}

async fn read(
    world: &World,
    ming: &Person<'_>,
    id: StandardId,
    (parts, pictures): (&[Part<'_>], &[Vec<u8>]),
) -> StandardVersion {
    let target = format!("/api/console/standards/{id}/versions");
    let (status, version) = ming.upload(&target, "标准.docx", &document(parts, pictures)).await;
    assert_eq!(status, 200, "{version}");
    work_off(world).await;
    let version = version["id"].as_str().unwrap().parse().unwrap();
    let read = ming.call(ShowVersion { version }).await.unwrap();
    assert_eq!(read.import, VersionImport::Proposed, "{:?}", read.message);
    read
}

async fn confirmed(world: &World, ming: &Person<'_>, version: StandardVersionId, revision: i32) {
    let stage = VersionStage::Current;
    ming.call(ConfirmVersion { version, revision, stage, details: None }).await.unwrap();
    work_off(world).await;
}

const TEXT: [Part<'static>; 6] = [
    Says("示例/T 1—2023"),
    Says("1 摆台"),
    Says("1.1 茶杯应摆放在桌面的右上角。"),
    Shows(0, "杯柄朝右的茶杯"),
    Says("图1 茶杯的位置"),
    Says("1.2 不应使用湿布擦拭插座。"),
];

async fn fetched(person: &Person<'_>, file: MediaId) -> Result<(), String> {
    person.outcome("GET", &media_url(file), None).await
}

fn refused(code: Code) -> Result<(), String> {
    Err(code.as_str().to_owned())
}

scene!(a_picture_of_a_word_file_is_shown_to_those_who_may_read_its_clause, |world| async move {
    let (ming, wang) = (world.person("zhengming").await, world.person("wangxiuying").await);
    let id = standard(&ming).await;
    let version = read(&world, &ming, id, (&TEXT, &[png(1)])).await;
    assert_eq!(version.message.as_deref().map(|it| it.contains("图")), Some(false));
    let (version, revision) = (version.id, version.revision);
    let cited = clause(&ming, version, "1.1").await;
    let [picture] = &cited.pictures[..] else { panic!("{:?}", cited.pictures) };
    assert_eq!((&*picture.alt, &*picture.caption), ("杯柄朝右的茶杯", "图1 茶杯的位置"));
    assert_eq!((picture.width, picture.height), (24, 16));
    assert_eq!(cited.text, "茶杯应摆放在桌面的右上角。", "its caption stands below it");
    let file = picture.media;
    assert_eq!(fetched(&ming, file).await, Ok(()));
    assert_eq!(fetched(&wang, file).await, refused(Code::NotFound), "nobody has confirmed it");
    assert_eq!(fetched(&world.stranger(), file).await, refused(Code::NotSignedIn));

    confirmed(&world, &ming, version, revision).await;
    let kept = clause(&ming, version, "1.1").await;
    assert_eq!(kept.pictures, cited.pictures);
    assert_eq!(fetched(&wang, file).await, Ok(()), "searches find the clause");
    let (_, lessons) = course(&world).await;
    let link = valid(&world, linking(kept.id, lessons[0])).await;
    let shown = wang.call(ShowCitedClause { link }).await.unwrap();
    assert_eq!(shown.pictures, cited.pictures);
    for address in [format!("/study/clauses/{link}"), format!("/study/search?clause={}", kept.id)] {
        let page = Phone::of(&world, "wangxiuying").await.open(&address).await;
        for part in [&*media_url(file), "alt=\"杯柄朝右的茶杯\"", "图1 茶杯的位置"] {
            assert!(page.contains(part), "{part} in {page}");
        }
    }
    let lesson = wang.call(ShowLesson { lesson: lessons[0] }).await.unwrap();
    assert_eq!(lesson.clauses[0].pictures, cited.pictures, "to be taken along");

    let withdraw = SetVersionStage { version, stage: VersionStage::Withdrawn };
    ming.call(withdraw).await.unwrap();
    assert_eq!(fetched(&wang, file).await, Ok(()), "the lesson still shows it");
    ming.call(EndClauseLink { link }).await.unwrap();
    assert_eq!(fetched(&wang, file).await, refused(Code::NotFound), "nothing leads there any more");
    let hui = world.person("fanghui").await;
    assert_eq!(fetched(&hui, file).await, Ok(()), "officers look at all that was confirmed");
});

scene!(what_is_no_picture_is_left_out_with_a_note_and_the_rest_is_read, |world| async move {
    let ming = world.person("zhengming").await;
    let id = standard(&ming).await;
    let parts = [
        Says("1 摆台"),
        Says("1.1 茶杯应摆放在桌面的右上角。"),
        Shows(0, ""),
        Shows(1, ""),
        Says("1.2 椅子应摆正。"),
        Shows(2, ""),
        Says("附录A"),
        Says("（资料性） 会场"),
        Shows(3, ""),
    ];
    let broken = png(1)[..40].to_vec();
    let metafile = b"\xd7\xcd\xc6\x9a".to_vec();
    let script = b"\x89PNG\r\n\x1a\n<script>alert(1)</script>".to_vec();
    let pictures = [png(2), broken, metafile, script];
    let version = read(&world, &ming, id, (&parts, &pictures)).await;
    let note = "第 1.1 条、第 1.2 条、附录A附近有 3 张图没读出来，请截图后补上";
    assert_eq!(version.message.as_deref(), Some(note));
    let shown: Vec<_> =
        clauses(&ming, version.id).await.iter().map(|it| it.pictures.len()).collect();
    assert_eq!(shown, [0, 1, 0, 0]);
    let kept = ming.call(ListMediaFiles { unused: None, cursor: None }).await.unwrap();
    assert_eq!(kept.total, 1, "nothing of the others stays");

    ming.call(DiscardProposal { version: version.id }).await.unwrap();
    let alone = [Says("1 摆台"), Says("1.2 椅子应摆正。"), Shows(2, "")];
    let version = read(&world, &ming, id, (&alone, &pictures)).await;
    assert_eq!(version.message.as_deref(), Some("第 1.2 条附近有一张图没读出来，请截图后补上"));
});

scene!(
    an_officer_describes_moves_adds_and_takes_out_pictures_until_it_is_final,
    |world| async move {
        let (ming, hui) = (world.person("zhengming").await, world.person("fanghui").await);
        let id = standard(&ming).await;
        let proposal = read(&world, &ming, id, (&TEXT, &[png(1)])).await;
        let (version, revision) = (proposal.id, proposal.revision);
        let [chapter, first, second] = &clauses(&ming, version).await[..] else { panic!("three") };
        let edit = |revision, edit| EditProposal { version, revision, edit };
        let moved =
            |clause: &ClauseRow, on| ClauseEdit::MovePicture { clause: clause.id, picture: 0, on };
        let change = ming.call(edit(revision, moved(first, true))).await.unwrap();
        let places: Vec<_> = change.changed.iter().map(|it| (it.id, it.pictures.len())).collect();
        assert_eq!(places, [(first.id, 0), (second.id, 1)]);
        let beyond = ming.call(edit(revision + 1, moved(second, true))).await.unwrap_err();
        assert_eq!(beyond.code, Code::InvalidRequest);
        assert_eq!(
            ming.call(edit(revision + 1, moved(first, true))).await.unwrap_err().code,
            Code::NotFound
        );
        ming.call(edit(revision + 1, moved(second, false))).await.unwrap();
        ming.call(edit(revision + 2, moved(first, false))).await.unwrap();
        let revision = revision + 3;
        let own = clause(&ming, version, "1").await.pictures;
        assert_eq!((own.len(), own[0].media), (1, first.pictures[0].media));

        let (status, file) = ming.upload("/api/console/media", "a.png", &png(7)).await;
        assert_eq!(status, 200, "{file}");
        let media: MediaId = file["id"].as_str().unwrap().parse().unwrap();
        let added = Picture {
            media,
            alt: " 摆好的会场 ".into(),
            caption: String::new(),
            width: 1,
            height: 1,
        };
        let put = |pictures| ClauseEdit::Pictures { clause: chapter.id, pictures };
        let foreign = hui.call(edit(revision, put(vec![added.clone()]))).await.unwrap_err();
        assert_eq!(
            (foreign.code, &*foreign.fields[0].field),
            (Code::InvalidRequest, "edit.pictures[0].media")
        );
        let long = Picture { alt: "长".repeat(301), ..added.clone() };
        let refused = ming.call(edit(revision, put(vec![long]))).await.unwrap_err();
        assert_eq!(refused.fields[0].field, "edit.pictures[0].alt");
        let both = vec![own[0].clone(), added.clone()];
        let change = ming.call(edit(revision, put(both))).await.unwrap();
        let put_in = &change.changed[0].pictures[1];
        assert_eq!((&*put_in.alt, put_in.width, put_in.height), ("摆好的会场", 24, 16));
        let change = ming.call(edit(revision + 1, put(vec![added]))).await.unwrap();
        assert_eq!(change.changed[0].pictures.len(), 1);
        let again = vec![own[0].clone()];
        let gone = ming.call(edit(revision + 2, put(again))).await;
        assert!(gone.is_ok(), "who uploaded the file may put it back");

        let merge = ClauseEdit::Merge { clause: first.id };
        let merged = ming.call(edit(revision + 3, merge)).await.unwrap();
        assert_eq!(merged.changed[0].pictures.len(), 1);
        let (at, picture) = (3, merged.changed[0].pictures[0].media);
        let split = ming
            .call(edit(revision + 4, ClauseEdit::Split { clause: chapter.id, at }))
            .await
            .unwrap();
        let whose: Vec<_> = split.changed.iter().map(|it| it.pictures.len()).collect();
        assert_eq!(whose, [0, 1], "it stood below the end of the text");
        confirmed(&world, &ming, version, split.revision).await;
        let late = ming.call(edit(split.revision, put(Vec::new()))).await.unwrap_err();
        assert_eq!(late.code, Code::VersionConflict);
        let wang = world.person("wangxiuying").await;
        assert_eq!(fetched(&wang, picture).await, Ok(()));
    }
);

/// The 差异微课 of a version that changed the picture of 1.2 and nothing else.
async fn redrawn_is_told(world: &World, version: StandardVersionId) {
    let ming = world.person("zhengming").await;
    let course = made(world, version).await.course;
    let draft = ming.call(ShowCourseDraft { course }).await.unwrap();
    let lesson = draft.chapters[0].lessons[0].id;
    let shown = ming.call(ShowLessonDraft { lesson }).await.unwrap();
    let LessonContent::Article { blocks } = &shown.content else { panic!("an article") };
    let said = texts(blocks);
    assert!(said[0].ends_with("“应”的条款只换图 1 条。"), "{said:?}");
    assert_eq!(said[1..3], ["# 第 1.2 条", "图改了\n不应使用湿布擦拭插座。"]);
    assert!(said.len() == 4 && said[3] != "[]", "{said:?}");
    let links = ListClauseLinks { course: Some(course), ..Default::default() };
    let links = ming.call(links).await.unwrap().items;
    assert!(links.iter().all(|it| it.number == "1.2") && links.len() == 2, "{links:?}");
    let Some(Block::Picture(picture)) = blocks.last() else { panic!("{blocks:?}") };
    let clause = clause(&ming, version, "1.2").await;
    assert_eq!(picture.media, clause.pictures[0].media, "the new one");
    // Another organisation's officer, who uploaded none of it, can go on writing the own one.
    world.make_near_officer().await;
    let liu = world.person("liuqiang").await;
    let course = liu.call(MakeDifferenceCourse { version }).await.unwrap().course;
    let draft = liu.call(ShowCourseDraft { course }).await.unwrap();
    let lesson = draft.chapters[0].lessons[0].id;
    let shown = liu.call(ShowLessonDraft { lesson }).await.unwrap();
    assert_eq!(&shown.content, &LessonContent::Article { blocks: blocks.clone() });
    let LessonDraft { version, title, content, .. } = shown;
    let save = SaveLesson { lesson, version, title, minutes: 2, position: None, content };
    assert_eq!(liu.call(save).await.unwrap().minutes, 2);
}

scene!(another_picture_makes_a_clause_another_and_the_same_one_does_not, |world| async move {
    let ming = world.person("zhengming").await;
    let id = standard(&ming).await;
    let parts = |year| {
        [
            Says(year),
            Says("1 摆台"),
            Says("1.1 茶杯应摆放在桌面的右上角。"),
            Shows(0, "茶杯"),
            Says("1.2 不应使用湿布擦拭插座。"),
            Shows(1, "插座"),
        ]
    };
    let first = read(&world, &ming, id, (&parts("示例/T 1—2023"), &[png(1), png(2)])).await;
    confirmed(&world, &ming, first.id, first.revision).await;
    let (_, lessons) = course(&world).await;
    let mut links = Vec::new();
    for number in ["1.1", "1.2"] {
        let cited = clause(&ming, first.id, number).await.id;
        links.push(valid(&world, linking(cited, lessons[0])).await);
    }
    let next = read(&world, &ming, id, (&parts("示例/T 1—2024"), &[png(1), png(3)])).await;
    let version = next.id;
    let changes = ming.call(ListClauseChanges { version }).await.unwrap();
    let [change] = &changes[..] else { panic!("{changes:?}") };
    assert_eq!((change.kind, change.pictures, change.links), (ChangeKind::Changed, true, 1));
    assert_eq!(change.after.as_ref().unwrap().number, "1.2");
    assert!(change.pieces.iter().all(|it| it.kind == ChangeKind::Same), "{:?}", change.pieces);
    let impact = ming.call(ShowImpact { version }).await.unwrap();
    assert_eq!((impact.changed, &impact.courses[0].changed[..]), (1, &["1.2".to_owned()][..]));
    confirmed(&world, &ming, version, next.revision).await;
    let reasons = [link(&world, links[0]).await.reason, link(&world, links[1]).await.reason];
    assert_eq!(reasons, [Some(StaleReason::Superseded), Some(StaleReason::Changed)]);
    assert_eq!(ming.call(ShowImpact { version }).await.unwrap().to_carry, 1);
    redrawn_is_told(&world, version).await;

    let text =
        "示例/T 1—2025\n1 摆台\n1.1 茶杯应摆放在桌面的右上角。\n1.2 不应使用湿布擦拭插座。\n";
    let unknown = uploaded(&world, &ming, id, text).await.id;
    let changes = ming.call(ListClauseChanges { version: unknown }).await.unwrap();
    assert_eq!(changes, [], "what was read without pictures says nothing of them");
});

scene!(
    pictures_of_clauses_stay_as_long_as_a_version_shows_them_and_take_up_room,
    |world| async move {
        let ming = world.person("zhengming").await;
        let id = standard(&ming).await;
        let version = read(&world, &ming, id, (&TEXT, &[png(1)])).await;
        let file = clause(&ming, version.id, "1.1").await.pictures[0].media;
        let list = async |unused| {
            let found =
                ming.call(ListMediaFiles { unused: Some(unused), cursor: None }).await.unwrap();
            found.items.into_iter().map(|it| (it.file.id, it.used_in_standards)).collect::<Vec<_>>()
        };
        assert_eq!((list(false).await, list(true).await), (vec![(file, true)], Vec::new()));
        let refused = ming.call(RemoveMediaFile { media: file }).await.unwrap_err();
        assert_eq!(refused.code, Code::InUse);
        let old = "UPDATE media SET created_at = '2020-01-01T00:00:00+00:00'";
        world.sql(old).await;
        assert_eq!(sweep(&world.app, false).await.unwrap().orphans, []);
        ming.call(DiscardProposal { version: version.id }).await.unwrap();
        assert_eq!((list(false).await, list(true).await), (Vec::new(), vec![(file, false)]));
        assert_eq!(sweep(&world.app, false).await.unwrap().orphans, [file]);
    }
);

#[actix_web::test]
async fn without_room_for_pictures_the_text_is_read_and_the_officer_hears_why() {
    for kind in [Kind::Sqlite, Kind::Postgres] {
        let world = World::configured_on(kind, &["--upload-quota-person-mb", "1"]).await;
        let Some(world) = world else { continue };
        let ming = world.person("zhengming").await;
        let id = standard(&ming).await;
        let large = [png(1), [0].repeat(1 << 20)].concat();
        let version = read(&world, &ming, id, (&TEXT, &[large])).await;
        let message = version.message.unwrap();
        assert!(message.contains("图没有收进来：您个人的空间放不下这个文件"), "{message}");
        let shown = clause(&ming, version.id, "1.1").await;
        assert_eq!(shown.text, "茶杯应摆放在桌面的右上角。\n图1 茶杯的位置", "no word is lost");
        assert_eq!(shown.pictures, []);
    }
}
