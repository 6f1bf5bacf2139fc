//! Drawing the pages of a PDF, in a process of its own: what a hostile file makes of it ends there.

use std::{
    io::Write,
    path::Path,
    sync::{Arc, OnceLock},
};

use hayro::{
    RenderCache, RenderSettings,
    hayro_interpret::{
        InterpreterSettings,
        font::{FontData, FontQuery},
        hayro_cmap::CidFamily,
    },
    hayro_syntax::{LoadPdfError, Pdf, page::Page},
    render,
    vello_cpu::color::palette::css::WHITE,
};
use image::{RgbImage, codecs::jpeg::JpegEncoder};

/// Pixels: the width of a phone's screen, and as many as a very long page has.
const WIDTH: u16 = 1080;
const MOST_HEIGHT: f32 = 5400.0;
/// Pages at most; more are several lessons.
pub(super) const MOST_PAGES: usize = 200;
const QUALITY: u8 = 80;

/// Chinese letters for files that do not bring their own, and their place in the file.
const CHINESE: (&str, u32) = ("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", 2);

/// Draws every page of a PDF into a folder as `page-1`, `page-2`, …; tells on `out` how many there
/// are, then each with its size, or what is wrong with the file.
///
/// # Errors
/// Where it cannot be read, or the pages cannot be written.
pub fn draw(pdf: &Path, folder: &Path, out: &mut impl Write) -> anyhow::Result<()> {
    let pdf = match Pdf::new(std::fs::read(pdf)?) {
        Ok(pdf) => pdf,
        Err(LoadPdfError::Decryption(_)) => return Ok(writeln!(out, "trouble locked")?),
        Err(LoadPdfError::Invalid) => return Ok(writeln!(out, "trouble broken")?),
    };
    let pages = pdf.pages();
    if pages.is_empty() || pages.len() > MOST_PAGES {
        let trouble = if pages.is_empty() { "broken" } else { "many" };
        return Ok(writeln!(out, "trouble {trouble}")?);
    }
    writeln!(out, "pages {}", pages.len())?;
    let (cache, settings) = (RenderCache::new(), settings());
    for (page, number) in pages.iter().zip(1..) {
        let Some(picture) = picture(page, &cache, &settings) else {
            return Ok(writeln!(out, "trouble long")?);
        };
        let mut bytes = Vec::new();
        picture.write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, QUALITY))?;
        std::fs::write(folder.join(format!("page-{number}")), bytes)?;
        writeln!(out, "page {number} {} {}", picture.width(), picture.height())?;
    }
    Ok(())
}

/// Nothing where the page is too long to be shown.
fn picture<'a>(
    page: &'a Page<'a>,
    cache: &RenderCache<'a>,
    settings: &InterpreterSettings,
) -> Option<RgbImage> {
    let (width, height) = page.render_dimensions();
    let scale = f32::from(WIDTH) / width;
    let tall = (height * scale).round();
    if !scale.is_finite() || !(1.0..=MOST_HEIGHT).contains(&tall) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within bounds")]
    let tall = tall as u16;
    let shape = RenderSettings {
        x_scale: scale,
        y_scale: scale,
        width: Some(WIDTH),
        height: Some(tall),
        bg_color: WHITE,
    };
    let drawn = render(page, cache, settings, &shape);
    let pixels = drawn.data_as_u8_slice().chunks_exact(4).flat_map(|it| [it[0], it[1], it[2]]);
    RgbImage::from_raw(WIDTH.into(), tall.into(), pixels.collect())
}

fn settings() -> InterpreterSettings {
    let ours = InterpreterSettings::default();
    let others = ours.font_resolver.clone();
    let resolve = move |query: &FontQuery| {
        let FontQuery::Fallback(wanted) = query else { return others(query) };
        let family = wanted.character_collection.as_ref().map(|it| &it.family);
        let is_chinese = matches!(family, Some(CidFamily::AdobeGB1 | CidFamily::AdobeCNS1));
        let ours = if is_chinese { chinese() } else { None };
        ours.or_else(|| others(query))
    };
    InterpreterSettings { font_resolver: Arc::new(resolve), ..ours }
}

fn chinese() -> Option<(FontData, u32)> {
    static LETTERS: OnceLock<Option<FontData>> = OnceLock::new();
    let read = || Some(Arc::new(std::fs::read(CHINESE.0).ok()?) as FontData);
    LETTERS.get_or_init(read).clone().map(|it| (it, CHINESE.1))
}
