//! How long a lesson may take, and how much traffic.

use backend::media::{NewFile, store};
use shared::{
    authoring::*,
    content::*,
    courses::{CourseId, CourseLevel, LessonId, ShowLesson},
    problem::{Code, Problem},
    revisions::*,
};

use crate::{
    named,
    scene::{Person, World},
    written::{article, details, drafted, publish, steps, video},
};

const MEGABYTE: u64 = 1 << 20;

/// What must be done before the course can be submitted, in words.
async fn missing(by: &Person<'_>, course: CourseId) -> Vec<String> {
    let draft = by.call(ShowCourseDraft { course }).await.unwrap();
    draft.missing.into_iter().map(|it| it.text).collect()
}

async fn submit(by: &Person<'_>, course: CourseId) -> Problem {
    by.call(SubmitRevision { course, note: String::new() }).await.unwrap_err()
}

/// Names the 图文版 of a lesson.
async fn name_twin(
    by: &Person<'_>,
    lesson: LessonId,
    twin: Option<LessonId>,
) -> Result<LessonDraft, Problem> {
    let draft = by.call(ShowLessonDraft { lesson }).await.unwrap();
    let LessonDraft { version, title, minutes, mut content, .. } = draft;
    *content.twin_mut().unwrap() = twin;
    by.call(SaveLesson { lesson, version, title, minutes, position: None, content }).await
}

/// Every file takes so many bytes to be played.
async fn weigh(world: &World, bytes: u64) {
    world.sql(&format!("UPDATE media SET bytes = {bytes}")).await;
}

/// What was made of every file.
async fn make(world: &World, name: &str, bytes: u64) {
    world
        .sql(&format!(
            "INSERT INTO media_renditions \
             (media_id, name, content_type, bytes, width, height, created_at) \
             SELECT id, '{name}', 'video/mp4', {bytes}, 640, 360, created_at FROM media"
        ))
        .await;
}

scene!(a_lesson_of_the_execution_level_takes_eight_minutes_at_most, |world| async move {
    let lessons = vec![("分色抹布", 8, article()), ("擦会议桌", 9, steps(1))];
    let (course, lessons) = drafted(&world, details(&world, "会议室保洁"), lessons).await;
    let ming = world.person("zhengming").await;
    let draft = ming.call(ShowCourseDraft { course }).await.unwrap();
    let said = "“第一章”的课时“擦会议桌”要 9 分钟，执行层面的课时最多 8 分钟，请拆成两课";
    assert_eq!(draft.missing.iter().map(|it| &*it.text).collect::<Vec<_>>(), [said]);
    let page = format!("/admin/courses/{course}/lessons/{}", lessons[1]);
    assert_eq!(draft.missing[0].mend_at, page);
    let refused = submit(&ming, course).await;
    assert_eq!(refused.code, Code::CourseIncomplete);
    assert_eq!(named(&refused), ["chapters[0].lessons[1]"]);
    let managing = CourseDetails { level: CourseLevel::Management, ..draft.details };
    let save = SaveCourseDetails { course, version: draft.version, details: managing };
    let draft = ming.call(save).await.unwrap();
    assert_eq!(draft.missing, [], "who manages sits longer");
});

/// A lesson of this kind whose file is to be weighed.
async fn playing(world: &World, kind: LessonKind) -> LessonContent {
    let mut content = LessonContent::empty(kind);
    let (file, place) = match &mut content {
        LessonContent::Video(it) => (MediaKind::Video, &mut it.media),
        LessonContent::Recording(it) => (MediaKind::Audio, &mut it.media),
        LessonContent::Slides(it) => (MediaKind::Document, &mut it.media),
        other => panic!("{other:?} has no file of its own"),
    };
    let new = NewFile {
        kind: file,
        content_type: "video/mp4",
        width: 640,
        height: 360,
        seconds: 10,
        created_by: None,
    };
    *place = Some(store(&world.app, b"not looked at".to_vec(), new).await.unwrap());
    content
}

