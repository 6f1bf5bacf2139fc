//! Signing in with 工号 and password, and setting the own password.

use backend::{
    accounts::{
        ClientKind,
        entity::sign_in::{Column, Entity},
        sign_in::{self, SignedInTokens},
    },
    audit::Actor,
};
use sea_orm::{ColumnTrait, QueryFilter};
use shared::{
    accounts::{ShowMe, passwords::*, second_factor::*},
    notifications::ListInbox,
    problem::Code,
};

use crate::*;

const NEW: &str = "a kettle for the guards";

async fn through_wechat(world: &World, key: &str) -> (Browser, SignedInTokens) {
    let id = world.cast.id(key);
    let begun = sign_in::begin(&world.app, Actor::SYSTEM, id, ClientKind::OfficialAccount);
    let tokens = begun.await.unwrap();
    let cookie = Cookie::new("fingertip_access", tokens.access_token.clone());
    (Browser(vec![cookie]), tokens)
}

scene!(a_learner_signs_in_at_any_browser_with_number_and_password, |world| async move {
    with_password(&world, "王秀英").await;
    for number in ["D0001", "d0001"] {
        let answer = world.stranger().call(by_password(number)).await.unwrap();
        assert_eq!(answer.me.unwrap().name, "王秀英", "{number}");
    }
    let wrong = SignInWithPassword { username: "D0001".into(), password: "wrong".into() };
    assert_eq!(world.stranger().call(wrong).await.unwrap_err().code, Code::WrongPassword);
    let without = by_password("D0002");
    assert_eq!(world.stranger().call(without).await.unwrap_err().code, Code::WrongPassword);
});

scene!(
    a_kiosk_idles_out_after_a_quarter_of_an_hour_and_the_console_after_half,
    |world| async move {
        with_password(&world, "王秀英").await;
        with_password(&world, "郑明").await;
        for (name, client, minutes) in
            [("D0001", ClientKind::Kiosk, 15), ("zhengming", ClientKind::Password, 30)]
        {
            let mut browser = Browser::default();
            browser.call(&world, by_password(name)).await.unwrap();
            let find = Entity::find().filter(Column::Client.eq(client));
            let row = find.one(world.app.db.read()).await.unwrap().unwrap();
            let idle = row.expires_at - row.last_used_at;
            assert_eq!(idle, TimeDelta::minutes(minutes), "{name}");
        }
        // A kiosk says every two minutes that somebody is there.
        let id = world.cast.id("wangxiuying");
        let begun = sign_in::begin(&world.app, Actor::SYSTEM, id, ClientKind::Kiosk).await.unwrap();
        assert_eq!(begun.expires_in, 120);
        let before = now(&world).await;
        let renewed = backend::accounts::refreshing::rotate;
        let renewed = renewed(&world.app, Actor::SYSTEM, begun.refresh_token).await.unwrap();
        assert_eq!(renewed.expires_in, 120);
        let row =
            Entity::find_by_id(renewed.sign_in).one(world.app.db.read()).await.unwrap().unwrap();
        assert!(row.expires_at >= before + TimeDelta::minutes(15));
    }
);

scene!(a_user_name_comes_before_a_number_and_tries_count_for_the_person, |world| async move {
    with_password(&world, "郑明").await;
    with_password(&world, "王秀英").await;
    world.sql("UPDATE people SET username = 'D0001' WHERE name = '郑明'").await;
    let answer = world.stranger().call(by_password("D0001")).await.unwrap();
    assert_eq!(answer.me.unwrap().name, "郑明");
    for number in 1..10 {
        let name = if number % 2 == 0 { "D0001" } else { "D0009" };
        let guess = SignInWithPassword { username: name.into(), password: "guess".into() };
        assert_eq!(world.stranger().call(guess).await.unwrap_err().code, Code::WrongPassword);
    }
    let stopped = world.stranger().call(by_password("D0009")).await.unwrap_err();
    assert_eq!(stopped.code, Code::TooManyTries);
});

