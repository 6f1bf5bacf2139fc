//! Seeing one's devices, and ending them.

use backend::{
    accounts::{ClientKind, refreshing, sign_in},
    audit::Actor,
};
use sea_orm::EntityTrait;
use shared::{
    accounts::{EndSignIn, ListSignIns, ShowMe, SignInId, SignOut},
    problem::Code,
};
use uuid::Uuid;

use crate::{call, device, scene};

scene!(everybody_sees_the_own_devices_and_which_one_this_is, |world| async move {
    let phone = device(&world, ClientKind::MiniProgram).await;
    let pc = device(&world, ClientKind::Password).await;
    device(&world, ClientKind::OfficialAccount).await;
    let other =
        sign_in::begin(&world.app, Actor::SYSTEM, world.cast.id("chenmei"), ClientKind::Password);
    other.await.unwrap();
    for (token, kind) in
        [(&phone.access_token, ClientKind::MiniProgram), (&pc.access_token, ClientKind::Password)]
    {
        let devices = call(&world, token, ListSignIns {}).await.unwrap();
        assert_eq!(devices.len(), 3);
        let current: Vec<_> = devices.iter().filter(|it| it.current).map(|it| it.kind).collect();
        assert_eq!(current, [kind]);
        assert!(devices.iter().all(|it| it.created_at <= it.last_used_at));
    }
    let refused = world.stranger().call(ListSignIns {}).await.unwrap_err();
    assert_eq!(refused.code, Code::NotSignedIn);
});

scene!(a_device_that_is_ended_is_out_at_once, |world| async move {
    let (phone, lost) =
        (device(&world, ClientKind::MiniProgram).await, device(&world, ClientKind::Password).await);
    call(&world, &lost.access_token, ShowMe {}).await.unwrap();
    let devices = call(&world, &phone.access_token, ListSignIns {}).await.unwrap();
    let sign_in = devices.iter().find(|it| !it.current).unwrap().id;
    call(&world, &phone.access_token, EndSignIn { sign_in }).await.unwrap();
    let refused = call(&world, &lost.access_token, ShowMe {}).await.unwrap_err();
    assert_eq!(refused.code, Code::NotSignedIn);
    assert!(refreshing::rotate(&world.app, Actor::SYSTEM, lost.refresh_token).await.is_err());
    assert_eq!(call(&world, &phone.access_token, ListSignIns {}).await.unwrap().len(), 1);
    let again = call(&world, &phone.access_token, EndSignIn { sign_in }).await.unwrap_err();
    assert_eq!(again.code, Code::NotFound);
});

scene!(the_devices_of_others_are_not_there, |world| async move {
    let phone = device(&world, ClientKind::MiniProgram).await;
    let other =
        sign_in::begin(&world.app, Actor::SYSTEM, world.cast.id("chenmei"), ClientKind::Password);
    let other = other.await.unwrap().access_token;
    let of_others = call(&world, &other, ListSignIns {}).await.unwrap()[0].id;
    for sign_in in [of_others, SignInId(Uuid::now_v7())] {
        let refused = call(&world, &phone.access_token, EndSignIn { sign_in }).await.unwrap_err();
        assert_eq!(refused.code, Code::NotFound);
    }
    call(&world, &other, ShowMe {}).await.unwrap();
    let (status, problem) =
        world.person("chenmei").await.raw("DELETE", "/api/me/sign-ins/x", None).await;
    assert_eq!((status, problem["fields"][0]["field"].as_str()), (422, Some("sign_in")));
});

scene!(a_device_that_signed_out_is_listed_no_more, |world| async move {
    let (phone, pc) =
        (device(&world, ClientKind::MiniProgram).await, device(&world, ClientKind::Password).await);
    call(&world, &pc.access_token, SignOut {}).await.unwrap();
    assert_eq!(call(&world, &phone.access_token, ListSignIns {}).await.unwrap().len(), 1);
});

scene!(a_pc_left_alone_is_signed_out_and_a_phone_is_not, |world| async move {
    let phone = device(&world, ClientKind::OfficialAccount).await.refresh_token;
    let pc = device(&world, ClientKind::Password).await.refresh_token;
    let kiosk = device(&world, ClientKind::Kiosk).await.refresh_token;
    pass(&world, 15 * 60).await;
    let refused = rotate(&world, kiosk).await.unwrap_err();
    assert_eq!(refused, Some(Code::NotSignedIn));
    pass(&world, 14 * 60).await;
    let pc = rotate(&world, pc).await.unwrap();
    pass(&world, 30 * 60).await;
    assert_eq!(rotate(&world, pc).await.unwrap_err(), Some(Code::NotSignedIn));
    rotate(&world, phone).await.unwrap();
});

scene!(a_pc_in_use_stays_signed_in_for_eight_hours, |world| async move {
    for (client, minutes) in [(ClientKind::Password, 29), (ClientKind::Kiosk, 14)] {
        let mut token = device(&world, client).await.refresh_token;
        for _ in 0..8 * 60 / minutes {
            pass(&world, minutes * 60).await;
            token = rotate(&world, token).await.unwrap();
        }
        pass(&world, minutes * 60).await;
        assert!(rotate(&world, token).await.is_err(), "{client:?}");
    }
});

async fn rotate(world: &scene::World, token: String) -> Result<String, Option<Code>> {
    let renewed = refreshing::rotate(&world.app, Actor::SYSTEM, token).await;
    renewed.map(|it| it.refresh_token).map_err(|it| it.code())
}

/// Everything that the sign-ins say of time moves into the past.
async fn pass(world: &scene::World, seconds: i64) {
    use backend::accounts::entity::sign_in::{ActiveModel, Entity};
    use sea_orm::{ActiveModelTrait, ActiveValue::Set};
    let ago = chrono::TimeDelta::seconds(seconds);
    for row in Entity::find().all(world.app.db.read()).await.unwrap() {
        let (created, used, expires) = (row.created_at, row.last_used_at, row.expires_at);
        let mut row = ActiveModel::from(row);
        row.created_at = Set(created - ago);
        row.last_used_at = Set(used - ago);
        row.expires_at = Set(expires - ago);
        world
            .app
            .db
            .write(move |tx| {
                Box::pin(async move {
                    row.update(tx).await?;
                    Ok(())
                })
            })
            .await
            .unwrap();
    }
}
