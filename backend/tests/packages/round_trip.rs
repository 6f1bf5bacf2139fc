//! The same course, wherever it is brought.

use backend::jobs;
use shared::{
    authoring::{
        CourseDraft, ListManagedCourses, SaveLesson, SaveLessonChecks, ShowCourseDraft,
        ShowLessonChecks, ShowLessonDraft, ShowQuizDraft,
    },
    content::{
        Attachment, Block, Clip, LessonContent, MediaId, ShortVideo, SlideLesson, VideoLesson,
        media_url,
    },
    courses::{CourseId, LessonId},
    media::{SaveSubtitles, ShowMediaFile},
    packages::CopyCourse,
    practice::{SavePractice, ShowPractice},
    standards::{ClauseLinkId, ClauseQuote, console::*},
};

use super::{
    brought, exported, fetched, illustrated,
    made::{lasting, mp3, pdf},
    picture, png, quiz, tus, written,
    zipped::{Package, sum},
};
use crate::scene::{Kind, Person, World};

const STANDARD: &str = "示例/T 1—2023\n1 范围\n1.1 应检查会议室的设备。\n2 安全\n\
    2.1 登高作业应由两人进行。\n";
const SUBTITLES: &str = "WEBVTT\n\n00:00:01.000 --> 00:00:03.000\n先断电 3 &gt; 2\n";

/// The same world with the program that draws pages.
async fn drawing(mut world: World) -> World {
    let mut config = (*world.app.config).clone();
    config.media.page_drawer = Some(env!("CARGO_BIN_EXE_fingertip").into());
    world.app.config = std::sync::Arc::new(config);
    world.restarted().await
}

async fn standard(world: &World, number: &str) {
    let ming = world.person("zhengming").await;
    let details = StandardDetails {
        number: number.into(),
        title: "会议服务规范（示例）".into(),
        level: shared::standards::StandardLevel::Internal,
        organization: String::new(),
    };
    let id = ming.call(AddStandard { details }).await.unwrap().id;
    let target = format!("/api/console/standards/{id}/versions");
    ming.upload(&target, "标准.txt", STANDARD.as_bytes()).await;
    while jobs::work_off(&world.app).await.unwrap() > 0 {}
    let version = ming.call(ShowStandard { standard: id }).await.unwrap().versions[0].clone();
    let confirm = ConfirmVersion {
        version: version.id,
        revision: version.revision,
        stage: shared::standards::VersionStage::Current,
        details: None,
    };
    ming.call(confirm).await.unwrap();
}

async fn clause(world: &World, number: &str) -> shared::standards::ClauseId {
    let ming = world.person("zhengming").await;
    let found = ming.call(PickClauses { words: number.into(), standard: None }).await.unwrap();
    found.into_iter().find(|it| it.number == number).unwrap().id
}

/// Of a phone's camera, with something to see.
fn jpeg() -> Vec<u8> {
    let dot = |x: u32, y: u32| image::Rgb([x, y, x * y].map(|it| it.to_le_bytes()[0]));
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::RgbImage::from_fn(500, 300, dot).write_to(&mut bytes, image::ImageFormat::Jpeg).unwrap();
    bytes.into_inner()
}

/// Three steps, the first with a picture and a clip.
fn photographed(photo: MediaId, clip: MediaId) -> LessonContent {
    let mut content = written::steps(3);
    if let LessonContent::Steps(steps) = &mut content {
        steps.cards[0].picture = Some(picture(photo));
        steps.cards[0].clip = Some(Clip { media: clip, seconds: 0, bytes: 0, pictured: false });
    }
    content
}

/// An article that shows a row of pictures, hands a file out and plays a video.
fn with_files([image, photo, pdf, video]: [MediaId; 4]) -> LessonContent {
    let LessonContent::Article { mut blocks } = illustrated(image) else { panic!("an article") };
    let (name, caption) = ("配比表".into(), "配一遍".into());
    let poster = Some(picture(photo));
    blocks.extend([
        Block::Gallery { pictures: vec![picture(photo), picture(image)] },
        Block::Attachment(Attachment { media: pdf, name, bytes: 0 }),
        Block::Video(ShortVideo {
            media: video,
            caption,
            poster,
            seconds: 0,
            bytes: 0,
            pictured: false,
        }),
    ]);
    LessonContent::Article { blocks }
}

