//! What the lights of steps, examination and site demand, one thing after the other.

use shared::{
    authoring::{CourseDetails, SaveLesson, ShowCourseDraft, ShowLessonDraft},
    content::LessonContent,
    courses::{CourseCategory, CourseId, LessonId},
    gates::{EndWaiver, GateLight, GateReason, ShowGate},
    practice::*,
    problem::Code,
    revisions::{ListRevisions, PublishCourse, RestoreRevision, SubmitRevision},
    standards::console::LinkKind,
};

use super::{approve, linked, waiver, written};
use crate::scene::{Person, World};

/// What somebody spoils of a practice.
type Change = fn(&mut Practice);

async fn missing(officer: &Person<'_>, course: CourseId, light: GateLight) -> Vec<GateReason> {
    let gate = officer.call(ShowGate { course }).await.unwrap();
    gate.lights.into_iter().find(|it| it.light == light).unwrap().missing
}

/// A course whose practice and quiz lack nothing.
async fn complete(world: &World) -> (CourseId, Vec<LessonId>) {
    let details = written::details(world, "会议室保洁");
    let (course, lessons) = written::begun(world, details, written::two_lessons()).await;
    let must = linked::stated(world, "擦拭用水应不低于 40 ℃", true).await;
    let question = linked::quiz(world, course).await;
    linked::link(world, course, &must, Some(lessons[0]), None).await;
    linked::link(world, course, &must, None, Some(question)).await;
    let officer = world.person("zhengming").await;
    let save = SavePractice { course, version: 0, practice: written::practice() };
    officer.call(save).await.unwrap();
    (course, lessons)
}

scene!(every_step_says_how_long_it_takes, |world| async move {
    let (course, lessons) = complete(&world).await;
    let officer = world.person("zhengming").await;
    assert_eq!(missing(&officer, course, GateLight::Steps).await, []);
    let draft = officer.call(ShowLessonDraft { lesson: lessons[1] }).await.unwrap();
    let LessonContent::Steps(mut steps) = draft.content else { panic!("steps") };
    steps.cards[1].seconds = 0;
    let save = |version, steps| SaveLesson {
        lesson: lessons[1],
        version,
        title: "擦会议桌".into(),
        minutes: 8,
        position: None,
        content: LessonContent::Steps(steps),
    };
    let saved = officer.call(save(draft.version, steps.clone())).await.unwrap();
    let red = missing(&officer, course, GateLight::Steps).await;
    assert_eq!(red.len(), 1, "{red:?}");
    assert_eq!(red[0].text, "“擦会议桌”的步骤“第 2 步”没有写用时");
    assert_eq!(red[0].mend_at, format!("/admin/courses/{course}/lessons/{}", lessons[1]));
    steps.cards[1].seconds = 3601;
    let refused = officer.call(save(saved.version, steps)).await.unwrap_err();
    assert_eq!(refused.fields[0].field, "content.cards[1].seconds");
});

/// What is missing once this was changed, of a course that lacks nothing else.
async fn without(
    officer: &Person<'_>,
    course: CourseId,
    light: GateLight,
    change: Change,
) -> Vec<String> {
    let PracticeDraft { version, .. } =
        officer.call(ShowPractice { course, live: false }).await.unwrap();
    let mut practice = written::practice();
    change(&mut practice);
    officer.call(SavePractice { course, version, practice }).await.unwrap();
    let red = missing(officer, course, light).await;
    let page = format!("/admin/courses/{course}/practice");
    assert!(red.iter().all(|it| it.mend_at == page), "{red:?}");
    red.into_iter().map(|it| it.text).collect()
}

scene!(a_checklist_is_numeric_weighed_timed_and_proven, |world| async move {
    let (course, _) = complete(&world).await;
    let officer = world.person("zhengming").await;
    let of = async |change: Change| without(&officer, course, GateLight::Assessment, change).await;
    assert_eq!(of(|_| ()).await, Vec::<String>::new());
    let cases: [(&str, Change); 8] = [
        ("还没有实操考核表", |it| it.checklist.items.clear()),
        ("加起来是 90 分，要正好 100 分", |it| it.checklist.items[0].weight = 50),
        ("没有写总用时", |it| it.checklist.minutes = 0),
        ("没有一项量得出", |it| it.checklist.items[0].measure = None),
        ("没有一项量得出", |it| {
            it.checklist.items[0].measure.as_mut().unwrap().unit.clear();
        }),
        ("没有否决项", |it| it.checklist.items[1].fatal = false),
        ("没有要拍照留证的", |it| it.checklist.items[1].photo = false),
        ("第 2 项没有写看什么", |it| it.checklist.items[1].text.clear()),
    ];
    for (said, change) in cases {
        let red = of(change).await;
        assert!(red.len() == 1 && red[0].contains(said), "{said}: {red:?}");
    }
});

scene!(a_session_has_everything_on_site, |world| async move {
    let (course, _) = complete(&world).await;
    let officer = world.person("zhengming").await;
    let of = async |change: Change| without(&officer, course, GateLight::Site, change).await;
    assert_eq!(of(|_| ()).await, Vec::<String>::new());
    let cases: [(&str, Change); 10] = [
        ("没有写每组练几分钟", |it| it.site.stations[0].minutes = 0),
        ("材料“抹布”没有写单位", |it| it.site.materials[0].unit.clear()),
        ("没有工位", |it| it.site.stations.clear()),
        ("每组几个人", |it| it.site.group_size = 0),
        ("没有实训材料", |it| it.site.materials.clear()),
        ("材料“抹布”没有写每人用多少", |it| it.site.materials[0].per_head = 0.0),
        ("没有写名称", |it| it.site.stations[0].name.clear()),
        ("没有写安全交底", |it| it.site.safety.clear()),
        ("没有选签到方式", |it| it.site.check_in = None),
        ("没有写现场责任人", |it| it.site.responsible.clear()),
    ];
    for (said, change) in cases {
        let red = of(change).await;
        assert!(red.len() == 1 && red[0].contains(said), "{said}: {red:?}");
    }
});

