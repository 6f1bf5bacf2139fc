//! A WeChat belongs to one person, and a person has one.

use backend::{
    accounts::{ClientKind, sign_in},
    audit::Actor,
    wechat::WeChatIdentity,
};
use shared::{
    accounts::{RefreshSignIn, ShowMe},
    notifications::{ListInbox, NotificationKind},
    problem::Code,
};

use crate::{FENG, ZHANG, bind, claim, claim_of, code_for, code_for_zhang, form, id_of, scene};

scene!(another_wechat_takes_the_place_of_the_former_and_its_person_is_told, |world| async move {
    let code = code_for_zhang(&world).await;
    let old = bind(&world, form(&claim(&world, "old-phone").await, ZHANG, &code)).await.unwrap();
    let zhang = old.me.id;
    let old = old.tokens.unwrap();
    let pc = sign_in::begin(&world.app, Actor::SYSTEM, zhang, ClientKind::Password).await.unwrap();
    let code = code_for_zhang(&world).await;
    let new = bind(&world, form(&claim(&world, "new-phone").await, ZHANG, &code)).await.unwrap();
    let refresh = |token: String| RefreshSignIn { refresh_token: Some(token) };
    let refused = world.stranger().call(refresh(old.refresh_token)).await.unwrap_err();
    assert_eq!(refused.code, Code::NotSignedIn);
    for token in [new.tokens.unwrap().refresh_token, pc.refresh_token] {
        world.stranger().call(refresh(token)).await.unwrap();
    }
    let zhang = scene::Person::signed_in(&world, zhang).await;
    let inbox = zhang.call(ListInbox::default()).await.unwrap().items;
    assert_eq!(inbox.len(), 1, "not told of the first binding");
    assert_eq!(inbox[0].kind, NotificationKind::WechatChanged);
    assert!(inbox[0].body.contains("不是您本人换的"), "{}", inbox[0].body);
});

scene!(the_former_wechat_is_nobodys_any_more, |world| async move {
    let first = code_for_zhang(&world).await;
    bind(&world, form(&claim(&world, "old-phone").await, ZHANG, &first)).await.unwrap();
    let second = code_for_zhang(&world).await;
    bind(&world, form(&claim(&world, "new-phone").await, ZHANG, &second)).await.unwrap();
    // Somebody else may have the old phone now.
    let feng = id_of(&world, FENG).await;
    let code = code_for(&world.person("zhengming").await, feng).await;
    let old_phone = claim(&world, "old-phone").await;
    let number = staff_number(&world, FENG).await;
    let answer = bind(&world, form(&old_phone, (FENG, &number), &code)).await.unwrap();
    assert_eq!(answer.me.name, FENG);
});

async fn staff_number(world: &scene::World, name: &str) -> String {
    use shared::accounts::binding::ListTeam;
    let search = ListTeam { search: Some(name.into()), cursor: None };
    let found = world.person("zhengming").await.call(search).await.unwrap();
    found.items[0].staff_number.clone()
}

scene!(the_wechat_of_somebody_active_cannot_be_bound_to_another, |world| async move {
    let code = code_for_zhang(&world).await;
    // Given before the other binding, so that it still stands.
    let (first, second) = (claim(&world, "phone").await, claim(&world, "phone").await);
    bind(&world, form(&first, ZHANG, &code)).await.unwrap();
    let feng = id_of(&world, FENG).await;
    let code = code_for(&world.person("zhengming").await, feng).await;
    let number = staff_number(&world, FENG).await;
    let refused = bind(&world, form(&second, (FENG, &number), &code)).await.unwrap_err();
    assert_eq!(refused.code, Code::BindingRefused);
    world.sql("UPDATE people SET active = false WHERE name = '张桂兰'").await;
    let answer = bind(&world, form(&second, (FENG, &number), &code)).await.unwrap();
    assert_eq!(answer.me.name, FENG, "whoever left has no claim on the phone");
});

scene!(the_same_wechat_in_the_other_app_replaces_nothing, |world| async move {
    let first = code_for_zhang(&world).await;
    let first = bind(&world, form(&claim(&world, "mini").await, ZHANG, &first)).await.unwrap();
    let sql = "UPDATE wechat_identities SET app_id = 'official' WHERE openid = 'mini'";
    world.sql(sql).await;
    let second = code_for_zhang(&world).await;
    bind(&world, form(&claim(&world, "mini-2").await, ZHANG, &second)).await.unwrap();
    let refresh = RefreshSignIn { refresh_token: Some(first.tokens.unwrap().refresh_token) };
    let answer = world.stranger().call(refresh).await.unwrap();
    assert_eq!(answer.me.name, ZHANG.0);
});

scene!(a_person_disabled_after_the_code_was_made_is_not_let_in, |world| async move {
    let code = code_for_zhang(&world).await;
    let identity = WeChatIdentity {
        app_id: world.app.config.wechat.mini_app_id.clone(),
        openid: "phone".into(),
        unionid: Some("union".into()),
    };
    let phone = claim_of(&world, identity).await;
    world.sql("UPDATE people SET active = false WHERE name = '张桂兰'").await;
    let refused = bind(&world, form(&phone, ZHANG, &code)).await.unwrap_err();
    assert_eq!(refused.code, Code::BindingRefused);
    assert_eq!(world.stranger().call(ShowMe {}).await.unwrap_err().code, Code::NotSignedIn);
});
