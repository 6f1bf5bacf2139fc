//! Every page looked at for those who see or hear less.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use serde_json::json;
use shared::{
    authoring::{CourseDetails, SaveCourseDetails, ShowCourseDraft},
    content::LessonKind,
    courses::{CourseId, LessonId, ListCourses, ShowCourse},
    quizzes::{QuizId, StartAttempt, SubmitAttempt},
    revisions::{ApproveRevision, CheckRevision, SubmitRevision},
};
use tests::{Installation, Journey, Kind, Person};

use crate::deciding::{sample, unfinished};

/// What the demo world has to look at.
#[derive(Default)]
struct Found {
    /// A lesson of each kind.
    lessons: BTreeMap<LessonKind, (CourseId, LessonId)>,
    quizzes: Vec<QuizId>,
}

impl Found {
    async fn by(learner: &Person) -> Result<Self> {
        let mut found = Self::default();
        let mut cursor = None;
        loop {
            let page = learner.call(ListCourses { cursor, ..ListCourses::default() }).await?;
            for card in page.items {
                let course = learner.call(ShowCourse { course: card.id }).await?;
                for lesson in course.chapters.into_iter().flat_map(|it| it.lessons) {
                    found.lessons.insert(lesson.kind, (card.id, lesson.id));
                }
                found.quizzes.extend(course.quiz.map(|it| it.id));
            }
            cursor = page.next;
            if cursor.is_none() {
                return Ok(found);
            }
        }
    }
}

/// The pages of a course that is in use and has a revision to be published, and of one that is not
/// finished.
async fn to_decide(installation: &Installation) -> Result<[String; 2]> {
    let officer = installation.sign_in("zhengming").await?;
    let colleague = installation.console("fanghui").await?;
    let course = sample(&officer, "后厨安全操作").await?;
    let draft = officer.call(ShowCourseDraft { course }).await?;
    let details = CourseDetails { summary: "照示例规程做。".into(), ..draft.details };
    officer.call(SaveCourseDetails { course, version: draft.version, details }).await?;
    let revision = officer.call(SubmitRevision { course, note: String::new() }).await?.id;
    colleague.call(CheckRevision { revision }).await?;
    colleague.call(ApproveRevision { revision }).await?;
    let page = |it: CourseId| format!("/admin/courses/{it}");
    Ok([page(course), page(unfinished(&officer).await?)])
}

#[tokio::test]
async fn every_page_can_be_used_by_those_who_see_or_hear_less() -> Result<()> {
    let installation = Installation::start(Kind::Sqlite).await?;
    let learner = installation.sign_in("wangxiuying").await?;
    let found = Found::by(&learner).await?;
    assert_eq!(found.lessons.len(), LessonKind::ALL.len(), "the demo has lessons of every kind");
    let [running, ended] = *found.quizzes.first_chunk().context("two quizzes")?;
    let running = learner.call(StartAttempt { quiz: running, device: None }).await?;
    let ended = learner.call(StartAttempt { quiz: ended, device: None }).await?;
    let (attempt, writer_epoch) = (ended.id, ended.writer_epoch);
    learner.call(SubmitAttempt { attempt, writer_epoch, answers: Vec::new() }).await?;
    let [in_use, unfinished] = to_decide(&installation).await?;
    let places = json!({
        "inUse": in_use,
        "unfinished": unfinished,
        "lessons": found.lessons.values().map(|it| format!("/lessons/{}", it.1)).collect::<Vec<_>>(),
        "papers": [format!("/attempts/{}", running.id), format!("/attempts/{attempt}/result")],
        "editors": found
            .lessons
            .values()
            .map(|(course, lesson)| format!("/admin/courses/{course}/lessons/{lesson}"))
            .collect::<Vec<_>>(),
    });
    Journey::new("accessibility", &installation)?
        .told("OFFICER_PASSWORD", &installation.password("zhengming")?)
        .told("AUDITOR_PASSWORD", &installation.password("qianhui")?)
        .told("ADMINISTRATOR_PASSWORD", &installation.password("tangbo")?)
        .told("PLACES", &places.to_string())
        .run()
        .await
}
