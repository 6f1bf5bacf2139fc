//! Moves that are entered before the day from which they count.

use backend::roster::make_planned_moves;
use chrono::{NaiveDate, TimeDelta};
use futures_util::future::join_all;
use shared::{
    accounts::{ShowMe, binding::ListTeam},
    problem::Problem,
    time,
};

use super::*;

async fn today(world: &World) -> NaiveDate {
    time::local_date(world.app.clock.now(world.app.db.read()).await.unwrap())
}

/// Somebody to the other contractor so many days from now.
async fn to_second(world: &World, number: &str, days: i64) -> PlacePerson {
    let card = person(world, number).await.unwrap().card;
    PlacePerson {
        person: card.id,
        organization: world.cast.organization(SECOND),
        team: None,
        post: card.post.map(|it| it.id),
        active: card.active,
        from: today(world).await + TimeDelta::days(days),
    }
}

/// As if the day had come for which everything is planned.
async fn let_the_day_come(world: &World) {
    let day = today(world).await;
    world.sql(&format!("UPDATE planned_moves SET from_on = '{day}'")).await;
}

fn field<T: std::fmt::Debug>(refused: Result<T, Problem>) -> String {
    refused.unwrap_err().fields[0].field.clone()
}

scene!(until_its_day_a_planned_move_changes_nothing, |world| async move {
    let officer = world.person("zhengming").await;
    let before = person(&world, "D0001").await.unwrap();
    let request = to_second(&world, "D0001", 5).await;
    let shown = officer.call(request.clone()).await.unwrap();
    assert_eq!((&shown.card, &shown.history), (&before.card, &before.history));
    let planned = shown.planned.unwrap();
    assert_eq!((planned.organization.as_str(), planned.from), (SECOND, request.from));
    make_planned_moves(&world.app).await.unwrap();
    let wang = world.person("wangxiuying").await;
    assert_eq!(wang.call(ShowMe {}).await.unwrap().organization.name, FIRST);
    let_the_day_come(&world).await;
    make_planned_moves(&world.app).await.unwrap();
    assert_eq!(wang.call(ShowMe {}).await.unwrap().organization.name, SECOND);
    let moved = person(&world, "D0001").await.unwrap();
    assert_eq!((moved.card.organization.name.as_str(), &moved.planned), (SECOND, &None));
    assert_eq!((moved.history[0].from, moved.history[0].to), (today(&world).await, None));
    make_planned_moves(&world.app).await.unwrap();
    assert_eq!(person(&world, "D0001").await.unwrap(), moved, "once");
});

scene!(workers_that_look_at_once_make_a_move_once, |world| async move {
    let officer = world.person("zhengming").await;
    let stays = person(&world, "D0001").await.unwrap().history.len();
    officer.call(to_second(&world, "D0001", 1).await).await.unwrap();
    officer.call(to_second(&world, "D0003", 1).await).await.unwrap();
    let_the_day_come(&world).await;
    for made in join_all((0..5).map(|_| make_planned_moves(&world.app))).await {
        made.unwrap();
    }
    for number in ["D0001", "D0003"] {
        let moved = person(&world, number).await.unwrap();
        assert_eq!(moved.card.organization.name, SECOND);
        assert!(moved.history.len() <= stays + 1, "{:?}", moved.history);
    }
});

scene!(a_leader_leads_until_the_day_of_the_move, |world| async move {
    let officer = world.person("zhengming").await;
    officer.call(to_second(&world, "D0007", 3).await).await.unwrap();
    let leader = world.person("liuqiang").await;
    let list = || ListTeam { search: None, cursor: None };
    leader.call(list()).await.unwrap();
    let_the_day_come(&world).await;
    make_planned_moves(&world.app).await.unwrap();
    assert_eq!(leader.call(list()).await.unwrap_err().code, Code::NotAllowed);
});

scene!(a_plan_takes_the_place_of_the_one_before_and_is_taken_back, |world| async move {
    let officer = world.person("zhengming").await;
    officer.call(to_second(&world, "D0001", 5).await).await.unwrap();
    let leave = PlacePerson { active: false, ..to_second(&world, "D0001", 9).await };
    let planned = officer.call(leave.clone()).await.unwrap().planned.unwrap();
    assert_eq!((planned.active, planned.from), (false, leave.from));
    let cancel = || CancelPlannedPlacement { person: leave.person };
    assert_eq!(officer.call(cancel()).await.unwrap().planned, None);
    assert_eq!(officer.call(cancel()).await.unwrap_err().code, Code::NotFound);
    let_the_day_come(&world).await;
    make_planned_moves(&world.app).await.unwrap();
    assert!(person(&world, "D0001").await.unwrap().card.active);
});

scene!(whoever_leaves_before_does_not_come_back_by_a_plan, |world| async move {
    let officer = world.person("zhengming").await;
    officer.call(to_second(&world, "D0001", 5).await).await.unwrap();
    let leave = PlacePerson { active: false, ..to_second(&world, "D0001", 0).await };
    assert_eq!(officer.call(leave).await.unwrap().planned, None);
    let_the_day_come(&world).await;
    make_planned_moves(&world.app).await.unwrap();
    assert!(!person(&world, "D0001").await.unwrap().card.active);
});

scene!(what_is_impossible_by_then_waits_for_the_officers, |world| async move {
    let officer = world.person("zhengming").await;
    officer.call(to_second(&world, "D0001", 5).await).await.unwrap();
    officer.call(to_second(&world, "D0003", 5).await).await.unwrap();
    let_the_day_come(&world).await;
    let of_ming = "WHERE person_id = (SELECT id FROM people WHERE name = '郑明')";
    world.sql(&format!("UPDATE role_grants SET ended_at = granted_at {of_ming}")).await;
    make_planned_moves(&world.app).await.unwrap();
    world.sql(&format!("UPDATE role_grants SET ended_at = NULL {of_ming}")).await;
    make_planned_moves(&world.app).await.unwrap();
    world.app.callers.forget_all();
    for number in ["D0001", "D0003"] {
        let shown = person(&world, number).await.unwrap();
        assert_ne!(shown.card.organization.name, SECOND);
        assert!(shown.planned.unwrap().trouble.is_some(), "{number}");
    }
    // Entered anew, it is made.
    officer.call(to_second(&world, "D0001", 2).await).await.unwrap();
    let_the_day_come(&world).await;
    make_planned_moves(&world.app).await.unwrap();
    assert_eq!(person(&world, "D0001").await.unwrap().card.organization.name, SECOND);
});

scene!(an_impossible_plan_is_refused_by_its_field, |world| async move {
    let officer = world.person("zhengming").await;
    let possible = to_second(&world, "D0001", 3).await;
    let nowhere = shared::organizations::OrganizationId(Uuid::now_v7());
    let here = world.cast.organization(FIRST);
    let too_far = to_second(&world, "D0001", 400).await;
    for (request, refused) in [
        (PlacePerson { organization: nowhere, ..possible.clone() }, "organization"),
        (PlacePerson { organization: here, ..possible.clone() }, "from"),
        (too_far, "from"),
    ] {
        assert_eq!(field(officer.call(request).await), refused);
    }
    assert_eq!(person(&world, "D0001").await.unwrap().planned, None);
});
