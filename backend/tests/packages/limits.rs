//! What the rules ask of lessons is asked of those that were brought, too.

use shared::{
    authoring::{ShowCourseDraft, ShowLessonDraft},
    content::LessonContent,
    problem::Code,
    revisions::SubmitRevision,
};

use super::{brought, exported, written, zipped::Package};

scene!(a_package_with_a_long_lesson_comes_in_and_is_not_submitted, |world| async move {
    let ming = world.person("zhengming").await;
    let details = written::details(&world, "会议室保洁");
    let (course, _) = written::drafted(&world, details, written::two_lessons()).await;
    let (_, package) = exported(&world, &ming, course, "").await;
    let package = Package::of(&package)
        .changed("course.json", |it| it["chapters"][0]["lessons"][1]["minutes"] = 9.into())
        .vouched();
    let course = brought(&ming, "", &package.zip()).await.unwrap().course;
    let draft = ming.call(ShowCourseDraft { course }).await.unwrap();
    assert!(draft.missing[0].text.contains("最多 8 分钟"), "{:?}", draft.missing);
    let submit = SubmitRevision { course, note: String::new() };
    assert_eq!(ming.call(submit).await.unwrap_err().code, Code::CourseIncomplete);
});

scene!(a_lesson_and_its_twin_stay_together_in_a_package, |world| async move {
    let ming = world.person("zhengming").await;
    let mut moving = written::steps(1);
    let lessons = vec![("读一遍", 5, written::article()), ("做一遍", 5, moving.clone())];
    let details = written::details(&world, "会议室保洁");
    let (course, ids) = written::drafted(&world, details, lessons).await;
    *moving.twin_mut().unwrap() = Some(ids[0]);
    let text = serde_json::to_string(&moving).unwrap();
    world.sql(&format!("UPDATE lessons SET content = '{text}' WHERE kind = 'steps'")).await;
    let (_, package) = exported(&world, &ming, course, "").await;
    let package = Package::of(&package);
    let packed = package.json("course.json")["chapters"][0]["lessons"][1].clone();
    assert_eq!((&packed["twin"], packed["content"].get("twin")), (&0.into(), None));

    let named = async |package: &[u8]| {
        let course = brought(&ming, "", package).await.unwrap().course;
        let draft = ming.call(ShowCourseDraft { course }).await.unwrap();
        let here = &draft.chapters[0].lessons;
        let shown = ming.call(ShowLessonDraft { lesson: here[1].id }).await.unwrap();
        assert!(matches!(shown.content, LessonContent::Steps(_)));
        (shown.content.twin(), here[0].id)
    };
    let (twin, article) = named(&package.zip()).await;
    assert_eq!(twin, Some(article));
    let changed = |change: &dyn Fn(&mut serde_json::Value)| {
        let lesson = |it: &mut serde_json::Value| change(&mut it["chapters"][0]["lessons"][1]);
        package.clone().changed("course.json", lesson).vouched().zip()
    };
    let foreign = changed(&|it| {
        it.as_object_mut().unwrap().remove("twin");
        it["content"]["twin"] = uuid::Uuid::now_v7().to_string().into();
    });
    assert_eq!(named(&foreign).await.0, None, "a lesson of somewhere else");
    for wrong in [1, 7] {
        let package = changed(&|it| it["twin"] = wrong.into());
        let refused = brought(&ming, "", &package).await.unwrap_err();
        assert_eq!(refused.code, Code::NotACoursePackage, "{wrong}");
    }
});
