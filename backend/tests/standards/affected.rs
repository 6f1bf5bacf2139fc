//! Whom a new version affects: who is given its 差异微课, and what their team leader hears.

use chrono::Days;
use shared::{
    courses::ShowCourse,
    learning::ReportProgress,
    notifications::ListInbox,
    problem::{Code, Problem},
    quizzes::{Answer, AttemptItem, ShowResult, StartAttempt, SubmitAttempt},
    time::local_date,
};

use super::{
    difference::{give, impact, made, quiz_of, renewed, upcoming},
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

/// Learns and passes all of a course, by what its officer wrote down as right.
async fn finish(world: &World, key: &str, course: CourseId) {
    let (person, written) = (world.person(key).await, quiz_of(world, course).await);
    let shown = person.call(ShowCourse { course }).await.unwrap();
    for lesson in shown.chapters.iter().flat_map(|it| &it.lessons).map(|it| it.id) {
        let report =
            ReportProgress { lesson, position: 0, watched: vec![], reached_end: true, ago: 0 };
        person.call(report).await.unwrap();
    }
    let quiz = shown.quiz.unwrap().id;
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

/// Makes somebody lead their organisation.
async fn make_leader(world: &World, name: &str) {
    world
        .sql(&format!(
            "INSERT INTO role_grants (id, person_id, role, scope, scope_id, granted_at)
             SELECT id, id, 'team_leader', 'organization', organization_id, created_at
             FROM people WHERE name = '{name}'"
        ))
        .await;
}

async fn heard(world: &World, key: &str) -> Vec<TeamStandard> {
    world.person(key).await.call(ListTeamStandards {}).await.unwrap()
}

fn names(standard: &TeamStandard) -> Vec<(&str, bool)> {
    standard.people.iter().map(|it| (it.name.as_str(), it.finished)).collect()
}

scene!(a_team_leader_hears_which_of_the_own_people_a_new_version_affects, |world| async move {
    let (course, version) = renewed(&world, 10).await;
    make_leader(&world, "周涛").await;
    make_leader(&world, "陈梅").await;
    give(&world, course, &["lijianguo"]).await;
    let own = heard(&world, "liuqiang").await;
    assert_eq!(own.len(), 1);
    assert_eq!(own[0].name, "示例/T 1—2024 会议服务规范（示例）");
    assert_eq!(own[0].effective_on, Some(written::in_days(&world, 10).await));
    assert_eq!((names(&own[0]), own[0].course), (vec![("王秀英", false), ("刘强", false)], None));
    let others = heard(&world, "zhoutao").await;
    assert_eq!(names(&others[0]), [("李建国", false)], "only the own people");
    let all: usize = own.iter().chain(&others).map(|it| it.people.len()).sum();
    assert_eq!(all, impact(&world, version).await.people as usize, "as the impact sheet counts");
    assert_eq!(heard(&world, "chenmei").await, [], "nobody of hers");
    assert_eq!(heard(&world, "zhengming").await, [], "who leads nobody");
    let wang = world.person("wangxiuying").await;
    assert_eq!(wang.call(ListTeamStandards {}).await.unwrap_err().code, Code::NotAllowed);

    let difference = made(&world, version).await.course;
    assert_eq!(heard(&world, "liuqiang").await[0].course, None, "a draft is nobody's yet");
    written::publish(&world, difference).await;
    finish(&world, "wangxiuying", difference).await;
    let own = heard(&world, "liuqiang").await;
    assert_eq!(names(&own[0]), [("刘强", false), ("王秀英", true)]);
    assert_eq!(own[0].course, Some(difference));
});

scene!(
    a_team_leader_hears_of_a_version_for_thirty_days_and_only_of_what_must_be_done,
    |world| async move {
        let ming = world.person("zhengming").await;
        let (_, version) = renewed(&world, 10).await;
        let came_into_force = async |days: u64| {
            let on = local_date(written::now(&world).await) - Days::new(days);
            let set = format!("stage = 'current', effective_on = '{on}'");
            world.sql(&format!("UPDATE standard_versions SET {set} WHERE label = '2024'")).await;
            heard(&world, "liuqiang").await.len()
        };
        assert_eq!((came_into_force(30).await, came_into_force(31).await), (1, 0));
        came_into_force(1).await;
        let stage = VersionStage::Withdrawn;
        ming.call(SetVersionStage { version, stage }).await.unwrap();
        assert_eq!(heard(&world, "liuqiang").await, []);

        let details = StandardDetails {
            number: "示例/T 2".into(),
            title: "到岗规范（示例）".into(),
            level: StandardLevel::Internal,
            organization: String::new(),
        };
        let id = ming.call(AddStandard { details }).await.unwrap().id;
        let old = in_force(&world, &ming, id, FIRST).await;
        let (course, lessons) = course(&world).await;
        valid(&world, linking(clause(&ming, old, "1.2").await.id, lessons[0])).await;
        give(&world, course, &["wangxiuying", "liuqiang"]).await;
        let advice = FIRST.replace("2023", "2024").replace("提前半小时", "提前一小时");
        let version = upcoming(&world, id, &advice, 10).await;
        assert_eq!(impact(&world, version).await.people, 2);
        assert_eq!(heard(&world, "liuqiang").await, [], "advice demands nothing");
    }
);
