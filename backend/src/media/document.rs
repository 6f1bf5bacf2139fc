//! Courseware: the pages of a PDF as pictures, and office files by way of a PDF.

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
use tokio::sync::Semaphore;

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
const PRINTING: Bounds = Bounds { megabytes: 6144, time: Duration::from_mins(3) };

/// Documents that are drawn at once.
static TURNS: Semaphore = Semaphore::const_new(1);

/// A PDF, and each of its pages as a picture.
pub(super) async fn prepare_pdf(app: &App, incoming: Incoming, progress: &Progress) -> Result<Fit> {
    let _turn = TURNS.acquire().await.map_err(anyhow::Error::from)?;
    let workshop = Workshop::open(app.media.folder())?;
    fs::hard_link(incoming.path(), workshop.file("in.pdf"))?;
    draw(app, incoming, &workshop, progress).await
}

/// An office file, as the PDF that LibreOffice makes of it.
pub(super) async fn prepare_office(
    app: &App,
    incoming: Incoming,
    ending: &str,
    progress: &Progress,
) -> Result<Fit> {
    let Some(office) = programs::find(&app.config.media.libreoffice) else {
        return Err(refused("服务器上没有转换 Word 和 PPT 的程序，请在电脑上另存为 PDF 再上传"));
    };
    let _turn = TURNS.acquire().await.map_err(anyhow::Error::from)?;
    let workshop = Workshop::open(app.media.folder())?;
    let name = format!("in.{ending}");
    fs::hard_link(incoming.path(), workshop.file(&name))?;
    let arguments = [
        "--headless",
        "--norestore",
        "--nolockcheck",
        "--convert-to",
        "pdf",
        "--outdir",
        ".",
        &name,
    ];
    let ended = programs::run(&office, &arguments, workshop.path(), PRINTING, |_| ()).await?;
    if !ended.well || !workshop.file("in.pdf").is_file() {
        tracing::warn!(said = ended.said, "an office file was not converted");
        return Err(refused("这份文件转换不了，请在电脑上另存为 PDF 再上传"));
    }
    let pdf = Incoming::new(app.media.folder());
    fs::hard_link(workshop.file("in.pdf"), pdf.path())?;
    draw(app, pdf, &workshop, progress).await
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

async fn draw(app: &App, pdf: Incoming, workshop: &Workshop, progress: &Progress) -> Result<Fit> {
    let mut told = Told::default();
    let heard = |line: &str| told.hear(line, progress);
    let drawer = drawer(app)?;
    let arguments = ["draw-pages", "in.pdf", "."];
    let ended = programs::run(&drawer, &arguments, workshop.path(), DRAWING, heard).await?;
    if !ended.well {
        tracing::warn!(said = ended.said, "a document was not drawn");
    }
    told.check(ended.well)?;
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

fn refused(why: &str) -> Error {
    Problem::from(Code::NotADocument).detail(why).into()
}
