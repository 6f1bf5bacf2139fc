//! Whom a new version affects: who is given its 差异微课, and who needs it no more.

use chrono::Days;
use shared::{
    authoring::{LessonDraft, RemoveLesson, SaveLesson, ShowCourseDraft, ShowLessonDraft},
    courses::{Course, ShowCourse},
    learning::ReportProgress,
    notifications::ListInbox,
    problem::{Code, Problem},
    quizzes::{Answer, AttemptItem, ShowResult, StartAttempt, SubmitAttempt},
    time::{learn_by, local_date},
};

use super::{
    difference::{give, impact, made, quiz_of, renewed},
    *,
};

async fn assign(world: &World, version: StandardVersionId) -> Result<DifferenceAssigned, Problem> {
    let request = AssignDifferenceCourse { version, due_on: None };
    world.person("zhengming").await.call(request).await
}

/// How often somebody was told of a course.
async fn told(world: &World, key: &str, course: CourseId) -> usize {
    let inbox = world.person(key).await.call(ListInbox::default()).await.unwrap().items;
    inbox.iter().filter(|it| it.link == format!("/courses/{course}")).count()
}

/// Learns all lessons of a course.
pub async fn learn(world: &World, key: &str, course: CourseId) -> Course {
    let person = world.person(key).await;
    let shown = person.call(ShowCourse { course }).await.unwrap();
    for lesson in shown.chapters.iter().flat_map(|it| &it.lessons).map(|it| it.id) {
        let report =
            ReportProgress { lesson, position: 0, watched: vec![], reached_end: true, ago: 0 };
        person.call(report).await.unwrap();
    }
    shown
}

/// Learns and passes all of a course, by what its officer wrote down as right.
pub async fn finish(world: &World, key: &str, course: CourseId) {
    let (person, written) = (world.person(key).await, quiz_of(world, course).await);
    let quiz = learn(world, key, course).await.quiz.unwrap().id;
    let attempt = person.call(StartAttempt { quiz, device: None }).await.unwrap();
    let right = |text: &str| {
        written.questions.iter().any(|it| it.options.iter().any(|it| it.correct && it.text == text))
    };
    let answer = |item: &AttemptItem| {
        let chosen = item.options.iter().filter(|it| right(&it.text));
        let chosen = chosen.map(|it| it.handle.clone()).take(1).collect();
        Answer { position: item.position, chosen, client_seq: 1 }
    };
    let (attempt, writer_epoch, answers) =
        (attempt.id, attempt.writer_epoch, attempt.items.iter().map(answer).collect());
    person.call(SubmitAttempt { attempt, writer_epoch, answers }).await.unwrap();
    assert!(person.call(ShowResult { attempt }).await.unwrap().passed);
}

scene!(it_is_given_to_exactly_those_who_are_affected_and_told_once, |world| async move {
    let ming = world.person("zhengming").await;
    let (affected, version) = renewed(&world, 10).await;
    assert_eq!(assign(&world, version).await.unwrap_err().code, Code::VersionUnready);
    let course = made(&world, version).await.course;
    assert_eq!(assign(&world, version).await.unwrap_err().code, Code::VersionUnready, "a draft");
    written::publish(&world, course).await;
    let given = assign(&world, version).await.unwrap();
    assert_eq!((given.people, given.already), (2, 0));
    assert_eq!(given.due_on, written::in_days(&world, 9).await);
    let again = assign(&world, version).await.unwrap();
    assert_eq!((again.people, again.already, again.assignment), (0, 2, None));
    for (key, times) in [("wangxiuying", 1), ("liuqiang", 1), ("lijianguo", 0), ("chenmei", 0)] {
        assert_eq!(told(&world, key, course).await, times, "{key}");
    }

    give(&world, affected, &["lijianguo"]).await;
    let later = assign(&world, version).await.unwrap();
    assert_eq!((later.people, later.already), (1, 2), "who came to be affected since");
    assert_eq!(told(&world, "wangxiuying", course).await, 1);
    finish(&world, "wangxiuying", course).await;
    let found = impact(&world, version).await;
    let difference = found.difference.unwrap();
    assert_eq!((found.people, difference.assigned, difference.finished), (3, 3, 1));
    let sheet = format!("/api/console/standard-versions/{version}/impact.xlsx");
    ming.outcome("GET", &sheet, None).await.unwrap();
    world.sql("UPDATE people SET active = false WHERE name = '李建国'").await;
    assert_eq!(impact(&world, version).await.people, 2, "who left is affected no more");

    let past = local_date(written::now(&world).await) - Days::new(1);
    let request = AssignDifferenceCourse { version, due_on: Some(past) };
    assert_eq!(ming.call(request).await.unwrap_err().fields[0].field, "due_on");
});

