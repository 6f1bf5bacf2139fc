//! What a session has on site: for those who run it and the base that hosts it, as it was reviewed.

use chrono::TimeDelta;
use shared::{
    authoring::SessionDetails, bases::*, courses::CourseId, practice::*, problem::Code,
    revisions::RetireCourse, training::*,
};

use crate::{
    scene::{Person, World},
    stage::*,
    written,
};

/// Saves what is written of the course's practice.
async fn write(world: &World, course: CourseId, practice: Practice) {
    let officer = world.person("zhengming").await;
    let version = officer.call(ShowPractice { course, live: false }).await.unwrap().version;
    officer.call(SavePractice { course, version, practice }).await.unwrap();
}

/// A published course whose sessions have something on site.
async fn practised(world: &World) -> CourseId {
    let details = written::details(world, "会议室保洁");
    let (course, _) = written::drafted(world, details, written::two_lessons()).await;
    write(world, course, written::practice()).await;
    written::publish(world, course).await;
    course
}

async fn shown(person: &Person<'_>, session: TrainingSessionId) -> SessionSite {
    person.call(ShowSessionSite { session }).await.unwrap()
}

scene!(those_who_run_a_session_see_what_it_has_on_site_as_it_was_reviewed, |world| async move {
    let course = practised(&world).await;
    let details = SessionDetails { course: Some(course), ..details(&world).await };
    let session = planned(&world, details).await;
    for key in ["wangxiuying", "lijianguo"] {
        world.person(key).await.call(Enroll { session }).await.unwrap();
    }
    check_in(&world, &world.person("wangxiuying").await, session).await;
    let mut later = written::practice();
    later.site.safety = "还没发布".into();
    write(&world, course, later).await;
    for key in ["wufang", "zhengming"] {
        let seen = shown(&world.person(key).await, session).await;
        assert_eq!(seen.site, written::practice().site, "{key}");
        assert_eq!((seen.enrolled, seen.present, seen.heads()), (2, 1, 1));
        assert_eq!(seen.ends_at - seen.starts_at, TimeDelta::hours(2));
    }
    for key in ["wangxiuying", "liuqiang"] {
        let refused = world.person(key).await.call(ShowSessionSite { session }).await;
        assert_eq!(refused.unwrap_err().code, Code::NotAllowed, "{key}");
    }
    let other = another_instructor(&world).await;
    let hidden = other.call(ShowSessionSite { session }).await.unwrap_err();
    assert_eq!(hidden.code, Code::NotFound, "she does not run it");
    world.person("zhengming").await.call(RetireCourse { course }).await.unwrap();
    let retired = shown(&world.person("wufang").await, session).await;
    assert!(retired.site.facts(1).is_empty(), "it was taken back");
});

scene!(the_base_sees_what_a_session_it_hosts_has_on_site, |world| async move {
    let officer = world.person("zhengming").await;
    let base = BaseDetails {
        name: "甲基地".into(),
        kind: BaseKind::Own,
        organization: None,
        address: "3 号楼 B2".into(),
        state: BaseState::Running,
    };
    let base = officer.call(AddBase { details: base }).await.unwrap().id;
    world
        .sql(
            "INSERT INTO role_grants (id, person_id, role, scope, scope_id, granted_at)
             SELECT people.id, people.id, 'base_manager', 'base', training_bases.id, people.created_at
             FROM people, training_bases WHERE people.name = '刘强'",
        )
        .await;
    let course = Some(practised(&world).await);
    let details = SessionDetails { course, ..details_in(&world, 60).await };
    let here = planned(&world, SessionDetails { base: Some(base), ..details.clone() }).await;
    let elsewhere = planned(&world, details).await;
    let manager = world.person("liuqiang").await;
    assert_eq!(shown(&manager, here).await.site, written::practice().site);
    let hidden = manager.call(ShowSessionSite { session: elsewhere }).await.unwrap_err();
    assert_eq!(hidden.code, Code::NotFound);
});

scene!(a_session_of_no_course_has_nothing_on_site, |world| async move {
    let session = open_session(&world).await;
    let seen = shown(&world.person("wufang").await, session).await;
    assert_eq!((seen.site, seen.enrolled), (SiteTemplate::default(), 0));
});
