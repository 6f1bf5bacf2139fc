//! A fresh proof of who it is before what must not be done from a PC that was left signed in.

use actix_web::http::header;
use backend::accounts::{entity::person, roster};
use shared::{
    accounts::{PersonId, RefreshSignIn, second_factor::*},
    api::Route,
    authoring::AssignCourse,
    problem::Code,
};

use uuid::Uuid;

use crate::*;

const SECOND: &str = "安恒保障服务公司（示例）";

/// What asks for it by its row.
fn guarded() -> Vec<Route> {
    let rows =
        [shared::accounts::second_factor::ROUTES, shared::grants::ROUTES, shared::roster::ROUTES];
    rows.into_iter().flatten().filter(|it| it.step_up).copied().collect()
}

/// 郑明 at a PC, signed in with a password a while ago.
async fn ming(world: &World) -> Browser {
    with_password(world, "郑明").await;
    let mut browser = Browser::default();
    browser.call(world, by_password("zhengming")).await.unwrap();
    age_proofs(world, 301).await;
    browser
}

scene!(every_guarded_endpoint_asks_for_it_before_anything_else, |world| async move {
    let browser = ming(&world).await;
    let routes = guarded();
    assert!(routes.len() >= 8, "{routes:?}");
    for route in routes {
        let path = route.path.split('/').map(|part| match shared::api::placeholder(part) {
            Some(_) => "00000000-0000-0000-0000-000000000000",
            None => part,
        });
        let target = path.collect::<Vec<_>>().join("/");
        let request = browser.request(route.method.as_str().parse().unwrap(), &target);
        let request = request.insert_header((header::CONTENT_TYPE, "application/json"));
        let (status, body) = text(world.send(request.set_payload("{")).await).await;
        assert_eq!(status, 403, "{route:?} {body}");
        assert!(body.contains("step_up_required"), "{route:?} {body}");
    }
});

scene!(files_ask_for_it_too, |world| async move {
    let mut browser = ming(&world).await;
    let nil = "00000000-0000-0000-0000-000000000000";
    let files = [
        format!("/api/console/courses/{nil}/report.xlsx"),
        format!("/api/console/roster/imports/{nil}/bad-rows.xlsx"),
    ];
    for file in &files {
        let (status, body) = text(browser.open(&world, file).await).await;
        assert_eq!((status, body.contains("step_up_required")), (403, true), "{file} {body}");
    }
    browser.call(&world, StepUp { proof: PASSWORD.into() }).await.unwrap();
    for file in &files {
        assert_eq!(browser.open(&world, file).await.status(), 404, "{file}");
    }
    // The empty template holds nothing.
    age_proofs(&world, 301).await;
    let template = browser.open(&world, "/api/console/roster/template.xlsx").await;
    assert_eq!(template.status(), 200);
});

scene!(the_password_opens_it_for_five_minutes_on_this_device, |world| async move {
    let mut browser = ming(&world).await;
    let mut other = Browser::default();
    other.call(&world, by_password("zhengming")).await.unwrap();
    age_proofs(&world, 301).await;
    let check = async |browser: &mut Browser| {
        browser.call(&world, CheckStepUp {}).await.map_err(|it| it.code)
    };
    assert_eq!(check(&mut browser).await, Err(Code::StepUpRequired));
    let wrong = browser.call(&world, StepUp { proof: "wrong".into() }).await.unwrap_err();
    assert_eq!(wrong.code, Code::WrongPassword);
    browser.call(&world, StepUp { proof: PASSWORD.into() }).await.unwrap();
    assert_eq!(check(&mut browser).await, Ok(()));
    assert_eq!(check(&mut other).await, Err(Code::StepUpRequired), "another device");
    age_proofs(&world, 295).await;
    assert_eq!(check(&mut browser).await, Ok(()));
    age_proofs(&world, 301).await;
    assert_eq!(check(&mut browser).await, Err(Code::StepUpRequired));
    // Staying signed in proves nothing.
    browser.call(&world, RefreshSignIn::default()).await.unwrap();
    assert_eq!(check(&mut browser).await, Err(Code::StepUpRequired));
    let events = events(&world).await;
    for event in ["stepped_up", "step_up_refused"] {
        assert!(events.contains(&event.to_owned()), "{event}: {events:?}");
    }
});

scene!(whoever_has_a_second_factor_proves_it_with_a_code, |world| async move {
    let mut browser = ming(&world).await;
    let (secret, _) = set_up(&world, &world.person("zhengming").await).await;
    forget_steps(&world).await;
    let by_password = browser.call(&world, StepUp { proof: PASSWORD.into() }).await.unwrap_err();
    assert_eq!(by_password.code, Code::SecondFactorWrong);
    let proof = code_of(&world, &secret, 0).await;
    browser.call(&world, StepUp { proof: proof.clone() }).await.unwrap();
    browser.call(&world, CheckStepUp {}).await.unwrap();
    let again = browser.call(&world, StepUp { proof }).await.unwrap_err();
    assert_eq!(again.code, Code::SecondFactorWrong);
});

scene!(whoever_has_nothing_to_prove_it_with_is_refused, |world| async move {
    let instructor = world.person("wufang").await;
    age_proofs(&world, 301).await;
    let refused = instructor.call(StepUp { proof: String::new() }).await.unwrap_err();
    assert_eq!(refused.code, Code::WrongPassword);
    let refused = world.stranger().call(StepUp { proof: String::new() }).await.unwrap_err();
    assert_eq!(refused.code, Code::NotSignedIn);
});

scene!(proofs_are_guessed_ten_times_at_most, |world| async move {
    let mut browser = ming(&world).await;
    for _ in 0..10 {
        let wrong = browser.call(&world, StepUp { proof: "guess".into() }).await.unwrap_err();
        assert_eq!(wrong.code, Code::WrongPassword);
    }
    let stopped = browser.call(&world, StepUp { proof: PASSWORD.into() }).await.unwrap_err();
    assert_eq!(stopped.code, Code::TooManyTries);
});

/// Brings so many more guards in.
async fn more_guards(world: &World, count: u32) {
    let (post, organization) = (world.cast.post("安全保卫"), world.cast.organization(SECOND));
    let created_at = now(world).await;
    let guard = move |number| person::Model {
        id: PersonId(Uuid::now_v7()),
        organization_id: organization,
        post_id: Some(post),
        name: format!("保安{number}"),
        staff_number: format!("G{number}"),
        username: None,
        password_hash: None,
        active: true,
        created_at,
    };
    let write = world.app.db.write(move |tx| {
        Box::pin(async move { roster::add(tx, (0..count).map(guard).collect()).await })
    });
    write.await.unwrap();
}

scene!(a_course_for_more_than_a_hundred_people_at_once_asks_for_it, |world| async move {
    let mut browser = ming(&world).await;
    let (course, _) =
        written::published(&world, written::details(&world, "防火"), written::two_lessons()).await;
    let due_on = written::in_days(&world, 7).await;
    let posts = vec![world.cast.post("安全保卫")];
    let request = || AssignCourse {
        course,
        posts: posts.clone(),
        organizations: Vec::new(),
        due_on,
        teams: vec![],
        people: vec![],
    };
    let few = browser.call(&world, request()).await.unwrap();
    assert!(few.people < 100, "{}", few.people);
    more_guards(&world, 100).await;
    let refused = browser.call(&world, request()).await.unwrap_err();
    assert_eq!(refused.code, Code::StepUpRequired);
    browser.call(&world, StepUp { proof: PASSWORD.into() }).await.unwrap();
    assert!(browser.call(&world, request()).await.unwrap().people > 100);
});
