//! 实操要求: what officers write of it, what is frozen of it, and what learners see.
#![expect(clippy::unwrap_used, reason = "a scene that does not go as told ends there")]

#[macro_use]
mod scene;
#[path = "study/phone.rs"]
#[expect(dead_code, reason = "it can do more than open a page")]
mod phone;
mod written;

#[path = "practice/frozen.rs"]
mod frozen;
#[path = "practice/learners.rs"]
mod learners;
#[path = "practice/repeating.rs"]
mod repeating;

use scene::{Person, World};
use shared::{
    courses::CourseId,
    practice::*,
    problem::{Code, Problem},
};
use uuid::Uuid;
use written::{details, drafted, publish, published, two_lessons};

/// What somebody spoils of a practice.
type Change = fn(&mut Practice);

async fn shown(officer: &Person<'_>, course: CourseId) -> PracticeDraft {
    officer.call(ShowPractice { course, live: false }).await.unwrap()
}

/// Saves over whatever is there.
async fn save(
    officer: &Person<'_>,
    course: CourseId,
    practice: Practice,
) -> Result<PracticeDraft, Problem> {
    let version = shown(officer, course).await.version;
    officer.call(SavePractice { course, version, practice }).await
}

async fn draft(world: &World) -> CourseId {
    drafted(world, details(world, "会议室保洁"), two_lessons()).await.0
}

scene!(what_is_saved_is_kept_and_nobody_writes_over_it_unseen, |world| async move {
    let course = draft(&world).await;
    let (ming, hui) = (world.person("zhengming").await, world.person("fanghui").await);
    let empty = shown(&ming, course).await;
    assert_eq!((empty.version, empty.practice.is_empty()), (0, true));
    let mut practice = written::practice();
    let first = SavePractice { course, version: 0, practice: practice.clone() };
    let saved = ming.call(first).await.unwrap();
    assert_eq!((saved.version, &saved.practice), (1, &practice));
    assert_eq!(shown(&hui, course).await, saved);
    practice.site.responsible = "别人".into();
    let late = SavePractice { course, version: 0, practice: practice.clone() };
    assert_eq!(hui.call(late).await.unwrap_err().code, Code::VersionConflict);
    let saved = hui.call(SavePractice { course, version: 1, practice }).await.unwrap();
    assert_eq!((saved.version, saved.practice.site.responsible.as_str()), (2, "别人"));
    let emptied = save(&ming, course, Practice::default()).await.unwrap();
    assert_eq!((emptied.version, emptied.practice.is_empty()), (3, true));
});

scene!(what_is_not_finished_is_kept_too, |world| async move {
    let course = draft(&world).await;
    let officer = world.person("zhengming").await;
    let item = ChecklistItem {
        id: ChecklistItemId(Uuid::now_v7()),
        text: String::new(),
        measure: Some(Measure {
            bound: MeasureBound::AtMost,
            value: 0.0,
            tolerance: 3.0,
            unit: String::new(),
            method: String::new(),
        }),
        weight: 0,
        fatal: false,
        photo: false,
    };
    let mut practice = Practice::default();
    practice.checklist.items = vec![item];
    practice.site.stations = vec![StationNeed { name: " 会议桌 ".into(), minutes: 0 }];
    practice.site.safety = "先断电\n再擦\u{0}".into();
    let kept = save(&officer, course, practice).await.unwrap().practice;
    let measure = kept.checklist.items[0].measure.as_ref().unwrap();
    assert!(measure.tolerance <= 0.0, "there is none beside a bound");
    assert_eq!(kept.site.stations[0].name, "会议桌");
    assert_eq!(kept.site.safety, "先断电\n再擦");
});

scene!(what_cannot_stay_is_named_and_nothing_of_it_is_kept, |world| async move {
    let course = draft(&world).await;
    let officer = world.person("zhengming").await;
    let cases: [(&str, Change); 16] = [
        ("checklist.minutes", |it| it.checklist.minutes = 601),
        ("checklist.items", |it| {
            let item = it.checklist.items[0].clone();
            it.checklist.items.push(item);
        }),
        ("checklist.items", |it| {
            let item = it.checklist.items[0].clone();
            let id = || ChecklistItemId(Uuid::now_v7());
            it.checklist.items =
                (0..61).map(|_| ChecklistItem { id: id(), ..item.clone() }).collect();
        }),
        ("checklist.items[1].text", |it| it.checklist.items[1].text = "长".repeat(201)),
        ("checklist.items[0].weight", |it| it.checklist.items[0].weight = 101),
        ("checklist.items[0].measure.value", |it| measure(it).value = -1.0),
        ("checklist.items[0].measure.value", |it| measure(it).value = 1_000_001.0),
        ("checklist.items[0].measure.tolerance", |it| measure(it).tolerance = 0.0001),
        ("checklist.items[0].measure.unit", |it| measure(it).unit = "米".repeat(11)),
        ("checklist.items[0].measure.method", |it| measure(it).method = "量".repeat(61)),
        ("site.stations[0].name", |it| it.site.stations[0].name = "桌".repeat(41)),
        ("site.stations[0].minutes", |it| it.site.stations[0].minutes = 601),
        ("site.group_size", |it| it.site.group_size = 101),
        ("site.materials[0].per_head", |it| it.site.materials[0].per_head = 10_000.5),
        ("site.safety", |it| it.site.safety = "电".repeat(1001)),
        ("site.responsible", |it| it.site.responsible = "人".repeat(31)),
    ];
    for (field, change) in cases {
        let mut practice = written::practice();
        change(&mut practice);
        let problem = save(&officer, course, practice).await.unwrap_err();
        assert_eq!(problem.code, Code::InvalidRequest);
        let fields: Vec<_> = problem.fields.iter().map(|it| it.field.as_str()).collect();
        assert_eq!(fields, [format!("practice.{field}")]);
    }
    assert_eq!(shown(&officer, course).await.version, 0);
});

fn measure(practice: &mut Practice) -> &mut Measure {
    practice.checklist.items[0].measure.as_mut().unwrap()
}

scene!(who_may_not_change_a_course_sees_what_learners_read, |world| async move {
    world.make_near_officer().await;
    let course = draft(&world).await;
    let (ming, near) = (world.person("zhengming").await, world.person("liuqiang").await);
    save(&ming, course, written::practice()).await.unwrap();
    let show = || ShowPractice { course, live: false };
    assert_eq!(near.call(show()).await.unwrap_err().code, Code::NotFound, "a draft of others");
    publish(&world, course).await;
    save(&ming, course, Practice::default()).await.unwrap();
    let seen = shown(&near, course).await;
    assert_eq!((seen.version, seen.practice.checklist.items.len()), (0, 2), "not the draft");
    let change = SavePractice { course, version: 0, practice: Practice::default() };
    assert_eq!(near.call(change).await.unwrap_err().code, Code::NotFound);
    let wang = world.person("wangxiuying").await;
    assert_eq!(wang.call(show()).await.unwrap_err().code, Code::NotAllowed);
});