scene!(who_finished_it_without_being_told_is_not_given_it, |world| async move {
    let (_, version) = renewed(&world, 10).await;
    let course = made(&world, version).await.course;
    written::publish(&world, course).await;
    finish(&world, "wangxiuying", course).await;
    let found = impact(&world, version).await;
    let difference = found.difference.unwrap();
    let counted = (found.people, difference.assigned, difference.finished, difference.waiting);
    assert_eq!(counted, (2, 0, 1, 1));
    let given = assign(&world, version).await.unwrap();
    assert_eq!((given.people, given.already), (1, 1));
    for (key, times) in [("wangxiuying", 0), ("liuqiang", 1)] {
        assert_eq!(told(&world, key, course).await, times, "{key}");
    }
    assert_eq!(impact(&world, version).await.difference.unwrap().waiting, 0);
});

/// Has the links of a course say what the version says, and what it has no more end, by two officers.
pub async fn moved(world: &World, course: CourseId, version: StandardVersionId) {
    let (ming, hui) = (world.person("zhengming").await, world.person("fanghui").await);
    let links = ListClauseLinks { course: Some(course), ..Default::default() };
    for old in ming.call(links).await.unwrap().items {
        let link = old.id;
        // 1.1 is called 1.2 now, and 2.2 is gone.
        let number = match old.number.as_str() {
            "1.1" => "1.2",
            "2.2" => {
                ming.call(EndClauseLink { link }).await.unwrap();
                continue;
            }
            other => other,
        };
        let clause = clause(&ming, version, number).await.id;
        let (kind, coverage, dated) = (old.kind, old.coverage, old.dated);
        let save = SaveClauseLink { link, clause, kind, coverage, dated, note: String::new() };
        ming.call(save).await.unwrap();
        ming.call(SubmitClauseLink { link }).await.unwrap();
        let review = ReviewClauseLink { link, approve: true, reason: String::new() };
        hui.call(review).await.unwrap();
    }
}

/// Writes the first lesson otherwise and brings that to learners.
pub async fn publish_again(world: &World, course: CourseId) {
    let ming = world.person("zhengming").await;
    let draft = ming.call(ShowCourseDraft { course }).await.unwrap();
    let lesson = draft.chapters[0].lessons[0].id;
    let LessonDraft { version, title, minutes, content, .. } =
        ming.call(ShowLessonDraft { lesson }).await.unwrap();
    let title = format!("{title}（新版）");
    let save = SaveLesson { lesson, version, title, minutes, position: None, content };
    ming.call(save).await.unwrap();
    written::publish(world, course).await;
}

scene!(who_learned_what_is_said_now_is_affected_no_more, |world| async move {
    let (affected, version) = renewed(&world, 10).await;
    learn(&world, "liuqiang", affected).await;
    moved(&world, affected, version).await;
    assert_eq!(impact(&world, version).await.people, 2, "nobody has learned it yet");
    publish_again(&world, affected).await;
    assert_eq!(impact(&world, version).await.people, 2);
    learn(&world, "wangxiuying", affected).await;
    let found = impact(&world, version).await;
    assert_eq!((found.people, found.courses[0].people), (1, 1), "刘强 knows what was said before");

    let course = made(&world, version).await.course;
    written::publish(&world, course).await;
    let given = assign(&world, version).await.unwrap();
    assert_eq!((given.people, given.already), (1, 0));
    for (key, times) in [("wangxiuying", 0), ("liuqiang", 1)] {
        assert_eq!(told(&world, key, course).await, times, "{key}");
    }
});

