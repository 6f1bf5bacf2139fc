//! What is printed with `{:?}` ends in logs sooner or later: nothing of what must not be read there.

use std::fmt::Debug;

use chrono::DateTime;
use rstest::rstest;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use shared::{
    accounts::{binding::ClaimMiniProgram, *},
    roster::*,
    training::*,
};
use uuid::Uuid;

use crate::{
    accounts::entity::{binding_claim, person, wechat_identity},
    config::Config,
    wechat::{PhoneNumber, SubscribeEvents, WeChatIdentity},
};

const CANARY: &str = "13800138000-canary";

fn printed<T: Debug + DeserializeOwned>(fields: Value) -> String {
    format!("{:?}", serde_json::from_value::<T>(fields).unwrap())
}

#[rstest]
#[case::a_password(printed::<SignInWithPassword>(json!({"username": CANARY, "password": CANARY})))]
#[case::a_code_of_wechat(printed::<SignInWithMiniProgram>(json!({"code": CANARY})))]
#[case::a_claim(printed::<ClaimMiniProgram>(json!({"code": CANARY})))]
#[case::a_refresh_token(printed::<RefreshSignIn>(json!({"refresh_token": CANARY})))]
#[case::tokens(printed::<Tokens>(json!({
    "access_token": CANARY, "expires_in": 600, "refresh_token": CANARY
})))]
#[case::a_scanned_code(printed::<BeginCheckIn>(json!({"code": CANARY})))]
#[case::a_ticket(printed::<CompleteCheckIn>(json!({"ticket": CANARY})))]
#[case::a_corrected_row(printed::<Correction>(json!({"row": 2, "cells": {"phone": CANARY}})))]
#[case::a_row(printed::<ImportRow>(json!({
    "row": 2, "outcome": "added", "cells": {"id_card": CANARY}
})))]
#[case::an_openid(printed::<SubscribeEvents>(json!({
    "app_id": "wx", "openid": CANARY, "at": "2026-01-01T00:00:00Z", "items": []
})))]
#[case::an_identity(format!("{:?}", WeChatIdentity {
    app_id: "wx".into(), openid: CANARY.into(), unionid: Some(CANARY.into())
}))]
#[case::a_phone_number(format!("{:?}", PhoneNumber {
    number: CANARY.into(), country_code: "86".into()
}))]
#[case::a_bound_wechat(format!("{:?}", wechat_identity::Model {
    id: Uuid::nil(),
    person_id: PersonId(Uuid::nil()),
    app_id: "wx".into(),
    openid: CANARY.into(),
    unionid: Some(CANARY.into()),
    bound_at: DateTime::UNIX_EPOCH,
}))]
#[case::a_wechat_to_be_bound(format!("{:?}", binding_claim::Model {
    hash: Vec::new(),
    app_id: "wx".into(),
    openid: CANARY.into(),
    unionid: Some(CANARY.into()),
    created_at: DateTime::UNIX_EPOCH,
    expires_at: DateTime::UNIX_EPOCH,
}))]
#[case::a_person(format!("{:?}", person::Model {
    id: PersonId(Uuid::nil()),
    organization_id: shared::organizations::OrganizationId(Uuid::nil()),
    post_id: None,
    name: CANARY.into(),
    staff_number: CANARY.into(),
    username: Some(CANARY.into()),
    password_hash: Some(CANARY.into()),
    active: true,
    created_at: DateTime::UNIX_EPOCH,
}))]
fn what_is_secret_is_not_printed(#[case] printed: String) {
    assert!(!printed.contains("canary") && !printed.contains("138"), "{printed}");
    assert!(!printed.is_empty());
}

#[test]
fn secrets_of_the_configuration_are_not_printed() {
    #[derive(Debug, clap::Parser)]
    struct Settings {
        #[command(flatten)]
        config: Config,
    }
    let secrets = [
        "--database-url",
        "--redis-url",
        "--mini-app-secret",
        "--mini-token",
        "--mini-aes-key",
        "--oa-app-secret",
        "--oa-token",
        "--oa-aes-key",
        "--wecom-secret",
    ];
    let given = secrets.iter().flat_map(|name| [*name, CANARY]);
    let settings =
        <Settings as clap::Parser>::parse_from(std::iter::once("fingertip").chain(given));
    assert!(!format!("{settings:?}").contains("canary"));
}
