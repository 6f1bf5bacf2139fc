//! What a first visit may cost, checked by the tests.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::paths::web_dist;
use crate::wasm::{ADMIN, App, LEARNER, TEACHING};

/// What the first visit of the phone app may transfer, everything compressed.
const LEARNER_BYTES: u64 = 220_000;
/// The same with what a phone loads a moment later to learn without a network.
const LEARNER_BYTES_IN_ALL: u64 = 260_000;
/// What the pages name for a moment later, by the name of their `<meta>`.
const LATER: [&str; 2] = ["study", "worker"];
/// What the first visit of the console may transfer. Loosened from 400,000 on 2026-11-23, when the
/// first complete console came to 443,000, and from 450,000 on 2026-11-25, when five pages had come
/// (roles, audit log, deliveries, own account, preview), and from 500,000 on 2026-11-26 for eleven more
/// (organisations, posts, bases, five of standards, revisions, uploads), and from 700,000 on the same day
/// for an editor of rich text, tables, pasting and cropping, from 740,000 for search, files and
/// revisions as phones show them, and from 800,000 for importing questions and for questions before
/// what cannot be taken back, and from 850,000 for the page of practice, rows of pictures, quoted clauses,
/// attachments and pictures of clauses: office PCs load it once a release.
const ADMIN_BYTES: u64 = 890_000;
/// What a phone may have to compile.
const LEARNER_MODULE_BYTES: u64 = 1_200_000;

/// Prints the weight of the apps; an error if one is too heavy.
pub fn check() -> Result<()> {
    let learner = weigh(LEARNER)?;
    let in_all = learner + weigh_later(LEARNER)?;
    println!("{in_all:>9}  {}: with what comes a moment later", LEARNER.name);
    let teaching = weigh(TEACHING)?;
    let admin = weigh(ADMIN)?;
    let module = module_size(LEARNER)?;
    println!("learner: {module} of {LEARNER_MODULE_BYTES} bytes to compile");
    let too_heavy = [
        ("first visit of the phone app", learner, LEARNER_BYTES),
        ("phone app with what comes a moment later", in_all, LEARNER_BYTES_IN_ALL),
        ("first visit of the instructors' app", teaching, LEARNER_BYTES),
        ("first visit of the console", admin, ADMIN_BYTES),
        ("module of the phone app", module, LEARNER_MODULE_BYTES),
    ]
    .into_iter()
    .filter(|(_, size, limit)| size > limit)
    .map(|(what, size, limit)| format!("{what}: {size} bytes, allowed are {limit}"))
    .collect::<Vec<_>>();
    if !too_heavy.is_empty() {
        bail!("{}", too_heavy.join("; "));
    }
    Ok(())
}

/// The compressed bytes of the page and of every asset that it names, printed line by line.
fn weigh(app: App) -> Result<u64> {
    let page = fs::read_to_string(web_dist().join(app.page)).context("dist/web is not built")?;
    let mut names = asset_names(&page);
    names.insert(app.page.to_owned());
    let mut total = 0;
    for name in names {
        let size = transferred(&web_dist().join(&name))?;
        println!("{size:>9}  {name}");
        total += size;
    }
    println!("{total:>9}  {}: first visit in bytes", app.name);
    Ok(total)
}

/// The compressed bytes of what a page names for a moment later.
fn weigh_later(app: App) -> Result<u64> {
    let page = fs::read_to_string(web_dist().join(app.page)).context("dist/web is not built")?;
    let mut total = 0;
    for what in LATER {
        let named = format!("<meta name=\"{what}\" content=\"/");
        let name = page.split_once(&named).and_then(|(_, rest)| rest.split('"').next());
        let name = name.with_context(|| format!("the page names no {what}"))?;
        let size = transferred(&web_dist().join(name))?;
        println!("{size:>9}  {name}");
        total += size;
    }
    Ok(total)
}

/// The files that the page loads, each once; what a `<meta>` names is loaded by those who need it.
fn asset_names(page: &str) -> BTreeSet<String> {
    let loaded = page.lines().filter(|line| !line.starts_with("<meta"));
    loaded
        .flat_map(|line| line.split("\"/assets/").skip(1))
        .filter_map(|rest| rest.split('"').next())
        .map(|name| format!("assets/{name}"))
        .collect()
}

fn module_size(app: App) -> Result<u64> {
    let page = fs::read_to_string(web_dist().join(app.page))?;
    let module = asset_names(&page)
        .into_iter()
        .find(|name| name.strip_suffix(".wasm").is_some())
        .context("the page names no module")?;
    Ok(fs::metadata(web_dist().join(module))?.len())
}

/// The size as brotli, or as it is where brotli gains nothing.
fn transferred(file: &Path) -> Result<u64> {
    let mut compressed = file.as_os_str().to_owned();
    compressed.push(".br");
    let sent = if Path::new(&compressed).is_file() { Path::new(&compressed) } else { file };
    Ok(fs::metadata(sent).with_context(|| file.display().to_string())?.len())
}
