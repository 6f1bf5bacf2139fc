//! Collects endpoints; each is served and documented by the same call.

use std::collections::BTreeMap;

use actix_web::{HttpRequest, HttpResponse, web};
use shared::{
    api::{self, Endpoint, Route},
    problem::Code,
};
use utoipa::openapi::OpenApi;

use super::{Authorize, Ctx, access::record_denial, body, docs::Docs, json, refuse};
use crate::{App, Result, accounts};

#[derive(Default)]
pub struct Api {
    routes: Vec<(Route, actix_web::Route)>,
    docs: Docs,
}

impl Api {
    /// Serves and documents the endpoint that `handler` takes.
    pub fn on<E, F, Fut>(&mut self, handler: F) -> &mut Self
    where
        E: Endpoint,
        E::Access: Authorize,
        F: Fn(Ctx<E::Access>, E) -> Fut + Clone + 'static,
        Fut: Future<Output = Result<E::Response>> + 'static,
    {
        let method = E::METHOD.as_str().parse().expect("a known method");
        let call = move |http: HttpRequest, payload: web::Payload, app: web::Data<App>| {
            let handler = handler.clone();
            async move {
                match answer(handler, &http, payload, &app).await {
                    Ok(response) => response,
                    Err(error) => refuse(&http, error),
                }
            }
        };
        self.routes.push((Route::of::<E>(), web::method(method).to(call)));
        self.docs.describe::<E>();
        self
    }

    pub fn routes(&self) -> impl Iterator<Item = Route> {
        self.routes.iter().map(|(route, _)| *route)
    }

    pub fn document(&self) -> OpenApi {
        self.docs.document()
    }

    /// Mounts everything; `{` sorts after letters, so a literal segment wins over a placeholder.
    pub fn mount(self, config: &mut web::ServiceConfig) {
        let mut by_path = BTreeMap::<_, Vec<_>>::new();
        for (route, service) in self.routes {
            by_path.entry(route.path).or_default().push(service);
        }
        for (path, services) in by_path {
            let resource = web::resource(path)
                .default_service(web::to(async |http| refuse(&http, Code::MethodNotAllowed)));
            config.service(services.into_iter().fold(resource, actix_web::Resource::route));
        }
    }
}

async fn answer<E, F, Fut>(
    handler: F,
    http: &HttpRequest,
    payload: web::Payload,
    app: &App,
) -> Result<HttpResponse>
where
    E: Endpoint,
    E::Access: Authorize,
    F: Fn(Ctx<E::Access>, E) -> Fut,
    Fut: Future<Output = Result<E::Response>>,
{
    // Access first: a stranger learns nothing about what a body should look like.
    let ctx = Ctx::<E::Access>::of(app.clone(), http).await?;
    if E::STEP_UP {
        accounts::step_up::require(app, http).await?;
    }
    let body = if E::METHOD.has_body() { body::read(http, payload).await? } else { Vec::new() };
    let request = api::decode::<E>(http.match_info().iter(), http.query_string(), &body)?;
    let cookies = ctx.set_cookies.clone();
    let mut response = match handler(ctx, request).await {
        Ok(answer) => json(http, &answer),
        Err(error) => {
            record_denial(app, http, &error).await;
            refuse(http, error)
        }
    };
    for cookie in cookies.take() {
        response.add_cookie(&cookie).map_err(anyhow::Error::new)?;
    }
    Ok(response)
}
