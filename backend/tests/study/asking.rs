//! A question to the instructors, and the answer in the inbox.

use shared::notifications::{ListInbox, NotificationKind};

use crate::{
    phone::Phone,
    written::{details, published, two_lessons},
};

/// The address at which the first open question is answered.
fn answer_form(page: &str) -> Option<&str> {
    let form = page.split("action=\"").find(|it| it.starts_with("/study/questions/"))?;
    form.split('"').next()
}

scene!(an_instructor_answers_once_and_the_answer_is_in_the_inbox, |world| async move {
    let (_, lessons) = published(&world, details(&world, "会议室保洁"), two_lessons()).await;
    let wang = Phone::of(&world, "wangxiuying").await;
    let ask = format!("/study/lessons/{}/question", lessons[0]);
    let (status, page) = wang.fill_in(&ask, &[("text", "蓝布能擦玻璃吗？")]).await;
    assert!(status == 303 && page.contains("讲师还没答复"), "{page}");
    let wu = Phone::of(&world, "wufang").await;
    let page = wu.open("/study/questions").await;
    assert!(page.contains("蓝布能擦玻璃吗") && page.contains("王秀英"), "{page}");
    let form = answer_form(&page).unwrap().to_owned();
    let (status, page) = wu.fill_in(&form, &[("text", "")]).await;
    assert!(status == 422 && page.contains("还没有写内容"), "{page}");
    let (status, page) = wu.fill_in(&form, &[("text", "能，擦干就行。")]).await;
    assert!(status == 303 && page.contains("没有等着答复的问题"), "{page}");
    let (status, page) = wu.fill_in(&form, &[("text", "不能")]).await;
    assert!(status == 409 && page.contains("已经有人答复"), "{page}");
    let inbox = world.person("wangxiuying").await.call(ListInbox::default()).await.unwrap();
    assert_eq!(inbox.items.len(), 1);
    let message = &inbox.items[0];
    assert_eq!(message.kind, NotificationKind::EnquiryAnswered);
    assert_eq!(message.body, "能，擦干就行。");
    assert_eq!(message.link, format!("/lessons/{}", lessons[0]));
    assert!(wang.open("/study").await.contains("答：能，擦干就行。"));
});

scene!(learners_and_leaders_answer_nobody, |world| async move {
    let (_, lessons) = published(&world, details(&world, "会议室保洁"), two_lessons()).await;
    let wang = Phone::of(&world, "wangxiuying").await;
    let ask = format!("/study/lessons/{}/question", lessons[0]);
    wang.fill_in(&ask, &[("text", "蓝布能擦玻璃吗？")]).await;
    let page = Phone::of(&world, "zhengming").await.open("/study/questions").await;
    let form = answer_form(&page).unwrap().to_owned();
    for key in ["wangxiuying", "liuqiang", "lijianguo"] {
        let phone = Phone::of(&world, key).await;
        assert_eq!(phone.status_of("/study/questions").await, 403, "{key}");
        assert_eq!(phone.fill_in(&form, &[("text", "能")]).await.0, 403, "{key}");
    }
});

scene!(nobody_asks_more_than_ten_things_at_a_time, |world| async move {
    let (_, lessons) = published(&world, details(&world, "会议室保洁"), two_lessons()).await;
    let wang = Phone::of(&world, "wangxiuying").await;
    let ask = format!("/study/lessons/{}/question", lessons[0]);
    for _ in 0..10 {
        assert_eq!(wang.fill_in(&ask, &[("text", "在吗？")]).await.0, 303);
    }
    let (status, page) = wang.fill_in(&ask, &[("text", "在吗？")]).await;
    assert!(status == 422 && page.contains("等一等再问"), "{page}");
});
