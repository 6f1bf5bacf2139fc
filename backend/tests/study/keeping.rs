//! 收藏, 笔记 and 学习记录.

use shared::learning::ReportProgress;

use crate::{
    phone::Phone,
    written::{details, drafted, published, two_lessons},
};

scene!(a_note_is_for_whoever_wrote_it_and_for_nobody_else, |world| async move {
    let (_, lessons) = published(&world, details(&world, "会议室保洁"), two_lessons()).await;
    let (wang, li) = (Phone::of(&world, "wangxiuying").await, Phone::of(&world, "lijianguo").await);
    let target = format!("/study/lessons/{}", lessons[0]);
    let note = format!("{target}/note");
    let (status, page) = wang.fill_in(&note, &[("text", "红布 <b>只</b>擦马桶")]).await;
    assert_eq!(status, 303);
    assert!(page.contains("红布 &#60;b&#62;只&#60;/b&#62;擦马桶"), "{page}");
    assert!(page.contains("/removal\">今天 "), "{page}");
    assert!(wang.open("/study").await.contains("分色抹布"));
    assert!(!li.open(&target).await.contains("红布"));
    let hers = format!("<body data-person=\"{}\">", world.cast.id("wangxiuying"));
    assert!(page.contains(&hers), "what is typed here is kept as hers: {page}");
    let removal = page.split("action=\"").find(|it| it.starts_with("/study/notes/")).unwrap();
    let removal = removal.split('"').next().unwrap();
    li.fill_in(removal, &[]).await;
    assert!(wang.open(&target).await.contains("红布"), "nobody removes another's note");
    wang.fill_in(removal, &[]).await;
    assert!(!wang.open(&target).await.contains("红布"));
});

scene!(a_note_that_says_nothing_is_told_off_and_a_long_one_is_not_lost, |world| async move {
    let (_, lessons) = published(&world, details(&world, "会议室保洁"), two_lessons()).await;
    let wang = Phone::of(&world, "wangxiuying").await;
    let note = format!("/study/lessons/{}/note", lessons[0]);
    let (status, page) = wang.fill_in(&note, &[("text", "  ")]).await;
    assert!(status == 422 && page.contains("还没有写内容"), "{page}");
    let long = "长".repeat(1001);
    let (status, page) = wang.fill_in(&note, &[("text", &long)]).await;
    assert!(status == 422 && page.contains("最多 1000 个字") && page.contains(&long), "{page}");
});

scene!(a_note_sent_twice_by_one_form_is_one_note_that_says_what_came_last, |world| async move {
    let (_, lessons) = published(&world, details(&world, "会议室保洁"), two_lessons()).await;
    let wang = Phone::of(&world, "wangxiuying").await;
    let note = format!("/study/lessons/{}/note", lessons[0]);
    let form = uuid::Uuid::now_v7().to_string();
    let twice = [("text", "红布擦马桶"), ("form", form.as_str())];
    let both = futures_util::join!(wang.fill_in(&note, &twice), wang.fill_in(&note, &twice));
    assert_eq!((both.0.0, both.1.0), (303, 303));
    let (_, page) = wang.fill_in(&note, &twice).await;
    assert_eq!(page.matches("红布擦马桶").count(), 1, "{page}");
    assert!(page.contains(&format!("data-sent=\"{form}\"")), "{page}");
    let (_, page) = wang.fill_in(&note, &[("text", "只用红布"), ("form", &form)]).await;
    assert!(page.contains("只用红布") && !page.contains("红布擦马桶"), "{page}");
    let (_, page) = wang.fill_in(&note, &[("text", "再一条"), ("form", "乱写")]).await;
    assert!(page.contains("再一条") && page.contains("只用红布"), "{page}");
});

scene!(pages_are_as_large_as_the_app_was_set_to, |world| async move {
    for (look, class) in
        [("2c", "class=\"larger care\""), ("0", "lang=\"zh-CN\">"), ("\">", "lang=\"zh-CN\">")]
    {
        let page = Phone::of(&world, "wangxiuying").await.looking(look).open("/study").await;
        assert!(page.contains(class), "{look}: {}", page.get(..200).unwrap_or(&page));
    }
});

