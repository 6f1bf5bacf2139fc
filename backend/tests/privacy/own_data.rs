//! Taking along what is kept about oneself.

use shared::{privacy::*, quizzes::QuestionKind};

use crate::{prepared::*, *};

const FILE: &str = "/privacy/my-data.json";

scene!(everything_about_the_person_is_in_the_file_and_nothing_about_others, |world| async move {
    let id = brought_in(&world).await;
    let person = scene::Person::signed_in(&world, id).await;
    let version = person.call(ShowPrivacyConsent {}).await.unwrap().version;
    person.call(GivePrivacyConsent { version }).await.unwrap();
    let phone = Phone::of(&world, id, ClientKind::MiniProgram).await;
    let (status, text) = phone.open(FILE).await;
    assert_eq!(status, 200, "{text}");
    for kept in ["金丝雀", "P7761", PHONE, ID_CARD, "一班", "卫生保洁", "微信小程序", "1.1"]
    {
        assert!(text.contains(kept), "{kept} in {text}");
    }
    for others in ["王秀英", "D0001", "李建国"] {
        assert!(!text.contains(others), "{others} in {text}");
    }
    let data: Value = serde_json::from_str(&text).unwrap();
    let titles: Vec<_> = data["资料"].as_array().unwrap().iter().map(|it| &it["内容"]).collect();
    for title in
        ["基本资料", "登录记录", "角色", "工作经历", "测验", "实训签到", "站内消息", "隐私同意"]
    {
        assert!(titles.iter().any(|it| *it == title), "{title}");
    }
    let act = &recorded(&world, "own_data_exported").await[0];
    assert_eq!(act["person"], id.to_string());
});

scene!(the_page_says_in_words_what_the_file_says, |world| async move {
    let id = brought_in(&world).await;
    let phone = Phone::of(&world, id, ClientKind::WebView).await;
    let (status, page) = phone.open("/privacy/my-data").await;
    assert_eq!(status, 200);
    for kept in ["姓名：金丝雀", PHONE, ID_CARD, "工作经历", "下载成文件"] {
        assert!(page.contains(kept), "{kept} in {page}");
    }
    assert!(!page.contains("<script"));
});

scene!(answers_are_there_and_what_is_right_is_not, |world| async move {
    let quiz = quiz(&world).await;
    let person = world.person("wangxiuying").await;
    let attempt = start(&person, quiz).await;
    let single = item(&attempt, QuestionKind::Single);
    let wrong = vec![answer(single, pick(single, &["丁"]), 1)];
    person.call(submit(&attempt, wrong)).await.unwrap();
    let (status, text) = wang(&world).await.open(FILE).await;
    assert_eq!(status, 200);
    for kept in ["保洁安全", "已交卷", "丁", "\"得分\": \"0\""] {
        assert!(text.contains(kept), "{kept} in {text}");
    }
    // 乙 is right, and explained with 金丝雀.
    for secret in ["乙", "金丝雀", "correct", "right"] {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
});

scene!(five_times_a_day_and_not_more, |world| async move {
    let phone = wang(&world).await;
    for time in 0..5 {
        assert_eq!(phone.open(FILE).await.0, 200, "{time}");
    }
    let (status, page) = phone.open(FILE).await;
    assert_eq!((status, page.contains("一天最多看五次")), (429, true), "{page}");
    assert_eq!(recorded(&world, "own_data_exported").await.len(), 5);
    let other = Phone::of(&world, world.cast.id("lijianguo"), ClientKind::OfficialAccount).await;
    assert_eq!(other.open(FILE).await.0, 200, "each has their own five");
});

scene!(a_pc_that_was_left_signed_in_shows_nothing, |world| async move {
    let id = world.cast.id("wangxiuying");
    let left = Phone::of(&world, id, ClientKind::Kiosk).await;
    for target in [FILE, "/privacy/my-data"] {
        let (status, page) = left.open(target).await;
        assert_eq!((status, page.contains("确认是您本人")), (403, true), "{page}");
    }
    assert_eq!(Phone::of_nobody(&world).open(FILE).await.0, 303);
    assert!(recorded(&world, "own_data_exported").await.is_empty());
});
