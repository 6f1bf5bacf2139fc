//! Subtitles are of a revision as its words are: what learners read changes with the next one only.

use backend::media::sweep;
use shared::{
    authoring::ShowCourseDraft,
    content::{LessonContent, VideoLesson, media_url},
    courses::{CourseId, LessonId, ShowLesson},
    media::{SaveSubtitles, ShowMediaFile},
    problem::Code,
};

use super::{MediaId, demo_video, ready::fetched, tus, written};
use crate::scene::World;

async fn save(world: &World, media: MediaId, words: &str) {
    let cue = format!("WEBVTT\n\n00:01.000 --> 00:05.000\n{words}");
    let text = if words.is_empty() { String::new() } else { cue };
    world.person("zhengming").await.call(SaveSubtitles { media, text }).await.unwrap();
}

/// What a learner reads under the video; nothing where there are no subtitles.
async fn read(world: &World, lesson: LessonId) -> Option<String> {
    let wang = world.person("wangxiuying").await;
    let lesson = wang.call(ShowLesson { lesson }).await.unwrap();
    let LessonContent::Video(video) = lesson.content else { panic!("{lesson:?}") };
    let name = video.subtitles.filter(|_| video.subtitled)?;
    let target = format!("{}/{name}", media_url(video.media.unwrap()));
    let (status, _, text) = fetched(world, &wang, &target).await;
    assert_eq!(status, 200, "{target}");
    let text = String::from_utf8(text).unwrap();
    text.lines().last().map(str::to_owned)
}

async fn changed(world: &World, course: CourseId) -> bool {
    world.person("zhengming").await.call(ShowCourseDraft { course }).await.unwrap().changed
}

async fn published(world: &World, media: MediaId) -> (CourseId, LessonId) {
    let content = LessonContent::Video(VideoLesson { media: Some(media), ..Default::default() });
    let details = written::details(world, "会议室保洁");
    let (course, lessons) = written::published(world, details, vec![("看", 5, content)]).await;
    (course, lessons[0])
}

scene!(learners_read_the_subtitles_of_their_revision_until_the_next_one, |world| async move {
    let media = tus::kept(&world, "zhengming", &demo_video()).await.id;
    save(&world, media, "先断电").await;
    let (course, lesson) = published(&world, media).await;
    assert_eq!(read(&world, lesson).await.as_deref(), Some("先断电"));
    assert!(!changed(&world, course).await);
    save(&world, media, "先断电，再擦").await;
    assert_eq!(read(&world, lesson).await.as_deref(), Some("先断电"), "nobody has reviewed it");
    assert!(changed(&world, course).await, "there is something to submit");
    written::publish(&world, course).await;
    assert_eq!(read(&world, lesson).await.as_deref(), Some("先断电，再擦"));
    save(&world, media, "").await;
    assert_eq!(read(&world, lesson).await.as_deref(), Some("先断电，再擦"));
    written::publish(&world, course).await;
    assert_eq!(read(&world, lesson).await, None);
});

scene!(a_video_without_subtitles_gets_none_before_the_next_revision, |world| async move {
    let media = tus::kept(&world, "zhengming", &demo_video()).await.id;
    let (course, lesson) = published(&world, media).await;
    save(&world, media, "先断电").await;
    assert_eq!(read(&world, lesson).await, None);
    written::publish(&world, course).await;
    assert_eq!(read(&world, lesson).await.as_deref(), Some("先断电"));
});

scene!(what_was_frozen_before_subtitles_had_names_keeps_them_too, |world| async move {
    let media = tus::kept(&world, "zhengming", &demo_video()).await.id;
    save(&world, media, "先断电").await;
    world.sql("DELETE FROM media_renditions WHERE name LIKE 'vtt-%'").await;
    let (course, lesson) = published(&world, media).await;
    assert_eq!(read(&world, lesson).await.as_deref(), Some("先断电"));
    assert!(!changed(&world, course).await, "nothing was written since");
    save(&world, media, "先断电，再擦").await;
    assert_eq!(read(&world, lesson).await.as_deref(), Some("先断电"));
    written::publish(&world, course).await;
    assert_eq!(read(&world, lesson).await.as_deref(), Some("先断电，再擦"));
});

