//! 必学 by team and by name, and the reminders before the date.

use backend::{jobs, notifications::remind_of_due_at};
use chrono::Days;
use shared::{
    accounts::PersonId,
    authoring::*,
    content::LessonKind,
    courses::{CourseId, LessonId},
    learning::{ReportProgress, ShowToday},
    notifications::ListInbox,
    problem::Code,
    quizzes::QuestionKind,
    revisions::*,
    roster::*,
};
use uuid::Uuid;

use crate::{
    scene::{Person, World},
    written::{article, assigned, details, drafted, in_days, now, publish, published, two_lessons},
};

scene!(a_course_is_given_to_a_person_by_name, |world| async move {
    let (course, _) = published(&world, details(&world, "会议室保洁"), two_lessons()).await;
    let officer = world.person("zhengming").await;
    let people = vec![world.cast.id("lijianguo"), world.cast.id("lijianguo")];
    let choice = CountAudience { people: people.clone(), ..CountAudience::default() };
    assert_eq!(officer.call(choice).await.unwrap().people, 1);
    let request = |people| AssignCourse {
        course,
        posts: Vec::new(),
        organizations: Vec::new(),
        teams: Vec::new(),
        people,
        due_on: "2027-01-01".parse().unwrap(),
    };
    let given = officer.call(request(people)).await.unwrap();
    assert_eq!((given.people, given.target.as_str()), (1, "点名 2 人"));
    let today = world.person("lijianguo").await.call(ShowToday {}).await.unwrap();
    assert_eq!(today.assigned[0].id, course);
    let others = world.person("wangxiuying").await.call(ShowToday {}).await.unwrap();
    assert!(others.assigned.is_empty());
    let nobody = officer.call(request(vec![PersonId(Uuid::nil())])).await.unwrap_err();
    assert_eq!(nobody.code, Code::NobodyMatches);
    let nothing = officer.call(request(Vec::new())).await.unwrap_err();
    assert_eq!(nothing.fields[0].field, "posts");
});

/// Brings two people of a team in through the roster.
async fn team_brought_in(world: &World) -> TeamId {
    let first = "和顺物业服务公司（示例）";
    let file = format!(
        "工号,姓名,单位,班组,岗位,手机,身份证,在岗\n\
         P7761,甲,{first},一班,卫生保洁,,,\nP7762,乙,{first},一班,卫生保洁,,,\n"
    );
    let officer = world.person("zhengming").await;
    let target = "/api/console/roster/imports";
    let (status, import) = officer.upload(target, "roster.csv", file.as_bytes()).await;
    assert_eq!(status, 200, "{import}");
    let import: RosterImport = serde_json::from_value(import).unwrap();
    while jobs::work_off(&world.app).await.unwrap() > 0 {}
    let apply = ApplyImport { import: import.id, skip_bad: false, with_leavers: false };
    officer.call(apply).await.unwrap();
    while jobs::work_off(&world.app).await.unwrap() > 0 {}
    let organization = world.cast.organization(first);
    officer.call(ListTeams { organization }).await.unwrap()[0].id
}

scene!(a_course_is_given_to_a_team_besides_whom_the_rest_of_the_choice_means, |world| async move {
    let team = team_brought_in(&world).await;
    let (course, _) = published(&world, details(&world, "会议室保洁"), two_lessons()).await;
    let officer = world.person("zhengming").await;
    let due_on = in_days(&world, 9).await;
    let request = AssignCourse {
        course,
        posts: vec![world.cast.post("安全保卫")],
        organizations: Vec::new(),
        teams: vec![team],
        people: Vec::new(),
        due_on,
    };
    let choice = CountAudience {
        posts: request.posts.clone(),
        teams: vec![team],
        ..CountAudience::default()
    };
    let counted = officer.call(choice).await.unwrap().people;
    let alone = CountAudience { teams: vec![team], ..CountAudience::default() };
    assert_eq!(officer.call(alone).await.unwrap().people, 2);
    let given = officer.call(request).await.unwrap();
    assert_eq!((given.people, given.target.as_str()), (counted, "安全保卫、一班"));
});

async fn titles(world: &World, key: &str) -> Vec<String> {
    let inbox = world.person(key).await.call(ListInbox::default()).await.unwrap();
    inbox
        .items
        .into_iter()
        .map(|it| it.title)
        .filter(|it| it.contains("期了：") || it.contains("到期："))
        .collect()
}