scene!(who_learned_it_while_a_link_still_waits_is_affected, |world| async move {
    let ming = world.person("zhengming").await;
    let (affected, version) = renewed(&world, 10).await;
    let links = ListClauseLinks { course: Some(affected), ..Default::default() };
    let links = ming.call(links).await.unwrap().items;
    let gone = links.iter().find(|it| it.number == "2.2").unwrap().id;
    ming.call(EndClauseLink { link: gone }).await.unwrap();
    publish_again(&world, affected).await;
    learn(&world, "wangxiuying", affected).await;
    assert_eq!(impact(&world, version).await.people, 2, "nobody says that it teaches this");
    moved(&world, affected, version).await;
    assert_eq!(impact(&world, version).await.people, 1);
});

scene!(
    what_is_taught_no_more_and_what_is_only_suggested_do_not_undo_what_was_learned,
    |world| async move {
        let ming = world.person("zhengming").await;
        let (affected, version) = renewed(&world, 10).await;
        let draft = ming.call(ShowCourseDraft { course: affected }).await.unwrap();
        let lessons = draft.chapters.iter().flat_map(|it| &it.lessons);
        let second = lessons.map(|it| it.id).nth(1).unwrap();
        moved(&world, affected, version).await;
        let changed = clause(&ming, version, "2.1").await.id;
        let elsewhere = valid(&world, linking(changed, second)).await;
        ming.call(RemoveLesson { lesson: second }).await.unwrap();
        publish_again(&world, affected).await;
        let gone = link(&world, elsewhere).await;
        assert_eq!(gone.reason, Some(StaleReason::PlaceGone));
        learn(&world, "wangxiuying", affected).await;
        assert_eq!(impact(&world, version).await.people, 1, "nobody learns that lesson any more");

        let lesson = draft.chapters[0].lessons[0].id;
        let suggested = ming.call(linking(changed, lesson)).await.unwrap().id;
        assert_eq!(impact(&world, version).await.people, 1, "nobody has agreed to it");
        ming.call(SubmitClauseLink { link: suggested }).await.unwrap();
        assert_eq!(impact(&world, version).await.people, 1);
    }
);

/// What somebody's inbox says of a course.
async fn message(world: &World, key: &str, course: CourseId) -> String {
    let inbox = world.person(key).await.call(ListInbox::default()).await.unwrap().items;
    let found = inbox.into_iter().find(|it| it.link == format!("/courses/{course}"));
    found.unwrap().body
}

scene!(what_comes_into_force_tomorrow_is_to_be_learnt_today, |world| async move {
    let (_, version) = renewed(&world, 1).await;
    let course = made(&world, version).await.course;
    written::publish(&world, course).await;
    let given = assign(&world, version).await.unwrap();
    assert_eq!(given.due_on, written::in_days(&world, 0).await);
    assert_eq!(message(&world, "wangxiuying", course).await, "请在今天学完，手机上就能学。");
});

scene!(what_is_in_force_is_to_be_learnt_by_a_day_that_is_to_come, |world| async move {
    let (_, version) = renewed(&world, 10).await;
    let today = written::in_days(&world, 0).await;
    let set = format!("stage = 'current', effective_on = '{today}'");
    world.sql(&format!("UPDATE standard_versions SET {set} WHERE label = '2024'")).await;
    let course = made(&world, version).await.course;
    written::publish(&world, course).await;
    let due_on = assign(&world, version).await.unwrap().due_on;
    assert_eq!(due_on, written::in_days(&world, 7).await);
    let said = format!("请在{}，手机上就能学。", learn_by(due_on, today));
    assert_eq!(message(&world, "wangxiuying", course).await, said);
    assert!(said.contains("之前学完"), "{said}");
});