/// A published video whose subtitles are from before texts had names.
async fn of_before(world: &World) -> (MediaId, CourseId, LessonId) {
    let media = tus::kept(world, "zhengming", &demo_video()).await.id;
    save(world, media, "先断电").await;
    world.sql("DELETE FROM media_renditions WHERE name LIKE 'vtt-%'").await;
    let (course, lesson) = published(world, media).await;
    (media, course, lesson)
}

scene!(subtitles_of_before_outlive_a_save_that_broke_off, |world| async move {
    let (media, course, lesson) = of_before(&world).await;
    let text = "WEBVTT\n\n00:01.000 --> 00:05.000\n未审".to_owned();
    let officer = world.person("zhengming").await;
    world.sql("ALTER TABLE audit_pending RENAME TO audit_away").await;
    let broken = officer.call(SaveSubtitles { media, text }).await.unwrap_err();
    assert_eq!(broken.code, Code::Internal);
    world.sql("ALTER TABLE audit_away RENAME TO audit_pending").await;
    assert_eq!(read(&world, lesson).await.as_deref(), Some("先断电"));
    let kept = officer.call(ShowMediaFile { media }).await.unwrap().subtitles;
    assert!(kept.contains("先断电"), "nothing was saved: {kept}");
    assert!(!changed(&world, course).await);

    save(&world, media, "未审").await;
    assert_eq!(read(&world, lesson).await.as_deref(), Some("先断电"));
    written::publish(&world, course).await;
    assert_eq!(read(&world, lesson).await.as_deref(), Some("未审"));
});

scene!(subtitles_of_before_are_kept_once_whoever_saves_at_the_same_time, |world| async move {
    let (media, _, lesson) = of_before(&world).await;
    save(&world, media, "未审").await;
    // As whoever began to save before that, and did not see it.
    world.sql("DELETE FROM media_renditions WHERE name LIKE 'vtt-%'").await;
    save(&world, media, "也未审").await;
    assert_eq!(read(&world, lesson).await.as_deref(), Some("先断电"));
});

/// As if what was written last had been written on this day.
async fn written_on(world: &World, day: u32) {
    let old = "created_at > '2021-01-01T00:00:00+00:00'";
    let set = format!("SET created_at = '2020-01-{day:02}T00:00:00+00:00'");
    world.sql(&format!("UPDATE media_renditions {set} WHERE {old}")).await;
}

scene!(a_text_that_no_revision_shows_is_removed_a_month_after_the_next_one, |world| async move {
    let media = tus::kept(&world, "zhengming", &demo_video()).await.id;
    save(&world, media, "第一版").await;
    written_on(&world, 1).await;
    let (course, lesson) = published(&world, media).await;
    save(&world, media, "没有发布").await;
    written_on(&world, 2).await;
    let files = || std::fs::read_dir(world.app.media.folder()).unwrap().count();
    save(&world, media, "还在写").await;
    let before = files();
    assert_eq!(sweep(&world.app, false).await.unwrap().texts, [], "the next one is young");
    written_on(&world, 3).await;
    let dry = sweep(&world.app, true).await.unwrap();
    assert_eq!((dry.texts.len(), dry.bytes > 0, files()), (1, true, before));
    assert_eq!(sweep(&world.app, false).await.unwrap(), dry);
    assert_eq!(files(), before - 1);
    assert_eq!(sweep(&world.app, false).await.unwrap().texts, []);

    assert_eq!(read(&world, lesson).await.as_deref(), Some("第一版"));
    written::publish(&world, course).await;
    assert_eq!(read(&world, lesson).await.as_deref(), Some("还在写"));
    save(&world, media, "没有发布").await;
    written::publish(&world, course).await;
    assert_eq!(read(&world, lesson).await.as_deref(), Some("没有发布"), "it may come again");
});
