//! Signing in with a word from the phone whose WeChat is bound.

use backend::{
    accounts::{ClientKind, confirmations::entity::confirmation, entity::wechat_identity, sign_in},
    audit::Actor,
};
use futures_util::future::join_all;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait};
use shared::{accounts::confirmations::*, problem::Code};
use uuid::Uuid;

use crate::*;

/// Makes a WeChat, or the account of a company's member, somebody's.
pub async fn bind(world: &World, key: &str, app_id: &'static str) {
    let person = world.cast.id(key);
    let row = wechat_identity::ActiveModel {
        id: Set(Uuid::now_v7()),
        person_id: Set(person),
        app_id: Set(app_id.into()),
        openid: Set(format!("{app_id}-{key}")),
        unionid: Set(None),
        bound_at: Set(now(world).await),
    };
    let write = world.app.db.write(move |tx| {
        Box::pin(async move {
            row.insert(tx).await?;
            Ok(())
        })
    });
    write.await.unwrap();
}

/// A browser in which somebody is signed in.
async fn browser_of(world: &World, key: &str, client: ClientKind) -> Browser {
    let begun = sign_in::begin(&world.app, Actor::SYSTEM, world.cast.id(key), client).await;
    Browser(vec![Cookie::new("fingertip_access", begun.unwrap().access_token)])
}

pub async fn phone(world: &World, key: &str) -> Browser {
    browser_of(world, key, ClientKind::OfficialAccount).await
}

/// 郑明 with a password, a second factor and a bound phone: the secret of the second factor.
async fn ming(world: &World) -> String {
    with_password(world, "郑明").await;
    let (secret, _) = set_up(world, &world.person("zhengming").await).await;
    forget_steps(world).await;
    bind(world, "zhengming", "wxoa").await;
    secret
}

/// What a browser asked the phone after the right password.
pub struct Asked {
    challenge: String,
    /// The path of the page.
    page: String,
    number: String,
}

impl Asked {
    pub async fn by(world: &World, pc: &mut Browser) -> Self {
        let answer = pc.call(world, by_password("zhengming")).await.unwrap();
        let factor = answer.second_factor.unwrap();
        assert!(answer.me.is_none() && factor.by_phone && !factor.set_up);
        let challenge = factor.challenge;
        let request = AskForConfirmation { challenge: challenge.clone() };
        let asked = pc.call(world, request).await.unwrap();
        assert_eq!(asked.expires_in, 120);
        let page = asked.address.strip_prefix(PUBLIC_BASE).unwrap().to_owned();
        Self { challenge, page, number: asked.number.to_string() }
    }

    /// Another number of two digits.
    fn other(&self) -> String {
        if self.number == "42" { "43".into() } else { "42".into() }
    }

    async fn answer(&self, world: &World, phone: &mut Browser, fields: &[(&str, &str)]) -> u16 {
        text(phone.fill_in(world, &self.page, fields).await).await.0
    }

    pub async fn confirm(&self, world: &World, phone: &mut Browser) -> u16 {
        self.answer(world, phone, &[("number", &self.number), ("answer", "yes")]).await
    }

    /// Whether the browser is in now.
    pub async fn look(&self, world: &World, pc: &mut Browser) -> Result<bool, Code> {
        let request = AwaitConfirmation { challenge: self.challenge.clone() };
        let state = pc.call(world, request).await.map_err(|it| it.code)?;
        Ok(state.me.is_some())
    }
}

/// As if everything had been asked for so long ago.
async fn age(world: &World, seconds: i64) {
    let then = now(world).await + TimeDelta::seconds(120 - seconds);
    let write = world.app.db.write(move |tx| {
        Box::pin(async move {
            let update = confirmation::Entity::update_many();
            let column = confirmation::Column::ExpiresAt;
            update.col_expr(column, Expr::value(then)).exec(tx).await?;
            Ok(())
        })
    });
    write.await.unwrap();
}

