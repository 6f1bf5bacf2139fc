//! Completing a check-in: once, by the person who scanned, in time.

use backend::training::{entity::ticket, forget_old_tickets};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use chrono::TimeDelta;
use futures_util::future::join_all;
use sea_orm::{EntityTrait, PaginatorTrait};
use shared::{problem::Code, training::*};

use crate::stage::*;

scene!(completing_again_gives_the_same_answer, |world| async move {
    let (session, ming) = (enrolled_session(&world).await, world.person("wangxiuying").await);
    let ticket = begin(&world, &ming, session).await.unwrap();
    let once = ming.call(complete(&ticket)).await.unwrap();
    let again = ming.call(complete(&ticket)).await.unwrap();
    assert_eq!((once.repeated, again.repeated), (false, true));
    assert_eq!(CheckedIn { repeated: false, ..again }, once);
    // Even when the answer comes so late that the ticket has run out meanwhile.
    expire_tickets(&world).await;
    assert!(ming.call(complete(&ticket)).await.unwrap().repeated);
});

scene!(of_many_completions_at_once_one_checks_in, |world| async move {
    let (session, ming) = (enrolled_session(&world).await, world.person("wangxiuying").await);
    let tickets = [
        begin(&world, &ming, session).await.unwrap(),
        begin(&world, &ming, session).await.unwrap(),
    ];
    let calls = tickets.iter().cycle().take(20).map(|it| ming.call(complete(it)));
    let answers: Vec<_> = join_all(calls).await.into_iter().map(Result::unwrap).collect();
    assert_eq!(answers.iter().filter(|it| !it.repeated).count(), 1);
    assert!(answers.iter().all(|it| it.checked_in_at == answers[0].checked_in_at));
});

scene!(a_ticket_is_worth_nothing_to_anybody_else, |world| async move {
    let (session, ming) = (enrolled_session(&world).await, world.person("wangxiuying").await);
    let guo = world.person("lijianguo").await;
    guo.call(Enroll { session }).await.unwrap();
    let ticket = begin(&world, &ming, session).await.unwrap();
    assert_eq!(guo.call(complete(&ticket)).await.unwrap_err().code, Code::TicketSpent);
    assert!(!ming.call(complete(&ticket)).await.unwrap().repeated);
    assert_eq!(guo.call(complete(&ticket)).await.unwrap_err().code, Code::TicketSpent);
    assert_eq!(attendee(&world, session, guo.id.unwrap()).await.unwrap().checked_in_at, None);
});

scene!(a_ticket_runs_out_after_a_minute, |world| async move {
    let (session, ming) = (enrolled_session(&world).await, world.person("wangxiuying").await);
    let before = now(&world).await;
    let ticket = begin(&world, &ming, session).await.unwrap();
    let lives = ticket.expires_at - before;
    assert!(TimeDelta::seconds(60) <= lives && lives < TimeDelta::seconds(70));
    expire_tickets(&world).await;
    assert_eq!(ming.call(complete(&ticket)).await.unwrap_err().code, Code::TicketSpent);
    assert_eq!(attendee(&world, session, ming.id.unwrap()).await.unwrap().checked_in_at, None);
});

scene!(a_made_up_ticket_checks_nobody_in, |world| async move {
    let (session, ming) = (enrolled_session(&world).await, world.person("wangxiuying").await);
    let real = begin(&world, &ming, session).await.unwrap().ticket;
    let hash = BASE64_URL_SAFE_NO_PAD.encode(backend::keys::hash(real.as_bytes()));
    for ticket in ["", "x", &real[1..], &real.to_lowercase(), &hash, "\0"] {
        let refused = ming.call(CompleteCheckIn { ticket: ticket.into() }).await.unwrap_err();
        assert_eq!(refused.code, Code::TicketSpent, "{ticket}");
    }
});

scene!(old_tickets_are_forgotten_and_others_kept, |world| async move {
    let (session, ming) = (enrolled_session(&world).await, world.person("wangxiuying").await);
    begin(&world, &ming, session).await.unwrap();
    let count = async || ticket::Entity::find().count(world.app.db.read()).await.unwrap();
    let forget = async |days| {
        let at = now(&world).await + TimeDelta::days(days);
        let work =
            world.app.db.write(move |tx| Box::pin(async move { forget_old_tickets(tx, at).await }));
        work.await.unwrap();
    };
    forget(0).await;
    assert_eq!(count().await, 1);
    forget(2).await;
    assert_eq!(count().await, 0);
});
