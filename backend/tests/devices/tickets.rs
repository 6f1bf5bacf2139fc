//! Handing the mini-program's sign-in over to its web view.

use actix_web::{
    cookie::{Cookie, time::Duration},
    http::header,
};
use backend::accounts::{ClientKind, entity::web_ticket};
use futures_util::future::join_all;
use sea_orm::EntityTrait;
use shared::{
    accounts::{EndSignIn, ListSignIns, MakeWebTicket, RedeemWebTicket, ShowMe},
    api::encode,
    problem::Code,
};

use crate::{call, device, scene, scene::World};

const PATH: &str = "/courses?level=1";

/// A ticket of this sign-in for [`PATH`].
async fn ticket(world: &World, token: &str) -> String {
    let made = call(world, token, MakeWebTicket { path: PATH.into() }).await.unwrap();
    let (page, ticket) = made.url.split_once("#t=").unwrap();
    assert_eq!(page, format!("{}{PATH}", scene::PUBLIC_BASE));
    assert_eq!(made.expires_in, 60);
    ticket.to_owned()
}

fn redeem(ticket: &str) -> RedeemWebTicket {
    RedeemWebTicket { ticket: ticket.into(), path: PATH.into() }
}

/// The access token that a browser gets for a ticket.
async fn opened(world: &World, ticket: &str) -> Option<String> {
    let out = encode(&redeem(ticket));
    let request = (world.stranger().request("POST", &out.target))
        .insert_header((header::CONTENT_TYPE, "application/json"))
        .set_payload(out.body.unwrap());
    let answer = world.send(request).await;
    let lives = |it: &Cookie<'_>| it.max_age().is_some_and(|lives| lives > Duration::ZERO);
    let mut cookies = answer.response().cookies().filter(lives);
    let access = cookies.find(|it| it.name() == "fingertip_access");
    access.map(|it| it.value().to_owned())
}

scene!(a_web_view_is_signed_in_by_a_ticket_as_part_of_the_mini_program, |world| async move {
    let phone = device(&world, ClientKind::MiniProgram).await;
    let view = opened(&world, &ticket(&world, &phone.access_token).await).await.unwrap();
    assert_eq!(call(&world, &view, ShowMe {}).await.unwrap().name, "王秀英");
    let devices = call(&world, &view, ListSignIns {}).await.unwrap();
    assert_eq!(devices.len(), 1, "the web view is not a device");
    assert!(devices[0].current && devices[0].kind == ClientKind::MiniProgram);
    call(&world, &phone.access_token, EndSignIn { sign_in: devices[0].id }).await.unwrap();
    assert!(call(&world, &phone.access_token, ShowMe {}).await.is_err());
    let ended = backend::accounts::entity::sign_in::Entity::find().all(world.app.db.read()).await;
    assert!(ended.unwrap().iter().all(|it| it.ended_at.is_some()), "the web view's too");
});

scene!(of_two_hundred_who_redeem_a_ticket_at_once_one_is_let_in, |world| async move {
    let phone = device(&world, ClientKind::MiniProgram).await;
    let ticket = ticket(&world, &phone.access_token).await;
    let let_in = join_all((0..200).map(|_| opened(&world, &ticket))).await;
    assert_eq!(let_in.iter().flatten().count(), 1);
});

scene!(a_ticket_that_comes_twice_ends_what_it_began_and_nothing_else, |world| async move {
    let phone = device(&world, ClientKind::MiniProgram).await;
    let ticket = ticket(&world, &phone.access_token).await;
    let view = opened(&world, &ticket).await.unwrap();
    call(&world, &view, ShowMe {}).await.unwrap();
    assert_eq!(opened(&world, &ticket).await, None);
    assert_eq!(call(&world, &view, ShowMe {}).await.unwrap_err().code, Code::NotSignedIn);
    call(&world, &phone.access_token, ShowMe {}).await.unwrap();
});

scene!(a_ticket_is_good_for_a_minute_its_page_and_while_the_phone_is_in, |world| async move {
    let phone = device(&world, ClientKind::MiniProgram).await;
    let refused = async |request| world.stranger().call(request).await.unwrap_err().code;
    let good = ticket(&world, &phone.access_token).await;
    for path in ["/me", "/me\0", "", "https://evil.example"] {
        let elsewhere = RedeemWebTicket { path: path.into(), ..redeem(&good) };
        assert_eq!(refused(elsewhere).await, Code::NotSignedIn, "{path:?}");
    }
    for made_up in ["", "x", &phone.access_token, &phone.refresh_token] {
        assert_eq!(refused(redeem(made_up)).await, Code::NotSignedIn);
    }
    let late = ticket(&world, &phone.access_token).await;
    let now = "expires_at = created_at";
    world.sql(&format!("UPDATE web_tickets SET {now} WHERE used_at IS NULL")).await;
    assert_eq!(refused(redeem(&late)).await, Code::NotSignedIn);
    let after = ticket(&world, &phone.access_token).await;
    let devices = call(&world, &phone.access_token, ListSignIns {}).await.unwrap();
    call(&world, &phone.access_token, EndSignIn { sign_in: devices[0].id }).await.unwrap();
    assert_eq!(refused(redeem(&after)).await, Code::NotSignedIn);
});

scene!(only_a_mini_program_gets_tickets_and_only_for_pages_of_the_app, |world| async move {
    let phone = device(&world, ClientKind::MiniProgram).await;
    let view = opened(&world, &ticket(&world, &phone.access_token).await).await.unwrap();
    let pc = device(&world, ClientKind::Password).await.access_token;
    let browser = device(&world, ClientKind::OfficialAccount).await.access_token;
    for token in [view, pc, browser] {
        let refused = call(&world, &token, MakeWebTicket { path: "/".into() }).await.unwrap_err();
        assert_eq!(refused.code, Code::NotAllowed);
    }
    let stranger = world.stranger().call(MakeWebTicket { path: "/".into() }).await.unwrap_err();
    assert_eq!(stranger.code, Code::NotSignedIn);
    for path in [
        "",
        "me",
        "//evil.example",
        "/\\evil.example",
        "https://evil.example",
        "javascript:alert(1)",
        "/me\r\nX: 1",
        "/me#t=x",
        "/admin",
        "/api/me",
        "/enter/wechat",
        "/c/x",
        "/courses x",
        "///courses",
        "/./admin",
    ] {
        let request = MakeWebTicket { path: path.into() };
        let refused = call(&world, &phone.access_token, request).await.unwrap_err();
        assert_eq!(refused.fields[0].field, "path", "{path}");
    }
});

scene!(no_ticket_is_kept_readable, |world| async move {
    let phone = device(&world, ClientKind::MiniProgram).await;
    let ticket = ticket(&world, &phone.access_token).await;
    let kept = web_ticket::Entity::find().one(world.app.db.read()).await.unwrap().unwrap();
    assert_eq!(kept.hash, backend::keys::hash(ticket.as_bytes()));
});

scene!(a_mini_program_gets_a_hundred_and_twenty_tickets_an_hour, |world| async move {
    let phone = device(&world, ClientKind::MiniProgram).await;
    for _ in 0..120 {
        ticket(&world, &phone.access_token).await;
    }
    let one_more = MakeWebTicket { path: PATH.into() };
    let refused = call(&world, &phone.access_token, one_more).await.unwrap_err();
    assert_eq!(refused.code, Code::TooManyTries);
    let another = device(&world, ClientKind::MiniProgram).await;
    ticket(&world, &another.access_token).await;
});
