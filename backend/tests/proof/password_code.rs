//! Setting a password with the code that the team leader reads out.

use backend::accounts::binding::claims;
use futures_util::future::join_all;
use shared::{
    accounts::{PersonId, binding::*, passwords::*},
    problem::Code,
};
use uuid::Uuid;

use crate::*;

const PAGE: &str = "/enter/password?to=%2Fcourses";
const NEW: &str = "a kettle for the guards";

/// 刘强's code for 张桂兰, whose number is D0101.
async fn code_for_zhang(world: &World) -> String {
    let leader = world.person("liuqiang").await;
    let person = zhang(world).await;
    leader.call(MakePasswordCode { person }).await.unwrap().code
}

async fn zhang(world: &World) -> PersonId {
    let search = ListTeam { search: Some("张桂兰".into()), cursor: None };
    world.person("liuqiang").await.call(search).await.unwrap().items[0].id
}

fn form<'a>(number: &'a str, code: &'a str) -> [(&'a str, &'a str); 4] {
    [("staff_number", number), ("code", code), ("password", NEW), ("again", NEW)]
}

scene!(a_code_sets_the_password_and_signs_in_where_one_was_going, |world| async move {
    let code = code_for_zhang(&world).await;
    let mut browser = Browser::default();
    let (status, page) = text(browser.open(&world, PAGE).await).await;
    assert_eq!((status, page.contains("<script"), page.len() < 15_000), (200, false, true));
    let typed = format!("{} {}", &code[..4].to_lowercase(), &code[4..]);
    let answer = browser.fill_in(&world, PAGE, &form("Ｄ０１０１", &typed)).await;
    assert_eq!(location(&answer), "/courses");
    assert_eq!(browser.me(&world).await.unwrap().name, "张桂兰");
    let again = SignInWithPassword { username: "D0101".into(), password: NEW.into() };
    world.stranger().call(again).await.unwrap();
    let events = events(&world).await;
    for event in ["invitation_made", "password_set", "signed_in"] {
        assert!(events.contains(&event.to_owned()), "{event}");
    }
    let spent = Browser::default().fill_in(&world, PAGE, &form("D0101", &code)).await;
    assert_eq!(text(spent).await.0, 403, "a code is good once");
});

scene!(whatever_does_not_fit_is_answered_alike, |world| async move {
    let code = code_for_zhang(&world).await;
    let mut answers = Vec::new();
    for (number, code) in [("D0101", "AAAA2222"), ("D9999", "AAAA2222"), ("D0001", &*code)] {
        let (status, page) =
            text(Browser::default().fill_in(&world, PAGE, &form(number, code)).await).await;
        assert!(!page.contains(NEW), "no password goes back");
        answers.push((status, page.replace(number, "number").replace(code, "code")));
    }
    assert_eq!(answers[0].0, 403);
    assert!(answers[0].1.contains("工号和码对不上"), "{}", answers[0].1);
    assert!(answers.iter().all(|it| *it == answers[0]));
    // The code is still good.
    let answer = Browser::default().fill_in(&world, PAGE, &form("D0101", &code)).await;
    assert_eq!(location(&answer), "/courses");
});

scene!(what_is_missing_or_too_easy_is_told_before_the_code_is_looked_at, |world| async move {
    let code = code_for_zhang(&world).await;
    let empty = Browser::default().fill_in(&world, PAGE, &[("code", "")]).await;
    let (status, page) = text(empty).await;
    assert_eq!(status, 422);
    for words in ["请填写工号", "请填写队长给您的码", "至少 8 个字符"] {
        assert!(page.contains(words), "{words}");
    }
    let easy =
        [("staff_number", "D0101"), ("code", &*code), ("password", "12345678"), ("again", "x")];
    let (status, page) = text(Browser::default().fill_in(&world, PAGE, &easy).await).await;
    assert_eq!((status, page.contains("太容易被猜到")), (422, true), "{page}");
    let wicked = Browser::default().fill_in(&world, PAGE, &form("\"><b>\0", &code)).await;
    let (status, page) = text(wicked).await;
    assert_eq!((status, page.contains("<b>")), (403, false), "{page}");
});

