//! 编写 → 校核 → 评审 → 发布, and back.

use shared::{
    authoring::{CreateCourse, ShowCourseDraft},
    courses::CourseStatus,
};

use super::*;
use crate::written::{details, drafted, published, two_lessons};

scene!(what_one_person_wrote_another_checks_and_reviews, |world| async move {
    let (course, _) = drafted(&world, details(&world, "会议室保洁"), two_lessons()).await;
    let (officer, colleague) = (world.person("zhengming").await, world.person("fanghui").await);
    assert_eq!(code(&officer, PublishCourse::now(course)).await, Code::RevisionNotApproved);
    let note = "第一版".to_owned();
    let sent = officer.call(SubmitRevision { course, note: note.clone() }).await.unwrap();
    assert_eq!((sent.number, sent.state, sent.note), (1, RevisionState::Submitted, note));
    assert_eq!((sent.lessons, sent.minutes, &*sent.written.name), (2, 15, "郑明"));
    assert_eq!(sent.checksum.as_ref().map(String::len), Some(64));
    assert_eq!(sent.may, [RevisionStep::Return], "the author may only take it back");
    let revision = sent.id;
    assert_eq!(code(&officer, CheckRevision { revision }).await, Code::SecondPersonNeeded);
    assert_eq!(code(&colleague, ApproveRevision { revision }).await, Code::RevisionMoved);
    let checked = colleague.call(CheckRevision { revision }).await.unwrap();
    assert_eq!((checked.state, &*checked.checked.unwrap().name), (RevisionState::Checked, "方慧"));
    assert_eq!(code(&colleague, CheckRevision { revision }).await, Code::RevisionMoved);
    assert_eq!(code(&officer, ApproveRevision { revision }).await, Code::SecondPersonNeeded);
    assert_eq!(code(&officer, PublishCourse::now(course)).await, Code::RevisionNotApproved);
    let approved = colleague.call(ApproveRevision { revision }).await.unwrap();
    assert_eq!(approved.may, [RevisionStep::Return], "whoever checked does not publish");
    assert_eq!(code(&colleague, PublishCourse::now(course)).await, Code::SecondPersonNeeded);
    let draft = officer.call(PublishCourse::now(course)).await.unwrap();
    assert_eq!((draft.status, draft.live, draft.review), (CourseStatus::Published, Some(1), None));
    assert_eq!(states(&officer, course).await, [(1, RevisionState::Live)]);
    officer.call(PublishCourse::now(course)).await.unwrap();
    assert_eq!(states(&officer, course).await, [(1, RevisionState::Live)], "safe to repeat");
});

scene!(what_is_sent_back_says_why_and_makes_room_for_the_next, |world| async move {
    let (course, lessons) = drafted(&world, details(&world, "会议室保洁"), two_lessons()).await;
    let (officer, colleague) = (world.person("zhengming").await, world.person("fanghui").await);
    let revision = officer.call(submit(course)).await.unwrap().id;
    assert_eq!(code(&officer, submit(course)).await, Code::RevisionPending);
    let back = |reason: &str| ReturnRevision { revision, reason: reason.into() };
    assert_eq!(code(&colleague, back("  ")).await, Code::InvalidRequest);
    assert_eq!(code(&colleague, back(&"长".repeat(301))).await, Code::InvalidRequest);
    let returned = colleague.call(back("配比写错了")).await.unwrap();
    assert_eq!((returned.state, &*returned.reason), (RevisionState::Returned, "配比写错了"));
    assert_eq!(&*returned.returned.unwrap().name, "方慧");
    assert_eq!(code(&colleague, CheckRevision { revision }).await, Code::RevisionMoved);
    assert_eq!(code(&colleague, back("再退一次")).await, Code::RevisionMoved);
    rewrite(&officer, lessons[0], "一比一百").await;
    officer.call(submit(course)).await.unwrap();
    let is = [(2, RevisionState::Submitted), (1, RevisionState::Returned)];
    assert_eq!(states(&officer, course).await, is);
});

