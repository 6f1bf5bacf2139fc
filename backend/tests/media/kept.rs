//! The files that an officer looks after, and deleting what nothing uses.

use shared::{
    content::{Block, LessonContent},
    media::{ListMediaFiles, MediaFiles, RemoveMediaFile, ShowUploadSpace},
    problem::Code,
};

use super::{jpeg, picture, tus, written};
use crate::scene::Person;

async fn files(officer: &Person<'_>, unused: Option<bool>) -> MediaFiles {
    officer.call(ListMediaFiles { unused, cursor: None }).await.unwrap()
}

scene!(what_nothing_uses_can_be_deleted_and_makes_room_at_once, |world| async move {
    let officer = world.person("zhengming").await;
    let unused = tus::kept(&world, "zhengming", &jpeg(2000, 900)).await;
    let shown = tus::kept(&world, "zhengming", &jpeg(800, 600)).await;
    let content = LessonContent::Article { blocks: vec![Block::Picture(picture(shown.id))] };
    let lessons = vec![("看", 5, content)];
    let (course, _) =
        written::drafted(&world, written::details(&world, "会议室保洁"), lessons).await;
    let all = files(&officer, None).await;
    let sizes: Vec<_> = all.items.iter().map(|it| it.file.bytes).collect();
    assert!(all.total == 2 && sizes[0] >= sizes[1], "the largest first: {sizes:?}");
    let used = files(&officer, Some(false)).await.items;
    assert_eq!((used.len(), used[0].file.id, &*used[0].by), (1, shown.id, "郑明"));
    assert_eq!(used[0].used_in[0].id, course);
    let before = officer.call(ShowUploadSpace {}).await.unwrap().organization_used;
    let refused = officer.call(RemoveMediaFile { media: shown.id }).await.unwrap_err();
    assert_eq!(refused.code, Code::InUse);
    let left = files(&officer, Some(true)).await.items;
    assert!(left.len() == 1 && left[0].is_unused());
    officer.call(RemoveMediaFile { media: unused.id }).await.unwrap();
    let after = officer.call(ShowUploadSpace {}).await.unwrap().organization_used;
    assert_eq!(before - after, unused.bytes);
    assert!(!world.app.media.path(unused.id).exists());
    let again = officer.call(RemoveMediaFile { media: unused.id }).await.unwrap_err();
    assert_eq!(again.code, Code::NotFound);
});

scene!(a_file_that_is_being_converted_is_not_deleted, |world| async move {
    let officer = world.person("zhengming").await;
    let file = tus::kept(&world, "zhengming", &jpeg(80, 60)).await;
    world.sql("UPDATE media SET state = 'working'").await;
    let refused = officer.call(RemoveMediaFile { media: file.id }).await.unwrap_err();
    assert_eq!(refused.code, Code::InUse);
    assert!(refused.detail.unwrap().contains("正在为手机转换"));
    assert!(world.app.media.path(file.id).exists());
    world.sql("UPDATE media SET state = 'ready'").await;
    officer.call(RemoveMediaFile { media: file.id }).await.unwrap();
    assert!(!world.app.media.path(file.id).exists());
});

scene!(the_files_of_a_deleted_course_are_free, |world| async move {
    let officer = world.person("zhengming").await;
    let shown = tus::kept(&world, "zhengming", &jpeg(800, 600)).await;
    let content = LessonContent::Article { blocks: vec![Block::Picture(picture(shown.id))] };
    let lessons = vec![("看", 5, content)];
    let (course, _) =
        written::drafted(&world, written::details(&world, "会议室保洁"), lessons).await;
    let note = String::new();
    officer.call(shared::revisions::SubmitRevision { course, note }).await.unwrap();
    officer.call(shared::authoring::RemoveCourse { course }).await.unwrap();
    officer.call(RemoveMediaFile { media: shown.id }).await.unwrap();
    assert_eq!(files(&officer, None).await.total, 0);
});

scene!(the_files_of_others_do_not_exist, |world| async move {
    let file = tus::kept(&world, "zhengming", &jpeg(80, 60)).await;
    world
        .sql(
            "INSERT INTO role_grants (id, person_id, role, scope, scope_id, granted_at)
             SELECT id, id, 'training_officer', 'organization', organization_id, created_at
             FROM people WHERE name = '刘强'",
        )
        .await;
    let near = world.person("liuqiang").await;
    assert_eq!(files(&near, None).await.total, 0);
    let refused = near.call(RemoveMediaFile { media: file.id }).await.unwrap_err();
    assert_eq!(refused.code, Code::NotFound);
    let learner = world.person("wangxiuying").await;
    let refused = learner.call(ListMediaFiles::default()).await.unwrap_err();
    assert_eq!(refused.code, Code::NotAllowed);
});
