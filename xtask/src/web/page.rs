//! The page that paints before the app arrives, and starts it.

use std::fs;

use anyhow::{Context, Result, bail, ensure};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};

use super::asset::Asset;
use crate::paths::root;
use crate::wasm::App;

/// What is filled into the template.
pub struct Page<'a> {
    /// All style, inside the page: it comes with the first packets of the page, where a file of its own
    /// would take another round trip and share the line with the module.
    pub style: String,
    /// Addresses of the app's own files.
    pub glue: String,
    pub wasm: String,
    /// The script and the module for QR codes.
    pub qr: String,
    /// Addresses of files that both pages may use.
    pub assets: &'a [Asset],
}

impl Page<'_> {
    /// The template of the app with all `{{placeholders}}` replaced.
    pub fn fill(&self, app: App) -> Result<String> {
        let template = fs::read_to_string(root().join("frontend").join(app.template))
            .with_context(|| format!("frontend/{}", app.template))?;
        let mut page = template
            .replace("{{style}}", &self.style)
            .replace("{{glue}}", &self.glue)
            .replace("{{wasm}}", &self.wasm)
            .replace("{{qr}}", &self.qr);
        for asset in self.assets {
            page = page.replace(&format!("{{{{static:{}}}}}", asset.name), &asset.address);
            let inline = format!("{{{{inline:{}}}}}", asset.name);
            if page.contains(&inline) {
                page = page.replace(&inline, std::str::from_utf8(&asset.content)?.trim_end());
            }
            let data = format!("{{{{data:{}}}}}", asset.name);
            if page.contains(&data) {
                page = page.replace(&data, &drawing_address(std::str::from_utf8(&asset.content)?));
            }
        }
        if let Some((_, rest)) = page.split_once("{{") {
            let unknown = rest.split("}}").next().unwrap_or(rest);
            bail!("frontend/{} asks for {unknown:?}, which nothing provides", app.template);
        }
        Ok(without_indentation(&page))
    }
}

impl Page<'_> {
    /// The header that has the browser fetch the app before it has read the page.
    pub fn link(&self) -> String {
        let Self { glue, wasm, .. } = self;
        format!(
            "<{wasm}>; rel=preload; as=fetch; type=\"application/wasm\"; crossorigin, \
             <{glue}>; rel=modulepreload"
        )
    }
}

/// The hashes that let the browser apply or run what stands inside each such element of the page, as
/// sources of the CSP.
pub fn hashes_inside(page: &str, element: &str) -> Result<Vec<String>> {
    let mut hashes = Vec::new();
    for part in page.split(&format!("<{element}")).skip(1) {
        let inside = part
            .split_once('>')
            .and_then(|(_, rest)| rest.split_once(&format!("</{element}>")))
            .with_context(|| format!("a <{element}> without end"))?
            .0;
        hashes.push(format!("sha256-{}", BASE64_STANDARD.encode(Sha256::digest(inside))));
    }
    ensure!(!hashes.is_empty(), "the page has no <{element}>");
    Ok(hashes)
}

/// A drawing as an address that needs no request, and that compresses well beside the drawing itself.
fn drawing_address(drawing: &str) -> String {
    let drawing = drawing.split_whitespace().collect::<Vec<_>>().join(" ").replace('"', "'");
    let escaped = [("%", "%25"), ("#", "%23"), ("<", "%3C"), (">", "%3E")];
    let escaped = escaped.iter().fold(drawing, |text, (from, to)| text.replace(from, to));
    format!("data:image/svg+xml;charset=utf-8,{escaped}")
}

fn without_indentation(page: &str) -> String {
    page.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .fold(String::new(), |text, line| text + line + "\n")
}