scene!(a_course_is_kept_at_hand_and_let_go, |world| async move {
    let (course, _) = published(&world, details(&world, "会议室保洁"), two_lessons()).await;
    let wang = Phone::of(&world, "wangxiuying").await;
    let favourite = format!("/study/courses/{course}/favourite");
    for _ in 0..2 {
        let (status, page) = wang.fill_in(&favourite, &[("kept", "yes")]).await;
        assert!(status == 303 && page.contains("已收藏"), "{page}");
    }
    assert!(wang.open("/study").await.contains(&format!("/courses/{course}")));
    wang.fill_in(&favourite, &[("kept", "no")]).await;
    assert!(!wang.open("/study").await.contains(&format!("/courses/{course}")));
});

scene!(what_was_studied_stands_in_the_record_the_last_first, |world| async move {
    let (_, lessons) = published(&world, details(&world, "会议室保洁"), two_lessons()).await;
    let person = world.person("wangxiuying").await;
    for (lesson, position, reached_end) in [(lessons[0], 100, true), (lessons[1], 1, false)] {
        let watched = Vec::new();
        let report = ReportProgress { lesson, position, watched, reached_end, ago: 0 };
        person.call(report).await.unwrap();
    }
    let page = Phone::of(&world, "wangxiuying").await.open("/study").await;
    let (first, second) = (page.find("擦会议桌").unwrap(), page.find("分色抹布").unwrap());
    assert!(first < second && page.contains("学到 66%") && page.contains("学完了"), "{page}");
});

scene!(what_may_not_be_seen_is_not_there_and_who_is_not_signed_in_signs_in, |world| async move {
    let (course, lessons) = drafted(&world, details(&world, "还没发布"), two_lessons()).await;
    let wang = Phone::of(&world, "wangxiuying").await;
    for target in [
        format!("/study/lessons/{}", lessons[0]),
        format!("/study/courses/{course}"),
        "/study/lessons/12".into(),
    ] {
        assert_eq!(wang.status_of(&target).await, 404, "{target}");
    }
    let hidden = format!("/study/lessons/{}/question", lessons[0]);
    assert_eq!(wang.fill_in(&hidden, &[("text", "在吗")]).await.0, 404);
    let led = Phone::of_nobody(&world).led("/study/path").await;
    assert_eq!(led, "/enter/wechat?to=%2Fstudy%2Fpath");
    let (status, page) = Phone::of_nobody(&world).fill_in(&hidden, &[("text", "在吗")]).await;
    assert_eq!(status, 401, "{page}");
    let back = format!("/enter/wechat?to=%2Fstudy%2Flessons%2F{}\"", lessons[0]);
    assert!(page.replace("%2D", "-").contains(&back), "where the form stands: {page}");
});

scene!(only_where_it_is_kept_it_is_said_that_nothing_is_lost, |world| async move {
    let nobody = Phone::of_nobody(&world);
    let lesson = uuid::Uuid::now_v7();
    for (form, kept, what_to_do) in [
        (format!("/study/lessons/{lesson}/note"), true, "再交一次"),
        (format!("/study/questions/{lesson}"), true, "再交一次"),
        (format!("/study/paths/{lesson}"), false, "要重新填一次"),
        (format!("/study/courses/{lesson}/favourite"), false, "再点一次"),
        (format!("/study/notes/{lesson}/removal"), false, "再点一次"),
    ] {
        let (status, page) = nobody.fill_in(&form, &[]).await;
        assert!(status == 401 && page.contains(what_to_do), "{form}: {page}");
        assert_eq!(page.contains("写过的都还在"), kept, "{form}: {page}");
    }
});

scene!(who_searches_before_signing_in_finds_it_afterwards, |world| async move {
    let words = "%E6%B6%88%E6%AF%92";
    let led = Phone::of_nobody(&world).led(&format!("/study/search?words={words}")).await;
    let to = "%2Fstudy%2Fsearch%3Fwords%3D%25E6%25B6%2588%25E6%25AF%2592";
    assert_eq!(led, format!("/enter/wechat?to={to}"));
});

scene!(a_clause_is_read_aloud_by_the_same_script_as_lessons, |world| async move {
    let nobody = Phone::of_nobody(&world);
    assert!(nobody.open("/study/clause.js").await.contains("from './aloud.js'"));
    assert!(nobody.open("/study/aloud.js").await.contains("export const reading"));
});