scene!(what_an_item_of_the_checklist_examines_is_examined, |world| async move {
    let (course, lessons) = complete(&world).await;
    let officer = world.person("zhengming").await;
    let other = linked::stated(&world, "警示牌应放在 2 米内", true).await;
    linked::link(&world, course, &other, Some(lessons[0]), None).await;
    let red = missing(&officer, course, GateLight::Assessment).await;
    assert!(red[0].text.contains("2 条“应”条款中的 1 条"), "{red:?}");
    let practice = officer.call(ShowPractice { course, live: false }).await.unwrap().practice;
    let item = practice.checklist.items[1].id;
    linked::link_item(&world, course, &other, (item, LinkKind::Inspected)).await;
    assert_eq!(missing(&officer, course, GateLight::Assessment).await.len(), 1, "looked at only");
    linked::link_item(&world, course, &other, (item, LinkKind::Examined)).await;
    assert_eq!(missing(&officer, course, GateLight::Assessment).await, []);
    let PracticeDraft { version, mut practice, .. } =
        officer.call(ShowPractice { course, live: false }).await.unwrap();
    practice.checklist.items[1].id = ChecklistItemId(uuid::Uuid::now_v7());
    officer.call(SavePractice { course, version, practice }).await.unwrap();
    assert_eq!(missing(&officer, course, GateLight::Assessment).await.len(), 1, "another item");
});

scene!(a_revision_is_judged_by_what_was_frozen_whatever_the_draft_says_now, |world| async move {
    let (course, _) = complete(&world).await;
    let officer = world.person("zhengming").await;
    let save = |version, practice| SavePractice { course, version, practice };
    approve(&world, course).await;
    officer.call(save(1, Practice::default())).await.unwrap();
    // Only the site decides.
    officer.call(waiver(&world, course, &GateLight::ALL[..4], 9).await).await.unwrap();
    officer.call(PublishCourse::now(course)).await.unwrap();
    approve(&world, course).await;
    officer.call(save(2, written::practice())).await.unwrap();
    let refused = officer.call(PublishCourse::now(course)).await.unwrap_err();
    assert_eq!(refused.code, Code::GateClosed);
    let detail = refused.detail.unwrap();
    assert!(detail.starts_with("第 2 版的现场管理系统化还没有达标。请先退回"), "{detail}");
});

scene!(what_is_restored_is_judged_too_and_named_by_its_number, |world| async move {
    let (course, _) = complete(&world).await;
    let officer = world.person("zhengming").await;
    let save = |version, practice| SavePractice { course, version, practice };
    officer.call(save(1, Practice::default())).await.unwrap();
    let waived = officer.call(waiver(&world, course, GateLight::ALL, 9).await).await.unwrap();
    approve(&world, course).await;
    officer.call(PublishCourse::now(course)).await.unwrap();
    for waiver in waived.waivers {
        officer.call(EndWaiver { waiver: waiver.id }).await.unwrap();
    }
    officer.call(save(2, written::practice())).await.unwrap();
    officer.call(waiver(&world, course, &GateLight::ALL[..4], 9).await).await.unwrap();
    approve(&world, course).await;
    officer.call(PublishCourse::now(course)).await.unwrap();
    let all = officer.call(ListRevisions { course }).await.unwrap().revisions;
    let first = all.iter().find(|it| it.number == 1).unwrap().id;
    let reason = "要原来的".to_owned();
    let restore = RestoreRevision { revision: first, reason, learners: None };
    let refused = officer.call(restore).await.unwrap_err();
    assert_eq!(refused.code, Code::GateClosed);
    let detail = refused.detail.unwrap();
    assert!(detail.starts_with("第 1 版的现场管理系统化还没有达标。它是以前的版本"), "{detail}");
});

scene!(courses_of_another_category_need_no_practice, |world| async move {
    let details = written::details(&world, "为什么分色");
    for category in [CourseCategory::Theory, CourseCategory::ManagementNorms] {
        let details = CourseDetails { category, ..details.clone() };
        let (course, _) = written::begun(&world, details, written::two_lessons()).await;
        let officer = world.person("zhengming").await;
        let draft = officer.call(ShowCourseDraft { course }).await.unwrap();
        assert_eq!(draft.missing, [], "{category:?}");
        approve(&world, course).await;
        officer.call(PublishCourse::now(course)).await.unwrap();
        let practice = officer.call(ShowPractice { course, live: true }).await.unwrap().practice;
        assert!(practice.is_empty(), "{category:?}");
    }
});

scene!(a_checklist_that_was_begun_is_finished_before_others_read_it, |world| async move {
    let (course, _) = complete(&world).await;
    let officer = world.person("zhengming").await;
    let mut practice = written::practice();
    practice.checklist.items[0].weight -= 1;
    officer.call(SavePractice { course, version: 1, practice }).await.unwrap();
    let missing = officer.call(ShowCourseDraft { course }).await.unwrap().missing;
    assert_eq!(missing.len(), 1, "{missing:?}");
    assert_eq!(missing[0].mend_at, format!("/admin/courses/{course}/practice"));
    let submit = SubmitRevision { course, note: String::new() };
    assert_eq!(officer.call(submit).await.unwrap_err().code, Code::CourseIncomplete);
});
