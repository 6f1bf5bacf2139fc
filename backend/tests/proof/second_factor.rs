//! Codes of an authenticator app.

use backend::accounts::second_factor::entity::{challenge, factor};
use futures_util::future::join_all;
use sea_orm::EntityTrait;
use shared::{
    accounts::{ShowMe, SignOut, second_factor::*},
    notifications::ListInbox,
    problem::Code,
};

use crate::*;

/// The challenge after the right password.
async fn challenged(world: &World, browser: &mut Browser) -> String {
    let answer = browser.call(world, by_password("zhengming")).await.unwrap();
    assert_eq!(answer.me, None, "nobody is signed in by a password alone");
    let asked = answer.second_factor.unwrap();
    assert_eq!((asked.set_up, asked.expires_in), (false, 300));
    asked.challenge
}

/// 郑明 with a password and a second factor: its secret and recovery codes.
async fn ming(world: &World) -> (String, Vec<String>) {
    with_password(world, "郑明").await;
    let officer = world.person("zhengming").await;
    let made = set_up(world, &officer).await;
    forget_steps(world).await;
    made
}

scene!(after_the_password_a_code_of_the_app_is_asked_for, |world| async move {
    let (secret, _) = ming(&world).await;
    let mut browser = Browser::default();
    let challenge = challenged(&world, &mut browser).await;
    assert_eq!(browser.me(&world).await, None);
    let code = code_of(&world, &secret, 0).await;
    let answer = browser.call(&world, ConfirmSecondFactor { challenge, code }).await.unwrap();
    assert_eq!((answer.me.name.as_str(), answer.tokens), ("郑明", None));
    assert_eq!(browser.me(&world).await.unwrap().name, "郑明");
    // It is a fresh proof too.
    browser.call(&world, CheckStepUp {}).await.unwrap();
});

scene!(a_code_is_good_once_of_nine_at_the_same_moment_too, |world| async move {
    let (secret, _) = ming(&world).await;
    let challenges =
        join_all((0..9).map(async |_| challenged(&world, &mut Browser::default()).await));
    let challenges = challenges.await;
    let code = code_of(&world, &secret, 0).await;
    let tries = challenges.into_iter().map(async |challenge| {
        let request = ConfirmSecondFactor { challenge, code: code.clone() };
        world.stranger().call(request).await.map_err(|it| it.code)
    });
    let answers = join_all(tries).await;
    assert_eq!(answers.iter().filter(|it| it.is_ok()).count(), 1);
    let wrong = answers.iter().filter(|it| matches!(it, Err(Code::SecondFactorWrong))).count();
    assert_eq!(wrong, 8);
});

scene!(a_code_of_the_step_before_one_that_was_used_is_worth_nothing, |world| async move {
    let (secret, _) = ming(&world).await;
    let officer = world.person("zhengming").await;
    let (now, next) = (code_of(&world, &secret, 0).await, code_of(&world, &secret, 1).await);
    officer.call(StepUp { proof: next }).await.unwrap();
    let refused = officer.call(StepUp { proof: now }).await.unwrap_err();
    assert_eq!(refused.code, Code::SecondFactorWrong);
});

scene!(codes_are_guessed_ten_times_at_most, |world| async move {
    ming(&world).await;
    let mut browser = Browser::default();
    let challenge = challenged(&world, &mut browser).await;
    let guess = async |code: &str| {
        let request = ConfirmSecondFactor { challenge: challenge.clone(), code: code.into() };
        world.stranger().call(request).await.unwrap_err().code
    };
    // Setting it up was a try.
    for code in
        ["000000", "", "12345", "1234567", "AAAAA-AAAAA", "x", "０００００１", "\0", "000002"]
    {
        assert_eq!(guess(code).await, Code::SecondFactorWrong, "{code:?}");
    }
    assert_eq!(guess("000003").await, Code::TooManyTries);
    assert!(events(&world).await.contains(&"second_factor_failed".to_owned()));
});

