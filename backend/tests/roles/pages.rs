//! The learners' pages that the server draws itself: what each role sees of its own, another's and
//! nobody's, compared with a file that was reviewed, as for the operations.

use std::{collections::BTreeMap, fmt::Write};

use actix_web::{cookie::Cookie, http::header, test::TestRequest};
use backend::{
    accounts::{ClientKind, sign_in},
    audit::Actor,
    learning::entity::{enquiry, lesson_note},
};
use sea_orm::{ActiveModelTrait, IntoActiveModel};
use shared::{
    accounts::PersonId,
    courses::{CourseId, LessonId},
};
use uuid::Uuid;

use crate::{
    Cells,
    callers::{self, ANOTHERS_PERSON, CALLERS, id_of},
    said,
    scene::{Kind, PUBLIC_BASE, World},
    things::{Parts, Things, Whose},
};

/// What a form says; a page that is only looked at has none.
type Fields = &'static [(&'static str, &'static str)];

const PAGES: [(&str, Option<Fields>); 22] = [
    ("/privacy/my-data", None),
    ("/privacy/my-data.json", None),
    ("/study", None),
    ("/study/clauses/{clause_link}", None),
    ("/study/courses/{course}", None),
    ("/study/courses/{course}/practice", None),
    ("/study/courses/{course}/favourite", Some(&[("kept", "yes")])),
    ("/study/courses/{course}/rating", Some(&[("stars", "4")])),
    ("/study/lessons/{lesson}", None),
    ("/study/lessons/{lesson_draft}", None),
    ("/study/lessons/{lesson}/check", None),
    ("/study/lessons/{lesson}/check", Some(&[])),
    ("/study/lessons/{lesson}/note", Some(&[("text", "记一笔")])),
    ("/study/lessons/{lesson}/question", Some(&[("text", "为什么？")])),
    // Another's is left as it is, and that is not said.
    ("/study/notes/{note}/removal", Some(&[])),
    ("/study/path", None),
    ("/study/paths", None),
    ("/study/paths/{post}", None),
    ("/study/paths/{post}", Some(&[])),
    ("/study/questions", None),
    ("/study/questions/{question}", Some(&[("text", "因为……")])),
    ("/study/search", None),
];

/// Somebody with a browser, or without having signed in.
struct Reader<'world> {
    world: &'world World,
    name: &'static str,
    cookie: Option<Cookie<'static>>,
    own: Written,
    anothers: Written,
}

/// Things, and what somebody wrote about the lesson.
#[derive(Clone)]
struct Written {
    things: Things,
    note: Uuid,
    question: Uuid,
}

impl Written {
    async fn of(world: &World, whose: Whose, caller: PersonId, author: PersonId) -> Self {
        let things = Parts::of(world, whose, caller).await.all(world, "clause").await;
        let (note, question) = write(world, &things, author).await;
        Self { things, note, question }
    }

    fn unknown(self) -> Self {
        let things = self.things.unknown();
        Self { things, note: Uuid::now_v7(), question: Uuid::now_v7() }
    }

    fn address(&self, path: &str) -> String {
        let Things { course, lesson, lesson_draft, post, standards, .. } = &self.things;
        let ids = [
            ("{clause_link}", standards.id("link", "ShowCitedClause")),
            ("{course}", *course),
            ("{lesson}", *lesson),
            ("{lesson_draft}", *lesson_draft),
            ("{note}", self.note),
            ("{post}", *post),
            ("{question}", self.question),
        ];
        ids.iter().fold(path.to_owned(), |it, (name, id)| it.replace(name, &id.to_string()))
    }
}

