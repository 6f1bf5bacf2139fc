//! Things by what they are made with, so that only what an operation changed is made again.

use backend::training;
use chrono::TimeDelta;
use shared::{accounts::PersonId, authoring::SessionDetails, training::TrainingSessionId};
use uuid::Uuid;

use super::{Things, Whose, belongings::Belongings, kept::Kept, place::Place, study::Study};
use crate::{
    scene::{Person, World},
    standards::Standards,
};

pub struct Parts {
    place: Place,
    owner: PersonId,
    study: Option<Study>,
    kept: Option<Kept>,
    session: Option<TrainingSessionId>,
    import: Option<Uuid>,
    standards: Option<Standards>,
    belongings: Option<Belongings>,
}

impl Parts {
    /// Nothing is made yet. What a person owns is the caller's, unless all is another's.
    pub async fn of(world: &World, whose: Whose, caller: PersonId) -> Self {
        let place = Place::of(world, whose).await;
        let owner = if whose == Whose::Anothers { place.person } else { caller };
        Self {
            place,
            owner,
            study: None,
            kept: None,
            session: None,
            import: None,
            standards: None,
            belongings: None,
        }
    }

    /// Forgets what an operation at this path may have changed.
    pub fn forget(&mut self, path: &str) {
        let names = |some: &[&str]| some.iter().any(|it| path.contains(&format!("{{{it}}}")));
        self.belongings = None;
        if names(&["course", "chapter", "lesson", "revision", "waiver", "quiz", "attempt"]) {
            self.study = None;
            self.standards = None;
        }
        if Standards::are_meant_by(path) {
            self.standards = None;
        }
        if names(&["organization", "team", "base", "post"]) {
            self.kept = None;
        }
        if names(&["session"]) {
            self.session = None;
        }
        if names(&["import"]) {
            self.import = None;
        }
    }

    /// Makes what is missing; standards and an import, which take longest, only where the path of
    /// the operation is about them.
    pub async fn all(&mut self, world: &World, path: &str) -> Things {
        self.make(world, path).await;
        let Self { place, study, kept, belongings, .. } = self;
        let (study, kept) = (study.clone().unwrap(), kept.clone().unwrap());
        let belongings = belongings.clone().unwrap();
        let now = world.app.clock.now(world.app.db.read()).await.unwrap();
        Things {
            organization: place.organization.0,
            post: place.post.0,
            instructor: place.instructor.0,
            person: place.person.0,
            appointee: place.appointee.0,
            draft: study.draft.0,
            chapter: study.chapter.0,
            lesson_draft: study.lesson_draft.0,
            revision: study.revision,
            waiver: study.waiver,
            course: study.course.0,
            lesson: study.lesson.0,
            quiz: study.quiz,
            attempt: study.attempt,
            writer_epoch: study.writer_epoch,
            answer: study.answer,
            session: self.session.unwrap().0,
            import: self.import.unwrap_or_else(Uuid::now_v7),
            branch: kept.branch.0,
            team: kept.team.0,
            base: kept.base.0,
            spare_post: kept.post.0,
            standards: self.standards.clone().unwrap_or_else(Standards::unknown),
            grant: belongings.grant,
            file: belongings.file,
            upload: belongings.upload,
            message: belongings.message,
            sign_in: belongings.sign_in,
            starts_at: now + TimeDelta::days(1),
            due_on: (shared::time::local_date(now) + TimeDelta::days(7)).to_string(),
        }
    }

    async fn make(&mut self, world: &World, path: &str) {
        let (place, owner) = (&self.place, self.owner);
        if self.study.is_none() {
            self.study = Some(Study::made(world, place, owner).await);
        }
        if self.kept.is_none() {
            self.kept = Some(Kept::below(world, place.organization).await);
        }
        if self.session.is_none() {
            self.session = Some(session(world, place).await);
        }
        if self.belongings.is_none() {
            self.belongings = Some(Belongings::made(world, place, owner).await);
        }
        if self.import.is_none() && path.contains("{import}") {
            self.import = Some(import(world, place).await);
        }
        if let Some(study) = &self.study
            && self.standards.is_none()
            && Standards::are_meant_by(path)
        {
            let lessons = [study.lesson_draft, study.lesson];
            self.standards = Some(Standards::made(world, place.officer, lessons).await);
        }
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
    while backend::jobs::work_off(&world.app).await.unwrap() > 0 {}
    import["id"].as_str().unwrap().parse().unwrap()
}
