//! The two web apps as a browser gets them.

use std::collections::BTreeSet;

use anyhow::{Context, Result, ensure};
use reqwest::{
    Response,
    header::{ACCEPT_ENCODING, HeaderName, IF_NONE_MATCH},
};
use tests::{Installation, Kind, Person};

/// What the first visit of the phone app may transfer, compressed.
const FIRST_VISIT: usize = 220_000;

#[tokio::test]
async fn the_first_visit_of_the_phone_app_costs_at_most_220_kilobytes() -> Result<()> {
    let installation = Installation::start(Kind::Sqlite).await?;
    let visitor = Person::stranger(&installation.base);
    let page = visitor.send("GET", "/", None).await?.text().await?;
    let mut total = 0;
    for file in std::iter::once("/".to_owned()).chain(assets(&page)) {
        let answer = fetch(&visitor, &file, "br, gzip").await?;
        let size = answer.bytes().await?.len();
        eprintln!("{size:>8}  {file}");
        total += size;
    }
    eprintln!("{total:>8}  in total");
    assert!(total <= FIRST_VISIT, "{total} bytes");
    Ok(())
}

#[tokio::test]
async fn files_come_compressed_as_the_browser_likes_and_may_be_kept_for_ever() -> Result<()> {
    let installation = Installation::start(Kind::Sqlite).await?;
    let visitor = Person::stranger(&installation.base);
    for page in ["/", "/teaching", "/admin"] {
        let html = visitor.send("GET", page, None).await?.text().await?;
        let files = assets(&html);
        let has = |kind: &str| files.iter().any(|file| kind_of(file) == kind);
        ensure!(has("wasm") && has("js"), "{page} names only {files:?}");
        for file in &files {
            let plain = fetch(&visitor, file, "identity").await?;
            let kind = header(&plain, "content-type").to_owned();
            let plain = plain.bytes().await?;
            for (accepted, expected) in [("br, gzip", "br"), ("gzip", "gzip"), ("identity", "")] {
                let answer = fetch(&visitor, file, accepted).await?;
                let control = header(&answer, "cache-control");
                assert!(control.contains("immutable"), "{file}: {control}");
                assert!(control.contains("max-age=31536000"), "{file}: {control}");
                assert_eq!(header(&answer, "content-type"), kind, "{file}");
                if kind_of(file) == "png" {
                    continue;
                }
                assert_eq!(header(&answer, "vary"), "Accept-Encoding", "{file}");
                assert_eq!(header(&answer, "content-encoding"), expected, "{file}");
                let smaller = expected.is_empty() || answer.bytes().await?.len() < plain.len();
                assert!(smaller, "{file} is not smaller as {expected}");
            }
        }
    }
    Ok(())
}

#[tokio::test]
async fn the_pages_that_name_the_files_are_asked_for_each_time() -> Result<()> {
    let installation = Installation::start(Kind::Sqlite).await?;
    let visitor = Person::stranger(&installation.base);
    for page in ["/", "/courses", "/me/records", "/team", "/teaching", "/admin", "/admin/courses"] {
        let answer = fetch(&visitor, page, "br").await?;
        let control = header(&answer, "cache-control");
        assert_eq!(control, "no-cache", "{page}");
        assert_eq!(header(&answer, "content-encoding"), "br", "{page}");
        let tag = header(&answer, "etag").to_owned();
        let asked = |tag: &str| visitor.request("GET", page).header(IF_NONE_MATCH, tag).send();
        let same = asked(&tag).await?;
        assert_eq!((same.status().as_u16(), header(&same, "etag")), (304, tag.as_str()), "{page}");
        ensure!(same.bytes().await?.is_empty(), "{page} is sent to those who have it");
        assert_eq!(asked("W/\"another\"").await?.status(), 200, "{page}");
    }
    Ok(())
}

#[tokio::test]
async fn the_phone_app_names_no_file_of_the_console() -> Result<()> {
    let installation = Installation::start(Kind::Sqlite).await?;
    let visitor = Person::stranger(&installation.base);
    let page = visitor.send("GET", "/", None).await?.text().await?;
    let files = assets(&page);
    assert!(!files.iter().any(|file| file.contains("admin")), "{files:?}");
    let module = files.iter().find(|file| kind_of(file) == "wasm").context("no module")?;
    let module = fetch(&visitor, module, "identity").await?.bytes().await?;
    let mark = b"/api/console/";
    let found = module.windows(mark.len()).any(|window| window == mark);
    assert!(!found, "the phone's module calls the console's endpoints");
    Ok(())
}

#[tokio::test]
async fn a_page_names_what_it_needs_before_the_browser_has_read_it() -> Result<()> {
    let installation = Installation::start(Kind::Sqlite).await?;
    let visitor = Person::stranger(&installation.base);
    for page in ["/", "/teaching", "/admin"] {
        let answer = fetch(&visitor, page, "br").await?;
        let link = header(&answer, "link").to_owned();
        let files = assets(&visitor.send("GET", page, None).await?.text().await?);
        let named = link.split(", ").filter_map(|it| it.strip_prefix('<')?.split('>').next());
        let named: Vec<&str> = named.collect();
        ensure!(named.len() == 2, "{page}: {link}");
        for file in named {
            ensure!(files.contains(file), "{page} does not load {file}");
        }
    }
    Ok(())
}

async fn fetch(visitor: &Person, path: &str, accepted: &str) -> Result<Response> {
    let answer = visitor.request("GET", path).header(ACCEPT_ENCODING, accepted).send().await?;
    ensure!(answer.status() == 200, "{path}: {}", answer.status());
    Ok(answer)
}

fn header<'a>(answer: &'a Response, name: &'static str) -> &'a str {
    let value = answer.headers().get(HeaderName::from_static(name));
    value.and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// The end of a file's name.
fn kind_of(file: &str) -> &str {
    file.rsplit('.').next().unwrap_or_default()
}

/// The files that a page refers to, each once.
fn assets(page: &str) -> BTreeSet<String> {
    // What a `<meta>` names is loaded by those who need it.
    let loaded = page.lines().filter(|line| !line.starts_with("<meta"));
    let rest = loaded.flat_map(|line| line.split("\"/assets/").skip(1));
    let rest = rest.filter_map(|rest| rest.split('"').next());
    rest.map(|name| format!("/assets/{name}")).collect()
}