scene!(a_recovery_code_is_good_once_however_it_is_typed, |world| async move {
    let (_, codes) = ming(&world).await;
    assert_eq!(codes.len(), 10);
    let mut browser = Browser::default();
    let challenge = challenged(&world, &mut browser).await;
    let typed = codes[3].to_lowercase().replace('-', " ");
    let request = ConfirmSecondFactor { challenge, code: typed.clone() };
    browser.call(&world, request).await.unwrap();
    let state = browser.call(&world, ShowSecondFactor {}).await.unwrap();
    assert_eq!((state.recovery_codes, state.has_password, state.required), (9, true, false));
    let challenge = challenged(&world, &mut Browser::default()).await;
    let again = world.stranger().call(ConfirmSecondFactor { challenge, code: typed }).await;
    assert_eq!(again.unwrap_err().code, Code::SecondFactorWrong);
});

scene!(a_challenge_is_good_once_for_five_minutes_and_kept_by_hash, |world| async move {
    let (secret, codes) = ming(&world).await;
    let challenge = challenged(&world, &mut Browser::default()).await;
    let kept = challenge::Entity::find().one(world.app.db.read()).await.unwrap().unwrap();
    assert_eq!(kept.hash, backend::keys::hash(challenge.as_bytes()));
    let confirm = async |challenge: &str, code: &str| {
        let request = ConfirmSecondFactor { challenge: challenge.into(), code: code.into() };
        world.stranger().call(request).await.map(drop).map_err(|it| it.code)
    };
    let code = code_of(&world, &secret, 0).await;
    assert_eq!(confirm("made up", &code).await, Err(Code::SignInOver));
    assert_eq!(confirm(&challenge, &code).await, Ok(()));
    assert_eq!(confirm(&challenge, &codes[0]).await, Err(Code::SignInOver), "used");
    let challenge = challenged(&world, &mut Browser::default()).await;
    let expired = now(&world).await - TimeDelta::seconds(1);
    let write = world.app.db.write(move |tx| {
        Box::pin(async move {
            let update = challenge::Entity::update_many();
            let column = challenge::Column::ExpiresAt;
            update.col_expr(column, Expr::value(expired)).exec(tx).await?;
            Ok(())
        })
    });
    write.await.unwrap();
    assert_eq!(confirm(&challenge, &codes[0]).await, Err(Code::SignInOver), "expired");
});

scene!(the_secret_lies_sealed_and_is_told_of, |world| async move {
    let (secret, _) = ming(&world).await;
    let plain = Secret::try_from_base32(secret.replace(' ', "")).unwrap();
    let kept = factor::Entity::find().one(world.app.db.read()).await.unwrap().unwrap();
    let sealed = kept.secret.unwrap();
    assert!(!sealed.windows(8).any(|it| plain.as_ref().starts_with(it)));
    assert_eq!(kept.pending, None);
    let officer = world.person("zhengming").await;
    let inbox = officer.call(ListInbox::default()).await.unwrap().items;
    assert!(inbox[0].title.contains("设置了动态验证码"), "{}", inbox[0].title);
    assert!(events(&world).await.contains(&"second_factor_set_up".to_owned()));
    let request = format!("{:?}", SetUpSecondFactor { code: "123456".into() });
    assert!(!request.contains("123456"), "never logged");
});

scene!(what_is_in_use_stays_until_the_new_one_shows_its_first_code, |world| async move {
    let (old, _) = ming(&world).await;
    let officer = world.person("zhengming").await;
    let new = officer.call(PrepareSecondFactor {}).await.unwrap();
    assert!(new.address.starts_with("otpauth://totp/"), "{}", new.address);
    let code = code_of(&world, &old, 0).await;
    officer.call(StepUp { proof: code }).await.unwrap();
    let code = code_of(&world, &old, 1).await;
    let refused = officer.call(SetUpSecondFactor { code }).await.unwrap_err();
    assert_eq!(refused.code, Code::SecondFactorWrong, "a code of the old app");
    let code = code_of(&world, &new.secret, 0).await;
    officer.call(SetUpSecondFactor { code }).await.unwrap();
    forget_steps(&world).await;
    let old = StepUp { proof: code_of(&world, &old, 0).await };
    assert_eq!(officer.call(old).await.unwrap_err().code, Code::SecondFactorWrong);
    let new = StepUp { proof: code_of(&world, &new.secret, 0).await };
    officer.call(new).await.unwrap();
});

