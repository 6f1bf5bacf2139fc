//! Proving who one is: passwords, the second factor, a fresh proof before what matters, and tokens
//! that prove nothing.
#![allow(clippy::unwrap_used, reason = "a scene that cannot go on has failed")]

#[macro_use]
mod scene;
mod written;

#[path = "proof/confirm_page.rs"]
mod confirm_page;
#[path = "proof/confirmations.rs"]
mod confirmations;
#[path = "proof/confirmations_required.rs"]
mod confirmations_required;
#[path = "proof/forged_tokens.rs"]
mod forged_tokens;
#[path = "proof/password_code.rs"]
mod password_code;
#[path = "proof/passwords.rs"]
mod passwords;
#[path = "proof/second_factor.rs"]
mod second_factor;
#[path = "proof/step_up.rs"]
mod step_up;

use actix_web::{
    body::{BoxBody, to_bytes},
    cookie::Cookie,
    dev::ServiceResponse,
    http::{Method, header},
    test::TestRequest,
};
use backend::accounts::password;
use chrono::{DateTime, TimeDelta, Utc};
use scene::{PUBLIC_BASE, Person, World};
use sea_orm::{EntityTrait, QueryOrder, sea_query::Expr};
use shared::{
    accounts::{Me, SignInWithPassword, second_factor::*},
    api::{Endpoint, encode},
    problem::Problem,
};
use totp_rs::{Builder, Secret};

const PASSWORD: &str = "three wise owls";

/// Gives somebody a password, by name.
async fn with_password(world: &World, name: &str) {
    let hash = password::make(PASSWORD);
    let statement = format!("UPDATE people SET password_hash = '{hash}' WHERE name = '{name}'");
    world.sql(&statement).await;
}

fn by_password(name: &str) -> SignInWithPassword {
    SignInWithPassword { username: name.into(), password: PASSWORD.into() }
}

/// The code that an app shows so many steps from now.
async fn code_of(world: &World, secret: &str, steps: i64) -> String {
    let secret = Secret::try_from_base32(secret.replace(' ', "")).unwrap();
    let app = Builder::new().with_secret(secret).with_account_name("x").build().unwrap();
    let then = now(world).await.timestamp() + steps * 30;
    app.generate(u64::try_from(then).unwrap()).to_string()
}

/// Sets the second factor of somebody up: its secret and recovery codes.
async fn set_up(world: &World, person: &Person<'_>) -> (String, Vec<String>) {
    let secret = person.call(PrepareSecondFactor {}).await.unwrap().secret;
    let code = code_of(world, &secret, 0).await;
    let codes = person.call(SetUpSecondFactor { code }).await.unwrap().codes;
    (secret, codes)
}

/// As if the last code was used long ago.
async fn forget_steps(world: &World) {
    world.sql("UPDATE second_factors SET last_step = 0").await;
}

/// As if everybody's last proof was so many seconds ago.
async fn age_proofs(world: &World, seconds: i64) {
    use backend::accounts::entity::sign_in::{Column, Entity};
    let then = now(world).await - TimeDelta::seconds(seconds);
    let write = world.app.db.write(move |tx| {
        Box::pin(async move {
            Entity::update_many().col_expr(Column::SteppedUpAt, Expr::value(then)).exec(tx).await?;
            Ok(())
        })
    });
    write.await.unwrap();
}

async fn now(world: &World) -> DateTime<Utc> {
    world.app.clock.now(world.app.db.read()).await.unwrap()
}

/// Events that wait to be sealed, in the order in which they happened.
async fn events(world: &World) -> Vec<String> {
    use backend::audit::entity::pending::{Column, Entity};
    let find = Entity::find().order_by_asc(Column::At);
    let rows = find.all(world.app.db.read()).await.unwrap();
    let event = |canonical: &str| {
        let record: serde_json::Value = serde_json::from_str(canonical).unwrap();
        record["event"].as_str().unwrap().to_owned()
    };
    rows.iter().map(|row| event(&row.canonical)).collect()
}

/// A browser: the cookies it was given.
#[derive(Default, Clone)]
struct Browser(Vec<Cookie<'static>>);

impl Browser {
    fn request(&self, method: Method, target: &str) -> TestRequest {
        let request = TestRequest::with_uri(target)
            .method(method)
            .insert_header((header::ORIGIN, PUBLIC_BASE))
            .peer_addr("127.0.0.1:40000".parse().unwrap());
        self.0.iter().fold(request, |request, cookie| request.cookie(cookie.clone()))
    }

    async fn send(&mut self, world: &World, request: TestRequest) -> ServiceResponse<BoxBody> {
        let answer = world.send(request).await;
        for cookie in answer.response().cookies() {
            self.0.retain(|it| it.name() != cookie.name());
            if !cookie.value().is_empty() {
                self.0.push(cookie.into_owned());
            }
        }
        answer
    }

    async fn open(&mut self, world: &World, target: &str) -> ServiceResponse<BoxBody> {
        self.send(world, self.request(Method::GET, target)).await
    }

    /// Sends a form as a page of ours does.
    async fn fill_in(
        &mut self,
        world: &World,
        target: &str,
        fields: &[(&str, &str)],
    ) -> ServiceResponse<BoxBody> {
        let request = self.request(Method::POST, target).set_form(fields);
        self.send(world, request).await
    }

    async fn call<E: Endpoint>(
        &mut self,
        world: &World,
        request: E,
    ) -> Result<E::Response, Problem> {
        let out = encode(&request);
        let method = out.method.as_str().parse().unwrap();
        let mut request = self.request(method, &out.target);
        if let Some(body) = out.body {
            let json = (header::CONTENT_TYPE, "application/json");
            request = request.insert_header(json).set_payload(body);
        }
        let answer = self.send(world, request).await;
        let refused = !answer.status().is_success();
        let (_, body) = text(answer).await;
        if refused {
            return Err(serde_json::from_str(&body).unwrap());
        }
        Ok(serde_json::from_str(&body).unwrap())
    }

    async fn me(&mut self, world: &World) -> Option<Me> {
        self.call(world, shared::accounts::ShowMe {}).await.ok()
    }
}

async fn text(answer: ServiceResponse<BoxBody>) -> (u16, String) {
    let status = answer.status().as_u16();
    let body = to_bytes(answer.into_body()).await.unwrap();
    (status, String::from_utf8(body.to_vec()).unwrap())
}

fn location(answer: &ServiceResponse<BoxBody>) -> String {
    assert_eq!(answer.status().as_u16(), 303);
    answer.headers().get(header::LOCATION).unwrap().to_str().unwrap().to_owned()
}
