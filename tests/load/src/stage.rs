//! Both servers with their databases, everybody signed in and enrolled, before anything is measured.

mod store;

use std::{env, fs, path::Path, time::Duration};

use anyhow::{Context, Result, bail};
use chrono::{TimeDelta, Utc};
use reqwest::Client;
use shared::{
    accounts::{ListPeople, Role, SignInWithMiniProgram, SignInWithPassword, SignedInAnswer},
    authoring::{CreateTrainingSession, SessionDetails},
    content::LessonKind,
    courses::{LessonId, ListCourses, ShowCourse},
    quizzes::QuizId,
    training::{Enroll, ShowCheckInCode, TimedCode, TrainingSessionCard, TrainingSessionId},
};
use tempfile::TempDir;
use tests::Person;
use wechat_sandbox::{Sandbox, SandboxConfig};

use crate::{
    ceiling::Ceiling,
    drive::{LINES, drive},
    fingertip::Fingertip,
    people::{self, Added},
    program::{Program, Running},
    scenario::Learner,
    usage,
};
pub use store::Kind;
use store::Store;

/// Who plans the session, and whose password the learners share.
const OFFICER: &str = "zhengming";

/// Everything is gone when this is dropped; the servers first.
pub struct Stage {
    pub fingertip: Running,
    pub ceiling: Running,
    /// The process that all processes of PostgreSQL descend from.
    cluster: Option<u32>,
    pub product: Fingertip,
    pub rival: Ceiling,
    pub learners: Vec<Learner>,
    /// User names, and the password that all of them have.
    pub usernames: Vec<String>,
    pub password: String,
    /// Where the product's data are.
    pub database: String,
    officer: Person,
    session: TrainingSessionId,
    _wechat: Sandbox,
    _data: TempDir,
}

impl Stage {
    /// A seeded database with so many more learners, a copy of it, and a server on each.
    pub async fn set(kind: Kind, people: usize) -> Result<Self> {
        let data = tempfile::Builder::new().prefix("fingertip-load-").tempdir()?;
        let store = Store::fresh(kind, data.path()).await?;
        let mut wechat = SandboxConfig::demo();
        let base = format!("http://127.0.0.1:{}", free_port()?);
        let mut server = program(&base, data.path(), &store, &wechat)?;
        server.run("migrate")?;
        server.run("seed")?;
        let added = people::add(&store.url, &mut wechat, people, OFFICER).await?;
        let wechat = Sandbox::start(wechat).await?;
        for name in ["WECHAT_API_BASE", "WECHAT_OPEN_BASE"] {
            server.variables.push((name, wechat.base_url.clone()));
        }
        let password = password(data.path())?;
        // Nobody is reminded of a session that has begun when the workers start.
        let preparing = server.serve(&["serve", "--without-workers"], &base).await?;
        let officer = sign_in_officer(&base, &password).await?;
        let session = plan_session(&officer).await?;
        let (quiz, lesson) = some_course(&officer).await?;
        let (http, process, codes) = (client()?, preparing.id(), Vec::new());
        let mut product = Fingertip { http, base, process, quiz, lesson, codes };
        let learners = gather(&product, &wechat, &added, session).await?;
        drop(preparing);

        let copy = store.copy(data.path()).await?;
        let rival_base = format!("http://127.0.0.1:{}", free_port()?);
        let ceiling = ceiling(&rival_base, data.path(), copy)?.serve(&[], &rival_base).await?;
        let fingertip = server.serve(&["serve"], &product.base).await?;
        product.process = fingertip.id();
        let (http, process) = (client()?, ceiling.id());
        let (quiz, lesson, session_id) = (quiz.0, lesson.0, session.0);
        let base = rival_base;
        let rival = Ceiling { http, base, process, quiz, lesson, session: session_id };
        Ok(Self {
            fingertip,
            ceiling,
            cluster: store.cluster().await?,
            product,
            rival,
            learners,
            usernames: added.into_iter().map(|it| it.key).collect(),
            password,
            database: store.url,
            officer,
            session,
            _wechat: wechat,
            _data: data,
        })
    }

    /// Looks at the wall: its codes hold for three minutes.
    pub async fn read_wall(&mut self) -> Result<()> {
        let codes: Vec<TimedCode> =
            self.officer.call(ShowCheckInCode { session: self.session }).await?.codes;
        self.product.codes = codes;
        Ok(())
    }

    /// CPU time so far of a server, and of the processes of the database, which work for the one
    /// that is asked.
    pub fn cpu(&self, server: u32) -> Result<Duration> {
        let database = self.cluster.map_or(Ok(Duration::ZERO), usage::family)?;
        Ok(usage::Cpu::of(server)?.own + database)
    }

