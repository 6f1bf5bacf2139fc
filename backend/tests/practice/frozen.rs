//! What was submitted stays as it was, is told apart from the draft, and comes back.

use shared::revisions::{
    ChangeKind, ChangePart, CheckRevision, CompareRevisions, LineChange, ListRevisions,
    RedraftRevision, RestoreRevision, RevisionChange, ShowRevision, SubmitRevision,
};

use super::*;
use crate::phone::Phone;

async fn changes(officer: &Person<'_>, course: CourseId) -> Vec<RevisionChange> {
    let compare = CompareRevisions { course, before: None, after: None };
    officer.call(compare).await.unwrap().changes
}

/// Published with a practice that lacks nothing.
async fn practised(world: &World) -> CourseId {
    let course = draft(world).await;
    save(&world.person("zhengming").await, course, written::practice()).await.unwrap();
    publish(world, course).await;
    course
}

scene!(a_frozen_practice_stays_whatever_is_written_later, |world| async move {
    let course = practised(&world).await;
    let officer = world.person("zhengming").await;
    assert_eq!(changes(&officer, course).await, []);
    let frozen = officer.call(ListRevisions { course }).await.unwrap().revisions[0].id;
    let before = shown(&officer, course).await.practice;
    let mut practice = before.clone();
    practice.checklist.items[0].measure.as_mut().unwrap().tolerance = 3.0;
    practice.site.group_size = 6;
    save(&officer, course, practice.clone()).await.unwrap();
    let list = officer.call(ListRevisions { course }).await.unwrap();
    assert!(list.changed, "the draft says something else");
    let content = officer.call(ShowRevision { revision: frozen }).await.unwrap().content;
    assert_eq!(content.practice, before);
    let found = changes(&officer, course).await;
    let said: Vec<_> = found.iter().map(|it| (it.kind, it.part, it.title.as_str())).collect();
    let is = [
        (ChangeKind::Changed, ChangePart::ChecklistItem, "杯柄朝右"),
        (ChangeKind::Changed, ChangePart::Site, "会议室保洁"),
    ];
    assert_eq!(said, is);
    let lines = found.iter().flat_map(|it| &it.lines).filter(|it| it.change != LineChange::Same);
    let lines: Vec<_> = lines.map(|it| it.text.as_str()).collect();
    let is =
        ["要求：45 ± 5 度，用量角器量", "要求：45 ± 3 度，用量角器量", "每组：4 人", "每组：6 人"];
    assert_eq!(lines, is);

    publish(&world, course).await;
    let restore =
        RestoreRevision { revision: frozen, reason: "要原来的".into(), learners: None };
    let restored = officer.call(restore).await.unwrap().id;
    let content = officer.call(ShowRevision { revision: restored }).await.unwrap().content;
    assert_eq!(content.practice, before);
    assert_eq!(shown(&officer, course).await.practice, practice, "the draft stays as it is");
    let live = officer.call(ShowPractice { course, live: true }).await.unwrap();
    assert_eq!(live.practice, before, "and learners are examined as they were");
    let wang = Phone::of(&world, "wangxiuying").await;
    let told = wang.open(&format!("/study/courses/{course}/practice")).await;
    assert!(told.contains("要求：45 ± 5 度") && !told.contains("± 3"), "{told}");
});

scene!(what_became_of_each_item_is_told_wherever_it_stands, |world| async move {
    use ChangeKind::{Added, Changed, Moved, Removed};
    let course = draft(&world).await;
    let officer = world.person("zhengming").await;
    let item = |text: &str| ChecklistItem {
        id: ChecklistItemId(Uuid::now_v7()),
        text: text.into(),
        measure: None,
        weight: 25,
        fatal: false,
        photo: false,
    };
    let mut practice = Practice::default();
    practice.checklist.items = ["备料", "擦桌", "摆杯", "收尾"].map(item).to_vec();
    save(&officer, course, practice.clone()).await.unwrap();
    publish(&world, course).await;
    let told = async |change: fn(&mut Vec<ChecklistItem>)| {
        let mut practice = practice.clone();
        change(&mut practice.checklist.items);
        save(&officer, course, practice).await.unwrap();
        let found = changes(&officer, course).await;
        found.into_iter().map(|it| (it.kind, it.part, it.title)).collect::<Vec<_>>()
    };
    let item = |kind, title: &str| (kind, ChangePart::ChecklistItem, title.to_owned());
    let inserted = told(|items| {
        let new = ChecklistItem { id: ChecklistItemId(Uuid::now_v7()), ..items[0].clone() };
        items.insert(0, ChecklistItem { text: "戴手套".into(), ..new });
    });
    assert_eq!(inserted.await, [item(Added, "戴手套")]);
    assert_eq!(told(|items| items.rotate_left(1)).await, [item(Moved, "备料")]);
    assert_eq!(told(|items| items[2].fatal = true).await, [item(Changed, "摆杯")]);
    assert_eq!(told(|items| drop(items.remove(1))).await, [item(Removed, "擦桌")]);
});

scene!(a_practice_comes_back_into_the_draft, |world| async move {
    let course = practised(&world).await;
    let officer = world.person("zhengming").await;
    let before = shown(&officer, course).await;
    let spoilt = save(&officer, course, Practice::default()).await.unwrap();
    let revision = officer.call(ListRevisions { course }).await.unwrap().revisions[0].id;
    let draft = officer.call(RedraftRevision { revision }).await.unwrap();
    assert!(!draft.changed, "to the last letter what was frozen");
    let back = shown(&officer, course).await;
    assert_eq!(back.practice, before.practice);
    let late = SavePractice { course, version: spoilt.version, practice: Practice::default() };
    let refused = officer.call(late).await.unwrap_err();
    assert_eq!(refused.code, Code::VersionConflict, "whoever had it open is told");
});

scene!(who_wrote_of_the_practice_does_not_check_it, |world| async move {
    let course = practised(&world).await;
    let (ming, hui) = (world.person("zhengming").await, world.person("fanghui").await);
    let mut practice = shown(&hui, course).await.practice;
    practice.site.group_size = 5;
    save(&hui, course, practice).await.unwrap();
    let submitted = ming.call(SubmitRevision { course, note: String::new() }).await.unwrap();
    let revision = submitted.id;
    let refused = hui.call(CheckRevision { revision }).await.unwrap_err();
    assert_eq!(refused.code, Code::SecondPersonNeeded);
});
