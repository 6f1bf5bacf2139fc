//! Signing in, staying signed in, and who may not.
#![allow(clippy::unwrap_used, reason = "a scene that cannot go on has failed")]

#[macro_use]
mod scene;

use actix_web::{
    body::to_bytes,
    cookie::{Cookie, time::Duration},
    http::header,
};
use backend::{
    accounts::{ClientKind, password, refreshing, sign_in},
    audit::Actor,
};
use shared::{
    accounts::*,
    problem::{Code, Problem},
};

async fn with_password(world: &scene::World, username: &str, secret: &str) {
    let hash = password::make(secret);
    world
        .sql(&format!("UPDATE people SET password_hash = '{hash}' WHERE username = '{username}'"))
        .await;
}

fn by_password(username: &str, password: &str) -> SignInWithPassword {
    SignInWithPassword { username: username.into(), password: password.into() }
}

scene!(an_officer_signs_in_with_name_and_password, |world| async move {
    with_password(&world, "zhengming", "correct-horse").await;
    let answer = world.stranger().call(by_password("zhengming", "correct-horse")).await.unwrap();
    assert_eq!((answer.me.unwrap().name.as_str(), answer.second_factor), ("郑明", None));
});

scene!(a_wrong_password_and_an_unknown_name_are_refused_alike, |world| async move {
    with_password(&world, "zhengming", "correct-horse").await;
    for (name, password) in [("zhengming", "wrong"), ("nobody", "wrong"), ("", "")] {
        let refused = world.stranger().call(by_password(name, password)).await.unwrap_err();
        assert_eq!(refused.code, Code::WrongPassword);
    }
});

scene!(guessing_a_password_is_stopped_after_ten_tries, |world| async move {
    for _ in 0..10 {
        let refused = world.stranger().call(by_password("zhengming", "guess")).await.unwrap_err();
        assert_eq!(refused.code, Code::WrongPassword);
    }
    let refused = world.stranger().call(by_password("zhengming", "guess")).await.unwrap_err();
    assert_eq!(refused.code, Code::TooManyTries);
});

/// The refusal of a sign-in that comes from an address behind the trusted proxy, if it is refused.
async fn refused_from(world: &scene::World, address: &str, name: &str, pass: &str) -> Option<Code> {
    let request = shared::api::encode(&by_password(name, pass));
    let request = (world.stranger().request("POST", &request.target))
        .insert_header(("x-forwarded-for", address))
        .insert_header((header::CONTENT_TYPE, "application/json"))
        .set_payload(request.body.unwrap());
    let answer = to_bytes(world.send(request).await.into_body()).await.unwrap();
    Some(serde_json::from_slice::<Problem>(&answer).ok()?.code)
}

#[actix_web::test]
async fn nobody_can_lock_an_office_out_by_typing_its_address_as_a_name() {
    let world = scene::World::configured(&["--trusted-proxies", "127.0.0.1"]).await;
    with_password(&world, "zhengming", "correct-horse").await;
    let office = "198.51.100.7";
    for _ in 0..70 {
        assert!(refused_from(&world, "203.0.113.9", office, "guess").await.is_some());
    }
    assert_eq!(refused_from(&world, office, "zhengming", "correct-horse").await, None);
}

scene!(a_name_that_nobody_can_have_is_refused_like_a_wrong_password, |world| async move {
    let long = "长".repeat(65);
    for name in [&long, "a\0b", "a\nb"] {
        for _ in 0..11 {
            let refused = world.stranger().call(by_password(name, "guess")).await.unwrap_err();
            assert_eq!(refused.code, Code::WrongPassword, "{name:?}");
        }
    }
});

scene!(one_address_tries_sixty_times_and_then_uses_up_nobodys_tries, |world| async move {
    with_password(&world, "zhengming", "correct-horse").await;
    let attempt = async |name: &str, password: &str| {
        world.stranger().call(by_password(name, password)).await.map_err(|it| it.code)
    };
    for _ in 0..60 {
        assert_eq!(attempt("\0", "guess").await, Err(Code::WrongPassword));
    }
    assert_eq!(attempt("zhengming", "correct-horse").await, Err(Code::TooManyTries));
});

scene!(a_refresh_token_has_one_successor_and_a_lost_answer_is_given_again, |world| async move {
    let ming = world.cast.id("wangxiuying");
    let first =
        sign_in::begin(&world.app, Actor::SYSTEM, ming, ClientKind::MiniProgram).await.unwrap();
    let refresh = || async {
        let request = RefreshSignIn { refresh_token: Some(first.refresh_token.clone()) };
        world.stranger().call(request).await.unwrap().tokens.unwrap().refresh_token
    };
    let (once, again) = (refresh().await, refresh().await);
    assert_eq!(once, again);
});

scene!(a_refresh_token_used_again_later_ends_the_sign_in, |world| async move {
    let ming = world.cast.id("wangxiuying");
    let first =
        sign_in::begin(&world.app, Actor::SYSTEM, ming, ClientKind::MiniProgram).await.unwrap();
    let refresh = |token: &str| RefreshSignIn { refresh_token: Some(token.into()) };
    let second =
        world.stranger().call(refresh(&first.refresh_token)).await.unwrap().tokens.unwrap();
    let third =
        world.stranger().call(refresh(&second.refresh_token)).await.unwrap().tokens.unwrap();
    let stolen = world.stranger().call(refresh(&first.refresh_token)).await.unwrap_err();
    assert_eq!(stolen.code, Code::NotSignedIn);
    let ended = world.stranger().call(refresh(&third.refresh_token)).await.unwrap_err();
    assert_eq!(ended.code, Code::NotSignedIn);
    let me = (world.stranger().request("GET", "/api/me"))
        .insert_header((header::AUTHORIZATION, format!("Bearer {}", third.access_token)));
    assert_eq!(world.send(me).await.status(), 401, "the thief's access token too");
});

