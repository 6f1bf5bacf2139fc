//! Who is not let in, and how little they learn.

use shared::problem::{Code, Problem};

use crate::{FENG, ZHANG, bind, claim, claim_of, code_for, code_for_zhang, form, id_of, scene};
use backend::wechat::WeChatIdentity;

fn without_number(problem: Problem) -> Problem {
    Problem { request_id: None, ..problem }
}

scene!(whatever_does_not_fit_is_answered_alike, |world| async move {
    let officer = world.person("zhengming").await;
    let for_another = code_for(&officer, id_of(&world, FENG).await).await;
    let expired = code_for_zhang(&world).await;
    world.sql("UPDATE one_time_codes SET expires_at = created_at").await;
    let of_somebody_disabled = code_for(&officer, id_of(&world, "杨秀珍").await).await;
    world.sql("UPDATE people SET active = false WHERE name = '杨秀珍'").await;
    let good = code_for_zhang_after(&world, &expired).await;
    let mut answers = Vec::new();
    for (place, (person, code)) in [
        (ZHANG, "AAAAAAAA"),
        (ZHANG, "x"),
        (ZHANG, for_another.as_str()),
        (("张桂花", ZHANG.1), good.as_str()),
        ((ZHANG.0, "D0102"), good.as_str()),
        ((ZHANG.0, "none"), good.as_str()),
        (("nobody", "none"), "ZZZZZZZZ"),
        (("杨秀珍", "D0102"), of_somebody_disabled.as_str()),
        (("张\0兰", ZHANG.1), good.as_str()),
    ]
    .into_iter()
    .enumerate()
    {
        let claim = claim(&world, &format!("phone-{place}")).await;
        let refused = bind(&world, form(&claim, person, code)).await.unwrap_err();
        answers.push(without_number(refused));
    }
    assert_eq!(answers[0].code, Code::BindingRefused);
    assert!(answers.iter().all(|it| *it == answers[0]), "{answers:?}");
    let claim = claim(&world, "phone").await;
    bind(&world, form(&claim, ZHANG, &good)).await.unwrap();
});

/// A fresh code in place of one that is out of time, which is refused like any other.
async fn code_for_zhang_after(world: &scene::World, expired: &str) -> String {
    let claim = claim(world, "late").await;
    let refused = bind(world, form(&claim, ZHANG, expired)).await.unwrap_err();
    assert_eq!(refused.code, Code::BindingRefused);
    code_for_zhang(world).await
}

scene!(a_forged_an_expired_and_another_apps_claim_are_refused_alike, |world| async move {
    let code = code_for_zhang(&world).await;
    let expired = claim(&world, "late").await;
    world.sql("UPDATE binding_claims SET expires_at = created_at").await;
    let elsewhere = WeChatIdentity { app_id: "another".into(), openid: "x".into(), unionid: None };
    let elsewhere = claim_of(&world, elsewhere).await;
    let long = "x".repeat(5000);
    for claim in [expired.as_str(), &elsewhere, "made-up", "", "new-phone", &long] {
        let refused = bind(&world, form(claim, ZHANG, &code)).await.unwrap_err();
        assert_eq!(refused.code, Code::BindingOver, "{claim}");
    }
});

scene!(every_empty_or_endless_field_is_named, |world| async move {
    let claim = claim(&world, "phone").await;
    let long = "长".repeat(65);
    for (person, code, fields) in [
        ((" ", ""), "", &["name", "staff_number", "code"][..]),
        ((long.as_str(), "D0101"), "AAAAAAAA", &["name"]),
        ((ZHANG.0, long.as_str()), "AAAAAAAA", &["staff_number"]),
        (ZHANG, long.as_str(), &["code"]),
    ] {
        let refused = bind(&world, form(&claim, person, code)).await.unwrap_err();
        assert_eq!(refused.code, Code::InvalidRequest);
        let named: Vec<_> = refused.fields.iter().map(|it| it.field.as_str()).collect();
        assert_eq!(named, fields);
    }
});

scene!(a_wechat_tries_five_times_an_hour, |world| async move {
    let good = code_for_zhang(&world).await;
    for _ in 0..5 {
        let claim = claim(&world, "phone").await;
        let refused = bind(&world, form(&claim, ZHANG, "AAAAAAAA")).await.unwrap_err();
        assert_eq!(refused.code, Code::BindingRefused);
    }
    let claim_again = claim(&world, "phone").await;
    let refused = bind(&world, form(&claim_again, ZHANG, &good)).await.unwrap_err();
    assert_eq!(refused.code, Code::TooManyTries, "a fresh claim makes no difference");
    let another = claim(&world, "another-phone").await;
    bind(&world, form(&another, ZHANG, &good)).await.unwrap();
});

scene!(a_staff_number_is_tried_twenty_times_an_hour_whether_or_not_it_exists, |world| async move {
    for number in ["D0101", "D9999"] {
        for place in 0..20 {
            let claim = claim(&world, &format!("{number}-{place}")).await;
            let refused = bind(&world, form(&claim, ("甲", number), "AAAAAAAA")).await.unwrap_err();
            assert_eq!(refused.code, Code::BindingRefused);
        }
        let claim = claim(&world, &format!("{number}-last")).await;
        let refused = bind(&world, form(&claim, ("甲", number), "AAAAAAAA")).await.unwrap_err();
        assert_eq!(refused.code, Code::TooManyTries);
    }
});

scene!(one_address_tries_three_hundred_times_an_hour, |world| async move {
    for _ in 0..300 {
        let refused = bind(&world, form("made-up", ZHANG, "AAAAAAAA")).await.unwrap_err();
        assert_eq!(refused.code, Code::BindingOver);
    }
    let refused = bind(&world, form("made-up", ZHANG, "AAAAAAAA")).await.unwrap_err();
    assert_eq!(refused.code, Code::TooManyTries);
});
