//! Signing in with a word from the phone, and refusing to give it.

use backend::accounts::entity::wechat_identity;
use sea_orm::{ActiveModelTrait, ActiveValue::Set};
use shared::accounts::{
    SignInWithPassword,
    confirmations::{AskForConfirmation, ConfirmationAsked},
};
use uuid::Uuid;

use super::*;
use crate::{
    scene::{PUBLIC_BASE, Person},
    written::now,
};

/// Somebody who has a second factor says yes, no, and yes with a number that is not shown.
pub async fn answer_on_the_phone(world: &World, person: &Person<'_>, number: &str, password: &str) {
    bind(world, person).await;
    for answer in ["yes", "no", "mistaken"] {
        let typed = SignInWithPassword { username: number.into(), password: password.into() };
        let factor = world.stranger().call(typed).await.unwrap().second_factor.unwrap();
        let request = AskForConfirmation { challenge: factor.challenge };
        let asked = world.stranger().call(request).await.unwrap();
        send(world, person, &asked, answer).await;
    }
}

async fn bind(world: &World, person: &Person<'_>) {
    let row = wechat_identity::ActiveModel {
        id: Set(Uuid::now_v7()),
        person_id: Set(person.id.unwrap()),
        app_id: Set("wxoa".into()),
        openid: Set("a phone".into()),
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

async fn send(world: &World, person: &Person<'_>, asked: &ConfirmationAsked, answer: &str) {
    let page = asked.address.strip_prefix(PUBLIC_BASE).unwrap();
    let number = if answer == "mistaken" { 109 - asked.number } else { asked.number };
    let fields = [("number", number.to_string()), ("answer", answer.to_owned())];
    let sent = world.send(person.request("POST", page).set_form(fields)).await;
    let expected = if answer == "mistaken" { 403 } else { 200 };
    assert_eq!(sent.status().as_u16(), expected, "{answer}");
}
