//! Links to items of a course's checklist.

use shared::{
    practice::{ChecklistItemId, FULL_MARKS, Practice, PracticeDraft, SavePractice, ShowPractice},
    problem::Code,
    revisions::{ListRevisions, RedraftRevision},
};

use super::*;
use crate::phone::Phone;

async fn examined(ming: &Person<'_>) -> u32 {
    ming.call(ShowCoverage {}).await.unwrap().rows[0].all.examined
}

async fn save(ming: &Person<'_>, course: CourseId, practice: Practice) {
    let PracticeDraft { version, .. } =
        ming.call(ShowPractice { course, live: false }).await.unwrap();
    ming.call(SavePractice { course, version, practice }).await.unwrap();
}

/// A course in draft that has a checklist, and the last item of it.
async fn practised(world: &World) -> (CourseId, ChecklistItemId) {
    let details = written::details(world, "会议室保洁");
    let (course, _) = written::drafted(world, details, written::two_lessons()).await;
    let practice = written::practice();
    let item = practice.checklist.items[1].id;
    save(&world.person("zhengming").await, course, practice).await;
    (course, item)
}

fn examining(clause: ClauseId, (course, item): (CourseId, ChecklistItemId)) -> LinkClause {
    LinkClause {
        clause,
        target: LinkTarget::ChecklistItem { course, item },
        kind: LinkKind::Examined,
        coverage: LinkCoverage::Whole,
        dated: false,
        note: String::new(),
    }
}

scene!(an_item_of_the_checklist_is_linked_shown_and_counted, |world| async move {
    let ming = world.person("zhengming").await;
    let id = standard(&ming).await;
    let version = in_force(&world, &ming, id, FIRST).await;
    let (course, item) = practised(&world).await;
    let target = LinkTarget::ChecklistItem { course, item };
    let places = ming.call(ListLinkPlaces { course }).await.unwrap();
    let place = PlaceChoice { target: target.clone(), title: "考核项：先放警示牌".into() };
    assert_eq!(places.last(), Some(&place));
    let cited = clause(&ming, version, "2.1").await.id;
    let nowhere = ChecklistItemId(Uuid::now_v7());
    let refused = ming.call(examining(cited, (course, nowhere))).await.unwrap_err();
    assert_eq!(refused.code, Code::NotFound);
    let held = valid(&world, examining(cited, (course, item))).await;
    assert_eq!(examined(&ming).await, 0, "nobody is examined by a draft");
    written::publish(&world, course).await;
    assert_eq!(examined(&ming).await, 1);
    let shown = link(&world, held).await;
    assert_eq!((shown.target, shown.target_title.as_str()), (target, "先放警示牌"));
    let of = async |checklist| {
        let asked = ListClauseLinks { course: Some(course), checklist, ..Default::default() };
        ming.call(asked).await.unwrap().total
    };
    assert_eq!((of(Some(true)).await, of(Some(false)).await, of(None).await), (1, 0, 1));

    let page = format!("/study/courses/{course}/practice");
    let wang = Phone::of(&world, "wangxiuying").await;
    let chip = format!("/study/clauses/{held}");
    assert!(wang.open(&page).await.contains(&format!("href=\"{chip}\">2.1<")));
    let read = wang.open(&chip).await;
    assert!(read.contains("登高作业应由两人进行") && read.contains(&page), "and back: {read}");
});

scene!(an_item_shows_no_clause_that_nobody_reviewed_once_it_is_stale, |world| async move {
    let ming = world.person("zhengming").await;
    let id = standard(&ming).await;
    let version = in_force(&world, &ming, id, FIRST).await;
    let (course, item) = practised(&world).await;
    let reviewed = clause(&ming, version, "1.2").await.id;
    let reviewed = valid(&world, examining(reviewed, (course, item))).await;
    let unreviewed = clause(&ming, version, "2.1").await.id;
    let unreviewed = ming.call(examining(unreviewed, (course, item))).await.unwrap().id;
    written::publish(&world, course).await;
    in_force(&world, &ming, id, SECOND).await;
    for id in [reviewed, unreviewed] {
        assert_eq!(link(&world, id).await.state, LinkState::Stale);
    }
    let page = format!("/study/courses/{course}/practice");
    let read = Phone::of(&world, "wangxiuying").await.open(&page).await;
    assert!(read.contains(&format!("href=\"/study/clauses/{reviewed}\"")), "{read}");
    assert!(!read.contains(&format!("/study/clauses/{unreviewed}")), "{read}");
});

