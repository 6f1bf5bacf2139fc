//! What a library costs that has grown for years: 5,000 courses and 100 standards of 1,000 clauses.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use sea_orm::{ConnectionTrait, Database, DatabaseConnection, Statement};
use shared::{
    api::{Outgoing, encode},
    authoring::CountManagedCourses,
    builds::ShowBuildBoard,
    courses::{CourseCard, ListCourses},
    page::Page,
    standards::{SearchTexts, console::ShowCoverage},
};
use tests::{Installation, Kind, Person};
use tokio::time::sleep;

use crate::{
    courses,
    drive::{Line, drive},
    goals::Goals,
    stage, standards,
    usage::Books,
};

const COURSES: usize = 5000;
const STANDARDS: usize = 100;

/// Requests for pages of the catalogue.
const PAGES: usize = 1500;
/// Times that everything is looked at at once.
const LOOKS: usize = 10;

/// Milliseconds.
const SLOWEST_PAGE: f64 = 50.0;
const SLOWEST_SEARCH: f64 = 100.0;
const SLOWEST_OVERVIEW: f64 = 300.0;

/// Until what was confirmed can be found.
const PATIENCE: Duration = Duration::from_mins(5);

/// Fills an installation, and measures what people look at in it.
pub async fn measure(kind: Kind, goals: &mut Goals) -> Result<()> {
    let name = match kind {
        Kind::Sqlite => "SQLite",
        Kind::Postgres => "PostgreSQL",
    };
    println!("\n==> {name}: {COURSES} courses, {STANDARDS} standards");
    let installation = Installation::start(kind).await?;
    let db = Database::connect(&installation.database_url).await?;
    courses::add(&db, COURSES).await.context("courses")?;
    let officer = installation.officer().await?;
    let begun = Instant::now();
    let clauses = standards::bring_in(&officer, STANDARDS).await.context("standards")?;
    until_found(&db, clauses).await?;
    println!(
        "{clauses} clauses were imported and confirmed in {:.0} s\n",
        begun.elapsed().as_secs_f64()
    );
    let links = standards::link(&db).await.context("links")?;
    println!("{links} links were added\n");
    db.close().await?;
    catalogue(&installation, name, goals).await.context("the catalogue")?;
    search(&officer, name, goals).await.context("searching")?;
    let maps = Overviews { officer: &officer, name };
    maps.heat_map(goals).await.context("the heat map")?;
    maps.matrix(goals).await.context("the matrix")?;
    maps.board(goals).await.context("the board of builds")
}

/// Waits until the jobs have put all clauses where they are looked for.
async fn until_found(db: &DatabaseConnection, clauses: usize) -> Result<()> {
    let begun = Instant::now();
    loop {
        let ask = "SELECT count(*) FROM search_texts WHERE kind = 'clause'";
        let ask = Statement::from_string(db.get_database_backend(), ask);
        let row = db.query_one_raw(ask).await?.context("no count")?;
        if usize::try_from(row.try_get_by_index::<i64>(0)?)? >= clauses {
            return Ok(());
        }
        ensure!(begun.elapsed() < PATIENCE, "clauses are waiting to be indexed");
        sleep(Duration::from_millis(200)).await;
    }
}

