//! What the operations are about: everything of one organisation, and of one person in it.

use backend::{courses, quizzes, training};
use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use serde_json::{Value, json};
use shared::{
    accounts::PersonId,
    authoring::*,
    bases::*,
    content::{Block, LessonContent},
    courses::*,
    gates::{GateLight, WaiveGate},
    organizations::{OrganizationId, OrganizationKind, PostId, keeping::*},
    quizzes::StartAttempt,
    revisions::SubmitRevision,
    roster::TeamId,
};
use uuid::Uuid;

use super::callers::{
    ANOTHERS_APPOINTEE, ANOTHERS_BASE, ANOTHERS_INSTRUCTOR, ANOTHERS_OFFICER, ANOTHERS_PERSON,
    FIRST, OWN_APPOINTEE, OWN_BASE, OWN_INSTRUCTOR, OWN_OFFICER, OWN_PERSON, SECOND, bases, id_of,
    literal,
};
use crate::{
    scene::{Person, World},
    standards::Standards,
};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Whose {
    /// The caller's own, and the caller's organisation's.
    Own,
    Anothers,
    Nobodys,
}

/// Ids by the names that paths and fields give them.
#[derive(Debug, Clone)]
pub struct Things {
    pub organization: Uuid,
    pub post: Uuid,
    pub instructor: Uuid,
    /// On the organisation's roster, without a role.
    pub person: Uuid,
    /// On it too, an instructor and whatever becomes of them.
    pub appointee: Uuid,
    /// A draft, its chapter and its lesson.
    pub draft: Uuid,
    pub chapter: Uuid,
    pub lesson_draft: Uuid,
    /// Submitted by somebody of the bureau.
    pub revision: Uuid,
    /// Of the five lights of the draft.
    pub waiver: Uuid,
    pub course: Uuid,
    pub lesson: Uuid,
    pub quiz: Uuid,
    pub attempt: Uuid,
    pub writer_epoch: i64,
    /// One for the attempt.
    pub answer: Value,
    pub session: Uuid,
    pub import: Uuid,
    pub grant: Uuid,
    /// An organisation below the own one, with nobody in it; its team, a base, and a post.
    pub branch: Uuid,
    pub team: Uuid,
    pub base: Uuid,
    pub spare_post: Uuid,
    pub standards: Standards,
    /// Uploaded, and not used yet.
    pub file: Uuid,
    /// Begun by the organisation's officer.
    pub upload: Uuid,
    pub message: Uuid,
    pub sign_in: Uuid,
    pub starts_at: DateTime<Utc>,
    pub due_on: String,
}

struct Place {
    organization: OrganizationId,
    post: PostId,
    officer: PersonId,
    instructor: PersonId,
    person: PersonId,
    appointee: PersonId,
    /// Where sessions take place.
    base: TrainingBaseId,
}

impl Things {
    /// Makes everything that `whose` says, for a caller; standards and an import, which take longest,
    /// only where the path of the operation is about them.
    pub async fn made(world: &World, whose: Whose, caller: PersonId, path: &str) -> Self {
        bases(world).await;
        let (name, officer, instructor) = match whose {
            Whose::Anothers => (SECOND, ANOTHERS_OFFICER, ANOTHERS_INSTRUCTOR),
            _ => (FIRST, OWN_OFFICER, OWN_INSTRUCTOR),
        };
        let (person, appointee) = match whose {
            Whose::Anothers => (ANOTHERS_PERSON, ANOTHERS_APPOINTEE),
            _ => (OWN_PERSON, OWN_APPOINTEE),
        };
        let place = Place {
            organization: world.cast.organization(name),
            post: world.cast.post("卫生保洁"),
            officer: id_of(world, officer).await,
            instructor: id_of(world, instructor).await,
            person: id_of(world, person).await,
            appointee: id_of(world, appointee).await,
            base: TrainingBaseId(if whose == Whose::Anothers { ANOTHERS_BASE } else { OWN_BASE }),
        };
        let owner = if whose == Whose::Anothers { place.person } else { caller };
        let mut made = Self::of(world, &place, owner).await;
        if path.contains("{import}") {
            made.import = import(world, &place).await;
        }
        if Standards::are_meant_by(path) {
            let lessons = [made.lesson_draft, made.lesson].map(LessonId);
            made.standards = Standards::made(world, place.officer, lessons).await;
        }
        if whose == Whose::Nobodys { made.unknown() } else { made }
    }

