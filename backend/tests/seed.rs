//! The demo world.
#![expect(clippy::unwrap_used, reason = "a scene that does not go as told ends there")]

#[macro_use]
mod scene;

use std::collections::HashSet;

use actix_web::body::to_bytes;
use backend::seed::seed;
use scene::{Person, World};
use shared::{
    accounts::SignInWithPassword,
    authoring::*,
    content::{Block, LessonContent, LessonKind, MediaId},
    courses::{CourseCategory, CourseLevel, Lesson, ListCourses, ShowCourse, ShowLesson},
    gates::{GateColour, GateState, ShowGate},
    learning::ShowToday,
    standards::{
        ListTeamStandards, VersionStage,
        console::{ListClauseLinks, ListStandards, MakeDifferenceCourse, ShowImpact, ShowStandard},
    },
    time::local_date,
};

/// What [`counts`] says of a demo that is whole.
const FULL: [usize; 4] = [17, 4, 6, 408];

/// A lesson is read on a slow line after the first visit.
const LARGEST_LESSON: usize = 15_000;

/// How many courses, sessions, standards and links of clauses there are.
async fn counts(world: &World) -> [usize; 4] {
    let officer = world.person("zhengming").await;
    let courses = officer.call(ListManagedCourses::default()).await.unwrap();
    let sessions = officer.call(ListManagedSessions {}).await.unwrap();
    let standards = officer.call(ListStandards::default()).await.unwrap();
    let links = officer.call(ListClauseLinks::default()).await.unwrap();
    [courses.total as usize, sessions.len(), standards.len(), links.total as usize]
}

/// Signs in as it is written down.
async fn sign_in(world: &World) -> String {
    let file = world.app.config.data_dir.join("demo-sign-ins.txt");
    let text = std::fs::read_to_string(file).unwrap();
    let (username, password) = text.lines().next().unwrap().split_once('\t').unwrap();
    let request = SignInWithPassword { username: username.into(), password: password.into() };
    world.stranger().call(request).await.unwrap().me.unwrap().name
}

// The world of a scene has the cast and nothing else, as if the seed had been interrupted.
scene!(an_interrupted_seed_is_completed_by_the_next, |world| async move {
    assert_eq!(sign_in(&world).await, "郑明", "it is written down before anything else");
    assert_eq!(counts(&world).await, [0; 4]);
    seed(&world.app).await.unwrap();
    assert_eq!(counts(&world).await, FULL);
    // Bases and sessions come together, or neither does.
    let undone = ["enrollments", "training_sessions", "training_bases", "clause_links"];
    for table in undone {
        world.sql(&format!("DELETE FROM {table}")).await;
    }
    seed(&world.app).await.unwrap();
    assert_eq!(counts(&world).await, FULL);
    assert_eq!(sign_in(&world).await, "郑明");
});

// One scene, since seeding takes longer than all looks at it together.
scene!(the_demo_shows_everything_and_is_left_alone_when_it_is_in_use, |world| async move {
    seed(&world.app).await.unwrap();
    assert_eq!(counts(&world).await, FULL);
    a_learner_has_all_kinds_of_lessons_and_none_is_slow(&world).await;
    skills_pass_the_gate_by_what_they_say_themselves(&world).await;
    a_version_comes_into_force_that_a_team_has_to_learn(&world).await;
    whoever_has_a_post_has_a_path(&world).await;
    world.sql("UPDATE courses SET title = '改过的课'").await;
    let before = counts(&world).await;
    seed(&world.app).await.unwrap();
    assert_eq!(counts(&world).await, before);
});

scene!(a_database_with_other_people_is_left_alone, |world| async move {
    world.sql("UPDATE people SET name = '张三' WHERE staff_number = 'D0001'").await;
    seed(&world.app).await.unwrap();
    assert_eq!(counts(&world).await, [0; 4]);
});

/// Every lesson of every course as she is shown it.
async fn lessons(learner: &Person<'_>) -> Vec<Lesson> {
    let (mut lessons, mut cursor) = (Vec::new(), None);
    loop {
        let page = learner.call(ListCourses { cursor, ..ListCourses::default() }).await.unwrap();
        for card in page.items {
            let course = learner.call(ShowCourse { course: card.id }).await.unwrap();
            for it in course.chapters.into_iter().flat_map(|it| it.lessons) {
                lessons.push(learner.call(ShowLesson { lesson: it.id }).await.unwrap());
            }
        }
        cursor = page.next;
        if cursor.is_none() {
            return lessons;
        }
    }
}