scene!(what_takes_more_than_twenty_megabytes_needs_an_article_beside_it, |world| async move {
    let ming = world.person("zhengming").await;
    for kind in [LessonKind::Video, LessonKind::Recording, LessonKind::Slides] {
        let lessons = vec![("读一遍", 5, article()), ("放一遍", 5, playing(&world, kind).await)];
        let (course, lessons) = drafted(&world, details(&world, kind.label()), lessons).await;
        weigh(&world, 20 * MEGABYTE).await;
        assert_eq!(missing(&ming, course).await, Vec::<String>::new(), "{kind:?}");
        weigh(&world, 20 * MEGABYTE + 1).await;
        let said = "“第一章”的课时“放一遍”学一遍要 21 MB 流量，超过 20 MB，\
                    请加一课讲同样内容的图文，再在这一课的“图文版”里选它";
        assert_eq!(missing(&ming, course).await, [said], "{kind:?}");
        let refused = submit(&ming, course).await;
        assert_eq!(refused.code, Code::CourseIncomplete, "{kind:?}");
        assert_eq!(named(&refused), ["chapters[0].lessons[1]"], "{kind:?}");
        name_twin(&ming, lessons[1], Some(lessons[0])).await.unwrap();
        assert_eq!(missing(&ming, course).await, Vec::<String>::new(), "{kind:?}");
    }
});

scene!(what_counts_is_what_phones_fetch, |world| async move {
    let ming = world.person("zhengming").await;
    let video = video(&world, 40).await;
    let lessons = vec![("放一遍", 5, video)];
    let (course, _) = drafted(&world, details(&world, "看视频"), lessons).await;
    weigh(&world, 90 * MEGABYTE).await;
    world.sql("UPDATE media SET state = 'working'").await;
    let said = missing(&ming, course).await;
    assert!(said[0].contains("手机版还在转换"), "{said:?}");
    make(&world, "360p", 19 * MEGABYTE).await;
    world.sql("UPDATE media SET state = 'ready'").await;
    assert_eq!(missing(&ming, course).await, Vec::<String>::new());

    let slides = playing(&world, LessonKind::Slides).await;
    let lessons = vec![("翻一遍", 5, slides)];
    let (course, lessons) = drafted(&world, details(&world, "看课件"), lessons).await;
    assert_eq!(missing(&ming, course).await, Vec::<String>::new());
    world.sql("DELETE FROM media_renditions").await;
    for page in ["page-1", "page-2"] {
        make(&world, page, 10 * MEGABYTE).await;
    }
    assert_eq!(missing(&ming, course).await, Vec::<String>::new());
    make(&world, "page-3", 1).await;
    assert!(missing(&ming, course).await[0].contains("学一遍要 21 MB 流量"));
    world.sql("DELETE FROM media_renditions WHERE name = 'page-3'").await;
    publish(&world, course).await;
    let wang = world.person("wangxiuying").await;
    let shown = wang.call(ShowLesson { lesson: lessons[0] }).await.unwrap();
    let LessonContent::Slides(slides) = shown.content else { panic!("it has slides") };
    assert_eq!(slides.bytes, 20 * MEGABYTE, "all pages");
});

scene!(a_twin_is_a_light_article_of_the_same_course, |world| async move {
    let ming = world.person("zhengming").await;
    let lessons = vec![
        ("读一遍", 5, article()),
        ("做一遍", 5, steps(1)),
        ("放一遍", 5, video(&world, 40).await),
    ];
    let (_, lessons) = drafted(&world, details(&world, "会议室保洁"), lessons).await;
    let other = vec![("别处的图文", 5, article())];
    let (_, others) = drafted(&world, details(&world, "别的课"), other).await;
    let nobody = LessonId(uuid::Uuid::now_v7());
    for wrong in [lessons[1], lessons[2], others[0], nobody] {
        let refused = name_twin(&ming, lessons[2], Some(wrong)).await.unwrap_err();
        assert_eq!(named(&refused), ["content.twin"], "{wrong}");
    }
    let saved = name_twin(&ming, lessons[2], Some(lessons[0])).await.unwrap();
    assert_eq!(saved.content.twin(), Some(lessons[0]));
});