scene!(a_second_factor_is_taken_away_after_a_fresh_proof_only, |world| async move {
    ming(&world).await;
    let officer = world.person("zhengming").await;
    age_proofs(&world, 301).await;
    let refused = officer.call(RemoveSecondFactor {}).await.unwrap_err();
    assert_eq!(refused.code, Code::StepUpRequired);
    age_proofs(&world, 0).await;
    officer.call(RemoveSecondFactor {}).await.unwrap();
    let state = officer.call(ShowSecondFactor {}).await.unwrap();
    assert_eq!((state.since, state.recovery_codes), (None, 0));
    assert!(events(&world).await.contains(&"second_factor_removed".to_owned()));
    let answer = world.stranger().call(by_password("zhengming")).await.unwrap();
    assert_eq!(answer.me.unwrap().name, "郑明", "the password is enough again");
});

scene!(whoever_runs_the_server_lets_somebody_in_who_lost_everything, |world| async move {
    ming(&world).await;
    backend::accounts::second_factor::remove_for(&world.app, "D0009").await.unwrap();
    let answer = world.stranger().call(by_password("zhengming")).await.unwrap();
    assert_eq!(answer.me.unwrap().name, "郑明");
    assert!(events(&world).await.contains(&"second_factor_removed".to_owned()));
    let nobody = backend::accounts::second_factor::remove_for(&world.app, "D9999").await;
    assert_eq!(nobody.unwrap_err().code(), Some(Code::NotFound));
});

scene!(new_recovery_codes_take_the_place_of_the_ones_before, |world| async move {
    let (_, old) = ming(&world).await;
    let officer = world.person("zhengming").await;
    let new = officer.call(RenewRecoveryCodes {}).await.unwrap().codes;
    assert_eq!((new.len(), new.iter().any(|it| old.contains(it))), (10, false));
    let refused = officer.call(StepUp { proof: old[0].clone() }).await.unwrap_err();
    assert_eq!(refused.code, Code::SecondFactorWrong);
    officer.call(StepUp { proof: new[0].clone() }).await.unwrap();
    let learner = world.person("wangxiuying").await;
    let none = learner.call(RenewRecoveryCodes {}).await.unwrap_err();
    assert_eq!(none.code, Code::NotFound);
});

scene!(somebody_who_left_meanwhile_is_not_let_in_by_a_code, |world| async move {
    let (secret, _) = ming(&world).await;
    let mut browser = Browser::default();
    let challenge = challenged(&world, &mut browser).await;
    world.sql("UPDATE people SET active = false WHERE name = '郑明'").await;
    let code = code_of(&world, &secret, 0).await;
    let refused = browser.call(&world, ConfirmSecondFactor { challenge, code }).await.unwrap_err();
    assert_eq!(refused.code, Code::SignInOver);
    assert_eq!(browser.me(&world).await, None);
});

scene!(a_second_factor_belongs_to_whoever_is_signed_in, |world| async move {
    let stranger = world.stranger();
    let refused = stranger.call(PrepareSecondFactor {}).await.unwrap_err();
    assert_eq!(refused.code, Code::NotSignedIn);
    let refused = stranger.call(ShowSecondFactor {}).await.unwrap_err();
    assert_eq!(refused.code, Code::NotSignedIn);
    let officer = world.person("zhengming").await;
    let code = "000000".to_owned();
    let refused = officer.call(SetUpSecondFactor { code }).await.unwrap_err();
    assert_eq!(refused.code, Code::SecondFactorWrong, "nothing was prepared");
    officer.call(ShowMe {}).await.unwrap();
    officer.call(SignOut {}).await.unwrap();
});
