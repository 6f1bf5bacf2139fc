//! 岗位学习路径: laid by an officer, walked by whoever has the post.

use shared::learning::{ReportProgress, ShowToday};

use crate::{
    phone::Phone,
    written::{details, published, two_lessons},
};

scene!(the_courses_of_a_post_stand_in_their_order_and_the_next_is_for_today, |world| async move {
    let (first, lessons) = published(&world, details(&world, "先学这门"), two_lessons()).await;
    let (second, _) = published(&world, details(&world, "再学那门"), two_lessons()).await;
    let (other, _) = published(&world, details(&world, "不在路上"), two_lessons()).await;
    let officer = Phone::of(&world, "zhengming").await;
    let path = format!("/study/paths/{}", world.cast.post("卫生保洁"));
    assert!(officer.open("/study/paths").await.contains(&path));
    let names = [first, second, other].map(|it| it.to_string());
    let fields = [(&*names[1], "2"), (&*names[0], "1"), (&*names[2], "")];
    let (status, page) = officer.fill_in(&path, &fields).await;
    assert_eq!(status, 303);
    assert!(page.contains(&format!("name=\"{second}\" value=\"2\"")), "{page}");
    let wang = Phone::of(&world, "wangxiuying").await;
    let own = wang.open("/study/path").await;
    assert!(own.find("先学这门").unwrap() < own.find("再学那门").unwrap(), "{own}");
    assert!(!own.contains("不在路上") && own.contains("2 门课，已学完 0 门"), "{own}");
    let person = world.person("wangxiuying").await;
    assert_eq!(person.call(ShowToday {}).await.unwrap().path.unwrap().id, first);
    for lesson in lessons {
        let watched = Vec::new();
        let report = ReportProgress { lesson, position: 100, watched, reached_end: true, ago: 0 };
        person.call(report).await.unwrap();
    }
    assert_eq!(person.call(ShowToday {}).await.unwrap().path.unwrap().id, second);
    assert!(wang.open("/study/path").await.contains("✓"));
    // 李建国 has another post.
    assert_eq!(world.person("lijianguo").await.call(ShowToday {}).await.unwrap().path, None);
});

scene!(
    a_number_is_read_in_whatever_digits_and_what_is_none_is_refused_beside_its_course,
    |world| async move {
        let (first, _) = published(&world, details(&world, "先学这门"), two_lessons()).await;
        let (second, _) = published(&world, details(&world, "再学那门"), two_lessons()).await;
        let officer = Phone::of(&world, "zhengming").await;
        let path = format!("/study/paths/{}", world.cast.post("卫生保洁"));
        let (first, second) = (&*first.to_string(), &*second.to_string());
        let (status, page) = officer.fill_in(&path, &[(second, "２"), (first, " １")]).await;
        assert_eq!(status, 303);
        assert!(page.contains(&format!("name=\"{second}\" value=\"2\"")), "{page}");
        let (status, page) = officer.fill_in(&path, &[(second, "二"), (first, "5")]).await;
        assert_eq!(status, 422);
        assert!(page.contains(&format!("id=\"wrong-{second}\">请填 1、2、3 这样的数字")), "{page}");
        assert!(!page.contains(&format!("id=\"wrong-{first}\"")), "{page}");
        for typed in
            [format!("name=\"{second}\" value=\"二\""), format!("name=\"{first}\" value=\"5\"")]
        {
            assert!(page.contains(&typed), "what was typed is still there: {page}");
        }
        let own = Phone::of(&world, "wangxiuying").await.open("/study/path").await;
        assert!(own.contains("再学那门"), "nothing left the path: {own}");
    }
);

scene!(nobody_but_an_officer_of_all_lays_a_path, |world| async move {
    let path = format!("/study/paths/{}", world.cast.post("卫生保洁"));
    for key in ["wangxiuying", "liuqiang", "wufang"] {
        let phone = Phone::of(&world, key).await;
        assert_eq!(phone.status_of("/study/paths").await, 403, "{key}");
        assert_eq!(phone.status_of(&path).await, 403, "{key}");
        assert_eq!(phone.fill_in(&path, &[]).await.0, 403, "{key}");
    }
});
