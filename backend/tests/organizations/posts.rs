//! Posts: names, codes, their order, and retiring them.

use super::*;

async fn list(person: &Person<'_>) -> PostList {
    person.call(ShowPosts {}).await.unwrap()
}

async fn names(person: &Person<'_>) -> Vec<String> {
    let posts = person.call(ListPosts {}).await.unwrap();
    posts.into_iter().map(|it| it.name).collect()
}

fn saved(post: &ManagedPost, position: i32) -> SavePost {
    SavePost {
        post: post.id,
        version: post.version,
        name: post.name.clone(),
        code: post.code.clone(),
        level: post.level,
        position,
    }
}

scene!(posts_stand_in_the_order_that_they_are_given, |world| async move {
    let officer = world.person("zhengming").await;
    let add = |name: &str, code: Option<&str>| AddPost {
        name: name.into(),
        code: code.map(str::to_owned),
        level: Some(PostLevel::Senior),
    };
    officer.call(add("电梯维保", Some("dt-1"))).await.unwrap();
    assert_eq!(names(&officer).await.last().unwrap(), "电梯维保");
    let new = list(&officer).await.items.pop().unwrap();
    assert_eq!((new.code.as_str(), new.level, new.people), ("DT-1", Some(PostLevel::Senior), 0));
    officer.call(saved(&new, 2)).await.unwrap();
    let expected =
        ["会务服务", "电梯维保", "卫生保洁", "设施设备", "绿化养护", "安全保卫", "机关食堂"];
    assert_eq!(names(&officer).await, expected);
    assert_eq!(officer.call(saved(&new, 1)).await.unwrap_err().code, Code::VersionConflict);
    for (name, code, field) in [
        ("卫生保洁", None, "name"),
        ("甲", Some("BJ"), "code"),
        ("甲", Some("岗"), "code"),
        (" ", None, "name"),
    ] {
        assert_eq!(fields(&officer.call(add(name, code)).await.unwrap_err()), [field], "{name}");
    }
});

scene!(a_post_that_people_have_or_a_course_is_for_is_not_retired, |world| async move {
    let officer = world.person("zhengming").await;
    let post = world.cast.post("机关食堂");
    let refused = officer.call(RetirePost { post }).await.unwrap_err();
    assert!(in_use(&refused).ends_with("人在这个岗位，请先给他们换岗位，或者改课程"));
    let new = AddPost { name: "电梯维保".into(), ..AddPost::default() };
    let post = officer.call(new).await.unwrap().id;
    let details = shared::authoring::CourseDetails {
        title: "电梯困人处置".into(),
        summary: String::new(),
        level: shared::courses::CourseLevel::Execution,
        category: shared::courses::CourseCategory::PostSkills,
        qualification: String::new(),
        posts: vec![post],
        cover: None,
    };
    let create = || shared::authoring::CreateCourse { details: details.clone() };
    officer.call(create()).await.unwrap();
    let refused = officer.call(RetirePost { post }).await.unwrap_err();
    assert!(in_use(&refused).contains("1 门课程给这个岗位学"));
    world.sql("UPDATE courses SET status = 'retired'").await;
    officer.call(RetirePost { post }).await.unwrap();
    assert!(!names(&officer).await.contains(&"电梯维保".to_owned()));
    let shown = list(&officer).await.items.pop().unwrap();
    assert!(shown.id == post && shown.retired);
    assert_eq!(fields(&officer.call(create()).await.unwrap_err()), ["details.posts"]);
    officer.call(RestorePost { post }).await.unwrap();
    assert_eq!(names(&officer).await.last().unwrap(), "电梯维保");
});

scene!(posts_are_changed_by_those_who_reach_everything_only, |world| async move {
    let officer = officer_of_first(&world).await;
    let seen = list(&officer).await;
    assert!(!seen.editable);
    let cleaners = seen.items.iter().find(|it| it.name == "卫生保洁").unwrap();
    let everybody = list(&world.person("zhengming").await).await;
    assert!(everybody.editable && everybody.items.len() == seen.items.len());
    let guards = |posts: &PostList| posts.items.iter().find(|it| it.code == "BA").unwrap().people;
    assert!(guards(&everybody) > 0 && guards(&seen) == 0, "people out of reach are not counted");
    let save = officer.call(saved(cleaners, 1)).await.unwrap_err();
    assert_eq!(save.code, Code::NotAllowed);
    let retire = officer.call(RetirePost { post: cleaners.id }).await.unwrap_err();
    assert_eq!(retire.code, Code::NotAllowed);
    let add = AddPost { name: "甲".into(), ..AddPost::default() };
    assert_eq!(officer.call(add).await.unwrap_err().code, Code::NotAllowed);
});