scene!(who_guesses_at_a_name_does_not_lock_its_person_out_of_a_known_pc, |world| async move {
    with_password(&world, "郑明").await;
    with_password(&world, "王秀英").await;
    let mut known = Browser::default();
    known.call(&world, by_password("zhengming")).await.unwrap();
    let guess = || SignInWithPassword { username: "zhengming".into(), password: "guess".into() };
    for _ in 0..70 {
        world.stranger().call(guess()).await.unwrap_err();
    }
    let refused = async |browser: &mut Browser, name: &str| {
        browser.call(&world, by_password(name)).await.err().map(|it| it.code)
    };
    let stopped = Some(Code::TooManyTries);
    assert_eq!(refused(&mut Browser::default(), "zhengming").await, stopped);
    assert_eq!(refused(&mut known.clone(), "zhengming").await, None);
    assert_eq!(refused(&mut known.clone(), "D0001").await, stopped, "known for 郑明 only");
    let mut forged = known.clone();
    for cookie in forged.0.iter_mut().filter(|it| it.name() == "fingertip_known") {
        let value = format!("x{}", cookie.value());
        cookie.set_value(value);
    }
    assert_eq!(refused(&mut forged, "zhengming").await, stopped);
    // It is no way to guess either.
    for _ in 0..9 {
        let wrong = known.clone().call(&world, guess()).await.unwrap_err();
        assert!(matches!(wrong.code, Code::WrongPassword | Code::TooManyTries));
    }
    assert_eq!(refused(&mut known, "zhengming").await, stopped);
});

scene!(the_own_password_is_set_through_wechat_and_ends_the_others, |world| async move {
    with_password(&world, "王秀英").await;
    let mut kiosk = Browser::default();
    kiosk.call(&world, by_password("D0001")).await.unwrap();
    let (mut phone, _) = through_wechat(&world, "wangxiuying").await;
    let (status, page) = text(phone.open(&world, "/enter/own-password").await).await;
    assert_eq!((status, page.contains("D0001"), page.contains("<script")), (200, true, false));
    let form = [("password", NEW), ("again", NEW)];
    let (status, page) = text(phone.fill_in(&world, "/enter/own-password", &form).await).await;
    assert_eq!(status, 200, "{page}");
    assert!(page.contains("密码设好了") && !page.contains(NEW), "{page}");
    assert_eq!(kiosk.me(&world).await, None, "what began with the old password is over");
    assert!(phone.me(&world).await.is_some());
    let old = world.stranger().call(by_password("D0001")).await.unwrap_err();
    assert_eq!(old.code, Code::WrongPassword);
    let new = SignInWithPassword { username: "D0001".into(), password: NEW.into() };
    world.stranger().call(new).await.unwrap();
    let inbox = phone.call(&world, ListInbox::default()).await.unwrap().items;
    assert!(inbox[0].title.contains("设置了登录密码"), "{}", inbox[0].title);
    assert!(events(&world).await.contains(&"password_set".to_owned()));
});

scene!(an_easy_password_is_refused_in_words, |world| async move {
    let (mut phone, _) = through_wechat(&world, "wangxiuying").await;
    for (password, again, words) in [
        ("short", "short", "至少 8 个字符"),
        ("password1", "password1", "太容易被猜到"),
        ("D0001D0001", "D0001D0001", "太容易被猜到"),
        (NEW, "another kettle", "两次填的密码不一样"),
        ("", "", "至少 8 个字符"),
    ] {
        let form = [("password", password), ("again", again)];
        let answer = phone.fill_in(&world, "/enter/own-password", &form).await;
        let (status, page) = text(answer).await;
        assert_eq!((status, page.contains(words)), (422, true), "{password} {page}");
    }
    let (mut officer, _) = through_wechat(&world, "zhengming").await;
    let request = SetPassword { password: "kettle-br".into() };
    let refused = officer.call(&world, request).await.unwrap_err();
    assert_eq!(refused.fields[0].message, "密码太短，至少 10 个字符");
    officer.call(&world, SetPassword { password: NEW.into() }).await.unwrap();
});

scene!(whoever_is_signed_in_with_a_password_proves_it_before_a_new_one, |world| async move {
    with_password(&world, "郑明").await;
    let (mut here, mut elsewhere) = (Browser::default(), Browser::default());
    for browser in [&mut here, &mut elsewhere] {
        browser.call(&world, by_password("zhengming")).await.unwrap();
    }
    age_proofs(&world, 301).await;
    let request = || SetPassword { password: NEW.into() };
    let refused = here.call(&world, request()).await.unwrap_err();
    assert_eq!(refused.code, Code::StepUpRequired);
    here.call(&world, StepUp { proof: PASSWORD.into() }).await.unwrap();
    here.call(&world, request()).await.unwrap();
    here.call(&world, ShowMe {}).await.unwrap();
    assert_eq!(elsewhere.me(&world).await, None);
    // The page is for phones: at a PC it sends there.
    let (status, page) = text(here.open(&world, "/enter/own-password").await).await;
    assert_eq!((status, page.contains("请在微信里设置")), (403, true));
    let refused = world.stranger().call(request()).await.unwrap_err();
    assert_eq!(refused.code, Code::NotSignedIn);
    let nobody = Browser::default().open(&world, "/enter/own-password").await;
    assert_eq!(location(&nobody), "/enter/wechat?to=%2Fenter%2Fown%2Dpassword");
});