/// A published course of all kinds of lessons, with a cover, a quiz, subtitles, a checklist, and four
/// clauses.
async fn course(world: &World) -> CourseId {
    let ming = world.person("zhengming").await;
    let file = async |bytes: &[u8]| tus::kept(world, "zhengming", bytes).await.id;
    let video = concat!(env!("CARGO_MANIFEST_DIR"), "/seed/courses/canteen/demo.mp4");
    let video = std::fs::read(video).unwrap();
    let clip = file(&lasting(video.clone(), 12)).await;
    let (image, video) = (file(&png(40, 30)).await, file(&video).await);
    let photo = file(&jpeg()).await;
    let (sound, slides) = (file(&mp3(400)).await, file(&pdf(&[(300, 200)], "")).await);
    let text = SUBTITLES.into();
    ming.call(SaveSubtitles { media: video, text }).await.unwrap();
    let playing = |media| VideoLesson {
        media: Some(media),
        poster: Some(picture(image)),
        key_points: vec!["先断电".into()],
        in_order: true,
        ..VideoLesson::default()
    };
    let lessons = vec![
        ("图文", 5, with_files([image, photo, slides, video])),
        ("视频", 6, LessonContent::Video(playing(video))),
        ("步骤", 7, photographed(photo, clip)),
        (
            "课件",
            8,
            LessonContent::Slides(SlideLesson { media: Some(slides), ..Default::default() }),
        ),
        ("录音", 8, LessonContent::Recording(playing(sound))),
    ];
    let details = written::details(world, "会议室保洁");
    let details = shared::authoring::CourseDetails { cover: Some(picture(image)), ..details };
    let (course, ids) = written::drafted(world, details, lessons).await;
    quiz(&ming, course).await;
    let questions = ming.call(ShowQuizDraft { course }).await.unwrap().questions;
    let checks = SaveLessonChecks { lesson: ids[0], version: 0, questions };
    ming.call(checks).await.unwrap();
    let practice = written::practice();
    ming.call(SavePractice { course, version: 0, practice }).await.unwrap();
    written::publish(world, course).await;
    cite(world, course, &ids).await;
    course
}

/// Four drafts of links: of a lesson, of a card, of the question and of the checklist's last item.
async fn cite(world: &World, course: CourseId, ids: &[LessonId]) {
    let ming = world.person("zhengming").await;
    let question = ming.call(ShowQuizDraft { course }).await.unwrap().questions[0].id.unwrap();
    let practice = ming.call(ShowPractice { course, live: false }).await.unwrap().practice;
    let item = practice.checklist.items.last().unwrap().id;
    for (number, target, kind) in [
        ("1.1", LinkTarget::Lesson { lesson: ids[0] }, LinkKind::Taught),
        ("2.1", LinkTarget::Card { lesson: ids[2], card: 1 }, LinkKind::Taught),
        ("2.1", LinkTarget::Question { question }, LinkKind::Examined),
        ("2.1", LinkTarget::ChecklistItem { course, item }, LinkKind::Examined),
    ] {
        let link = LinkClause {
            clause: clause(world, number).await,
            target,
            kind,
            coverage: LinkCoverage::Part,
            dated: false,
            note: "示例".into(),
        };
        ming.call(link).await.unwrap();
    }
}

/// Everything a course says, with its files by what is in them.
async fn told(world: &World, by: &Person<'_>, course: CourseId) -> Vec<String> {
    let draft: CourseDraft = by.call(ShowCourseDraft { course }).await.unwrap();
    let cover = draft.details.cover.clone().unwrap();
    let mut said = vec![format!("{:?}", (draft.details.title, draft.details.summary))];
    said.push(format!("{:?} {:?} {:?}", draft.details.level, draft.details.category, cover.alt));
    said.push(bytes(world, by, cover.media).await);
    for chapter in draft.chapters {
        said.push(chapter.title);
        for lesson in chapter.lessons {
            let lesson = by.call(ShowLessonDraft { lesson: lesson.id }).await.unwrap();
            let mut text = format!("{} {} {:?}", lesson.title, lesson.minutes, lesson.content);
            for id in ids_in(&text) {
                let content = bytes(world, by, id).await;
                text = text.replace(&id.to_string(), &content);
            }
            said.push(text);
            let asked = by.call(ShowLessonChecks { lesson: lesson.id }).await.unwrap().questions;
            said.extend(asked.into_iter().map(|it| format!("{:?} {:?}", it.stem, it.options)));
        }
    }
    let quiz = by.call(ShowQuizDraft { course }).await.unwrap();
    said.push(format!("{:?}", quiz.settings));
    for question in quiz.questions {
        said.push(format!("{:?} {:?}", question.stem, question.options));
        said.push(question.explanation);
    }
    let practice = by.call(ShowPractice { course, live: false }).await.unwrap().practice;
    said.extend(practice.checklist.items.iter().map(|it| format!("{} {:?}", it.text, it.measure)));
    said.push(format!("{:?}", practice.site));
    let links = by.call(ListClauseLinks { course: Some(course), ..Default::default() });
    let mut links: Vec<String> = links
        .await
        .unwrap()
        .items
        .into_iter()
        .map(|it| {
            assert_eq!(it.state, LinkState::Draft, "nobody has reviewed it");
            format!(
                "{} {} {} {:?} {}",
                it.standard_name, it.number, it.target_title, it.kind, it.note
            )
        })
        .collect();
    links.sort();
    said.extend(links);
    said
}

