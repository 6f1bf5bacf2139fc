//! The demo world.
#![expect(clippy::unwrap_used, reason = "a scene that does not go as told ends there")]

#[macro_use]
mod scene;

use backend::seed::seed;
use scene::World;
use shared::{
    accounts::SignInWithPassword,
    authoring::*,
    standards::console::{ListClauseLinks, ListStandards},
};

/// How many courses, sessions, standards and links of clauses there are.
async fn counts(world: &World) -> [usize; 4] {
    let officer = world.person("zhengming").await;
    let courses = officer.call(ListManagedCourses::default()).await.unwrap();
    let sessions = officer.call(ListManagedSessions {}).await.unwrap();
    let standards = officer.call(ListStandards::default()).await.unwrap();
    let links = officer.call(ListClauseLinks::default()).await.unwrap();
    [courses.total as usize, sessions.len(), standards.len(), links.len()]
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
    assert_eq!(counts(&world).await, [17, 4, 4, 165]);
    // Bases and sessions come together, or neither does.
    let undone = ["enrollments", "training_sessions", "training_bases", "clause_links"];
    for table in undone {
        world.sql(&format!("DELETE FROM {table}")).await;
    }
    seed(&world.app).await.unwrap();
    assert_eq!(counts(&world).await, [17, 4, 4, 165]);
    assert_eq!(sign_in(&world).await, "郑明");
});

scene!(a_demo_that_is_in_use_is_left_alone, |world| async move {
    seed(&world.app).await.unwrap();
    world.sql("UPDATE courses SET title = '改过的课'").await;
    seed(&world.app).await.unwrap();
    assert_eq!(counts(&world).await, [17, 4, 4, 165]);
});

scene!(a_database_with_other_people_is_left_alone, |world| async move {
    world.sql("UPDATE people SET name = '张三' WHERE staff_number = 'D0001'").await;
    seed(&world.app).await.unwrap();
    assert_eq!(counts(&world).await, [0; 4]);
});
