//! 循环短片: a few seconds of a step, over and over.

use backend::media::sweep;
use shared::{
    authoring::{LessonDraft, RemoveLesson, SaveLesson, ShowLessonDraft},
    content::{Clip, LessonContent, MediaId, media_url},
    courses::{LessonId, ShowLesson},
    problem::Problem,
};

use super::{demo_video, jpeg, made::lasting, tus, written};
use crate::scene::Person;

/// Puts a clip into the first card of a lesson.
async fn put(by: &Person<'_>, lesson: LessonId, media: MediaId) -> Result<LessonDraft, Problem> {
    let draft = by.call(ShowLessonDraft { lesson }).await.unwrap();
    let LessonContent::Steps(mut steps) = draft.content else { panic!("it has steps") };
    // What the file says counts, and not what a browser says of it.
    steps.cards[0].clip = Some(Clip { media, seconds: 3, bytes: 9, pictured: true });
    let LessonDraft { version, title, minutes, .. } = draft;
    let content = LessonContent::Steps(steps);
    by.call(SaveLesson { lesson, version, title, minutes, position: None, content }).await
}

fn clip_of(content: LessonContent) -> Clip {
    let LessonContent::Steps(mut steps) = content else { panic!("it has steps") };
    steps.cards.swap_remove(0).clip.unwrap()
}

scene!(a_clip_of_a_step_is_a_video_of_fifteen_seconds_at_most, |world| async move {
    let details = written::details(&world, "会议室保洁");
    let (_, lessons) = written::drafted(&world, details, written::two_lessons()).await;
    let ming = world.person("zhengming").await;
    let long = tus::kept(&world, "zhengming", &lasting(demo_video(), 16)).await;
    let still = tus::kept(&world, "zhengming", &jpeg(80, 60)).await;
    let foreign = tus::kept(&world, "fanghui", &lasting(demo_video(), 5)).await;
    for (file, words) in [
        (long, "最长 15 秒，这段有 16 秒"),
        (still, "没有找到这段短片"),
        (foreign, "没有找到这段短片"),
    ] {
        let refused = put(&ming, lessons[1], file.id).await.unwrap_err();
        assert_eq!(refused.fields[0].field, "content.cards[0].clip.media", "{refused:?}");
        assert!(refused.fields[0].message.contains(words), "{refused:?}");
    }
    let media = tus::kept(&world, "zhengming", &lasting(demo_video(), 15)).await.id;
    let saved = put(&ming, lessons[1], media).await.unwrap();
    assert_eq!(clip_of(saved.content), Clip { media, seconds: 15, bytes: 0, pictured: false });
});

scene!(a_clip_comes_with_its_size_and_stays_while_a_revision_shows_it, |world| async move {
    let details = written::details(&world, "会议室保洁");
    let (course, lessons) = written::drafted(&world, details, written::two_lessons()).await;
    let (ming, wang) = (world.person("zhengming").await, world.person("wangxiuying").await);
    let file = tus::kept(&world, "zhengming", &lasting(demo_video(), 9)).await;
    put(&ming, lessons[1], file.id).await.unwrap();
    let fetch = async || wang.outcome("GET", &media_url(file.id), None).await;
    assert_eq!(fetch().await, Err("not_found".to_owned()), "it is a draft");
    written::publish(&world, course).await;
    assert_eq!(fetch().await, Ok(()));
    let shown = wang.call(ShowLesson { lesson: lessons[1] }).await.unwrap();
    let expected = Clip { media: file.id, seconds: 9, bytes: file.bytes, pictured: false };
    assert_eq!(clip_of(shown.content), expected);
    world
        .sql(
            "INSERT INTO media_renditions \
             (media_id, name, content_type, bytes, width, height, created_at) \
             SELECT id, '360p', 'video/mp4', 1000, 640, 360, created_at FROM media",
        )
        .await;
    let shown = wang.call(ShowLesson { lesson: lessons[1] }).await.unwrap();
    assert_eq!(clip_of(shown.content).bytes, 1000, "of what phones play");
    ming.call(RemoveLesson { lesson: lessons[1] }).await.unwrap();
    world.sql("UPDATE media SET created_at = '2020-01-01T00:00:00+00:00'").await;
    assert_eq!(sweep(&world.app, false).await.unwrap().orphans, []);
    assert_eq!(fetch().await, Ok(()));
});