fn ids_in(text: &str) -> Vec<MediaId> {
    let parts = text.split("MediaId(").skip(1).filter_map(|it| it.split(')').next());
    parts.map(|it| it.parse().unwrap()).collect()
}

/// What is in a file, its subtitles included.
async fn bytes(world: &World, by: &Person<'_>, id: MediaId) -> String {
    let (status, content) = fetched(world, by, &media_url(id)).await;
    assert_eq!(status, 200);
    let standing = by.call(ShowMediaFile { media: id }).await.unwrap();
    let file = standing.file;
    format!("{} {} {} {:?}", sum(&content), file.seconds, file.pages, standing.subtitles)
}

scene!(
    a_course_is_the_same_on_another_installation_and_in_another_organisation,
    |world| async move {
        let world = drawing(world).await;
        standard(&world, "示例/T 1").await;
        let course = course(&world).await;
        let ming = world.person("zhengming").await;
        let (status, package) = exported(&world, &ming, course, "").await;
        assert_eq!(status, 200);
        let manifest = Package::of(&package).json("manifest.json");
        assert_eq!((&manifest["version"], &manifest["revision"]), (&4.into(), &1.into()));
        let before = told(&world, &ming, course).await;

        let other = drawing(World::new(Kind::Sqlite).await.unwrap()).await;
        standard(&other, "示例/T 1").await;
        let there = other.person("zhengming").await;
        let done = brought(&there, "", &package).await.unwrap();
        assert_eq!((done.chapters, done.lessons, done.questions, done.files), (1, 5, 1, 6));
        assert_eq!((done.links, done.clauses_left_out.len()), (4, 0), "{done:?}");
        assert!(done.posts_left_out.is_empty() && done.questions_left_out.is_empty());
        assert_eq!(told(&other, &there, done.course).await, before);

        let organization = Some(world.cast.organization("和顺物业服务公司（示例）"));
        let copy = CopyCourse { course, revision: None, organization };
        let copied = ming.call(copy).await.unwrap();
        assert_eq!(told(&world, &ming, copied.course).await, before);
        let items = async |course| {
            let practice = ming.call(ShowPractice { course, live: false }).await.unwrap().practice;
            practice.checklist.items.into_iter().map(|it| it.id).collect::<Vec<_>>()
        };
        let (own, others) = (items(course).await, items(copied.course).await);
        assert!(others.iter().all(|it| !own.contains(it)), "its items are others: {others:?}");
        written::publish(&other, done.course).await;
    }
);

/// The link of the block that quotes a clause, and what it says.
async fn quoted(by: &Person<'_>, course: CourseId) -> (ClauseLinkId, Option<ClauseQuote>) {
    let draft: CourseDraft = by.call(ShowCourseDraft { course }).await.unwrap();
    let lesson = draft.chapters[0].lessons[0].id;
    let content = by.call(ShowLessonDraft { lesson }).await.unwrap().content;
    let LessonContent::Article { mut blocks } = content else { panic!("an article") };
    let Some(Block::Clause { link, quote }) = blocks.pop() else { panic!("a clause") };
    (link, quote)
}

scene!(what_a_lesson_quotes_is_quoted_where_the_standard_is, |world| async move {
    standard(&world, "示例/T 1").await;
    let ming = world.person("zhengming").await;
    let details = written::details(&world, "会议室保洁");
    let (course, lessons) = written::drafted(&world, details, written::two_lessons()).await;
    let link = LinkClause {
        clause: clause(&world, "2.1").await,
        target: LinkTarget::Lesson { lesson: lessons[0] },
        kind: LinkKind::Taught,
        coverage: LinkCoverage::Whole,
        dated: false,
        note: String::new(),
    };
    let link = ming.call(link).await.unwrap().id;
    let save = SaveLesson {
        lesson: lessons[0],
        version: 2,
        title: "分色抹布".into(),
        minutes: 5,
        position: None,
        content: LessonContent::Article { blocks: vec![Block::Clause { link, quote: None }] },
    };
    ming.call(save).await.unwrap();
    let (own, said) = quoted(&ming, course).await;
    assert_eq!((own, said.clone().unwrap().text), (link, "登高作业应由两人进行。".into()));
    let (_, package) = exported(&world, &ming, course, "").await;

    let other = World::new(Kind::Sqlite).await.unwrap();
    standard(&other, "示例/T 1").await;
    let there = other.person("zhengming").await;
    let done = brought(&there, "", &package).await.unwrap();
    assert_eq!(done.links, 1, "{done:?}");
    let (renewed, repeated) = quoted(&there, done.course).await;
    assert!(renewed != link && repeated == said, "{repeated:?}");

    let poor = World::new(Kind::Sqlite).await.unwrap();
    let there = poor.person("zhengming").await;
    let done = brought(&there, "", &package).await.unwrap();
    assert_eq!(done.clauses_left_out.len(), 1, "{done:?}");
    assert_eq!(quoted(&there, done.course).await.1, None);
});

