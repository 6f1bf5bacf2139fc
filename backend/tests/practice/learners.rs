//! 实操怎么考, as learners read it before they are examined.

use shared::{
    learning::ReportProgress,
    revisions::{ApproveRevision, CheckRevision, OngoingLearners, PublishCourse, SubmitRevision},
};

use super::*;
use crate::phone::Phone;

scene!(learners_read_what_they_are_examined_by, |world| async move {
    let course = draft(&world).await;
    let officer = world.person("zhengming").await;
    let (page, address) =
        (format!("/study/courses/{course}"), format!("/study/courses/{course}/practice"));
    let wang = Phone::of(&world, "wangxiuying").await;
    assert_eq!(wang.status_of(&address).await, 404, "nobody learns a draft");
    save(&officer, course, written::practice()).await.unwrap();
    publish(&world, course).await;
    assert!(wang.open(&page).await.contains(&format!("href=\"{address}\"")));
    let mut practice = written::practice();
    practice.checklist.items[0].text = "还没发布".into();
    save(&officer, course, practice).await.unwrap();
    let told = wang.open(&address).await;
    for said in [
        "会议室保洁",
        "一共 2 项，满分 100 分，20 分钟内做完",
        "杯柄朝右",
        "要求：45 ± 5 度，用量角器量",
        "60 分",
        "否决项：不合格就整场不合格",
        "拍照留证",
    ] {
        assert!(told.contains(said), "{said} in {told}");
    }
    assert!(!told.contains("还没发布"), "{told}");
    let leads = Phone::of_nobody(&world).led(&address).await;
    assert!(leads.starts_with("/enter/wechat"), "{leads}");
});

scene!(where_nothing_is_examined_in_practice_nothing_is_said_of_it, |world| async move {
    let (course, _) = published(&world, details(&world, "会议室保洁"), two_lessons()).await;
    let wang = Phone::of(&world, "wangxiuying").await;
    assert!(!wang.open(&format!("/study/courses/{course}")).await.contains("实操"));
    assert_eq!(wang.status_of(&format!("/study/courses/{course}/practice")).await, 404);
});

scene!(whoever_stays_with_a_revision_reads_how_that_one_is_examined, |world| async move {
    let (course, lessons) = drafted(&world, details(&world, "会议室保洁"), two_lessons()).await;
    let (ming, hui) = (world.person("zhengming").await, world.person("fanghui").await);
    save(&ming, course, written::practice()).await.unwrap();
    publish(&world, course).await;
    let (lesson, watched) = (lessons[0], Vec::new());
    let begun = ReportProgress { lesson, position: 10, watched, reached_end: false, ago: 0 };
    world.person("wangxiuying").await.call(begun).await.unwrap();
    let mut practice = written::practice();
    practice.checklist.items[0].text = "杯柄朝左".into();
    save(&ming, course, practice).await.unwrap();
    let submitted = ming.call(SubmitRevision { course, note: String::new() }).await.unwrap();
    let revision = submitted.id;
    hui.call(CheckRevision { revision }).await.unwrap();
    hui.call(ApproveRevision { revision }).await.unwrap();
    let learners = Some(OngoingLearners::Finish);
    ming.call(PublishCourse { learners, ..PublishCourse::now(course) }).await.unwrap();
    let page = format!("/study/courses/{course}/practice");
    let stays = Phone::of(&world, "wangxiuying").await.open(&page).await;
    assert!(stays.contains("杯柄朝右") && !stays.contains("杯柄朝左"), "{stays}");
    let comes = Phone::of(&world, "lijianguo").await.open(&page).await;
    assert!(comes.contains("杯柄朝左") && !comes.contains("杯柄朝右"), "{comes}");
});
