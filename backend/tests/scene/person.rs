//! Somebody who calls the API as its clients do.

use actix_web::{body::to_bytes, http::header, test::TestRequest};
use backend::{
    accounts::{ClientKind, sign_in},
    audit::Actor,
};
use serde_json::Value;
use shared::{
    accounts::PersonId,
    api::{Endpoint, encode},
    problem::Problem,
};

use super::World;

pub struct Person<'world> {
    world: &'world World,
    pub id: Option<PersonId>,
    token: Option<String>,
}

impl<'world> Person<'world> {
    pub async fn signed_in(world: &'world World, id: PersonId) -> Self {
        let tokens = sign_in::begin_proven(&world.app, Actor::SYSTEM, id, ClientKind::MiniProgram)
            .await
            .unwrap();
        Self { world, id: Some(id), token: Some(tokens.access_token) }
    }

    pub fn stranger(world: &'world World) -> Self {
        Self { world, id: None, token: None }
    }

    /// The same as the apps' client does, with the network left out.
    pub async fn call<E: Endpoint>(&self, request: E) -> Result<E::Response, Problem> {
        let out = encode(&request);
        let (status, answer) = self.raw(out.method.as_str(), &out.target, out.body).await;
        if status < 300 {
            Ok(serde_json::from_value(answer).expect("the answer has its declared type"))
        } else {
            Err(serde_json::from_value(answer).expect("a refusal is a problem"))
        }
    }

    /// A request as it goes over the wire; its status and JSON answer.
    pub async fn raw(&self, method: &str, target: &str, body: Option<String>) -> (u16, Value) {
        let mut request = self.request(method, target);
        if let Some(body) = body {
            request =
                request.insert_header((header::CONTENT_TYPE, "application/json")).set_payload(body);
        }
        let answer = self.world.send(request).await;
        let status = answer.status().as_u16();
        let body = to_bytes(answer.into_body()).await.unwrap();
        let answer = serde_json::from_slice(&body);
        (
            status,
            answer.unwrap_or_else(|_| panic!("not JSON: {:?}", String::from_utf8_lossy(&body))),
        )
    }

    /// Whether a request was granted; the code of its refusal otherwise. What it brings is not
    /// looked at, so it may be a file.
    pub async fn outcome(
        &self,
        method: &str,
        target: &str,
        body: Option<String>,
    ) -> Result<(), String> {
        let mut request = self.request(method, target);
        if let Some(body) = body {
            request =
                request.insert_header((header::CONTENT_TYPE, "application/json")).set_payload(body);
        }
        let answer = self.world.send(request).await;
        if answer.status().is_success() {
            return Ok(());
        }
        let body = to_bytes(answer.into_body()).await.unwrap();
        let problem: Problem = serde_json::from_slice(&body).expect("a refusal is a problem");
        Err(problem.code.as_str().to_owned())
    }

    /// A request that carries this person's token.
    pub fn request(&self, method: &str, target: &str) -> TestRequest {
        let mut request = TestRequest::with_uri(target).method(method.parse().unwrap());
        request = request.peer_addr("127.0.0.1:40000".parse().unwrap());
        if let Some(token) = &self.token {
            request = request.insert_header((header::AUTHORIZATION, format!("Bearer {token}")));
        }
        request
    }

    /// Sends a file in the one part `file`, as the console does; the status and the JSON answer.
    pub async fn upload(&self, target: &str, name: &str, file: &[u8]) -> (u16, Value) {
        let head = format!(
            "--line\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        );
        let body = [head.as_bytes(), file, b"\r\n--line--\r\n"].concat();
        let request = self
            .request("POST", target)
            .insert_header((header::CONTENT_TYPE, "multipart/form-data; boundary=line"))
            .set_payload(body);
        let answer = self.world.send(request).await;
        let status = answer.status().as_u16();
        let body = to_bytes(answer.into_body()).await.unwrap();
        (status, serde_json::from_slice(&body).unwrap())
    }
}