scene!(who_is_not_done_is_reminded_before_the_date_on_it_and_the_day_after, |world| async move {
    let (course, lessons) = published(&world, details(&world, "会议室保洁"), two_lessons()).await;
    assigned(&world, course, in_days(&world, 5).await).await;
    let on = |days| {
        let world = &world;
        async move { remind_of_due_at(&world.app, now(world).await + Days::new(days)).await.unwrap() }
    };
    for days in [0, 1, 3, 7, 8] {
        on(days).await;
    }
    assert!(titles(&world, "wangxiuying").await.is_empty());
    on(2).await;
    on(2).await;
    assert_eq!(titles(&world, "wangxiuying").await, ["快到期了：会议室保洁"]);
    assert!(titles(&world, "lijianguo").await.is_empty(), "nobody gave it to them");
    let person = world.person("wangxiuying").await;
    for lesson in lessons {
        let watched = Vec::new();
        let report = ReportProgress { lesson, position: 100, watched, reached_end: true, ago: 0 };
        person.call(report).await.unwrap();
    }
    on(4).await;
    assert_eq!(titles(&world, "wangxiuying").await.len(), 1, "who is done is left alone");
    on(5).await;
    on(6).await;
    on(6).await;
    let told = ["过期了", "今天到期", "快到期了", "快到期了"];
    assert_eq!(titles(&world, "liuqiang").await, told.map(|it| format!("{it}：会议室保洁")));
    assert_eq!(titles(&world, "wangxiuying").await.len(), 1);
});

async fn finish(person: &Person<'_>, lessons: &[LessonId]) {
    for lesson in lessons.iter().copied() {
        let watched = Vec::new();
        let report = ReportProgress { lesson, position: 100, watched, reached_end: true, ago: 0 };
        person.call(report).await.unwrap();
    }
}

fn quiz_of_one(course: CourseId) -> SaveQuizDraft {
    let option = |text: &str, correct| OptionDraft { text: text.into(), correct };
    let question = QuestionDraft {
        id: None,
        kind: QuestionKind::TrueFalse,
        stem: "红布擦马桶".into(),
        options: vec![option("正确", true), option("错误", false)],
        explanation: "见第一课".into(),
    };
    let settings = QuizSettings::default();
    SaveQuizDraft { course, version: 0, settings, questions: vec![question] }
}

/// Adds a lesson and brings what is written to newcomers; who has begun stays with what they know.
async fn grown(world: &World, course: CourseId, beside: LessonId) {
    let (officer, colleague) = (world.person("zhengming").await, world.person("fanghui").await);
    let chapter = officer.call(ShowLessonDraft { lesson: beside }).await.unwrap().chapter;
    let add = AddLesson { chapter, title: "新课时".into(), kind: LessonKind::Article };
    let lesson = officer.call(add).await.unwrap().id;
    let (title, content) = ("新课时".into(), article());
    let save = SaveLesson { lesson, version: 1, title, minutes: 4, position: None, content };
    officer.call(save).await.unwrap();
    let submit = SubmitRevision { course, note: String::new() };
    let revision = officer.call(submit).await.unwrap().id;
    colleague.call(CheckRevision { revision }).await.unwrap();
    colleague.call(ApproveRevision { revision }).await.unwrap();
    let learners = Some(OngoingLearners::Finish);
    officer.call(PublishCourse { learners, ..PublishCourse::now(course) }).await.unwrap();
}

scene!(
    who_finished_what_they_learn_is_not_reminded_of_what_others_learn_or_write,
    |world| async move {
        let (course, lessons) =
            published(&world, details(&world, "会议室保洁"), two_lessons()).await;
        assigned(&world, course, in_days(&world, 0).await).await;
        let officer = world.person("zhengming").await;
        finish(&world.person("wangxiuying").await, &lessons).await;
        officer.call(quiz_of_one(course)).await.unwrap();
        remind_of_due_at(&world.app, now(&world).await).await.unwrap();
        assert_eq!(titles(&world, "liuqiang").await, ["今天到期：会议室保洁"]);
        assert!(titles(&world, "wangxiuying").await.is_empty(), "the quiz is only a draft");
        grown(&world, course, lessons[0]).await;
        remind_of_due_at(&world.app, now(&world).await + Days::new(1)).await.unwrap();
        assert_eq!(titles(&world, "liuqiang").await.len(), 2);
        assert!(titles(&world, "wangxiuying").await.is_empty(), "she learnt what she had begun");
    }
);

scene!(
    taking_the_quiz_out_of_the_draft_takes_it_from_nobody_who_has_to_pass_it,
    |world| async move {
        let (course, lessons) = drafted(&world, details(&world, "会议室保洁"), two_lessons()).await;
        let officer = world.person("zhengming").await;
        officer.call(quiz_of_one(course)).await.unwrap();
        publish(&world, course).await;
        assigned(&world, course, in_days(&world, 0).await).await;
        finish(&world.person("wangxiuying").await, &lessons).await;
        officer.call(RemoveQuiz { course }).await.unwrap();
        remind_of_due_at(&world.app, now(&world).await).await.unwrap();
        assert_eq!(titles(&world, "wangxiuying").await, ["今天到期：会议室保洁"]);
    }
);