    async fn of(world: &World, place: &Place, owner: PersonId) -> Self {
        let (draft, chapter, lesson_draft) = course(world, place, false).await;
        let (published, _, lesson) = course(world, place, true).await;
        let (course, note) = (course(world, place, false).await.0, String::new());
        let submit = SubmitRevision { course, note };
        let revision = world.person("zhengming").await.call(submit).await.unwrap().id;
        let db = world.app.db.read();
        let quiz = quizzes::card(db, published, owner).await.unwrap().unwrap().id;
        let session = session(world, place).await;
        let person = Person::signed_in(world, owner).await;
        let start = StartAttempt { quiz, device: Some(Uuid::from_u128(1)) };
        let attempt = person.call(start).await.unwrap();
        let sign_ins = person.call(shared::accounts::ListSignIns {}).await.unwrap();
        let now = world.app.clock.now(db).await.unwrap();
        let kept = Kept::below(world, place.organization).await;
        Self {
            branch: kept.branch.0,
            team: kept.team.0,
            base: kept.base.0,
            spare_post: kept.post.0,
            organization: place.organization.0,
            post: place.post.0,
            instructor: place.instructor.0,
            person: place.person.0,
            appointee: place.appointee.0,
            draft: draft.0,
            chapter: chapter.0,
            lesson_draft: lesson_draft.0,
            revision: revision.0,
            waiver: waiver(world, draft).await,
            course: published.0,
            lesson: lesson.0,
            quiz: quiz.0,
            attempt: attempt.id.0,
            answer: json!({
                "position": 1, "chosen": [attempt.items[0].options[0].handle], "client_seq": 1,
            }),
            writer_epoch: attempt.writer_epoch.into(),
            session: session.0,
            import: Uuid::now_v7(),
            grant: grant(world, place).await,
            standards: Standards::unknown(),
            file: file(world, place).await,
            upload: upload(world, place.officer).await,
            message: message(world, owner).await,
            sign_in: sign_ins.iter().find(|it| it.current).unwrap().id.0,
            starts_at: now + TimeDelta::days(1),
            due_on: (shared::time::local_date(now) + TimeDelta::days(7)).to_string(),
        }
    }

    /// The same shape, but of nothing that exists.
    fn unknown(self) -> Self {
        let id = Uuid::now_v7;
        Self {
            organization: id(),
            post: id(),
            instructor: id(),
            person: id(),
            appointee: id(),
            draft: id(),
            chapter: id(),
            lesson_draft: id(),
            course: id(),
            lesson: id(),
            quiz: id(),
            attempt: id(),
            session: id(),
            import: id(),
            revision: id(),
            waiver: id(),
            grant: id(),
            branch: id(),
            team: id(),
            base: id(),
            spare_post: id(),
            standards: Standards::unknown(),
            file: id(),
            upload: id(),
            message: id(),
            sign_in: id(),
            ..self
        }
    }
}

/// What the roster is divided into, made new so that it can be changed.
struct Kept {
    branch: OrganizationId,
    team: TeamId,
    base: TrainingBaseId,
    post: PostId,
}

impl Kept {
    async fn below(world: &World, organization: OrganizationId) -> Self {
        let officer = world.person("zhengming").await;
        let name = || Uuid::now_v7().to_string();
        let (kind, parent) = (OrganizationKind::Contractor, Some(organization));
        let add = AddOrganization { name: name(), kind, parent };
        let branch = officer.call(add).await.unwrap().id;
        let team = officer.call(AddTeam { organization: branch, name: name() }).await.unwrap().id;
        let post = AddPost { name: name(), ..AddPost::default() };
        let details = BaseDetails {
            name: name(),
            kind: BaseKind::Own,
            organization: parent,
            address: "3 号楼".into(),
            state: BaseState::Running,
        };
        Self {
            branch,
            team,
            base: officer.call(AddBase { details }).await.unwrap().id,
            post: officer.call(post).await.unwrap().id,
        }
    }
}

async fn course(world: &World, place: &Place, publish: bool) -> (CourseId, ChapterId, LessonId) {
    let (officer, owner, post) = (place.officer, place.organization, place.post);
    let colleague = place.instructor;
    let now = world.app.clock.now(world.app.db.read()).await.unwrap();
    let work = world.app.db.write(move |tx| {
        Box::pin(async move {
            let details = CourseDetails {
                title: "会议室保洁".into(),
                summary: "学完会分颜色用抹布".into(),
                level: CourseLevel::Execution,
                category: CourseCategory::PostSkills,
                posts: vec![post],
                cover: None,
            };
            let course = courses::create(tx, details, Some(officer), Some(owner), now).await?;
            let chapter = courses::add_chapter(tx, course, "第一章".into(), now).await?;
            let title = "分色抹布".to_owned();
            let content = LessonContent::Article {
                blocks: vec![Block::Paragraph { html: "红布擦马桶".into() }],
            };
            let add = AddLesson { chapter, title: title.clone(), kind: content.kind() };
            let lesson = courses::add_lesson(tx, add, now).await?;
            let save = SaveLesson { lesson, version: 1, title, minutes: 5, position: 1, content };
            courses::save_lesson(tx, save, now).await?;
            let settings = QuizSettings { attempts: 10, ..QuizSettings::default() };
            quizzes::create(tx, course, settings, vec![question()], now).await?;
            if publish {
                let by = [officer, colleague];
                courses::publish_reviewed(tx, course, by, now).await?;
            }
            Ok((course, chapter, lesson))
        })
    });
    work.await.unwrap()
}

