//! Whoever answers for a course hears that a waiver ends.

use backend::courses::remind_of_waivers;
use sea_orm::{ConnectOptions, ConnectionTrait, Database};
use shared::{
    accounts::PersonId,
    builds::SaveBuild,
    courses::CourseId,
    gates::{EndWaiver, GateLight},
    notifications::ListInbox,
    revisions::RetireCourse,
};

use super::{RED, bare, publish, waiver};
use crate::{
    scene::{Kind, World},
    written::{in_days, waive},
};

/// As if the waivers of the course ended in so many days.
async fn let_end(world: &World, days: u64) {
    let day = in_days(world, days).await;
    world.sql(&format!("UPDATE gate_waivers SET expires_on = '{day}'")).await;
}

/// What the officer and the course's owner were told, the last first.
async fn told(world: &World) -> [Vec<String>; 2] {
    remind_of_waivers(&world.app).await.unwrap();
    remind_of_waivers(&world.app).await.unwrap();
    let mut told = [Vec::new(), Vec::new()];
    for (titles, key) in told.iter_mut().zip(["zhengming", "fanghui"]) {
        let inbox = world.person(key).await.call(ListInbox::default()).await.unwrap().items;
        let titles_now = inbox.into_iter().map(|it| it.title).filter(|it| it.contains("豁免"));
        titles.extend(titles_now);
    }
    told
}

async fn owned_by(world: &World, course: CourseId, owner: PersonId) {
    let (stage, owner, prerequisites) = (None, Some(owner), Vec::new());
    let save = SaveBuild { course, stage, owner, prerequisites };
    world.person("zhengming").await.call(save).await.unwrap();
}

scene!(a_waiver_that_ends_is_told_a_week_before_and_when_it_has, |world| async move {
    let course = bare(&world).await;
    waive(&world, course).await;
    owned_by(&world, course, world.cast.id("fanghui")).await;
    let none: [Vec<String>; 2] = Default::default();
    let_end(&world, 8).await;
    assert_eq!(told(&world).await, none, "there is time");
    let_end(&world, 7).await;
    let soon = vec!["五化豁免快到期：会议室保洁".to_owned()];
    assert_eq!(told(&world).await, [soon.clone(), soon], "each once");
    let_end(&world, 0).await;
    assert_eq!(told(&world).await[0].len(), 1, "it counts on its last day");
    world.sql("UPDATE gate_waivers SET expires_on = '2020-01-01'").await;
    assert_eq!(told(&world).await[0].len(), 1, "nobody hears of what is long over");
    let yesterday = in_days(&world, 0).await.pred_opt().unwrap();
    world.sql(&format!("UPDATE gate_waivers SET expires_on = '{yesterday}'")).await;
    assert_eq!(told(&world).await[1][0], "五化豁免到期了：会议室保洁");
});

scene!(nobody_is_told_of_a_waiver_that_no_longer_matters, |world| async move {
    let officer = world.person("zhengming").await;
    let course = bare(&world).await;
    let none: [Vec<String>; 2] = Default::default();
    let first = waiver(&world, course, &RED[..1], 3).await;
    let gate = officer.call(first).await.unwrap();
    let again = waiver(&world, course, &RED[..2], 90).await;
    officer.call(again).await.unwrap();
    assert_eq!(told(&world).await, none, "another goes on for its lights");
    officer.call(EndWaiver { waiver: gate.waivers[0].id }).await.unwrap();
    let_end(&world, 90).await;
    waive(&world, course).await;
    publish(&world, course).await;
    officer.call(RetireCourse { course }).await.unwrap();
    let_end(&world, 3).await;
    assert_eq!(told(&world).await, none, "the course is not in use");
});

scene!(only_lights_that_are_still_red_are_told_of, |world| async move {
    let officer = world.person("zhengming").await;
    let course = bare(&world).await;
    let green = waiver(&world, course, &[GateLight::Steps], 3).await;
    officer.call(green).await.unwrap();
    let none: [Vec<String>; 2] = Default::default();
    assert_eq!(told(&world).await, none, "what was missing is there by now");
    let both = [GateLight::Steps, GateLight::Requirements];
    officer.call(waiver(&world, course, &both, 3).await).await.unwrap();
    assert_eq!(told(&world).await[0].len(), 1);
    let inbox = officer.call(ListInbox::default()).await.unwrap().items;
    let body = &inbox[0].body;
    assert!(body.contains(GateLight::Requirements.label()), "{body}");
    assert!(!body.contains(GateLight::Steps.label()), "{body}");
});

/// As if somebody had been taken the role of an officer.
async fn dismiss(world: &World, name: &str) {
    let whose = format!("(SELECT id FROM people WHERE name = '{name}')");
    let end = "UPDATE role_grants SET ended_at = granted_at WHERE person_id =";
    world.sql(&format!("{end} {whose} AND role = 'training_officer'")).await;
}

scene!(who_may_no_longer_change_the_course_hears_nothing_of_its_waiver, |world| async move {
    let course = bare(&world).await;
    waive(&world, course).await;
    owned_by(&world, course, world.cast.id("fanghui")).await;
    let_end(&world, 3).await;
    dismiss(&world, "郑明").await;
    let soon = vec!["五化豁免快到期：会议室保洁".to_owned()];
    assert_eq!(told(&world).await, [Vec::new(), soon]);
});

scene!(where_nobody_is_left_who_answered_for_it_other_officers_hear, |world| async move {
    let course = bare(&world).await;
    waive(&world, course).await;
    let_end(&world, 3).await;
    dismiss(&world, "郑明").await;
    let soon = vec!["五化豁免快到期：会议室保洁".to_owned()];
    assert_eq!(told(&world).await, [Vec::new(), soon]);
});

#[actix_web::test]
async fn once_everybody_was_told_of_a_waiver_nothing_is_written_any_more() {
    let world = World::new(Kind::Sqlite).await.unwrap();
    let course = bare(&world).await;
    waive(&world, course).await;
    let_end(&world, 3).await;
    assert_eq!(told(&world).await[0].len(), 1);
    // Somebody else writes, and does not end.
    let mut alone = ConnectOptions::new(world.app.config.database_url());
    alone.max_connections(1);
    let writer = Database::connect(alone).await.unwrap();
    writer.execute_unprepared("BEGIN IMMEDIATE").await.unwrap();
    remind_of_waivers(&world.app).await.unwrap();
    writer.execute_unprepared("ROLLBACK").await.unwrap();
}