scene!(what_was_submitted_is_what_is_published, |world| async move {
    let (course, lessons) = drafted(&world, details(&world, "会议室保洁"), two_lessons()).await;
    let officer = world.person("zhengming").await;
    let revision = approved(&world, course).await;
    let frozen = officer.call(ShowRevision { revision }).await.unwrap();
    rewrite(&officer, lessons[0], "没人校核过").await;
    officer.call(PublishCourse::now(course)).await.unwrap();
    let wang = world.person("wangxiuying").await;
    let read = wang.call(shared::courses::ShowLesson { lesson: lessons[0] }).await.unwrap();
    assert_eq!(read.content, crate::written::article());
    let live = officer.call(ShowRevision { revision }).await.unwrap();
    assert_eq!(live.content, frozen.content);
    assert_eq!(live.revision.checksum, frozen.revision.checksum);
    let draft = officer.call(ShowCourseDraft { course }).await.unwrap();
    assert!(draft.changed, "the draft goes on beside it");
});

scene!(nobody_publishes_another_revision_than_the_one_they_looked_at, |world| async move {
    let (course, lessons) = drafted(&world, details(&world, "会议室保洁"), two_lessons()).await;
    let (officer, colleague) = (world.person("zhengming").await, world.person("fanghui").await);
    let seen = approved(&world, course).await;
    colleague.call(ReturnRevision { revision: seen, reason: "漏了一步".into() }).await.unwrap();
    rewrite(&officer, lessons[0], "另一版").await;
    let other = approved(&world, course).await;
    let meant = |it| PublishCourse { revision: Some(it), ..PublishCourse::now(course) };
    let refused = officer.call(meant(seen)).await.unwrap_err();
    assert_eq!(refused.code, Code::RevisionMoved);
    assert!(refused.detail.unwrap().contains("第 2 版"));
    let is = [(2, RevisionState::Approved), (1, RevisionState::Returned)];
    assert_eq!(states(&officer, course).await, is);
    for _ in 0..2 {
        officer.call(meant(other)).await.unwrap();
    }
    assert_eq!(code(&officer, meant(seen)).await, Code::RevisionMoved, "the other one is live");
    officer.call(RetireCourse { course }).await.unwrap();
    assert_eq!(code(&officer, meant(seen)).await, Code::RevisionMoved);
    officer.call(meant(other)).await.unwrap();
});

scene!(nothing_new_is_nothing_to_submit, |world| async move {
    let (course, lessons) = published(&world, details(&world, "会议室保洁"), two_lessons()).await;
    let officer = world.person("zhengming").await;
    assert!(!officer.call(ListRevisions { course }).await.unwrap().changed);
    assert_eq!(code(&officer, submit(course)).await, Code::RevisionUnchanged);
    rewrite(&officer, lessons[0], "新的").await;
    assert!(officer.call(ListRevisions { course }).await.unwrap().changed);
    officer.call(submit(course)).await.unwrap();
});

scene!(of_two_officers_who_submit_at_once_one_is_told, |world| async move {
    let (course, _) = drafted(&world, details(&world, "会议室保洁"), two_lessons()).await;
    let (officer, colleague) = (world.person("zhengming").await, world.person("fanghui").await);
    let both = futures_util::join!(officer.call(submit(course)), colleague.call(submit(course)));
    let refused = match both {
        (Ok(_), Err(refused)) | (Err(refused), Ok(_)) => refused,
        both => panic!("one of them is first: {both:?}"),
    };
    assert_eq!(refused.code, Code::RevisionPending);
});

scene!(what_is_not_complete_is_not_submitted, |world| async move {
    let officer = world.person("zhengming").await;
    let create = CreateCourse { details: details(&world, "空的") };
    let course = officer.call(create).await.unwrap().id;
    assert_eq!(code(&officer, submit(course)).await, Code::CourseIncomplete);
    assert!(states(&officer, course).await.is_empty());
});

scene!(learners_and_instructors_take_no_step, |world| async move {
    let (course, _) = drafted(&world, details(&world, "会议室保洁"), two_lessons()).await;
    let revision = world.person("zhengming").await.call(submit(course)).await.unwrap().id;
    for key in ["wangxiuying", "liuqiang", "wufang"] {
        let person = world.person(key).await;
        let reason = || "不行".to_owned();
        let restore = RestoreRevision { revision, reason: reason(), learners: None };
        let compare = CompareRevisions { course, before: None, after: None };
        for refused in [
            code(&person, ListRevisions { course }).await,
            code(&person, submit(course)).await,
            code(&person, compare).await,
            code(&person, ShowRevision { revision }).await,
            code(&person, CheckRevision { revision }).await,
            code(&person, ApproveRevision { revision }).await,
            code(&person, ReturnRevision { revision, reason: reason() }).await,
            code(&person, UnscheduleRevision { revision }).await,
            code(&person, restore).await,
        ] {
            assert_eq!(refused, Code::NotAllowed, "{key}");
        }
    }
});