scene!(the_phone_takes_the_place_of_a_code, |world| async move {
    ming(&world).await;
    let (mut pc, mut phone) = (Browser::default(), phone(&world, "zhengming").await);
    let asked = Asked::by(&world, &mut pc).await;
    assert_eq!(asked.look(&world, &mut pc).await, Ok(false));
    let (status, page) = text(phone.open(&world, &asked.page).await).await;
    assert_eq!((status, page.contains("<script"), page.len() < 15_000), (200, false, true));
    for told in ["郑明", "D0009", "认不出的设备", "127.0.0.*", "不是我"] {
        assert!(page.contains(told), "{told} in {page}");
    }
    // What is typed is what the own computer shows: the phone does not tell it.
    assert!(!page.contains(&format!(">{}<", asked.number)));
    assert_eq!(asked.confirm(&world, &mut phone).await, 200);
    assert_eq!(pc.me(&world).await, None, "the browser asks for it");
    assert_eq!(asked.look(&world, &mut pc).await, Ok(true));
    assert_eq!(pc.me(&world).await.unwrap().name, "郑明");
    pc.call(&world, CheckStepUp {}).await.unwrap();
    assert!(events(&world).await.contains(&"sign_in_confirmed".to_owned()));
});

scene!(without_an_address_the_phone_finds_what_waits, |world| async move {
    ming(&world).await;
    let (mut pc, mut phone) = (Browser::default(), phone(&world, "zhengming").await);
    assert_eq!(phone.open(&world, "/enter/confirmation").await.status().as_u16(), 404);
    let asked = Asked::by(&world, &mut pc).await;
    let (status, page) = text(phone.open(&world, "/enter/confirmation").await).await;
    assert_eq!(status, 200);
    assert!(page.contains(&format!("action=\"{}\"", asked.page)), "{page}");
});

scene!(somebody_elses_phone_sees_what_it_would_see_of_nothing, |world| async move {
    ming(&world).await;
    bind(&world, "chenmei", "wxoa").await;
    let (mut pc, mut chen) = (Browser::default(), phone(&world, "chenmei").await);
    let asked = Asked::by(&world, &mut pc).await;
    let seen = text(chen.open(&world, &asked.page).await).await;
    let nothing = chen.open(&world, &format!("/enter/confirmation/{}", Uuid::new_v4())).await;
    assert_eq!(seen.0, 404);
    assert_eq!(seen, text(nothing).await);
    assert_eq!(text(chen.open(&world, "/enter/confirmation/what").await).await, seen);
    assert_eq!(asked.confirm(&world, &mut chen).await, 404);
    assert_eq!(asked.answer(&world, &mut chen, &[("answer", "no")]).await, 404);
    assert_eq!(asked.look(&world, &mut pc).await, Ok(false), "it still waits");
});

scene!(only_a_browser_that_wechat_vouches_for_confirms, |world| async move {
    ming(&world).await;
    let mut pc = Browser::default();
    let asked = Asked::by(&world, &mut pc).await;
    for client in [ClientKind::Password, ClientKind::Kiosk, ClientKind::Wecom] {
        let mut other = browser_of(&world, "zhengming", client).await;
        assert_eq!(other.open(&world, &asked.page).await.status().as_u16(), 403);
        assert_eq!(asked.confirm(&world, &mut other).await, 403, "{client:?}");
    }
    let nobody = Browser::default().open(&world, &asked.page).await;
    assert!(location(&nobody).starts_with("/enter/wechat?to=%2Fenter%2Fconfirmation%2F"));
    assert_eq!(asked.look(&world, &mut pc).await, Ok(false));
    for client in [ClientKind::MiniProgram, ClientKind::WebView] {
        let mut other = browser_of(&world, "zhengming", client).await;
        assert_eq!(other.open(&world, &asked.page).await.status().as_u16(), 200, "{client:?}");
    }
});

