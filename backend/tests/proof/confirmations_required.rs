//! Where nobody works in the console without a second factor, the bound phone is one.

use crate::{
    confirmations::{Asked, bind, phone},
    *,
};

/// 郑明 has a password and a bound phone, and no authenticator app.
async fn strict() -> World {
    let world = World::configured(&["--console-second-factor", "required"]).await;
    with_password(&world, "郑明").await;
    bind(&world, "zhengming", "wxoa").await;
    world
}

const PAGE: &str = "/enter/confirm?to=%2Fadmin%2Fpeople";
const AWAIT: &str = "/enter/confirm/phone?to=%2Fadmin%2Fpeople";

#[actix_web::test]
async fn a_bound_phone_is_enough_where_a_second_factor_is_required() {
    let world = strict().await;
    let (mut pc, mut phone) = (Browser::default(), phone(&world, "zhengming").await);
    let asked = Asked::by(&world, &mut pc).await;
    assert_eq!(asked.confirm(&world, &mut phone).await, 200);
    assert_eq!(asked.look(&world, &mut pc).await, Ok(true));
}

#[actix_web::test]
async fn whoever_has_only_the_password_of_somebody_with_a_phone_sets_nothing_up() {
    let world = strict().await;
    let mut thief = Browser::default();
    let answer = thief.call(&world, by_password("zhengming")).await.unwrap();
    let factor = answer.second_factor.unwrap();
    assert_eq!((factor.set_up, factor.by_code, factor.by_phone), (false, false, true));
    let (status, page) = text(thief.open(&world, PAGE).await).await;
    assert_eq!(
        (status, page.contains("<svg"), page.contains("name=\"code\"")),
        (200, false, false)
    );
    assert!(page.contains("用手机微信确认"), "{page}");
    let forced = thief.fill_in(&world, PAGE, &[("code", "123456")]).await;
    assert_eq!(text(forced).await.0, 403);
    assert_eq!(thief.me(&world).await, None);
}

#[actix_web::test]
async fn the_page_without_a_script_waits_for_the_phone_too() {
    let world = strict().await;
    let (mut pc, mut phone) = (Browser::default(), phone(&world, "zhengming").await);
    assert_eq!(location(&pc.fill_in(&world, AWAIT, &[]).await), PAGE, "no password yet");
    pc.call(&world, by_password("zhengming")).await.unwrap();
    assert_eq!(location(&pc.open(&world, AWAIT).await), PAGE, "nothing was asked yet");
    assert_eq!(location(&pc.fill_in(&world, AWAIT, &[]).await), AWAIT);
    let (status, page) = text(pc.open(&world, AWAIT).await).await;
    assert_eq!((status, page.contains("<svg"), page.contains("<script")), (200, true, false));
    assert!(page.contains("http-equiv=\"refresh\""), "{page}");
    let at = page.find("<p class=\"center big\">").unwrap();
    let number = page[at + 22..].split('<').next().unwrap();
    let answer = [("number", number), ("answer", "yes")];
    let (_, found) = text(phone.open(&world, "/enter/confirmation").await).await;
    let at = found.find("action=\"").unwrap();
    let action = found[at + 8..].split('"').next().unwrap();
    assert_eq!(phone.fill_in(&world, action, &answer).await.status().as_u16(), 200);
    assert_eq!(location(&pc.open(&world, AWAIT).await), "/admin/people");
    assert_eq!(pc.me(&world).await.unwrap().name, "郑明");
}

#[actix_web::test]
async fn whoever_asks_too_often_is_told_so_on_a_page() {
    let world = strict().await;
    let mut pc = Browser::default();
    pc.call(&world, by_password("zhengming")).await.unwrap();
    for _ in 0..10 {
        assert_eq!(location(&pc.fill_in(&world, AWAIT, &[]).await), AWAIT);
    }
    let (status, page) = text(pc.fill_in(&world, AWAIT, &[]).await).await;
    assert_eq!((status, page.contains("<h1>现在还不能确认</h1>")), (429, true), "{page}");
}
