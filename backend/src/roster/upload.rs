//! A file on its way from the console: gathered in memory within limits, then read.

use std::time::Duration;

use actix_multipart::{Field, Multipart};
use actix_web::{HttpRequest, HttpResponse, web};
use futures_util::StreamExt;
use shared::{
    api::Officer,
    problem::{Code, Problem},
    roster::RosterImport,
};
use tokio::{
    sync::Semaphore,
    time::{Instant, timeout_at},
};

use super::{cells::tidy, imports, reading};
use crate::{
    App, Result,
    http::{Ctx, file_part, json, refuse, unreadable},
};

const LARGEST: usize = 10 * 1024 * 1024;
const PATIENCE: Duration = Duration::from_mins(2);
/// The longest silence.
const SILENCE: Duration = Duration::from_secs(20);

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
    let part = file_part(&mut parts, SILENCE).await?;
    let name = part.content_disposition().and_then(|it| it.get_filename()).unwrap_or_default();
    let name = shown_name(name);
    let file = gather(part).await?;
    let turn = TURNS.acquire().await.map_err(anyhow::Error::from)?;
    let rows = reading::rows(&app.config.program, &file).await?;
    drop(turn);
    imports::create(app, ctx.actor(), name, rows, ctx.caller.person).await
}

/// The file's name without folders and whatever nobody sees.
fn shown_name(name: &str) -> String {
    let name = tidy(name.rsplit(['/', '\\']).next().unwrap_or_default());
    let direction =
        |letter: char| matches!(letter, '\u{200e}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let name: String = name.chars().filter(|it| !direction(*it)).take(100).collect();
    if name.is_empty() { "花名册".into() } else { name }
}

async fn gather(mut part: Field) -> Result<Vec<u8>> {
    let (end, mut file) = (Instant::now() + PATIENCE, Vec::new());
    loop {
        let deadline = end.min(Instant::now() + SILENCE);
        let chunk = timeout_at(deadline, part.next()).await.map_err(|_| Code::BodyTooSlow)?;
        let Some(chunk) = chunk else { return Ok(file) };
        let chunk = chunk.map_err(|error| unreadable(&error))?;
        if file.len() + chunk.len() > LARGEST {
            let problem = Problem::from(Code::NotASheet);
            return Err(problem.detail("文件超过了 10 MB，请拆成几个文件").into());
        }
        file.extend_from_slice(&chunk);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_called_by_its_last_part_and_nothing_hidden() {
        assert_eq!(shown_name("C:\\桌面\\..\\名册.xlsx"), "名册.xlsx");
        assert_eq!(shown_name("a\u{202e}xslx\r\n"), "axslx");
        assert_eq!(shown_name("/"), "花名册");
    }
}