scene!(another_browser_is_not_let_in_whatever_it_knows, |world| async move {
    ming(&world).await;
    let (mut pc, mut phone) = (Browser::default(), phone(&world, "zhengming").await);
    let mut thief = Browser::default();
    Asked::by(&world, &mut thief).await;
    let asked = Asked::by(&world, &mut pc).await;
    assert_eq!(asked.confirm(&world, &mut phone).await, 200);
    assert_eq!(asked.look(&world, &mut Browser::default()).await, Err(Code::SignInOver));
    assert_eq!(asked.look(&world, &mut thief).await, Err(Code::SignInOver));
    assert_eq!(thief.me(&world).await, None);
    assert_eq!(asked.look(&world, &mut pc).await, Ok(true));
});

scene!(a_confirmation_is_good_once_of_nine_at_the_same_moment_too, |world| async move {
    ming(&world).await;
    let (mut pc, mut phone) = (Browser::default(), phone(&world, "zhengming").await);
    let asked = Asked::by(&world, &mut pc).await;
    assert_eq!(asked.confirm(&world, &mut phone).await, 200);
    assert_eq!(asked.confirm(&world, &mut phone).await, 404, "it was answered");
    let tries = (0..9).map(async |_| asked.look(&world, &mut pc.clone()).await);
    let answers = join_all(tries).await;
    assert_eq!(answers.iter().filter(|it| **it == Ok(true)).count(), 1);
    assert_eq!(answers.iter().filter(|it| **it == Err(Code::SignInOver)).count(), 8);
    assert_eq!(asked.look(&world, &mut pc).await, Err(Code::SignInOver), "replayed");
});

scene!(a_confirmation_is_over_after_two_minutes_on_both_sides, |world| async move {
    ming(&world).await;
    let (mut pc, mut phone) = (Browser::default(), phone(&world, "zhengming").await);
    let asked = Asked::by(&world, &mut pc).await;
    age(&world, 121).await;
    assert_eq!(asked.confirm(&world, &mut phone).await, 404);
    assert_eq!(asked.look(&world, &mut pc).await, Err(Code::SignInOver));
    let asked = Asked::by(&world, &mut pc).await;
    assert_eq!(asked.confirm(&world, &mut phone).await, 200);
    age(&world, 121).await;
    assert_eq!(asked.look(&world, &mut pc).await, Err(Code::SignInOver), "confirmed, but too late");
});

scene!(a_number_that_is_not_the_browsers_ends_it, |world| async move {
    ming(&world).await;
    let (mut pc, mut phone) = (Browser::default(), phone(&world, "zhengming").await);
    let asked = Asked::by(&world, &mut pc).await;
    for unclear in ["", "4", "abc"] {
        let fields = [("number", unclear), ("answer", "yes")];
        assert_eq!(asked.answer(&world, &mut phone, &fields).await, 400, "{unclear:?}");
    }
    assert_eq!(asked.look(&world, &mut pc).await, Ok(false), "what is no number is no answer");
    let fields = [("number", asked.other()), ("answer", "yes".to_owned())];
    let fields = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
    assert_eq!(asked.answer(&world, &mut phone, &fields).await, 403);
    assert_eq!(asked.confirm(&world, &mut phone).await, 404, "there is one try");
    assert_eq!(asked.look(&world, &mut pc).await, Err(Code::SignInOver));
    assert!(events(&world).await.contains(&"second_factor_failed".to_owned()));
});

scene!(whoever_says_no_stops_all_who_wait_with_the_password, |world| async move {
    let secret = ming(&world).await;
    let (mut pc, mut phone) = (Browser::default(), phone(&world, "zhengming").await);
    let (mut thief, mut second) = (Browser::default(), Browser::default());
    let asked = Asked::by(&world, &mut thief).await;
    let other = Asked::by(&world, &mut second).await;
    assert_eq!(asked.answer(&world, &mut phone, &[("answer", "no")]).await, 200);
    for (asked, browser) in [(&asked, &mut thief), (&other, &mut second)] {
        assert_eq!(asked.look(&world, browser).await, Err(Code::SignInOver));
        assert_eq!(asked.confirm(&world, &mut phone).await, 404);
    }
    // Nor does a code help any more: the password is asked for again.
    let code = code_of(&world, &secret, 0).await;
    let request = ConfirmSecondFactor { challenge: asked.challenge.clone(), code };
    assert_eq!(thief.call(&world, request).await.unwrap_err().code, Code::SignInOver);
    assert!(events(&world).await.contains(&"sign_in_declined".to_owned()));
    let asked = Asked::by(&world, &mut pc).await;
    assert_eq!(asked.confirm(&world, &mut phone).await, 200);
    assert_eq!(asked.look(&world, &mut pc).await, Ok(true));
});