/// The cookies that a browser is told to forget when it refreshes with this refresh token.
async fn forgotten_after_refreshing(world: &scene::World, token: &str) -> Vec<String> {
    let request = (world.stranger().request("POST", "/api/sign-ins/refresh"))
        .insert_header((header::CONTENT_TYPE, "application/json"))
        .cookie(Cookie::new("fingertip_refresh", token.to_owned()))
        .set_payload("{}");
    let answer = world.send(request).await;
    let gone = |it: &Cookie<'_>| it.max_age().is_some_and(|lives| lives == Duration::ZERO);
    answer.response().cookies().filter(gone).map(|it| it.name().to_owned()).collect()
}

scene!(a_browser_forgets_tokens_that_are_worth_nothing_and_keeps_the_others, |world| async move {
    let wang = world.cast.id("wangxiuying");
    let tokens =
        sign_in::begin(&world.app, Actor::SYSTEM, wang, ClientKind::OfficialAccount).await.unwrap();
    let forgotten = forgotten_after_refreshing(&world, "made-up").await;
    assert!(forgotten.contains(&"fingertip_refresh".to_owned()), "{forgotten:?}");
    assert!(forgotten.contains(&"fingertip_access".to_owned()), "{forgotten:?}");
    assert_eq!(forgotten_after_refreshing(&world, &tokens.refresh_token).await, [""; 0]);
    world.sql("ALTER TABLE refresh_tokens RENAME TO out_of_reach").await;
    assert_eq!(forgotten_after_refreshing(&world, &tokens.refresh_token).await, [""; 0]);
});

scene!(signing_out_takes_effect_at_once, |world| async move {
    let ming = world.person("wangxiuying").await;
    assert_eq!(ming.call(ShowMe {}).await.unwrap().name, "王秀英");
    ming.call(SignOut {}).await.unwrap();
    assert_eq!(ming.call(ShowMe {}).await.unwrap_err().code, Code::NotSignedIn);
});

scene!(a_disabled_person_is_not_signed_in_any_more, |world| async move {
    let ming = world.person("wangxiuying").await;
    world.sql("UPDATE people SET active = false WHERE staff_number = 'D0001'").await;
    assert_eq!(ming.call(ShowMe {}).await.unwrap_err().code, Code::NotSignedIn);
});

scene!(a_disabled_person_cannot_refresh_either, |world| async move {
    let wang = world.cast.id("wangxiuying");
    let tokens =
        sign_in::begin(&world.app, Actor::SYSTEM, wang, ClientKind::MiniProgram).await.unwrap();
    world.sql("UPDATE people SET active = false WHERE staff_number = 'D0001'").await;
    let refresh = || RefreshSignIn { refresh_token: Some(tokens.refresh_token.clone()) };
    let refused = world.stranger().call(refresh()).await.unwrap_err();
    assert_eq!(refused.code, Code::NotSignedIn);
    world.sql("UPDATE people SET active = true").await;
    world.stranger().call(refresh()).await.unwrap();
});

#[actix_web::test]
async fn a_fresh_token_is_good_where_the_clock_of_the_database_is_ahead() {
    let Some(world) = scene::World::with_a_clock_of_its_own().await else { return };
    world.set_clock_ahead(3600).await;
    let ahead = world.app.clock.difference(world.app.db.read()).await.unwrap();
    assert!((3595..=3605).contains(&ahead.num_seconds()), "{ahead}");
    let wang = world.cast.id("wangxiuying");
    let first =
        sign_in::begin(&world.app, Actor::SYSTEM, wang, ClientKind::MiniProgram).await.unwrap();
    let next = refreshing::rotate(&world.app, Actor::SYSTEM, first.refresh_token).await.unwrap();
    for token in [first.access_token, next.access_token] {
        let me = (world.stranger().request("GET", "/api/me"))
            .insert_header((header::AUTHORIZATION, format!("Bearer {token}")));
        assert_eq!(world.send(me).await.status(), 200);
    }
}

scene!(only_an_officer_sees_the_list_of_people, |world| async move {
    let list = || ListPeople { role: Some(Role::Instructor) };
    let listed = world.person("zhengming").await.call(list()).await.unwrap();
    assert_eq!(listed.iter().map(|it| it.name.as_str()).collect::<Vec<_>>(), ["吴芳"]);
    for key in ["wangxiuying", "liuqiang", "wufang"] {
        let refused = world.person(key).await.call(list()).await.unwrap_err();
        assert_eq!(refused.code, Code::NotAllowed);
    }
    assert_eq!(world.stranger().call(list()).await.unwrap_err().code, Code::NotSignedIn);
});

scene!(broken_json_and_unknown_fields_are_told_in_words, |world| async move {
    let stranger = world.stranger();
    let post = |body: &str| stranger.raw("POST", "/api/sign-ins/password", Some(body.into()));
    let (status, problem) = post("{").await;
    assert_eq!((status, problem["code"].as_str()), (400, Some("malformed_body")));
    let (status, problem) = post(r#"{"username":"a","password":"b","admin":true}"#).await;
    assert_eq!((status, problem["fields"][0]["field"].as_str()), (422, Some("admin")));
    let (status, problem) = post(r#"{"username":"a"}"#).await;
    assert_eq!((status, problem["fields"][0]["field"].as_str()), (422, Some("password")));
});
