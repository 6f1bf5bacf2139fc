//! Officers plan sessions, change and cancel them.

use chrono::TimeDelta;
use shared::{
    accounts::PersonId,
    authoring::*,
    courses::*,
    problem::Code,
    training::{Enroll, SessionState},
};
use uuid::Uuid;

use crate::{scene::World, stage::*};

async fn course(world: &World) -> CourseId {
    let details = CourseDetails {
        title: "会议室保洁".into(),
        summary: "会按步骤打扫会议室".into(),
        level: CourseLevel::Execution,
        category: CourseCategory::PostSkills,
        qualification: String::new(),
        posts: vec![world.cast.post("卫生保洁")],
        cover: None,
    };
    let made = world.person("zhengming").await.call(CreateCourse { details }).await;
    made.unwrap().id
}

scene!(an_officer_plans_a_session_changes_and_cancels_it, |world| async move {
    let officer = world.person("zhengming").await;
    let course = course(&world).await;
    let details = SessionDetails { course: Some(course), ..details_in(&world, 60).await };
    let made = officer.call(CreateTrainingSession { details: details.clone() }).await.unwrap();
    assert_eq!((made.instructor.as_str(), made.state), ("吴芳", SessionState::Planned));
    assert_eq!(made.course_title.as_deref(), Some("会议室保洁"));
    assert_eq!(made.details.starts_at.timestamp(), details.starts_at.timestamp());

    let session = made.id;
    let moved = SessionDetails { place: " 1 号楼 302 ".into(), course: None, ..details };
    let saved = officer.call(SaveTrainingSession { session, details: moved }).await.unwrap();
    assert_eq!((saved.details.place.as_str(), saved.course_title), ("1 号楼 302", None));

    let cancelled = officer.call(CancelTrainingSession { session }).await.unwrap();
    assert_eq!((cancelled.state, cancelled.editable()), (SessionState::Cancelled, false));
    let again = officer.call(CancelTrainingSession { session }).await.unwrap();
    assert_eq!(again, cancelled);
    assert_eq!(officer.call(ListManagedSessions {}).await.unwrap(), [cancelled]);
});

scene!(the_list_counts_who_enrolled_and_who_came, |world| async move {
    let (one, other) = (enrolled_session(&world).await, enrolled_session(&world).await);
    move_by(&world, other, 60).await;
    check_in(&world, &world.person("wangxiuying").await, one).await;
    let listed = world.person("zhengming").await.call(ListManagedSessions {}).await.unwrap();
    let counts: Vec<_> = listed.iter().map(|it| (it.id, it.enrolled, it.present)).collect();
    assert_eq!(counts, [(other, 1, 0), (one, 1, 1)]);
});

scene!(every_field_that_has_to_be_changed_is_named, |world| async move {
    let officer = world.person("zhengming").await;
    let start = now(&world).await - TimeDelta::minutes(5);
    let wrong = SessionDetails {
        title: " ".into(),
        course: Some(CourseId(Uuid::now_v7())),
        base: None,
        place: "长".repeat(61),
        starts_at: start,
        ends_at: start,
        instructor: world.cast.id("wangxiuying"),
        seats: 0,
        notes: "长".repeat(501),
    };
    let all = [
        "details.title",
        "details.place",
        "details.notes",
        "details.seats",
        "details.starts_at",
        "details.instructor",
        "details.course",
    ];
    let create = CreateTrainingSession { details: wrong.clone() };
    assert_eq!(fields(&officer.call(create).await.unwrap_err()), all);
    let session = open_session(&world).await;
    let refused = officer.call(SaveTrainingSession { session, details: wrong }).await.unwrap_err();
    assert!(fields(&refused).contains(&"details.ends_at"));
    let nobody = SessionDetails { instructor: PersonId(Uuid::now_v7()), ..details(&world).await };
    let refused = officer.call(SaveTrainingSession { session, details: nobody }).await.unwrap_err();
    assert_eq!(fields(&refused), ["details.instructor"]);
});

scene!(seats_that_are_taken_cannot_be_taken_away, |world| async move {
    let (session, officer) = (enrolled_session(&world).await, world.person("zhengming").await);
    world.person("chenmei").await.call(Enroll { session }).await.unwrap();
    let two = SessionDetails { seats: 2, ..details(&world).await };
    let one = SessionDetails { seats: 1, ..two.clone() };
    officer.call(SaveTrainingSession { session, details: two }).await.unwrap();
    let refused = officer.call(SaveTrainingSession { session, details: one }).await.unwrap_err();
    assert_eq!(fields(&refused), ["details.seats"]);
    assert_eq!(refused.fields[0].message, "已有 2 人报名，名额不能再少");
});

scene!(what_is_over_stays_as_it_was, |world| async move {
    let (session, officer) = (open_session(&world).await, world.person("zhengming").await);
    move_by(&world, session, -120).await;
    let details = details_in(&world, 60).await;
    let save = SaveTrainingSession { session, details: details.clone() };
    assert_eq!(officer.call(save).await.unwrap_err().code, Code::SessionOver);
    let cancel = CancelTrainingSession { session };
    assert_eq!(officer.call(cancel).await.unwrap_err().code, Code::SessionOver);
    let save = SaveTrainingSession { session: unknown(), details };
    assert_eq!(officer.call(save).await.unwrap_err().code, Code::NotFound);
    let cancel = CancelTrainingSession { session: unknown() };
    assert_eq!(officer.call(cancel).await.unwrap_err().code, Code::NotFound);
});

scene!(only_officers_plan_sessions, |world| async move {
    let session = open_session(&world).await;
    for key in ["wangxiuying", "liuqiang", "wufang"] {
        let person = world.person(key).await;
        let details = details_in(&world, 60).await;
        let create = CreateTrainingSession { details: details.clone() };
        assert_eq!(person.call(create).await.unwrap_err().code, Code::NotAllowed);
        let save = SaveTrainingSession { session, details };
        assert_eq!(person.call(save).await.unwrap_err().code, Code::NotAllowed);
        let cancel = CancelTrainingSession { session };
        assert_eq!(person.call(cancel).await.unwrap_err().code, Code::NotAllowed);
        assert_eq!(person.call(ListManagedSessions {}).await.unwrap_err().code, Code::NotAllowed);
    }
});

scene!(no_text_however_strange_breaks_the_server, |world| async move {
    let officer = world.person("zhengming").await;
    let strange = "\0\u{202e}\u{feff}'; DROP TABLE people; --\u{10ffff}";
    let details = SessionDetails {
        title: strange.into(),
        place: strange.into(),
        notes: strange.into(),
        ..details_in(&world, 60).await
    };
    let made = officer.call(CreateTrainingSession { details }).await.unwrap();
    assert_eq!(made.details.title, strange.replace('\0', ""));
});