scene!(a_phone_is_asked_ten_times_at_most, |world| async move {
    ming(&world).await;
    let mut pc = Browser::default();
    // Setting the second factor up was a try.
    let asked = Asked::by(&world, &mut pc).await;
    let ask = || AskForConfirmation { challenge: asked.challenge.clone() };
    for _ in 0..8 {
        pc.call(&world, ask()).await.unwrap();
    }
    let refused = pc.call(&world, ask()).await.unwrap_err();
    assert_eq!(refused.code, Code::TooManyTries);
});

scene!(asking_again_takes_the_place_of_what_was_asked_before, |world| async move {
    ming(&world).await;
    let (mut pc, mut phone) = (Browser::default(), phone(&world, "zhengming").await);
    let former = Asked::by(&world, &mut pc).await;
    let request = AskForConfirmation { challenge: former.challenge.clone() };
    let again = pc.call(&world, request).await.unwrap();
    assert_eq!(former.confirm(&world, &mut phone).await, 404);
    let page = again.address.strip_prefix(PUBLIC_BASE).unwrap().to_owned();
    let challenge = former.challenge.clone();
    let asked = Asked { challenge, page, number: again.number.to_string() };
    assert_eq!(asked.confirm(&world, &mut phone).await, 200);
    assert_eq!(asked.look(&world, &mut pc).await, Ok(true));
});

scene!(a_phone_that_is_not_bound_is_not_asked, |world| async move {
    with_password(&world, "郑明").await;
    set_up(&world, &world.person("zhengming").await).await;
    // What the company calls somebody is no phone of theirs.
    bind(&world, "zhengming", "wecom:corp").await;
    let mut pc = Browser::default();
    let answer = pc.call(&world, by_password("zhengming")).await.unwrap();
    let factor = answer.second_factor.unwrap();
    assert_eq!((factor.by_code, factor.by_phone), (true, false));
    for challenge in [factor.challenge, "made up".into()] {
        let refused = pc.call(&world, AskForConfirmation { challenge }).await.unwrap_err();
        assert_eq!(refused.code, Code::SignInOver);
    }
});

scene!(somebody_who_left_meanwhile_is_not_let_in_by_the_phone, |world| async move {
    ming(&world).await;
    let (mut pc, mut phone) = (Browser::default(), phone(&world, "zhengming").await);
    let asked = Asked::by(&world, &mut pc).await;
    assert_eq!(asked.confirm(&world, &mut phone).await, 200);
    world.sql("UPDATE people SET active = false WHERE name = '郑明'").await;
    assert_eq!(asked.look(&world, &mut pc).await, Err(Code::SignInOver));
});

scene!(what_binds_a_confirmation_is_kept_by_hash, |world| async move {
    ming(&world).await;
    let mut pc = Browser::default();
    let asked = Asked::by(&world, &mut pc).await;
    let kept = confirmation::Entity::find().one(world.app.db.read()).await.unwrap().unwrap();
    let cookie = pc.0.iter().find(|it| it.name() == "fingertip_confirmation").unwrap();
    assert_eq!(cookie.http_only(), Some(true));
    assert_eq!(kept.browser_hash, backend::keys::hash(cookie.value().as_bytes()));
    assert_eq!(kept.challenge_hash, backend::keys::hash(asked.challenge.as_bytes()));
    assert!(!format!("{:?}", AskForConfirmation { challenge: "secret".into() }).contains("secret"));
});
