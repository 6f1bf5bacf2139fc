//! The fastest server we could have: actix-web and sqlx that run the statements of `fingertip`, in
//! the same transactions on a copy of the same database, and answer JSON of the same size. It knows
//! nobody, checks nothing and logs nothing. What `fingertip` costs beyond it is ours to answer for.
//!
//! The statements are those that PostgreSQL logs (`log_statement=all`) while `fingertip` answers.

mod failure;
mod postgres;
mod sqlite;
mod store;

use std::net::SocketAddr;

use actix_web::{
    App, HttpServer,
    web::{self, Data, ServiceConfig},
};
use anyhow::Result;
use clap::Parser;

#[derive(Parser)]
struct Arguments {
    /// `postgres://…` or `sqlite://…`
    #[arg(long, env = "DATABASE_URL", hide_env_values = true)]
    database: String,
    #[arg(long, env = "BIND")]
    bind: SocketAddr,
}

#[actix_web::main]
async fn main() -> Result<()> {
    let Arguments { database, bind } = Arguments::parse();
    if database.starts_with("sqlite:") {
        let store = Data::new(sqlite::connect(&database).await?);
        serve(bind, move |config| {
            config.app_data(store.clone()).configure(sqlite::routes);
        })
        .await
    } else {
        let store = Data::new(postgres::connect(&database).await?);
        serve(bind, move |config| {
            config.app_data(store.clone()).configure(postgres::routes);
        })
        .await
    }
}

async fn serve(
    bind: SocketAddr,
    mount: impl Fn(&mut ServiceConfig) + Clone + Send + 'static,
) -> Result<()> {
    HttpServer::new(move || {
        App::new().configure(mount.clone()).route("/readyz", web::get().to(async || "ready"))
    })
    // As many as `fingertip` takes.
    .workers(std::thread::available_parallelism().map_or(2, usize::from).min(8))
    .bind(bind)?
    .run()
    .await?;
    Ok(())
}
