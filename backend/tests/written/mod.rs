//! Courses for the scenes, written as an officer would.
#![allow(dead_code, reason = "every scene file uses a part")]

use backend::{courses, media};
use chrono::{DateTime, Days, NaiveDate, Utc};
use shared::{
    authoring::*,
    content::*,
    courses::{CourseCategory, CourseId, CourseLevel, LessonId},
    gates::{GateLight, WaiveGate},
    practice::*,
    time::local_date,
};

use uuid::Uuid;

use crate::scene::World;

pub async fn now(world: &World) -> DateTime<Utc> {
    world.app.clock.now(world.app.db.read()).await.unwrap()
}

/// A local date so many days from now.
pub async fn in_days(world: &World, days: u64) -> NaiveDate {
    local_date(now(world).await) + Days::new(days)
}

/// 岗位技能 for 卫生保洁.
pub fn details(world: &World, title: &str) -> CourseDetails {
    CourseDetails {
        title: title.into(),
        summary: "学完会分颜色用抹布".into(),
        level: CourseLevel::Execution,
        category: CourseCategory::PostSkills,
        qualification: String::new(),
        posts: vec![world.cast.post("卫生保洁")],
        cover: None,
    }
}

pub fn article() -> LessonContent {
    LessonContent::Article {
        blocks: vec![Block::Paragraph { html: "红布擦<strong>马桶</strong>".into() }],
    }
}

pub fn steps(cards: usize) -> LessonContent {
    let card = |number| StepCard {
        title: format!("第 {number} 步"),
        picture: None,
        clip: None,
        key_points: vec!["从上到下".into()],
        quality: "没有水渍".into(),
        seconds: 30,
        mistakes: vec!["漏了四角".into()],
        safety: String::new(),
    };
    LessonContent::Steps(StepLesson {
        materials: vec!["抹布".into()],
        cards: (1..=cards).map(card).collect(),
        twin: None,
    })
}

/// A checklist and a session template that lack nothing.
pub fn practice() -> Practice {
    let item = |text: &str, weight| ChecklistItem {
        id: ChecklistItemId(Uuid::now_v7()),
        text: text.into(),
        measure: None,
        weight,
        fatal: false,
        photo: false,
    };
    let measure = Measure {
        bound: MeasureBound::Exactly,
        value: 45.0,
        tolerance: 5.0,
        unit: "度".into(),
        method: "用量角器量".into(),
    };
    let items = vec![
        ChecklistItem { measure: Some(measure), ..item("杯柄朝右", 60) },
        ChecklistItem { fatal: true, photo: true, ..item("先放警示牌", 40) },
    ];
    let station = StationNeed { name: "会议桌".into(), minutes: 15 };
    let material = MaterialNeed { name: "抹布".into(), per_head: 0.5, unit: "块".into() };
    Practice {
        checklist: Checklist { minutes: 20, items },
        site: SiteTemplate {
            stations: vec![station],
            group_size: 4,
            materials: vec![material],
            safety: "先断电再擦。".into(),
            check_in: Some(SiteCheckIn::ScreenCode),
            responsible: "保洁领班".into(),
        },
    }
}

/// A video of so many seconds.
pub async fn video(world: &World, seconds: u32) -> LessonContent {
    let file = media::NewFile {
        kind: MediaKind::Video,
        content_type: "video/mp4",
        width: 640,
        height: 360,
        seconds,
        created_by: None,
    };
    let media = media::store(&world.app, b"not looked at".to_vec(), file).await.unwrap();
    LessonContent::Video(VideoLesson { media: Some(media), ..VideoLesson::default() })
}

/// An article of 7 minutes and steps of 8.
pub fn two_lessons() -> Vec<(&'static str, u32, LessonContent)> {
    vec![("分色抹布", 7, article()), ("擦会议桌", 8, steps(3))]
}

/// A course with these lessons in one chapter, which may be published whatever its lights show.
pub async fn drafted(
    world: &World,
    details: CourseDetails,
    lessons: Vec<(&'static str, u32, LessonContent)>,
) -> (CourseId, Vec<LessonId>) {
    let of_posts = details.category == CourseCategory::PostSkills;
    let (course, lessons) = begun(world, details, lessons).await;
    if of_posts {
        waive(world, course).await;
    }
    (course, lessons)
}

/// Waives every light of a course for some months.
pub async fn waive(world: &World, course: CourseId) {
    let (officer, now, until) =
        (world.cast.id("zhengming"), now(world).await, in_days(world, 300).await);
    let (lights, reason) = (GateLight::ALL.to_vec(), "先用起来".to_owned());
    let request = WaiveGate { course, lights, reason, until };
    let work = world
        .app
        .db
        .write(move |tx| Box::pin(async move { courses::waive(tx, request, officer, now).await }));
    work.await.unwrap();
}

/// The same, with nothing waived.
pub async fn begun(
    world: &World,
    details: CourseDetails,
    lessons: Vec<(&'static str, u32, LessonContent)>,
) -> (CourseId, Vec<LessonId>) {
    let (officer, now) = (world.cast.id("zhengming"), now(world).await);
    let work = world.app.db.write(move |tx| {
        Box::pin(async move {
            let course = courses::create(tx, details, Some(officer), None, now).await?;
            let chapter = courses::add_chapter(tx, course, "第一章".into(), now).await?;
            let mut ids = Vec::new();
            for (title, minutes, content) in lessons {
                let request = AddLesson { chapter, title: title.into(), kind: content.kind() };
                let lesson = courses::add_lesson(tx, request, now).await?;
                let (title, position) = (title.into(), i32::MAX);
                let request = SaveLesson {
                    lesson,
                    version: 1,
                    title,
                    minutes,
                    position: Some(position),
                    content,
                };
                courses::save_lesson(tx, request, now).await?;
                ids.push(lesson);
            }
            Ok((course, ids))
        })
    });
    work.await.unwrap()
}

/// The same, shown to learners.
pub async fn published(
    world: &World,
    details: CourseDetails,
    lessons: Vec<(&'static str, u32, LessonContent)>,
) -> (CourseId, Vec<LessonId>) {
    let (course, lessons) = drafted(world, details, lessons).await;
    publish(world, course).await;
    (course, lessons)
}

/// Brings what is written to learners, by two officers.
pub async fn publish(world: &World, course: CourseId) {
    let now = now(world).await;
    let by = [world.cast.id("zhengming"), world.cast.id("fanghui")];
    let publish = world.app.db.write(move |tx| {
        Box::pin(async move { courses::publish_reviewed(tx, course, by, now).await })
    });
    publish.await.unwrap();
}

/// Gives a course to everybody who cleans.
pub async fn assigned(world: &World, course: CourseId, due_on: NaiveDate) -> Assignment {
    let posts = vec![world.cast.post("卫生保洁")];
    let request = AssignCourse {
        course,
        posts,
        organizations: Vec::new(),
        due_on,
        teams: vec![],
        people: vec![],
    };
    world.person("zhengming").await.call(request).await.unwrap()
}
