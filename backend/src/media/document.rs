//! Courseware: the pages of a PDF as pictures.

use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use actix_web::web;
use shared::{
    content::MediaKind,
    problem::{Code, Problem},
};
use tokio::sync::{Semaphore, SemaphorePermit};

use super::{
    incoming::Incoming,
    pages,
    prepare::Progress,
    programs::{self, Bounds},
    store::{Fit, Made},
    workshop::Workshop,
};
use crate::{App, Error, Result};

const DRAWING: Bounds = Bounds { megabytes: 2048, time: Duration::from_mins(5) };

/// Documents that are drawn at once.
static TURNS: Semaphore = Semaphore::const_new(1);

/// The turn of one document, kept until it is drawn.
pub(super) async fn turn() -> Result<SemaphorePermit<'static>> {
    Ok(TURNS.acquire().await.map_err(anyhow::Error::from)?)
}

/// A PDF, and each of its pages as a picture.
pub(super) async fn prepare_pdf(app: &App, incoming: Incoming, progress: &Progress) -> Result<Fit> {
    let _turn = turn().await?;
    let workshop = Workshop::open(app.media.folder())?;
    fs::hard_link(incoming.path(), workshop.file("in.pdf"))?;
    draw(app, incoming, &workshop, progress).await
}

/// The same of a PDF that comes with the program. No stranger wrote it, so that it is drawn here:
/// whatever program this is, a test among them, can do that.
pub(super) async fn prepare_ours(app: &App, incoming: Incoming) -> Result<Fit> {
    let workshop = Workshop::open(app.media.folder())?;
    let (pdf, folder) = (incoming.path().to_owned(), workshop.path().to_owned());
    let draw = move || {
        let mut said = Vec::new();
        pages::draw(&pdf, &folder, &mut said).map(|()| said)
    };
    let said = web::block(draw).await??;
    let mut told = Told::default();
    for line in String::from_utf8_lossy(&said).lines() {
        told.hear(line, &Progress::default());
    }
    told.check(true)?;
    fit(app, incoming, &workshop, told).await
}

/// What the drawing process told.
#[derive(Default)]
struct Told {
    trouble: Option<String>,
    pages: usize,
    /// Width and height of each.
    drawn: Vec<(u32, u32)>,
}

impl Told {
    fn hear(&mut self, line: &str, progress: &Progress) {
        let words: Vec<&str> = line.split(' ').collect();
        match words.as_slice() {
            ["trouble", what] => self.trouble = Some((*what).to_owned()),
            ["pages", count] => self.pages = count.parse().unwrap_or_default(),
            ["page", _, width, height] => {
                let size = width.parse().ok().zip(height.parse().ok());
                self.drawn.extend(size);
                let percent = self.drawn.len() * 100 / self.pages.max(1);
                progress.set(u32::try_from(percent).unwrap_or(99).min(99));
            }
            _ => {}
        }
    }

    fn check(&self, well: bool) -> Result<()> {
        match self.trouble.as_deref() {
            Some("locked") => Err(refused("文件加了密码，请去掉密码再上传")),
            Some("many") => Err(refused(&format!("超过了 {} 页，请分成几份", pages::MOST_PAGES))),
            Some("long") => Err(refused("有一页太长或太窄，请改成普通页面再导出")),
            None if well && self.pages > 0 && self.drawn.len() == self.pages => Ok(()),
            _ => Err(refused("文件不完整或太复杂，请重新导出成 PDF")),
        }
    }
}

/// The pages of `in.pdf` in the workshop.
pub(super) async fn draw(
    app: &App,
    pdf: Incoming,
    workshop: &Workshop,
    progress: &Progress,
) -> Result<Fit> {
    let mut told = Told::default();
    let heard = |line: &str| told.hear(line, progress);
    let drawer = drawer(app)?;
    let arguments = ["draw-pages", "in.pdf", "."];
    let ended = programs::run(&drawer, &arguments, workshop.path(), DRAWING, heard).await?;
    if !ended.well {
        tracing::warn!(said = ended.said, "a document was not drawn");
    }
    told.check(ended.well)?;
    fit(app, pdf, workshop, told).await
}

/// A PDF whose pages lie in the workshop.
async fn fit(app: &App, pdf: Incoming, workshop: &Workshop, told: Told) -> Result<Fit> {
    let (folder, from) = (app.media.folder().to_owned(), workshop.path().to_owned());
    let (pages, first) = (told.pages, told.drawn.first().copied().unwrap_or_default());
    let made = web::block(move || gather(&folder, &from, &told.drawn)).await??;
    Ok(Fit {
        incoming: pdf,
        kind: MediaKind::Document,
        content_type: "application/pdf",
        width: first.0,
        height: first.1,
        seconds: 0,
        pages: u32::try_from(pages).unwrap_or_default(),
        made,
        unfinished: false,
    })
}

fn gather(folder: &Path, from: &Path, sizes: &[(u32, u32)]) -> Result<Vec<Made>> {
    let page = |(number, (width, height)): (usize, &(u32, u32))| {
        let (name, incoming) = (format!("page-{number}"), Incoming::new(folder));
        fs::rename(from.join(&name), incoming.path())?;
        let content_type = "image/jpeg";
        Ok(Made { name, incoming, content_type, width: *width, height: *height })
    };
    (1..).zip(sizes).map(page).collect()
}

/// The program that draws: this one, unless configured otherwise.
fn drawer(app: &App) -> Result<PathBuf> {
    match &app.config.media.page_drawer {
        Some(program) => Ok(program.clone()),
        None => Ok(std::env::current_exe()?),
    }
}

pub(super) fn refused(why: &str) -> Error {
    Problem::from(Code::NotADocument).detail(why).into()
}
