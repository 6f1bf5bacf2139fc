//! Files that nothing shows any more.

use backend::media::sweep;
use shared::{
    authoring::RemoveLesson,
    content::{Block, LessonContent},
};

use super::{jpeg, picture, tus, written};

scene!(a_file_that_nothing_shows_is_removed_after_a_month, |world| async move {
    let unused = tus::kept(&world, "zhengming", &jpeg(2000, 900)).await;
    let shown = tus::kept(&world, "zhengming", &jpeg(800, 600)).await;
    let content = LessonContent::Article { blocks: vec![Block::Picture(picture(shown.id))] };
    let details = written::details(&world, "会议室保洁");
    let lessons = vec![("看", 5, content), ("读", 5, written::article())];
    let (_, lessons) = written::drafted(&world, details, lessons).await;
    let files = || std::fs::read_dir(world.app.media.folder()).unwrap().count();
    let before = files();
    assert_eq!(sweep(&world.app, false).await.unwrap().orphans, [], "they are young");
    world.sql("UPDATE media SET created_at = '2020-01-01T00:00:00+00:00'").await;
    let dry = sweep(&world.app, true).await.unwrap();
    assert_eq!((dry.orphans, dry.bytes), (vec![unused.id], unused.bytes));
    assert_eq!(files(), before, "nothing is gone yet");
    let swept = sweep(&world.app, false).await.unwrap();
    assert_eq!(swept.orphans, [unused.id]);
    assert_eq!(files(), before - 4, "with its three smaller ones");
    assert_eq!(sweep(&world.app, false).await.unwrap().orphans, []);
    let officer = world.person("zhengming").await;
    let seen = shared::content::media_url(shown.id);
    assert_eq!(officer.outcome("GET", &seen, None).await, Ok(()));
    officer.call(RemoveLesson { lesson: lessons[0] }).await.unwrap();
    assert_eq!(sweep(&world.app, false).await.unwrap().orphans, [shown.id]);
    assert_eq!(files(), 0);
});

scene!(a_file_of_which_nobody_knows_is_removed_after_two_days, |world| async move {
    let known = tus::kept(&world, "zhengming", &jpeg(10, 10)).await;
    let old = std::time::SystemTime::now() - std::time::Duration::from_hours(72);
    let file = |name: String, old: Option<std::time::SystemTime>| {
        let path = world.app.media.folder().join(name);
        let file = std::fs::File::create(&path).unwrap();
        old.inspect(|it| file.set_modified(*it).unwrap());
        path
    };
    let young = file(uuid::Uuid::now_v7().to_string(), None);
    let stray = file(format!("{}.w360", uuid::Uuid::now_v7()), Some(old));
    let other = file("notes.txt".into(), Some(old));
    std::fs::File::open(world.app.media.path(known.id)).unwrap().set_modified(old).unwrap();
    let dry = sweep(&world.app, true).await.unwrap();
    assert_eq!(dry.strays.len(), 1);
    assert!(stray.exists());
    assert_eq!(sweep(&world.app, false).await.unwrap().strays, dry.strays);
    assert!(!stray.exists() && young.exists() && other.exists());
    assert!(world.app.media.path(known.id).exists());
});
