//! What binding does when everything fits.

use actix_web::http::header;
use futures_util::future::join_all;
use sea_orm::{EntityTrait, PaginatorTrait};
use shared::problem::Code;

use crate::{ZHANG, bind, claim, code_for_zhang, form, scene};

scene!(a_person_binds_with_the_code_of_the_team_leader_and_is_signed_in, |world| async move {
    let (claim, code) = (claim(&world, "new-phone").await, code_for_zhang(&world).await);
    let answer = bind(&world, form(&claim, ZHANG, &code)).await.unwrap();
    assert_eq!(answer.me.name, ZHANG.0);
    let token = answer.tokens.unwrap().access_token;
    let me = (world.stranger().request("GET", "/api/me"))
        .insert_header((header::AUTHORIZATION, format!("Bearer {token}")));
    assert_eq!(world.send(me).await.status(), 200);
});

scene!(a_code_may_be_typed_as_people_type, |world| async move {
    let (claim, code) = (claim(&world, "new-phone").await, code_for_zhang(&world).await);
    let small = code.to_lowercase();
    let (first, second) = small.split_at(4);
    let typed = form(&claim, (" 张 桂兰 ", "Ｄ0101 "), &format!(" {first}-{second} "));
    assert_eq!(bind(&world, typed).await.unwrap().me.name, ZHANG.0);
});

scene!(a_claim_and_a_code_are_each_good_for_one_binding, |world| async move {
    let (first, code) = (claim(&world, "new-phone").await, code_for_zhang(&world).await);
    bind(&world, form(&first, ZHANG, &code)).await.unwrap();
    let second = claim(&world, "another-phone").await;
    let refused = bind(&world, form(&second, ZHANG, &code)).await.unwrap_err();
    assert_eq!(refused.code, Code::BindingRefused, "the code is used");
    let code = code_for_zhang(&world).await;
    let refused = bind(&world, form(&first, ZHANG, &code)).await.unwrap_err();
    assert_eq!(refused.code, Code::BindingOver, "the claim is used");
    bind(&world, form(&second, ZHANG, &code)).await.unwrap();
});

scene!(of_many_bindings_at_once_one_succeeds, |world| async move {
    let code = code_for_zhang(&world).await;
    let mut claims = Vec::new();
    for phone in 0..4 {
        claims.push(claim(&world, &format!("phone-{phone}")).await);
    }
    // Four phones press the button five times each.
    let tries = claims.iter().cycle().take(20).map(|it| bind(&world, form(it, ZHANG, &code)));
    let answers = join_all(tries).await;
    assert_eq!(answers.iter().filter(|it| it.is_ok()).count(), 1);
    for refused in answers.into_iter().filter_map(Result::err) {
        let code = refused.code;
        assert!(matches!(code, Code::BindingRefused | Code::BindingOver), "{code:?}");
    }
    let zhang = backend::accounts::entity::wechat_identity::Entity::find();
    let bound = zhang.count(world.app.db.read()).await.unwrap();
    assert_eq!(bound, before_binding(&world).await + 1);
});

/// Identities that the cast came with: none of them is a phone's of this scene.
async fn before_binding(world: &scene::World) -> u64 {
    use backend::accounts::entity::wechat_identity::{Column, Entity};
    use sea_orm::{ColumnTrait, QueryFilter};
    let others = Entity::find().filter(Column::Openid.not_like("phone-%"));
    others.count(world.app.db.read()).await.unwrap()
}
