//! 五化: what a course of 岗位技能 must show before it is published, and who lets it pass without.
#![expect(clippy::unwrap_used, reason = "a scene that does not go as told ends there")]

#[macro_use]
mod scene;
mod written;

#[path = "gates/linked.rs"]
mod linked;
#[path = "gates/practical.rs"]
mod practical;
#[path = "gates/reminding.rs"]
mod reminding;

use backend::{audit::Event, audit::entity::pending, jobs};
use chrono::TimeDelta;
use linked::{link, stated};
use scene::{Person, World};
use sea_orm::{ActiveEnum, EntityTrait};
use shared::{
    api::Endpoint,
    authoring::{CourseDetails, CreateCourse, SaveCourseDetails, ShowCourseDraft},
    courses::{CourseCategory, CourseId, CourseStatus},
    gates::*,
    notifications::ListInbox,
    practice::SavePractice,
    problem::Code,
    revisions::*,
};
use uuid::Uuid;
use written::{begun, details, in_days, now, publish, two_lessons};

async fn refused<E: Endpoint>(person: &Person<'_>, request: E) -> (Code, String)
where
    E::Response: std::fmt::Debug,
{
    let problem = person.call(request).await.unwrap_err();
    let fields: Vec<_> = problem.fields.iter().map(|it| it.field.clone()).collect();
    (problem.code, fields.join(" "))
}

/// A course of 岗位技能 that cites nothing and has no quiz.
async fn bare(world: &World) -> CourseId {
    begun(world, details(world, "会议室保洁"), two_lessons()).await.0
}

/// Submits, checks and reviews what is written.
async fn approve(world: &World, course: CourseId) {
    let (officer, colleague) = (world.person("zhengming").await, world.person("fanghui").await);
    let note = String::new();
    let revision = officer.call(SubmitRevision { course, note }).await.unwrap().id;
    colleague.call(CheckRevision { revision }).await.unwrap();
    colleague.call(ApproveRevision { revision }).await.unwrap();
}

async fn waiver(world: &World, course: CourseId, lights: &[GateLight], days: u64) -> WaiveGate {
    let until = in_days(world, days).await;
    WaiveGate { course, lights: lights.to_vec(), reason: "条款下周才链接完".into(), until }
}

fn colours(gate: &CourseGate) -> Vec<GateColour> {
    gate.lights.iter().map(|it| it.colour).collect()
}

const RED: [GateLight; 4] =
    [GateLight::Requirements, GateLight::Indicators, GateLight::Assessment, GateLight::Site];

scene!(a_red_light_holds_a_course_back_and_says_where_to_mend_it, |world| async move {
    let course = bare(&world).await;
    let officer = world.person("zhengming").await;
    let gate = officer.call(ShowGate { course }).await.unwrap();
    assert_eq!((gate.state, gate.revision), (Some(GateState::Unmet), None));
    let [met, unmet] = [GateColour::Met, GateColour::Unmet];
    assert_eq!(colours(&gate), [unmet, unmet, met, unmet, unmet]);
    let mend: Vec<_> = gate.lights.iter().flat_map(|it| &it.missing).collect();
    assert!(mend[0].text.contains("分色抹布"), "{mend:?}");
    let lesson = format!("/admin/courses/{course}/lessons/");
    assert!(mend[0].mend_at.starts_with(&lesson), "where 加依据 is: {mend:?}");
    assert!(mend.iter().any(|it| it.mend_at == format!("/admin/courses/{course}/quiz")));
    let page = format!("/admin/courses/{course}/practice");
    let site = gate.lights.last().unwrap();
    assert!(site.missing.iter().all(|it| it.mend_at == page) && site.missing.len() == 6);
    approve(&world, course).await;
    let problem = officer.call(PublishCourse::now(course)).await.unwrap_err();
    assert_eq!(problem.code, Code::GateClosed);
    let detail = problem.detail.unwrap();
    for light in GateLight::ALL {
        assert_eq!(detail.contains(light.label()), RED.contains(light), "{detail}");
    }
    let draft = officer.call(ShowCourseDraft { course }).await.unwrap();
    assert_eq!((draft.status, draft.live), (CourseStatus::Draft, None));
    let gate = officer.call(ShowGate { course }).await.unwrap();
    assert_eq!(gate.revision, Some(1), "of what is on its way");
});

scene!(a_waiver_names_who_why_and_until_when_and_is_shown_on_the_course, |world| async move {
    let course = bare(&world).await;
    approve(&world, course).await;
    let officer = world.person("zhengming").await;
    let one = waiver(&world, course, &RED[..1], 9).await;
    let gate = officer.call(one).await.unwrap();
    assert_eq!(gate.state, Some(GateState::Unmet), "the others are still red");
    assert_eq!(refused(&officer, PublishCourse::now(course)).await.0, Code::GateClosed);
    let gate = officer.call(waiver(&world, course, &RED, 9).await).await.unwrap();
    assert_eq!(gate.state, Some(GateState::Waived));
    let draft = officer.call(PublishCourse::now(course)).await.unwrap();
    assert_eq!(draft.status, CourseStatus::Published);
    let shown = &draft.waivers[0];
    assert_eq!((shown.by.as_str(), shown.reason.as_str()), ("郑明", "条款下周才链接完"));
    assert_eq!((shown.until, shown.counts), (in_days(&world, 9).await, true));
    let events = pending::Entity::find().all(world.app.db.read()).await.unwrap();
    let waived = Event::GateWaived.to_value();
    assert_eq!(events.iter().filter(|it| it.canonical.contains(&waived)).count(), 2);
    assert!(!events.iter().any(|it| it.canonical.contains("条款下周")), "not what was typed");
    // What is published stays, whatever becomes of its waiver.
    for waiver in draft.waivers {
        officer.call(EndWaiver { waiver: waiver.id }).await.unwrap();
    }
    let draft = officer.call(ShowCourseDraft { course }).await.unwrap();
    assert_eq!((draft.status, draft.waivers.len()), (CourseStatus::Published, 0));
    let gate = officer.call(ShowGate { course }).await.unwrap();
    assert_eq!((gate.state, gate.waivers.len()), (Some(GateState::Unmet), 2));
    // A retired one passes the gate again.
    officer.call(RetireCourse { course }).await.unwrap();
    assert_eq!(refused(&officer, PublishCourse::now(course)).await.0, Code::GateClosed);
});

scene!(a_waiver_without_a_light_a_reason_or_an_end_is_refused, |world| async move {
    let course = bare(&world).await;
    let officer = world.person("zhengming").await;
    let good = waiver(&world, course, &RED, 9).await;
    let of = |change: fn(&mut WaiveGate)| {
        let WaiveGate { lights, reason, until, .. } = &good;
        let mut request =
            WaiveGate { course, lights: lights.clone(), reason: reason.clone(), until: *until };
        change(&mut request);
        request
    };
    for (field, request) in [
        ("lights", of(|it| it.lights.clear())),
        ("reason", of(|it| it.reason = "  ".into())),
        ("reason", of(|it| it.reason = "长".repeat(301))),
        ("until", of(|it| it.until -= TimeDelta::days(10))),
        ("until", of(|it| it.until += TimeDelta::days(400))),
    ] {
        assert_eq!(refused(&officer, request).await, (Code::InvalidRequest, field.to_owned()));
    }
    let unknown = EndWaiver { waiver: GateWaiverId(Uuid::now_v7()) };
    assert_eq!(refused(&officer, unknown).await.0, Code::NotFound);
    for key in ["wangxiuying", "liuqiang", "wufang"] {
        let person = world.person(key).await;
        let request = waiver(&world, course, &RED, 9).await;
        assert_eq!(refused(&person, request).await.0, Code::NotAllowed, "{key}");
        assert_eq!(refused(&person, ShowGate { course }).await.0, Code::NotAllowed, "{key}");
    }
});

scene!(a_waiver_is_for_what_is_on_its_way_whatever_the_draft_has_become, |world| async move {
    let course = bare(&world).await;
    approve(&world, course).await;
    let officer = world.person("zhengming").await;
    let draft = officer.call(ShowCourseDraft { course }).await.unwrap();
    let details = CourseDetails { category: CourseCategory::Theory, ..draft.details };
    let save = SaveCourseDetails { course, version: draft.version, details };
    assert!(officer.call(save).await.unwrap().gated, "the lights are for what is on its way");
    assert_eq!(refused(&officer, PublishCourse::now(course)).await.0, Code::GateClosed);
    let gate = officer.call(waiver(&world, course, &RED, 9).await).await.unwrap();
    assert_eq!(gate.state, Some(GateState::Waived));
    let draft = officer.call(PublishCourse::now(course)).await.unwrap();
    assert_eq!((draft.live, draft.gated), (Some(1), false), "next comes the draft");
    let request = waiver(&world, course, &RED, 9).await;
    assert_eq!(refused(&officer, request).await.1, "lights");
});

scene!(no_light_is_for_courses_of_another_category, |world| async move {
    let details = CourseDetails { category: CourseCategory::Theory, ..details(&world, "理论") };
    let (course, _) = begun(&world, details, two_lessons()).await;
    let officer = world.person("zhengming").await;
    let gate = officer.call(ShowGate { course }).await.unwrap();
    assert_eq!((gate.state, gate.lights.len()), (None, 0));
    let request = waiver(&world, course, &RED, 9).await;
    assert_eq!(refused(&officer, request).await.1, "lights");
    approve(&world, course).await;
    officer.call(PublishCourse::now(course)).await.unwrap();
});

scene!(the_gate_stands_before_what_was_planned_too, |world| async move {
    let course = bare(&world).await;
    approve(&world, course).await;
    let officer = world.person("zhengming").await;
    let gate = officer.call(waiver(&world, course, &RED, 1).await).await.unwrap();
    let at = async |days| {
        let at = Some(now(&world).await + TimeDelta::days(days));
        PublishCourse { at, ..PublishCourse::now(course) }
    };
    let late = refused(&officer, at(5).await).await.0;
    assert_eq!(late, Code::GateClosed, "the waiver is over by then");
    officer.call(at(1).await).await.unwrap();
    officer.call(EndWaiver { waiver: gate.waivers[0].id }).await.unwrap();
    for table in ["jobs SET run_at", "course_revisions SET publish_at"] {
        world.sql(&format!("UPDATE {table} = '2026-01-01T00:00:00+00:00'")).await;
    }
    while jobs::work_off(&world.app).await.unwrap() > 0 {}
    let list = officer.call(ListRevisions { course }).await.unwrap();
    assert_eq!(list.revisions[0].state, RevisionState::Approved, "left to be published by hand");
    let draft = officer.call(ShowCourseDraft { course }).await.unwrap();
    assert_eq!(draft.status, CourseStatus::Draft);
    let events = pending::Entity::find().all(world.app.db.read()).await.unwrap();
    let held = |it: &&pending::Model| {
        it.canonical.contains("course_published") && it.canonical.contains("gate_closed")
    };
    assert_eq!(events.iter().filter(held).count(), 1, "and the audit log says so");
    let told = officer.call(ListInbox::default()).await.unwrap().items;
    let told = told.iter().filter(|it| it.title.contains("没有按时发布")).count();
    assert_eq!(told, 1, "and so does the inbox of whoever planned it");
});

scene!(what_a_course_cites_and_examines_turns_its_lights_green, |world| async move {
    let (course, lessons) = begun(&world, details(&world, "会议室保洁"), two_lessons()).await;
    let question = linked::quiz(&world, course).await;
    let must = stated(&world, "擦拭用水应不低于 40 ℃", true).await;
    let other = stated(&world, "宜每 2 小时巡查一次", false).await;
    let officer = world.person("zhengming").await;
    let colours_now = async || {
        let gate = officer.call(ShowGate { course }).await.unwrap();
        (gate.state.unwrap(), colours(&gate))
    };
    for lesson in &lessons {
        link(&world, course, &must, Some(*lesson), None).await;
        link(&world, course, &other, Some(*lesson), None).await;
    }
    let [met, unmet] = [GateColour::Met, GateColour::Unmet];
    assert_eq!(colours_now().await, (GateState::Unmet, vec![met, met, met, unmet, unmet]));
    let practice = written::practice();
    officer.call(SavePractice { course, version: 0, practice }).await.unwrap();
    assert_eq!(colours_now().await, (GateState::Unmet, vec![met, met, met, unmet, met]));
    link(&world, course, &must, None, Some(question)).await;
    assert_eq!(colours_now().await, (GateState::Met, vec![met; 5]));
    approve(&world, course).await;
    officer.call(PublishCourse::now(course)).await.unwrap();
    world.sql("UPDATE clause_links SET state = 'stale'").await;
    assert_eq!(colours_now().await, (GateState::Unmet, vec![unmet, unmet, met, unmet, met]));
    let gate = officer.call(ShowGate { course }).await.unwrap();
    assert_eq!(gate.lights[0].missing[0].mend_at, "/admin/standards/links?state=stale");
});

scene!(sample_courses_say_that_they_were_let_pass, |world| async move {
    let course = bare(&world).await;
    publish(&world, course).await;
    let officer = world.person("zhengming").await;
    let gate = officer.call(ShowGate { course }).await.unwrap();
    assert_eq!((gate.state, gate.waivers.len()), (Some(GateState::Waived), 1));
});

scene!(
    a_course_of_certification_names_its_qualification_wherever_it_goes_live,
    |world| async move {
        let details = CourseDetails {
            category: CourseCategory::Certification,
            ..details(&world, "上岗考核")
        };
        let (course, _) = begun(&world, details.clone(), two_lessons()).await;
        let officer = world.person("zhengming").await;
        let submit = || SubmitRevision { course, note: String::new() };
        let refused = officer.call(submit()).await.unwrap_err();
        assert_eq!(refused.code, Code::CourseIncomplete);
        assert_eq!(refused.fields[0].field, "details.qualification");
        let page = format!("/admin/courses/{course}");
        let draft = officer.call(ShowCourseDraft { course }).await.unwrap();
        assert_eq!(draft.missing[0].mend_at, page);
        let gate = officer.call(ShowGate { course }).await.unwrap();
        assert_eq!((gate.state, gate.unnamed[0].mend_at.as_str()), (None, page.as_str()));

        let details =
            CourseDetails { qualification: " 会务服务员上岗证 ".into(), ..details };
        let save = SaveCourseDetails { course, version: draft.version, details };
        let draft = officer.call(save).await.unwrap();
        assert_eq!(draft.details.qualification, "会务服务员上岗证");
        approve(&world, course).await;
        assert!(officer.call(ShowGate { course }).await.unwrap().unnamed.is_empty());
        // As one that was approved before there was this rule.
        let forget = "UPDATE course_revisions SET qualification = ''";
        world.sql(forget).await;
        let at = Some(now(&world).await + TimeDelta::days(1));
        for request in
            [PublishCourse::now(course), PublishCourse { at, ..PublishCourse::now(course) }]
        {
            let refused = officer.call(request).await.unwrap_err();
            assert_eq!(refused.code, Code::CourseIncomplete);
            assert!(refused.fields[0].message.contains("取得什么资格"), "{refused:?}");
        }
        world.sql("UPDATE course_revisions SET qualification = '上岗证'").await;
        officer.call(PublishCourse { at, ..PublishCourse::now(course) }).await.unwrap();
        world.sql(forget).await;
        for table in ["jobs SET run_at", "course_revisions SET publish_at"] {
            world.sql(&format!("UPDATE {table} = '2026-01-01T00:00:00+00:00'")).await;
        }
        while jobs::work_off(&world.app).await.unwrap() > 0 {}
        let list = officer.call(ListRevisions { course }).await.unwrap();
        assert_eq!(
            list.revisions[0].state,
            RevisionState::Approved,
            "left to be published by hand"
        );
    }
);

scene!(a_qualification_is_of_courses_of_certification_only, |world| async move {
    let details =
        CourseDetails { qualification: "上岗证".into(), ..details(&world, "会议室保洁") };
    let officer = world.person("zhengming").await;
    let draft = officer.call(CreateCourse { details }).await.unwrap();
    assert_eq!(draft.details.qualification, "");
});
