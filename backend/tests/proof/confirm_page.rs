//! The page between the password and the app.

use shared::{
    accounts::{ClientKind, ListSignIns, second_factor::*},
    problem::Code,
};

use crate::*;

const PAGE: &str = "/enter/confirm?to=%2Fadmin%2Fpeople";

/// An installation where nobody works in the console without a second factor.
async fn strict() -> World {
    let world = World::configured(&["--console-second-factor", "required"]).await;
    for name in ["郑明", "吴芳", "王秀英"] {
        with_password(&world, name).await;
    }
    world
}

/// What stands behind the last `</p>` before it in big letters.
fn secret_on(page: &str) -> String {
    let at = page.find("<p class=\"big\">").unwrap();
    page[at + 15..].split('<').next().unwrap().to_owned()
}

#[actix_web::test]
async fn whoever_has_no_second_factor_sets_it_up_before_anything_else() {
    let world = strict().await;
    let mut browser = Browser::default();
    let answer = browser.call(&world, by_password("zhengming")).await.unwrap();
    assert_eq!((answer.me, answer.second_factor.map(|it| it.set_up)), (None, Some(true)));
    assert_eq!(browser.me(&world).await, None);
    let (status, page) = text(browser.open(&world, PAGE).await).await;
    assert_eq!((status, page.contains("<svg"), page.contains("<script")), (200, true, false));
    let secret = secret_on(&page);
    let (_, again) = text(browser.open(&world, PAGE).await).await;
    assert_eq!(secret_on(&again), secret, "a page that is loaded again shows the same");
    let wrong = browser.fill_in(&world, PAGE, &[("code", "000000")]).await;
    let (status, page) = text(wrong).await;
    assert_eq!((status, secret_on(&page) == secret), (401, true), "{page}");
    assert_eq!(browser.me(&world).await, None, "not before the first code");
    let code = code_of(&world, &secret, 0).await;
    let (status, page) = text(browser.fill_in(&world, PAGE, &[("code", &code)]).await).await;
    assert_eq!((status, page.matches("<li class=\"big\">").count()), (200, 10), "{page}");
    assert!(page.contains("href=\"/admin/people\""), "{page}");
    assert_eq!(browser.me(&world).await.unwrap().name, "郑明");
    let state = browser.call(&world, ShowSecondFactor {}).await.unwrap();
    assert!(state.since.is_some() && state.required);
    let refused = browser.call(&world, RemoveSecondFactor {}).await.unwrap_err();
    assert_eq!(refused.code, Code::NotAllowed);
}

#[actix_web::test]
async fn a_challenge_of_somebody_without_a_factor_is_no_sign_in() {
    let world = strict().await;
    let answer = world.stranger().call(by_password("zhengming")).await.unwrap();
    let challenge = answer.second_factor.unwrap().challenge;
    let request = ConfirmSecondFactor { challenge, code: "000000".into() };
    let refused = world.stranger().call(request).await.unwrap_err();
    assert_eq!(refused.code, Code::SecondFactorWrong);
}

#[actix_web::test]
async fn nobody_else_is_shown_what_is_about_to_be_set_up() {
    let world = strict().await;
    let secret_in = async |browser: &mut Browser| {
        browser.call(&world, by_password("zhengming")).await.unwrap();
        secret_on(&text(browser.open(&world, PAGE).await).await.1)
    };
    let (mut here, mut there) = (Browser::default(), Browser::default());
    let (mine, theirs) = (secret_in(&mut here).await, secret_in(&mut there).await);
    assert_ne!(mine, theirs);
    let code = code_of(&world, &theirs, 0).await;
    let wrong = here.fill_in(&world, PAGE, &[("code", &code)]).await;
    assert_eq!(text(wrong).await.0, 401);
    let code = code_of(&world, &mine, 0).await;
    assert_eq!(text(here.fill_in(&world, PAGE, &[("code", &code)]).await).await.0, 200);
    // The other page is too late.
    let code = code_of(&world, &theirs, 0).await;
    assert_eq!(text(there.fill_in(&world, PAGE, &[("code", &code)]).await).await.0, 401);
}

#[actix_web::test]
async fn whoever_only_learns_needs_none() {
    let world = strict().await;
    let mut browser = Browser::default();
    let answer = browser.call(&world, by_password("D0001")).await.unwrap();
    assert_eq!(answer.me.unwrap().name, "王秀英");
    let devices = browser.call(&world, ListSignIns {}).await.unwrap();
    assert_eq!(devices[0].kind, ClientKind::Kiosk);
}

scene!(the_page_asks_whoever_has_one_for_a_code_and_goes_on, |world| async move {
    with_password(&world, "郑明").await;
    let (secret, codes) = set_up(&world, &world.person("zhengming").await).await;
    forget_steps(&world).await;
    let mut browser = Browser::default();
    browser.call(&world, by_password("zhengming")).await.unwrap();
    let (status, page) = text(browser.open(&world, PAGE).await).await;
    assert_eq!((status, page.contains("<svg"), page.len() < 15_000), (200, false, true));
    let code = code_of(&world, &secret, 0).await;
    let answer = browser.fill_in(&world, PAGE, &[("code", &code)]).await;
    assert_eq!(location(&answer), "/admin/people");
    assert_eq!(browser.me(&world).await.unwrap().name, "郑明");
    // The challenge went with it.
    let answer = browser.fill_in(&world, PAGE, &[("code", &codes[0])]).await;
    assert_eq!(location(&answer), "/admin/sign-in?to=%2Fadmin%2Fpeople");
});

scene!(without_a_challenge_the_page_leads_back_to_the_password, |world| async move {
    let mut browser = Browser::default();
    assert_eq!(location(&browser.open(&world, PAGE).await), "/admin/sign-in?to=%2Fadmin%2Fpeople");
    let foreign = browser.open(&world, "/enter/confirm?to=https%3A%2F%2Fevil.example").await;
    assert_eq!(location(&foreign), "/sign-in?to=%2F");
    let sent = browser.fill_in(&world, "/enter/confirm", &[("code", "123456")]).await;
    assert_eq!(location(&sent), "/sign-in?to=%2F");
});