scene!(learners_are_led_to_the_twin_that_their_revision_has, |world| async move {
    let (ming, wang) = (world.person("zhengming").await, world.person("wangxiuying").await);
    let lessons = vec![("读一遍", 5, article()), ("放一遍", 5, video(&world, 40).await)];
    let (course, lessons) = drafted(&world, details(&world, "会议室保洁"), lessons).await;
    weigh(&world, 34 * MEGABYTE).await;
    name_twin(&ming, lessons[1], Some(lessons[0])).await.unwrap();
    publish(&world, course).await;
    let twin = async || {
        let shown = wang.call(ShowLesson { lesson: lessons[1] }).await.unwrap();
        let LessonContent::Video(video) = shown.content else { panic!("it is a video") };
        assert_eq!(video.bytes, 34 * MEGABYTE);
        video.twin
    };
    assert_eq!(twin().await, Some(lessons[0]));
    let compare = CompareRevisions { course, before: None, after: Some(1) };
    let compared = ming.call(compare).await.unwrap();
    assert_eq!(compared.changes, [], "it is what learners read");

    ming.call(RemoveLesson { lesson: lessons[0] }).await.unwrap();
    let said = missing(&ming, course).await;
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].contains("选的图文版不在这门课里了"), "{said:?}");
    assert_eq!(submit(&ming, course).await.code, Code::CourseIncomplete);
    assert_eq!(twin().await, Some(lessons[0]), "what was published stays");
    let saved = name_twin(&ming, lessons[1], Some(lessons[0])).await.unwrap();
    assert_eq!(saved.content.twin(), None, "writing on does not stop at what is gone");
    let compare = CompareRevisions { course, before: Some(1), after: None };
    let changes = ming.call(compare).await.unwrap().changes;
    let lost = changes.iter().flat_map(|it| &it.lines).any(|it| it.text == "图文版：读一遍");
    assert!(lost, "{changes:?}");

    let revision = ming.call(ListRevisions { course }).await.unwrap().revisions[0].id;
    let draft = ming.call(RedraftRevision { revision }).await.unwrap();
    assert_eq!((draft.missing, draft.changed), (Vec::new(), false));
    let back = ming.call(ShowLessonDraft { lesson: lessons[1] }).await.unwrap();
    assert_eq!(back.content.twin(), Some(lessons[0]));
});

scene!(a_light_lesson_may_lose_its_twin_and_leads_nowhere_then, |world| async move {
    let (ming, wang) = (world.person("zhengming").await, world.person("wangxiuying").await);
    let lessons = vec![("读一遍", 5, article()), ("放一遍", 5, video(&world, 40).await)];
    let (course, lessons) = drafted(&world, details(&world, "会议室保洁"), lessons).await;
    name_twin(&ming, lessons[1], Some(lessons[0])).await.unwrap();
    ming.call(RemoveLesson { lesson: lessons[0] }).await.unwrap();
    publish(&world, course).await;
    let shown = wang.call(ShowLesson { lesson: lessons[1] }).await.unwrap();
    assert_eq!(shown.content.twin(), None);
});

scene!(a_heavy_clip_of_a_step_counts_as_well, |world| async move {
    let ming = world.person("zhengming").await;
    let clip = video(&world, 9).await;
    let LessonContent::Video(VideoLesson { media: Some(media), .. }) = clip else {
        panic!("it has a file")
    };
    let LessonContent::Steps(mut lesson) = steps(2) else { panic!("it has steps") };
    lesson.cards[1].clip = Some(Clip { media, seconds: 0, bytes: 0, pictured: false });
    let lessons = vec![("做一遍", 5, LessonContent::Steps(lesson))];
    let (course, _) = drafted(&world, details(&world, "会议室保洁"), lessons).await;
    assert_eq!(missing(&ming, course).await, Vec::<String>::new());
    weigh(&world, 30 * MEGABYTE).await;
    let said = missing(&ming, course).await;
    assert!(said[0].contains("“做一遍”学一遍要 30 MB 流量"), "{said:?}");
});

scene!(what_learners_read_already_holds_no_correction_of_another_lesson_up, |world| async move {
    let ming = world.person("zhengming").await;
    let lessons = vec![("读一遍", 5, article()), ("放一遍", 5, video(&world, 40).await)];
    let (course, lessons) = drafted(&world, details(&world, "会议室保洁"), lessons).await;
    publish(&world, course).await;
    // As it was published before there were limits.
    for table in ["lessons", "revision_lessons"] {
        world.sql(&format!("UPDATE {table} SET minutes = 12 WHERE title = '放一遍'")).await;
    }
    weigh(&world, 30 * MEGABYTE).await;
    assert_eq!(missing(&ming, course).await, Vec::<String>::new());
    let save = async |lesson, minutes| {
        let draft = ming.call(ShowLessonDraft { lesson }).await.unwrap();
        let LessonDraft { version, title, content, .. } = draft;
        let save = SaveLesson { lesson, version, title, minutes, position: None, content };
        ming.call(save).await.unwrap();
    };
    save(lessons[0], 6).await;
    ming.call(SubmitRevision { course, note: "改正一处".into() }).await.unwrap();

    save(lessons[1], 11).await;
    let said = missing(&ming, course).await;
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said[0].contains("“放一遍”要 11 分钟"), "{said:?}");
    assert!(said[1].contains("“放一遍”学一遍要 30 MB 流量"), "{said:?}");
    save(lessons[1], 12).await;
    assert_eq!(missing(&ming, course).await, Vec::<String>::new(), "it is what it was");
});
