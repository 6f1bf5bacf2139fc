//! Collects endpoints; each is served and documented by the same call.

use std::collections::BTreeMap;
use std::rc::Rc;

use actix_web::{HttpRequest, HttpResponse, web};
use futures_util::future::LocalBoxFuture;
use shared::{
    api::{self, Endpoint, Route},
    problem::Code,
};
use utoipa::openapi::OpenApi;

use super::{
    Authorize, Ctx,
    access::{Cookies, record_denial},
    body,
    docs::Docs,
    refuse,
    respond::{encoded, json_text},
};
use crate::{App, Result, accounts};

/// An endpoint's handler with everything round it. Its type is forgotten, so that what actix makes of a
/// handler is compiled once and not for each of two hundred endpoints.
type Call =
    Rc<dyn Fn(HttpRequest, web::Payload, web::Data<App>) -> LocalBoxFuture<'static, HttpResponse>>;

#[derive(Default)]
pub struct Api {
    routes: Vec<(Route, actix_web::Route)>,
    /// Describes one endpoint each: to serve them, nobody needs to know.
    described: Vec<fn(&mut Docs)>,
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
        let call: Call = Rc::new(move |http, payload, app| {
            let handler = handler.clone();
            Box::pin(async move {
                let answer = answer(handler, &http, payload, &app).await;
                answer.unwrap_or_else(|error| refuse(&http, error))
            })
        });
        self.routes.push((Route::of::<E>(), route(E::METHOD, call)));
        self.described.push(Docs::describe::<E>);
        self
    }

    pub fn routes(&self) -> impl Iterator<Item = Route> {
        self.routes.iter().map(|(route, _)| *route)
    }

    pub fn document(&self) -> OpenApi {
        let mut docs = Docs::default();
        for describe in &self.described {
            describe(&mut docs);
        }
        docs.document()
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

fn route(method: api::Method, call: Call) -> actix_web::Route {
    let method = method.as_str().parse().expect("a known method");
    web::method(method).to(move |http, payload, app| call(http, payload, app))
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
    let answer = handler(ctx, request).await.and_then(|it| encoded(&it));
    finish(app, http, answer, &cookies).await
}

/// The answer on its way, with the cookies that the handler set whatever came of it.
async fn finish(
    app: &App,
    http: &HttpRequest,
    answer: Result<Vec<u8>>,
    cookies: &Cookies,
) -> Result<HttpResponse> {
    let mut response = match answer {
        Ok(text) => json_text(http, text),
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
