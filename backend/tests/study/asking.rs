//! A question to the instructors, and the answer in the inbox.

use shared::{
    learning::CountEnquiries,
    notifications::{ListInbox, NotificationKind},
    problem::Code,
};

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
    let taken = format!("data-sent=\"{}\">能，擦干就行。<", form.rsplit('/').next().unwrap());
    assert!(page.contains(&taken), "beside the answer, not the question: {page}");
    let (status, page) = wu.fill_in(&form, &[("text", "不能，会花")]).await;
    assert!(status == 409 && page.contains("已经有人答复"), "{page}");
    assert!(page.contains("您写的没有发出去"), "{page}");
    assert!(page.contains("data-unsent>不能，会花<"), "shown once: {page}");
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

/// What stands in a text area.
fn written<'page>(page: &'page str, id: &str) -> &'page str {
    let area = page.split(&format!("<textarea id=\"{id}\"")).nth(1).unwrap();
    area.split_once('>').unwrap().1.split("</textarea>").next().unwrap()
}

scene!(a_refused_question_comes_back_in_its_own_box_and_a_note_in_the_other, |world| async move {
    let (_, lessons) = published(&world, details(&world, "会议室保洁"), two_lessons()).await;
    let wang = Phone::of(&world, "wangxiuying").await;
    let here = format!("/study/lessons/{}", lessons[0]);
    let long = "长".repeat(1001);
    for (kind, other, most) in [("question", "note", 500), ("note", "question", 1000)] {
        let (status, page) = wang.fill_in(&format!("{here}/{kind}"), &[("text", &long)]).await;
        assert!(status == 422 && page.contains(&format!("最多 {most} 个字")), "{page}");
        assert_eq!(written(&page, kind), long);
        assert_eq!(written(&page, other), "");
        assert!(!wang.open(&here).await.contains(&long));
    }
});

scene!(what_one_form_sends_twice_is_one_question_that_says_what_came_last, |world| async move {
    let (_, lessons) = published(&world, details(&world, "会议室保洁"), two_lessons()).await;
    let wang = Phone::of(&world, "wangxiuying").await;
    let ask = format!("/study/lessons/{}/question", lessons[0]);
    let form = uuid::Uuid::now_v7().to_string();
    let twice = [("text", "蓝布呢？"), ("form", form.as_str())];
    let both = futures_util::join!(wang.fill_in(&ask, &twice), wang.fill_in(&ask, &twice));
    assert_eq!((both.0.0, both.1.0), (303, 303));
    let (_, page) = wang.fill_in(&ask, &twice).await;
    assert_eq!(page.matches("蓝布呢？").count(), 1, "{page}");
    assert!(page.contains(&format!("data-sent=\"{form}\"")), "{page}");
    let (_, page) = wang.fill_in(&ask, &[("text", "绿布呢？"), ("form", &form)]).await;
    assert!(page.contains("绿布呢？") && !page.contains("蓝布呢？"), "{page}");
    let other = Phone::of(&world, "lijianguo").await;
    let (_, page) = other.fill_in(&ask, &twice).await;
    assert!(page.contains("蓝布呢？") && !page.contains("绿布呢？"), "{page}");
    let wu = Phone::of(&world, "wufang").await;
    let questions = wu.open("/study/questions").await;
    let answer = answer_form(&questions).unwrap().to_owned();
    for _ in 0..2 {
        // The first that waits is 王秀英's.
        assert_eq!(wu.fill_in(&answer, &[("text", "能。")]).await.0, 303, "the same again");
    }
    let (_, page) = wang.fill_in(&ask, &[("text", "红布呢？"), ("form", &form)]).await;
    assert!(
        page.contains("绿布呢？") && page.contains("红布呢？"),
        "an answered one stays: {page}"
    );
});

async fn asked(world: &crate::scene::World, key: &str) -> Vec<String> {
    let inbox = world.person(key).await.call(ListInbox::default()).await.unwrap();
    let asked = inbox.items.into_iter().filter(|it| it.kind == NotificationKind::EnquiryAsked);
    asked.map(|it| format!("{} {}", it.title, it.link)).collect()
}

scene!(instructors_hear_once_a_day_of_each_course_that_is_asked_about, |world| async move {
    let (_, lessons) = published(&world, details(&world, "会议室保洁"), two_lessons()).await;
    let (_, others) = published(&world, details(&world, "开水间"), two_lessons()).await;
    let wang = Phone::of(&world, "wangxiuying").await;
    for lesson in [lessons[0], lessons[1], others[0]] {
        let ask = format!("/study/lessons/{lesson}/question");
        assert_eq!(wang.fill_in(&ask, &[("text", "在吗？")]).await.0, 303);
    }
    let told = ["有学员提问：开水间 /study/questions", "有学员提问：会议室保洁 /study/questions"];
    assert_eq!(asked(&world, "wufang").await, told);
    for key in ["wangxiuying", "zhengming", "liuqiang"] {
        assert!(asked(&world, key).await.is_empty(), "{key} is no instructor");
    }
    let wu = Phone::of(&world, "wufang").await;
    assert!(wu.open("/study").await.contains("学员提问（3 个等答复）"));
    assert!(!wang.open("/study").await.contains("学员提问"));
    assert_eq!(world.person("wufang").await.call(CountEnquiries {}).await.unwrap().waiting, 3);
    let refused = world.person("wangxiuying").await.call(CountEnquiries {}).await.unwrap_err();
    assert_eq!(refused.code, Code::NotAllowed);
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