scene!(a_link_whose_item_is_gone_waits_and_comes_back_with_it, |world| async move {
    let ming = world.person("zhengming").await;
    let id = standard(&ming).await;
    let version = in_force(&world, &ming, id, FIRST).await;
    let (course, item) = practised(&world).await;
    let cited = clause(&ming, version, "2.1").await.id;
    let held = valid(&world, examining(cited, (course, item))).await;
    written::publish(&world, course).await;
    let mut practice = ming.call(ShowPractice { course, live: false }).await.unwrap().practice;
    practice.checklist.items.remove(1);
    practice.checklist.items[0].weight = FULL_MARKS;
    save(&ming, course, practice).await;
    assert_eq!(link(&world, held).await.state, LinkState::Valid, "learners still have it");
    assert_eq!(link(&world, held).await.target_title, "先放警示牌");
    assert_eq!(examined(&ming).await, 1);
    written::publish(&world, course).await;
    assert_eq!(examined(&ming).await, 0);
    let gone = link(&world, held).await;
    assert_eq!((gone.state, gone.reason), (LinkState::Stale, Some(StaleReason::PlaceGone)));
    assert_eq!(gone.target_title, "已删去的考核项");
    let all = ming.call(ListRevisions { course }).await.unwrap().revisions;
    let revision = all.iter().find(|it| it.number == 1).unwrap().id;
    ming.call(RedraftRevision { revision }).await.unwrap();
    assert_eq!(link(&world, held).await.state, LinkState::Valid, "its place is there again");
    assert_eq!(examined(&ming).await, 0, "nobody is examined by it yet");
});

scene!(an_item_that_was_never_published_takes_its_link_along_at_once, |world| async move {
    let ming = world.person("zhengming").await;
    let id = standard(&ming).await;
    let version = in_force(&world, &ming, id, FIRST).await;
    let (course, item) = practised(&world).await;
    let cited = clause(&ming, version, "2.1").await.id;
    let held = ming.call(examining(cited, (course, item))).await.unwrap().id;
    let practice = ming.call(ShowPractice { course, live: false }).await.unwrap().practice;
    save(&ming, course, Practice::default()).await;
    assert_eq!(link(&world, held).await.reason, Some(StaleReason::PlaceGone));
    save(&ming, course, practice).await;
    let back = link(&world, held).await;
    assert_eq!((back.state, back.reason), (LinkState::Draft, None), "nobody had reviewed it");
});

scene!(who_may_not_change_a_course_reads_of_its_links_what_is_published, |world| async move {
    world.make_near_officer().await;
    let (ming, near) = (world.person("zhengming").await, world.person("liuqiang").await);
    let id = standard(&ming).await;
    let version = in_force(&world, &ming, id, FIRST).await;
    let (course, item) = practised(&world).await;
    let cited = clause(&ming, version, "2.1").await.id;
    let held = valid(&world, examining(cited, (course, item))).await;
    written::publish(&world, course).await;
    let mut practice = ming.call(ShowPractice { course, live: false }).await.unwrap().practice;
    practice.checklist.items[1].text = "先放两块警示牌".into();
    let added = ChecklistItemId(Uuid::now_v7());
    let item = shared::practice::ChecklistItem {
        id: added,
        text: "还没发布".into(),
        ..practice.checklist.items[1].clone()
    };
    practice.checklist.items.push(item);
    save(&ming, course, practice).await;
    let new = ming.call(examining(cited, (course, added))).await.unwrap().id;
    let titles = async |person: &Person<'_>| {
        let asked = ListClauseLinks { course: Some(course), ..Default::default() };
        let all = person.call(asked).await.unwrap().items;
        [held, new].map(|id| all.iter().find(|it| it.id == id).unwrap().target_title.clone())
    };
    assert_eq!(titles(&ming).await, ["先放两块警示牌", "还没发布"]);
    assert_eq!(titles(&near).await, ["先放警示牌", "没有发布的考核项"]);
});

scene!(what_a_version_changes_names_the_items_that_examine_it, |world| async move {
    let ming = world.person("zhengming").await;
    let id = standard(&ming).await;
    let version = in_force(&world, &ming, id, FIRST).await;
    let (course, item) = practised(&world).await;
    for number in ["1.1", "2.1"] {
        let cited = clause(&ming, version, number).await.id;
        valid(&world, examining(cited, (course, item))).await;
    }
    written::publish(&world, course).await;
    let mut practice = ming.call(ShowPractice { course, live: false }).await.unwrap().practice;
    practice.checklist.items[1].text = "先放两块警示牌".into();
    save(&ming, course, practice).await;
    let next = in_force(&world, &ming, id, SECOND).await;
    let seen = |text: &str| ImpactItem {
        id: item,
        course: "会议室保洁".into(),
        text: text.into(),
        number: "2.1".into(),
        change: ChangeKind::Changed,
    };
    let found = ming.call(ShowImpact { version: next }).await.unwrap();
    assert_eq!(found.items, [seen("先放两块警示牌")], "1.1 stayed the same");
    world.make_near_officer().await;
    let near = world.person("liuqiang").await;
    let found = near.call(ShowImpact { version: next }).await.unwrap();
    assert_eq!(
        found.items,
        [seen("先放警示牌")],
        "what others write is theirs until it is published"
    );
});
