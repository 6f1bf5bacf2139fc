//! A file on its way from the console: gathered in memory within limits, then read.

use std::time::Duration;

use actix_multipart::Multipart;
use actix_web::{HttpRequest, HttpResponse, web};
use shared::{
    api::Officer,
    problem::{Code, Problem},
    roster::RosterImport,
};
use tokio::sync::Semaphore;

use super::{cells::tidy, imports, reading};
use crate::{
    App, Result,
    http::{Ctx, Limits, file_part, gather, json, refuse},
};

const LIMITS: Limits = Limits {
    largest: 10 * 1024 * 1024,
    patience: Duration::from_mins(2),
    silence: Duration::from_secs(20),
};

/// Files that are read at once: each may unpack to much.
static TURNS: Semaphore = Semaphore::const_new(2);

pub async fn upload(http: HttpRequest, payload: web::Payload, app: web::Data<App>) -> HttpResponse {
    match receive(&http, payload, &app).await {
        Ok(import) => json(&http, &import),
        Err(error) => refuse(&http, error),
    }
}

async fn receive(http: &HttpRequest, payload: web::Payload, app: &App) -> Result<RosterImport> {
    let ctx = Ctx::<Officer>::of(app.clone(), http).await?;
    let mut parts = Multipart::new(http.headers(), payload);
    let part = file_part(&mut parts, LIMITS.silence).await?;
    let name = part.content_disposition().and_then(|it| it.get_filename()).unwrap_or_default();
    let name = shown_name(name, "花名册");
    let file = gather(part, &LIMITS, too_large).await?;
    let turn = TURNS.acquire().await.map_err(anyhow::Error::from)?;
    let rows = reading::rows(&app.config.program, &file).await?;
    drop(turn);
    imports::create(app, ctx.actor(), name, rows, ctx.caller.person).await
}

/// A file's name without folders and whatever nobody sees; `otherwise` where nothing is left.
pub fn shown_name(name: &str, otherwise: &str) -> String {
    let name = tidy(name.rsplit(['/', '\\']).next().unwrap_or_default());
    let direction =
        |letter: char| matches!(letter, '\u{200e}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let name: String = name.chars().filter(|it| !direction(*it)).take(100).collect();
    if name.is_empty() { otherwise.into() } else { name }
}

fn too_large() -> Problem {
    Problem::from(Code::NotASheet).detail("文件超过了 10 MB，请拆成几个文件")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_called_by_its_last_part_and_nothing_hidden() {
        assert_eq!(shown_name("C:\\桌面\\..\\名册.xlsx", "花名册"), "名册.xlsx");
        assert_eq!(shown_name("a\u{202e}xslx\r\n", "花名册"), "axslx");
        assert_eq!(shown_name("/", "花名册"), "花名册");
    }
}