    /// CPU time so far of both servers and of the database.
    pub fn cpu_of_all(&self) -> Result<Duration> {
        Ok(self.cpu(self.fingertip.id())? + usage::Cpu::of(self.ceiling.id())?.own)
    }
}

fn program(base: &str, data: &Path, store: &Store, wechat: &SandboxConfig) -> Result<Program> {
    let path = env::var_os("FINGERTIP_BIN").context("FINGERTIP_BIN: run `cargo xtask bench`")?;
    let mut variables = vec![
        ("BIND", base.trim_start_matches("http://").to_owned()),
        ("PUBLIC_BASE", base.to_owned()),
        ("DATA_DIR", data.display().to_string()),
        ("WECHAT_MINI_APP_ID", wechat.mini_program.app_id.clone()),
        ("WECHAT_MINI_APP_SECRET", wechat.mini_program.secret.clone()),
    ];
    variables.extend(store.setting());
    Ok(Program { path: path.into(), variables, log: data.join("fingertip.log") })
}

/// It lies beside us.
fn ceiling(base: &str, data: &Path, database: String) -> Result<Program> {
    let bind = base.trim_start_matches("http://").to_owned();
    Ok(Program {
        path: env::current_exe()?.with_file_name("ceiling"),
        variables: vec![("BIND", bind), ("DATABASE_URL", database)],
        log: data.join("ceiling.log"),
    })
}

fn free_port() -> Result<u16> {
    Ok(std::net::TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}

/// As many connections as there are lines, kept. No proxy stands between us and ourselves.
pub fn client() -> Result<Client> {
    Ok(Client::builder().no_proxy().pool_max_idle_per_host(LINES).build()?)
}

fn password(data: &Path) -> Result<String> {
    let text = fs::read_to_string(data.join("demo-sign-ins.txt"))?;
    let mut lines = text.lines().filter_map(|line| line.split_once('\t'));
    let found = lines.find(|(name, _)| *name == OFFICER);
    Ok(found.with_context(|| format!("no password of {OFFICER}"))?.1.to_owned())
}

/// Cookies keep the officer signed in.
async fn sign_in_officer(base: &str, password: &str) -> Result<Person> {
    let officer = Person::stranger(base);
    let (username, password) = (OFFICER.to_owned(), password.to_owned());
    officer.call(SignInWithPassword { username, password }).await?;
    Ok(officer)
}

/// A session that is about to begin, with a seat for everybody.
async fn plan_session(officer: &Person) -> Result<TrainingSessionId> {
    let instructors = officer.call(ListPeople { role: Some(Role::Instructor) }).await?;
    let details = SessionDetails {
        title: "消防疏散演练".into(),
        course: None,
        base: None,
        place: "一号楼前广场".into(),
        starts_at: Utc::now() + TimeDelta::seconds(2),
        ends_at: Utc::now() + TimeDelta::minutes(60),
        instructor: instructors.first().context("no instructor")?.id,
        seats: 1000,
        notes: String::new(),
    };
    Ok(officer.call(CreateTrainingSession { details }).await?.id)
}

/// The quiz of a course, and an article in it that nobody has finished: those are the first lessons of
/// the chapters.
async fn some_course(officer: &Person) -> Result<(QuizId, LessonId)> {
    for card in officer.call(ListCourses::default()).await?.items {
        let course = officer.call(ShowCourse { course: card.id }).await?;
        let lessons = course.chapters.iter().flat_map(|it| it.lessons.iter().skip(1));
        let article = lessons.into_iter().find(|it| it.kind == LessonKind::Article);
        if let Some((quiz, article)) = course.quiz.zip(article) {
            return Ok((quiz.id, article.id));
        }
    }
    bail!("the demo has no course with a quiz and a second article")
}

/// Signs everybody in by the mini-program and enrols them.
async fn gather(
    server: &Fingertip,
    wechat: &Sandbox,
    people: &[Added],
    session: TrainingSessionId,
) -> Result<Vec<Learner>> {
    let arrive = |person| {
        async move |line: &mut crate::drive::Line| {
            let person: &Added = person;
            let code = wechat.mini_program_code(&person.key)?;
            let sign_in = server.call(None, &SignInWithMiniProgram { code });
            let answer: SignedInAnswer = line.send(sign_in).await?;
            let tokens = answer.tokens.context("a mini-program gets tokens")?;
            let access_token = tokens.access_token;
            let enroll = server.call(Some(&access_token), &Enroll { session });
            line.send::<TrainingSessionCard>(enroll).await?;
            Ok(Learner { id: person.id, post: person.post, access_token })
        }
    };
    let (_, learners) = drive(&server.http, people.iter().map(arrive).collect()).await?;
    Ok(learners)
}