scene!(a_clause_or_a_post_that_is_not_here_is_told_and_left_out, |world| async move {
    let world = drawing(world).await;
    standard(&world, "示例/T 1").await;
    let course = course(&world).await;
    let ming = world.person("zhengming").await;
    let (_, package) = exported(&world, &ming, course, "").await;
    let package = Package::of(&package)
        .changed("course.json", |it| {
            it["clauses"][0]["clause"]["standard"] = "示例/T 9".into();
            it["clauses"][1]["clause"]["version"] = "1999".into();
            for left in [2, 3] {
                it["clauses"][left]["clause"]["path"] = serde_json::json!(["7", "7.1"]);
            }
            it["posts"] = serde_json::json!(["卫生保洁", "插花"]);
        })
        .vouched();
    let done = brought(&ming, "", &package.zip()).await.unwrap();
    assert_eq!((done.links, done.posts_left_out), (0, vec!["插花".to_owned()]));
    let mut reasons: Vec<_> = done.clauses_left_out.iter().map(|it| it.reason.as_str()).collect();
    reasons.sort_unstable();
    reasons.dedup();
    assert_eq!(reasons, ["标准仓里没有这个标准", "标准仓里没有这个版本", "这个版本里没有这一条"]);
    let draft = ming.call(ShowCourseDraft { course: done.course }).await.unwrap();
    assert_eq!(draft.details.posts, [world.cast.post("卫生保洁")]);
});

scene!(a_package_of_an_earlier_format_is_still_read, |world| async move {
    let ming = world.person("zhengming").await;
    let details = written::details(&world, "会议室保洁");
    let (course, _) = written::drafted(&world, details, written::two_lessons()).await;
    let (_, package) = exported(&world, &ming, course, "").await;
    let package = Package::of(&package);
    let said = package.json("course.json");
    assert!(said.get("practice").is_none(), "as before there was any");
    assert!(said["chapters"][0]["lessons"][1].get("twin").is_none(), "nor a 图文版");
    for version in [1, 2, 3] {
        let earlier = package.clone().changed("manifest.json", |it| it["version"] = version.into());
        let done = brought(&ming, "", &earlier.zip()).await.unwrap();
        let draft = ming.call(ShowPractice { course: done.course, live: false }).await.unwrap();
        assert!(draft.practice.is_empty() && draft.version == 0, "{draft:?}");
    }
});

scene!(
    a_revision_is_exported_by_its_number_and_the_draft_where_there_is_none,
    |world| async move {
        let ming = world.person("zhengming").await;
        let details = written::details(&world, "会议室保洁");
        let (course, _) = written::drafted(&world, details, written::two_lessons()).await;
        let title = async |query: &str| {
            let (status, package) = exported(&world, &ming, course, query).await;
            assert_eq!(status, 200);
            let manifest = Package::of(&package).json("manifest.json");
            (manifest["title"].clone(), manifest["revision"].clone())
        };
        assert_eq!(title("").await, ("会议室保洁".into(), serde_json::Value::Null));
        written::publish(&world, course).await;
        world.sql("UPDATE courses SET title = '改了名'").await;
        assert_eq!(title("").await, ("会议室保洁".into(), 1.into()), "what learners read");
        assert_eq!(title("?revision=1").await, ("会议室保洁".into(), 1.into()));
        assert_eq!(exported(&world, &ming, course, "?revision=2").await.0, 404);
    }
);

scene!(a_sample_course_travels_to_another_installation_with_its_pictures, |world| async move {
    backend::seed::seed(&world.app).await.unwrap();
    let ming = world.person("zhengming").await;
    let list =
        ListManagedCourses { words: Some("交接班".into()), ..ListManagedCourses::default() };
    let found = ming.call(list).await.unwrap();
    let (status, package) = exported(&world, &ming, found.items[0].id, "").await;
    assert_eq!(status, 200);
    let other = World::new(Kind::Sqlite).await.unwrap();
    let done = brought(&other.person("zhengming").await, "", &package).await.unwrap();
    assert_eq!((done.files, done.questions), (2, 10), "{done:?}");
});
