//! Instructors look up who came without being enrolled, to check them in by hand.

use shared::{problem::Code, training::*};

use crate::{
    scene::{Person, World},
    stage::*,
};

fn candidates(session: TrainingSessionId, search: &str) -> FindCandidates {
    FindCandidates { session, search: search.into() }
}

async fn names(person: &Person<'_>, session: TrainingSessionId, search: &str) -> Vec<String> {
    let found = person.call(candidates(session, search)).await.unwrap();
    found.into_iter().map(|it| it.name).collect()
}

async fn rename(world: &World, number: &str, to: &str) {
    let sql = format!("UPDATE people SET staff_number = '{to}' WHERE staff_number = '{number}'");
    world.sql(&sql).await;
}

scene!(whoever_is_not_on_the_list_is_found_and_checked_in_by_hand, |world| async move {
    let (session, instructor) = (enrolled_session(&world).await, world.person("wufang").await);
    let found = instructor.call(candidates(session, " 李建 ")).await.unwrap();
    let [guo] = &found[..] else { panic!("{found:?}") };
    assert_eq!((guo.person, guo.name.as_str()), (world.cast.id("lijianguo"), "李建国"));
    assert_eq!((guo.staff_number.as_str(), guo.checked_in_at), ("D0002", None));
    assert!(!guo.organization.is_empty());
    let reason = "没来得及报名".to_owned();
    instructor.call(CheckInByHand { session, person: guo.person, reason }).await.unwrap();
    assert_eq!(names(&instructor, session, "李建国").await, [""; 0]);
    // Those enrolled are found until they are in.
    assert_eq!(names(&world.person("zhengming").await, session, "秀英").await, ["王秀英"]);
});

scene!(candidates_are_found_by_part_of_their_number_and_no_wildcard, |world| async move {
    let (session, instructor) = (open_session(&world).await, world.person("wufang").await);
    assert_eq!(names(&instructor, session, "d0002").await, ["李建国"]);
    for nobody in ["%%", "__", "D%2", "D_002", "\\\\", "没有这个人", "' OR 1=1 --"] {
        assert_eq!(names(&instructor, session, nobody).await, [""; 0], "{nobody:?}");
    }
    rename(&world, "D0002", "D_%\\2").await;
    for literal in ["d_%", "_%\\", "%\\2"] {
        assert_eq!(names(&instructor, session, literal).await, ["李建国"], "{literal:?}");
    }
});

scene!(at_most_twenty_active_people_are_named_by_their_numbers, |world| async move {
    let (session, instructor) = (open_session(&world).await, world.person("wufang").await);
    let found = instructor.call(candidates(session, "D0")).await.unwrap();
    assert_eq!(found.len(), 20);
    assert!(found.is_sorted_by(|one, next| one.staff_number < next.staff_number));
    world.sql("UPDATE people SET active = false WHERE staff_number = 'D0002'").await;
    assert_eq!(names(&instructor, session, "李建国").await, [""; 0]);
});

scene!(too_little_or_too_much_to_look_for_is_an_invalid_field, |world| async move {
    let (session, instructor) = (open_session(&world).await, world.person("wufang").await);
    for search in ["", " 李 ", "\0李\0", &"长".repeat(31)] {
        let refused = instructor.call(candidates(session, search)).await.unwrap_err();
        assert_eq!(fields(&refused), ["search"], "{search:?}");
    }
    assert_eq!(names(&instructor, session, &"长".repeat(30)).await, [""; 0]);
});

scene!(only_the_sessions_instructor_and_officers_look_people_up, |world| async move {
    let session = enrolled_session(&world).await;
    for key in ["wangxiuying", "liuqiang"] {
        let refused = world.person(key).await.call(candidates(session, "李建国")).await;
        assert_eq!(refused.unwrap_err().code, Code::NotAllowed, "{key}");
    }
    let stranger = world.stranger().call(candidates(session, "李建国")).await;
    assert_eq!(stranger.unwrap_err().code, Code::NotSignedIn);
    let unknown = world.person("wufang").await.call(candidates(unknown(), "李建国")).await;
    assert_eq!(unknown.unwrap_err().code, Code::NotFound);
    // Somebody else's session does not exist for an instructor.
    let other = another_instructor(&world).await;
    let refused = other.call(candidates(session, "李建国")).await;
    assert_eq!(refused.unwrap_err().code, Code::NotFound);
});
