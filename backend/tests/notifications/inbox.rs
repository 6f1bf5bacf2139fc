//! The inbox: each message once, read by its owner, all at once if they like.

use futures_util::future::join_all;
use shared::{authoring::AssignmentId, learning::ShowToday, notifications::*, problem::Code};
use uuid::Uuid;

use crate::{assign, inbox, scene::World};

scene!(an_assignment_is_in_the_inbox_exactly_once, |world| async move {
    let (assignment, ming) = (AssignmentId(Uuid::now_v7()), world.cast.id("wangxiuying"));
    assign(&world.app, assignment, vec![ming]).await;
    assign(&world.app, assignment, vec![ming]).await;
    let inbox = inbox(&world, "wangxiuying").await;
    assert_eq!(inbox.len(), 1);
    assert_eq!(inbox[0].title, "必学：会议室保洁");
    assert!(!inbox[0].read);
});

scene!(a_message_is_read_by_its_owner_only, |world| async move {
    assign(&world.app, AssignmentId(Uuid::now_v7()), vec![world.cast.id("wangxiuying")]).await;
    let message = inbox(&world, "wangxiuying").await[0].id;
    let other = world.person("lijianguo").await.call(ReadInboxMessage { message }).await;
    assert_eq!(other.unwrap_err().code, Code::NotFound);
    world.person("wangxiuying").await.call(ReadInboxMessage { message }).await.unwrap();
    assert!(inbox(&world, "wangxiuying").await[0].read);
});

scene!(a_long_inbox_comes_in_pages_without_gaps, |world| async move {
    for _ in 0..35 {
        assign(&world.app, AssignmentId(Uuid::now_v7()), vec![world.cast.id("wangxiuying")]).await;
    }
    let ming = world.person("wangxiuying").await;
    let first = ming.call(ListInbox { cursor: None }).await.unwrap();
    let second = ming.call(ListInbox { cursor: first.next.clone() }).await.unwrap();
    assert_eq!((first.items.len(), second.items.len(), second.next), (30, 5, None));
    assert!(first.items.iter().all(|it| second.items.iter().all(|other| other.id != it.id)));
});

async fn unread(world: &World, key: &str) -> u32 {
    world.person(key).await.call(ShowToday {}).await.unwrap().unread_messages
}

async fn told(world: &World, keys: &[&str]) {
    let people = keys.iter().map(|key| world.cast.id(key)).collect();
    assign(&world.app, AssignmentId(Uuid::now_v7()), people).await;
}

scene!(an_event_told_many_times_at_once_is_one_row_for_each_person, |world| async move {
    let assignment = AssignmentId(Uuid::now_v7());
    let keys = ["wangxiuying", "lijianguo", "chenmei"];
    let people: Vec<_> = keys.iter().map(|key| world.cast.id(key)).collect();
    join_all((0..10).map(|_| assign(&world.app, assignment, people.clone()))).await;
    for key in keys {
        assert_eq!(inbox(&world, key).await.len(), 1, "{key}");
    }
});

scene!(all_is_marked_as_read_at_once_and_only_ones_own, |world| async move {
    for _ in 0..35 {
        told(&world, &["wangxiuying", "lijianguo"]).await;
    }
    assert_eq!(unread(&world, "wangxiuying").await, 35);
    let newest = inbox(&world, "wangxiuying").await[0].id;
    let ming = world.person("wangxiuying").await;
    for _ in 0..2 {
        ming.call(ReadWholeInbox { newest }).await.unwrap();
    }
    assert_eq!(unread(&world, "wangxiuying").await, 0);
    assert_eq!(unread(&world, "lijianguo").await, 35);
});

scene!(what_came_after_the_list_was_shown_stays_unread, |world| async move {
    told(&world, &["wangxiuying"]).await;
    let seen = inbox(&world, "wangxiuying").await[0].id;
    told(&world, &["wangxiuying"]).await;
    let ming = world.person("wangxiuying").await;
    ming.call(ReadWholeInbox { newest: seen }).await.unwrap();
    let read: Vec<bool> = inbox(&world, "wangxiuying").await.iter().map(|it| it.read).collect();
    assert_eq!(read, [false, true], "the newest first");
    assert_eq!(unread(&world, "wangxiuying").await, 1);
});