async fn a_learner_has_all_kinds_of_lessons_and_none_is_slow(world: &World) {
    let wang = world.person("wangxiuying").await;
    let lessons = lessons(&wang).await;
    let kinds: HashSet<_> = lessons.iter().map(|it| it.content.kind()).collect();
    assert_eq!(kinds.len(), LessonKind::ALL.len(), "{kinds:?}");
    let courses: HashSet<_> = lessons.iter().map(|it| it.course).collect();
    assert_eq!(courses.len(), FULL[0]);
    assert!(lessons.iter().any(|it| !it.clauses.is_empty()));
    let mut said = Vec::new();
    for lesson in lessons {
        let bytes = serde_json::to_vec(&lesson).unwrap().len();
        assert!(bytes <= LARGEST_LESSON, "{} has {bytes} bytes", lesson.title);
        match lesson.content {
            LessonContent::Slides(slides) => {
                assert_eq!((slides.pages, slides.width, slides.height), (8, 1080, 810));
                assert!(fetched(world, &wang, slides.media.unwrap(), "page-8").await > 20_000);
            }
            LessonContent::Recording(recording) => {
                assert!((60..=90).contains(&recording.seconds), "{} s", recording.seconds);
                assert!(recording.subtitled && recording.bytes <= 300_000);
                assert!(recording.key_points[0].contains("机器朗读"));
                assert!(fetched(world, &wang, recording.media.unwrap(), "subtitles").await > 500);
            }
            LessonContent::Article { blocks } => said.extend(blocks),
            _ => {}
        }
    }
    let clauses = said.iter().filter_map(|it| match it {
        Block::Clause { quote, .. } => Some(quote.as_ref().unwrap()),
        _ => None,
    });
    assert!(clauses.clone().count() > 0 && clauses.clone().all(|it| it.mark.is_empty()));
    assert!(said.iter().any(|it| matches!(it, Block::Gallery { .. })));
    assert!(said.iter().any(|it| matches!(it, Block::Attachment(it) if it.bytes > 10_000)));
}

/// How many bytes she gets of what was made of a file.
async fn fetched(world: &World, learner: &Person<'_>, file: MediaId, name: &str) -> usize {
    let answer = world.send(learner.request("GET", &format!("/media/{file}/{name}"))).await;
    assert_eq!(answer.status(), 200, "{name}");
    to_bytes(answer.into_body()).await.unwrap().len()
}

async fn whoever_has_a_post_has_a_path(world: &World) {
    world.sql("DELETE FROM assignment_people").await;
    world.sql("DELETE FROM assignments").await;
    let members = ["wangxiuying", "lijianguo", "chenmei", "zhaodeshun", "sunlihua", "zhoutao"];
    for key in members {
        let today = world.person(key).await.call(ShowToday {}).await.unwrap();
        assert!(today.path.is_some(), "{key}");
    }
    let officer = world.person("zhengming").await;
    let courses = officer.call(ListManagedCourses::default()).await.unwrap().items;
    let cells: HashSet<_> = courses.iter().map(|it| (it.level, it.category)).collect();
    assert_eq!(cells.len(), CourseLevel::ALL.len() * CourseCategory::ALL.len());
}

async fn skills_pass_the_gate_by_what_they_say_themselves(world: &World) {
    let officer = world.person("zhengming").await;
    let category = Some(CourseCategory::PostSkills);
    let list = ListManagedCourses { category, ..ListManagedCourses::default() };
    let courses = officer.call(list).await.unwrap().items;
    assert_eq!(courses.len(), 8);
    for course in courses {
        let gate = officer.call(ShowGate { course: course.id }).await.unwrap();
        let red: Vec<_> = gate.lights.iter().filter(|it| it.colour == GateColour::Unmet).collect();
        assert!(red.is_empty() && gate.state == Some(GateState::Met), "{}: {red:?}", course.title);
    }
}

async fn a_version_comes_into_force_that_a_team_has_to_learn(world: &World) {
    let (officer, leader) = (world.person("zhengming").await, world.person("liuqiang").await);
    let search = Some("办公区保洁".to_owned());
    let list = ListStandards { search, ..ListStandards::default() };
    let standard = officer.call(list).await.unwrap()[0].id;
    let versions = officer.call(ShowStandard { standard }).await.unwrap().versions;
    let next = versions.iter().find(|it| it.stage == VersionStage::Upcoming).unwrap();
    let today = local_date(world.app.clock.now(world.app.db.read()).await.unwrap());
    let ahead = next.details.effective_on.unwrap() - today;
    assert!((30..=60).contains(&ahead.num_days()), "{ahead}");
    let impact = officer.call(ShowImpact { version: next.id }).await.unwrap();
    let titles: Vec<_> = impact.courses.iter().map(|it| it.title.as_str()).collect();
    assert_eq!(titles, ["会议室和卫生间保洁：从上到下、从里到外"]);
    assert_eq!((impact.questions.len(), impact.people), (1, 8));
    let heard = leader.call(ListTeamStandards {}).await.unwrap();
    assert_eq!((heard.len(), heard[0].people.len()), (1, 8));
    let made = officer.call(MakeDifferenceCourse { version: next.id }).await.unwrap();
    assert_eq!(made.questions, 3, "{made:?}");
}
