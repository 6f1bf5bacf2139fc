//! Lessons stay where the outline put them, whatever is saved in them.

use shared::authoring::*;

use crate::written::{details, drafted, two_lessons};

scene!(a_lesson_that_saves_itself_stays_where_somebody_else_put_it, |world| async move {
    let (course, lessons) = drafted(&world, details(&world, "会议室保洁"), two_lessons()).await;
    let (ming, hui) = (world.person("zhengming").await, world.person("fanghui").await);
    // Opened by one officer, then moved by another.
    let opened = ming.call(ShowLessonDraft { lesson: lessons[0] }).await.unwrap();
    let saving = |it: LessonDraft, position| SaveLesson {
        lesson: it.id,
        version: it.version,
        title: it.title,
        minutes: it.minutes,
        position,
        content: it.content,
    };
    let order = || async {
        let draft = ming.call(ShowCourseDraft { course }).await.unwrap();
        draft.chapters[0].lessons.iter().map(|it| it.id).collect::<Vec<_>>()
    };
    assert_eq!(order().await, lessons);
    let moved = hui.call(saving(opened, Some(2))).await.unwrap();
    assert_eq!(order().await, [lessons[1], lessons[0]]);
    let title = "擦桌面（改）".to_owned();
    ming.call(saving(LessonDraft { title, ..moved }, None)).await.unwrap();
    assert_eq!(order().await, [lessons[1], lessons[0]], "only the outline moves it");
});