async fn write(world: &World, things: &Things, author: PersonId) -> (Uuid, Uuid) {
    let (note, question) = (Uuid::now_v7(), Uuid::now_v7());
    let (course_id, lesson_id) = (CourseId(things.course), LessonId(things.lesson));
    let now = world.app.clock.now(world.app.db.read()).await.unwrap();
    let written = lesson_note::Model {
        id: note,
        person_id: author,
        course_id,
        lesson_id,
        text: "记一笔".into(),
        written_at: now,
        form: None,
    };
    let asked = enquiry::Model {
        id: question,
        person_id: author,
        course_id,
        lesson_id,
        text: "为什么？".into(),
        asked_at: now,
        answer: None,
        answered_by: None,
        answered_at: None,
        form: None,
    };
    let work = world.app.db.write(move |tx| {
        Box::pin(async move {
            written.into_active_model().reset_all().insert(tx).await?;
            asked.into_active_model().reset_all().insert(tx).await?;
            Ok(())
        })
    });
    work.await.unwrap();
    (note, question)
}

impl Reader<'_> {
    /// What comes of a page; somebody who has to sign in first is led there.
    async fn cell(&self, path: &str, fields: Option<Fields>, written: &Written) -> String {
        let target = written.address(path);
        let request = match fields {
            Some(fields) => TestRequest::post().set_form(fields),
            None => TestRequest::get(),
        };
        let request = request.uri(&target).insert_header((header::ORIGIN, PUBLIC_BASE));
        let request = request.peer_addr("127.0.0.1:40000".parse().unwrap());
        let request = match &self.cookie {
            Some(cookie) => request.cookie(cookie.clone()),
            None => request,
        };
        let answer = self.world.send(request).await;
        let led = answer.headers().get(header::LOCATION).map(|it| it.to_str().unwrap().to_owned());
        match (answer.status().as_u16(), led) {
            (300..=399, Some(to)) if to.starts_with("/enter/") => "not signed in".into(),
            (401, _) => "not signed in".into(),
            (200..=299, _) | (300..=399, Some(_)) => "ok".into(),
            (status, _) => {
                assert!(status < 500, "{target}: {status} for {}", self.name);
                status.to_string()
            }
        }
    }

    async fn cells(&self, (path, fields): (&str, Option<Fields>)) -> Cells {
        let own = self.cell(path, fields, &self.own).await;
        if !path.contains('{') {
            return [own.clone(), own.clone(), own];
        }
        let another = self.cell(path, fields, &self.anothers).await;
        [own, another, self.cell(path, fields, &self.own.clone().unknown()).await]
    }
}

async fn readers(world: &World) -> Vec<Reader<'_>> {
    let mut readers = Vec::new();
    let author = id_of(world, ANOTHERS_PERSON).await;
    for caller in CALLERS {
        let id = caller.id(world).await;
        let cookie = if caller.name == "stranger" {
            None
        } else {
            let client = ClientKind::OfficialAccount;
            let tokens = sign_in::begin(&world.app, Actor::SYSTEM, id, client).await.unwrap();
            Some(Cookie::new("fingertip_access", tokens.access_token))
        };
        let own = Written::of(world, Whose::Own, id, id).await;
        let anothers = Written::of(world, Whose::Anothers, id, author).await;
        readers.push(Reader { world, name: caller.name, cookie, own, anothers });
    }
    readers
}

#[actix_web::test]
async fn every_page_shows_each_role_what_was_reviewed_and_nothing_else() {
    let world = World::new(Kind::Sqlite).await.unwrap();
    callers::arrive(&world).await;
    let readers = readers(&world).await;
    let mut text = String::new();
    for (path, fields) in PAGES {
        let method = if fields.is_some() { "POST" } else { "GET" };
        writeln!(text, "{method} {path}").unwrap();
        let mut roles = BTreeMap::<String, Vec<&str>>::new();
        for reader in &readers {
            let cells = said(&reader.cells((path, fields)).await);
            roles.entry(cells).or_default().push(reader.name);
        }
        for (cells, who) in roles {
            writeln!(text, "    {cells}: {}", who.join(", ")).unwrap();
        }
    }
    insta::assert_snapshot!(text);
}