scene!(of_twenty_who_use_one_code_at_once_one_can, |world| async move {
    let code = code_for_zhang(&world).await;
    let tries = (0..20).map(async |_| {
        Browser::default().fill_in(&world, PAGE, &form("D0101", &code)).await.status().as_u16()
    });
    let answers = join_all(tries).await;
    assert_eq!(answers.iter().filter(|it| **it == 303).count(), 1, "{answers:?}");
});

scene!(a_number_is_tried_twenty_times_an_hour, |world| async move {
    let code = code_for_zhang(&world).await;
    for _ in 0..20 {
        let wrong = Browser::default().fill_in(&world, PAGE, &form("D0101", "AAAA2222")).await;
        assert_eq!(text(wrong).await.0, 403);
    }
    let stopped = Browser::default().fill_in(&world, PAGE, &form("D0101", &code)).await;
    assert_eq!(text(stopped).await.0, 429);
});

scene!(a_new_code_takes_the_place_of_the_one_before_and_lasts_half_an_hour, |world| async move {
    let old = code_for_zhang(&world).await;
    let before = now(&world).await;
    let leader = world.person("liuqiang").await;
    let new = leader.call(MakePasswordCode { person: zhang(&world).await }).await.unwrap();
    let lives = new.expires_at - before;
    assert!(TimeDelta::minutes(30) <= lives && lives < TimeDelta::minutes(31), "{lives}");
    let answer = Browser::default().fill_in(&world, PAGE, &form("D0101", &old)).await;
    assert_eq!(text(answer).await.0, 403);
    let answer = Browser::default().fill_in(&world, PAGE, &form("D0101", &new.code)).await;
    assert_eq!(location(&answer), "/courses");
});

scene!(an_invitation_sets_no_password_and_a_password_code_binds_no_wechat, |world| async move {
    let leader = world.person("liuqiang").await;
    let person = zhang(&world).await;
    let invitation = leader.call(MakeInvitation { person }).await.unwrap().code;
    let answer = Browser::default().fill_in(&world, PAGE, &form("D0101", &invitation)).await;
    assert_eq!(text(answer).await.0, 403);
    let identity = backend::wechat::WeChatIdentity {
        app_id: world.app.config.wechat.mini_app_id.clone(),
        openid: "phone".into(),
        unionid: None,
    };
    let claim = claims::give(&world.app, identity).await.unwrap().claim;
    let (name, staff_number) = ("张桂兰".to_owned(), "D0101".to_owned());
    let code = code_for_zhang(&world).await;
    let bind = BindWithInvitation { claim, name, staff_number, code };
    assert_eq!(world.stranger().call(bind).await.unwrap_err().code, Code::BindingRefused);
});

scene!(codes_are_made_for_those_who_are_led_and_for_nobody_of_the_console, |world| async move {
    let person = zhang(&world).await;
    for key in ["wangxiuying", "wufang"] {
        let refused = world.person(key).await.call(MakePasswordCode { person }).await.unwrap_err();
        assert_eq!(refused.code, Code::NotAllowed, "{key}");
    }
    let refused = world.stranger().call(MakePasswordCode { person }).await.unwrap_err();
    assert_eq!(refused.code, Code::NotSignedIn);
    let leader = world.person("liuqiang").await;
    let nobody = PersonId(Uuid::now_v7());
    for person in [nobody, world.cast.id("lijianguo"), world.cast.id("wufang")] {
        let refused = leader.call(MakePasswordCode { person }).await.unwrap_err();
        assert_eq!(refused.code, Code::NotFound);
    }
    let officer = world.person("zhengming").await;
    for key in ["wufang", "zhengming"] {
        let person = world.cast.id(key);
        let refused = officer.call(MakePasswordCode { person }).await.unwrap_err();
        assert_eq!(refused.code, Code::NotFound, "{key}: a code would be a way to a role");
    }
    officer.call(MakePasswordCode { person: world.cast.id("liuqiang") }).await.unwrap();
});