/// Pages on all lines at once: the first, and what follows it.
async fn catalogue(installation: &Installation, name: &str, goals: &mut Goals) -> Result<()> {
    let learner = installation.sign_in("wangxiuying").await?;
    let first = learner.call(ListCourses::default()).await?;
    let next = first.next.context("a single page")?;
    let list = |number: usize| {
        let cursor = (number % 2 == 1).then(|| next.clone());
        let Outgoing { method, target, .. } =
            encode(&ListCourses { cursor, ..ListCourses::default() });
        let request = learner.request(method.as_str(), &target);
        async move |line: &mut Line| {
            let page: Page<CourseCard> = line.send(request).await?;
            ensure!(page.items.len() == 20, "a page has {} courses", page.items.len());
            Ok(())
        }
    };
    let http = stage::client()?;
    // Connections and their plans are there on a server that has run for a minute.
    drive(&http, (0..PAGES).map(list).collect()).await?;
    let before = Books::read()?;
    let (figures, _) = drive(&http, (0..PAGES).map(list).collect()).await?;
    let Books { stolen, whole, .. } = Books::read()?.since(before);
    let stolen = stolen.as_secs_f64() / whole.as_secs_f64() * 100.0;
    let (usual, slowest) = (figures.percentile(50), figures.percentile(99));
    let mark = goals.judge(format!("{name}: a page of the catalogue"), slowest <= SLOWEST_PAGE);
    println!(
        "{:<42}{slowest:>7.1} ms  {mark} ≤ {SLOWEST_PAGE:.0} ms  (p50 {usual:.1} ms, {stolen:.0} % of the \
         machine were stolen)",
        "p99 of a page of the catalogue"
    );
    Ok(())
}

/// One question after another: of words that most clauses have, that few have, and that none has.
async fn search(officer: &Person, name: &str, goals: &mut Goals) -> Result<()> {
    let (mut slowest, mut asked) = (0_f64, "");
    for words in standards::QUESTIONS {
        let begun = Instant::now();
        let request = SearchTexts { words: (*words).into(), kind: None, cursor: None };
        let found = officer.call(request).await?;
        let took = begun.elapsed().as_secs_f64() * 1000.0;
        ensure!(
            found.items.is_empty() == words.contains("潜水"),
            "{words}: {} hits",
            found.items.len()
        );
        if took > slowest {
            (slowest, asked) = (took, words);
        }
    }
    let mark = goals.judge(format!("{name}: searching"), slowest <= SLOWEST_SEARCH);
    println!(
        "{:<42}{slowest:>7.1} ms  {mark} ≤ {SLOWEST_SEARCH:.0} ms  ({asked})",
        "slowest search among all clauses"
    );
    Ok(())
}

/// What an officer sees of everything at once.
struct Overviews<'a> {
    officer: &'a Person,
    name: &'a str,
}

impl Overviews<'_> {
    async fn heat_map(&self, goals: &mut Goals) -> Result<()> {
        let look = async || {
            let map = self.officer.call(ShowCoverage {}).await?;
            ensure!(map.rows.len() >= STANDARDS, "the map has {} rows", map.rows.len());
            let examined = map.rows.iter().filter(|it| it.all.examined > 0).count();
            ensure!(examined >= STANDARDS, "{examined} standards are examined");
            Ok(())
        };
        self.slowest("heat map of all standards", look, goals).await
    }

    async fn matrix(&self, goals: &mut Goals) -> Result<()> {
        let look = async || {
            let cells = self.officer.call(CountManagedCourses {}).await?;
            ensure!(!cells.is_empty(), "the matrix is empty");
            Ok(())
        };
        self.slowest("matrix of all courses", look, goals).await
    }

    async fn board(&self, goals: &mut Goals) -> Result<()> {
        let look = async || {
            let board = self.officer.call(ShowBuildBoard::default()).await?;
            ensure!(
                usize::try_from(board.planned)? >= COURSES,
                "{} courses are planned",
                board.planned
            );
            Ok(())
        };
        self.slowest("board of all builds", look, goals).await
    }

    async fn slowest(
        &self,
        what: &str,
        look: impl AsyncFn() -> Result<()>,
        goals: &mut Goals,
    ) -> Result<()> {
        let mut slowest = 0_f64;
        for _ in 0..LOOKS {
            let begun = Instant::now();
            look().await?;
            slowest = slowest.max(begun.elapsed().as_secs_f64() * 1000.0);
        }
        let mark = goals.judge(format!("{}: the {what}", self.name), slowest <= SLOWEST_OVERVIEW);
        println!(
            "{:<42}{slowest:>7.1} ms  {mark} ≤ {SLOWEST_OVERVIEW:.0} ms",
            format!("slowest {what}")
        );
        Ok(())
    }
}