async fn waiver(world: &World, course: CourseId) -> Uuid {
    let now = world.app.clock.now(world.app.db.read()).await.unwrap();
    let (lights, reason) = (vec![GateLight::Steps], "先用起来".to_owned());
    let until = shared::time::local_date(now);
    let waive = WaiveGate { course, lights, reason, until };
    world.person("zhengming").await.call(waive).await.unwrap().waivers[0].id.0
}

fn question() -> QuestionDraft {
    let option = |text: &str, correct| OptionDraft { text: text.into(), correct };
    QuestionDraft {
        id: None,
        kind: shared::quizzes::QuestionKind::TrueFalse,
        stem: "红布擦马桶".into(),
        options: vec![option("正确", true), option("错误", false)],
        explanation: "红布只擦便器".into(),
    }
}

/// Tomorrow, with the organisation's instructor.
async fn session(world: &World, place: &Place) -> shared::training::TrainingSessionId {
    let (instructor, officer, owner) = (place.instructor, place.officer, place.organization);
    let now = world.app.clock.now(world.app.db.read()).await.unwrap();
    let starts_at = now + TimeDelta::minutes(10);
    let details = SessionDetails {
        title: "会议室保洁实训".into(),
        course: None,
        base: Some(place.base),
        place: "3 号楼 B2".into(),
        starts_at,
        ends_at: starts_at + TimeDelta::hours(2),
        instructor,
        seats: 20,
        notes: "带工牌".into(),
    };
    let work = world.app.db.write(move |tx| {
        Box::pin(
            async move { training::create(tx, details, Some(officer), Some(owner), now).await },
        )
    });
    work.await.unwrap()
}

/// A file with nobody new in it, checked.
async fn import(world: &World, place: &Place) -> Uuid {
    let officer = Person::signed_in(world, place.officer).await;
    let file = "工号,姓名,单位\n,,\nX1,甲,没有的单位\n";
    let (status, import) =
        officer.upload("/api/console/roster/imports", "roster.csv", file.as_bytes()).await;
    assert_eq!(status, 200, "{import}");
    while backend::jobs::work_off(&world.app, Uuid::now_v7()).await.unwrap() > 0 {}
    import["id"].as_str().unwrap().parse().unwrap()
}

/// The only role of the appointee, as an instructor.
async fn grant(world: &World, place: &Place) -> Uuid {
    let before = "UPDATE role_grants SET ended_at = granted_at
                  WHERE person_id = {person} AND ended_at IS NULL";
    run(world, before, place.appointee).await;
    run(
        world,
        "INSERT INTO role_grants (id, person_id, role, scope, scope_id, granted_at)
         SELECT {id}, id, 'instructor', 'organization', organization_id, created_at
         FROM people WHERE id = {person}",
        place.appointee,
    )
    .await
}

async fn file(world: &World, place: &Place) -> Uuid {
    let file = backend::media::NewFile {
        kind: shared::content::MediaKind::Image,
        content_type: "image/png",
        width: 1,
        height: 1,
        seconds: 0,
        created_by: Some(place.officer),
    };
    let bytes = Uuid::now_v7().as_bytes().to_vec();
    backend::media::store(&world.app, bytes, file).await.unwrap().0
}

async fn upload(world: &World, officer: PersonId) -> Uuid {
    run(
        world,
        "INSERT INTO uploads
            (id, created_by, length, received, state, progress, created_at, expires_at)
         VALUES ({id}, {person}, 10, 0, 'receiving', 0,
            '2026-01-01T00:00:00+00:00', '2999-01-01T00:00:00+00:00')",
        officer,
    )
    .await
}

async fn message(world: &World, owner: PersonId) -> Uuid {
    run(
        world,
        "INSERT INTO inbox_messages
            (id, person_id, kind, title, body, link, dedupe_key, created_at)
         VALUES ({id}, {person}, 'session_soon', '实训', '明天', '/', {key},
            '2026-01-01T00:00:00+00:00')",
        owner,
    )
    .await
}

/// Runs a statement about a person with a new id.
async fn run(world: &World, statement: &str, person: PersonId) -> Uuid {
    let id = Uuid::now_v7();
    let statement = statement
        .replace("{id}", &literal(world, id))
        .replace("{person}", &literal(world, person.0))
        .replace("{key}", &format!("'{id}'"));
    world.sql(&statement).await;
    id
}

/// Plans for the person to leave, so that there is something to take back.
pub async fn plan_move(world: &World, things: &Things) {
    use backend::roster::planned::entity::planned_move;
    let now = world.app.clock.now(world.app.db.read()).await.unwrap();
    let row = planned_move::Model {
        person_id: PersonId(things.person),
        organization_id: OrganizationId(things.organization),
        team_id: None,
        post_id: None,
        active: false,
        from_on: shared::time::local_date(now) + TimeDelta::days(7),
        planned_by: PersonId(things.instructor),
        planned_at: now,
        trouble: None,
    };
    let write = world.app.db.write(move |tx| {
        Box::pin(async move {
            planned_move::Entity::delete_many().exec(tx).await?;
            row.into_active_model().reset_all().insert(tx).await?;
            Ok(())
        })
    });
    write.await.unwrap();
}
