//! What those who finished a course think of it.

use shared::learning::ReportProgress;

use crate::{
    phone::Phone,
    scene::World,
    written::{details, published, two_lessons},
};

async fn finished(world: &World, key: &str, lessons: &[shared::courses::LessonId]) {
    let person = world.person(key).await;
    for lesson in lessons {
        let (lesson, watched) = (*lesson, Vec::new());
        let report = ReportProgress { lesson, position: 100, watched, reached_end: true, ago: 0 };
        person.call(report).await.unwrap();
    }
}

scene!(a_course_is_rated_by_those_who_finished_it_and_told_from_five_on, |world| async move {
    let (course, lessons) = published(&world, details(&world, "会议室保洁"), two_lessons()).await;
    let page = format!("/study/courses/{course}");
    let rating = format!("{page}/rating");
    let wang = Phone::of(&world, "wangxiuying").await;
    let (status, refused) = wang.fill_in(&rating, &[("stars", "5"), ("comment", "")]).await;
    assert!(status == 403 && refused.contains("学完这门课再来评价"), "{refused}");
    let officer = Phone::of(&world, "zhengming").await;
    let people = ["wangxiuying", "lijianguo", "chenmei", "liuqiang", "wufang"];
    for (number, key) in people.into_iter().enumerate() {
        assert!(!officer.open(&page).await.contains("人评价"), "{number}");
        finished(&world, key, &lessons).await;
        let stars = if number == 0 { "1" } else { "5" };
        let comment = format!("意见{number}");
        let fields = [("stars", stars), ("comment", comment.as_str())];
        assert_eq!(Phone::of(&world, key).await.fill_in(&rating, &fields).await.0, 303);
    }
    let told = officer.open(&page).await;
    assert!(told.contains("5 人评价，平均 4.2 星") && told.contains("意见0"), "{told}");
    let own = wang.open(&page).await;
    assert!(own.contains("5 人评价") && !own.contains("意见3"), "{own}");
    // Who changes their mind is still one person.
    wang.fill_in(&rating, &[("stars", "5"), ("comment", "好")]).await;
    assert!(officer.open(&page).await.contains("5 人评价，平均 5.0 星"));
    let (status, refused) = wang.fill_in(&rating, &[("stars", "6"), ("comment", "")]).await;
    assert!(status == 422 && refused.contains("一到五颗星"), "{refused}");
});
