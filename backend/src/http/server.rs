//! The HTTP server itself.

use std::{sync::LazyLock, time::Duration};

use actix_web::{App as ActixApp, HttpServer, middleware, web};
use tracing_actix_web::TracingLogger;

use super::{api, plain, request_log::RouteSpan, secure};
use crate::{App, Result};

/// Mounts everything the server answers.
pub fn configure(config: &mut web::ServiceConfig) {
    api().mount(config);
    plain(config);
}

/// `/api/openapi.json`
pub fn openapi() -> &'static str {
    static DOCUMENT: LazyLock<String> =
        LazyLock::new(|| api().document().to_pretty_json().expect("the document serializes"));
    &DOCUMENT
}

/// Listens until the process is told to stop, then lets running requests end.
pub async fn serve(app: App) -> Result<()> {
    let bind = app.config.bind.clone();
    let data = web::Data::new(app);
    HttpServer::new(move || {
        ActixApp::new()
            .app_data(data.clone())
            .wrap(middleware::from_fn(secure::guard))
            .wrap(TracingLogger::<RouteSpan>::new())
            .configure(configure)
    })
    .workers(std::thread::available_parallelism().map_or(2, usize::from).min(8))
    .client_request_timeout(Duration::from_secs(5))
    .shutdown_timeout(15)
    .bind(&bind)?
    .run()
    .await?;
    Ok(())
}
