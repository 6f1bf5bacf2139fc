//! Finding text in clauses and courses.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use shared::problem::Code;

use super::*;
use crate::phone::Phone;

async fn titles(world: &World, words: &str, kind: Option<SearchKind>) -> Vec<String> {
    let search = SearchTexts { words: words.into(), kind, cursor: None };
    let found = world.person("wangxiuying").await.call(search).await.unwrap();
    found.items.into_iter().map(|it| it.title).collect()
}

scene!(words_of_two_characters_are_found_in_clauses_and_courses, |world| async move {
    let ming = world.person("zhengming").await;
    let id = standard(&ming).await;
    in_force(&world, &ming, id, FIRST).await;
    course(&world).await;
    standards::refresh_search(&world.app).await.unwrap();
    assert_eq!(titles(&world, "登高", None).await, ["2.1"]);
    assert_eq!(titles(&world, "两人 登高作业", None).await, ["2.1"]);
    assert_eq!(titles(&world, "登高 湿布", None).await, Vec::<String>::new());
    assert_eq!(titles(&world, "作高登", None).await, Vec::<String>::new());
    let short = SearchTexts { words: "检 查".into(), kind: None, cursor: None };
    assert_eq!(ming.call(short).await.unwrap_err().code, Code::InvalidRequest);
    assert_eq!(titles(&world, "会议室", Some(SearchKind::Course)).await, ["会议室保洁"]);
    assert_eq!(titles(&world, "马桶", Some(SearchKind::Lesson)).await, ["分色抹布"]);
    assert_eq!(titles(&world, "会议室", Some(SearchKind::Clause)).await, ["1.1"]);
    assert_eq!(titles(&world, "100%_\\", None).await, Vec::<String>::new());
});

scene!(what_is_withdrawn_or_retired_is_no_longer_found, |world| async move {
    let ming = world.person("zhengming").await;
    let id = standard(&ming).await;
    let version = in_force(&world, &ming, id, FIRST).await;
    let (course, _) = course(&world).await;
    standards::refresh_search(&world.app).await.unwrap();
    ming.call(SetVersionStage { version, stage: VersionStage::Withdrawn }).await.unwrap();
    ming.call(shared::revisions::RetireCourse { course }).await.unwrap();
    work_off(&world).await;
    standards::refresh_search(&world.app).await.unwrap();
    for words in ["登高", "马桶", "会议室"] {
        assert_eq!(titles(&world, words, None).await, Vec::<String>::new(), "{words}");
    }
});

scene!(pages_of_what_was_found_follow_one_another, |world| async move {
    let ming = world.person("zhengming").await;
    let id = standard(&ming).await;
    let rows = (1..=45).map(|at| format!("1.{at} 应检查第{at}项。\n"));
    let text = format!("示例—2023\n1 范围\n{}", rows.collect::<String>());
    in_force(&world, &ming, id, &text).await;
    let (mut seen, mut cursor) = (Vec::new(), None);
    loop {
        let search = SearchTexts { words: "检查".into(), kind: None, cursor };
        let page = ming.call(search).await.unwrap();
        seen.extend(page.items.into_iter().map(|it| it.title));
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }
    let expected: Vec<_> = (1..=45).map(|at| format!("1.{at}")).collect();
    assert_eq!(seen, expected, "in the order of the standard");
    let forged = SearchTexts { words: "检查".into(), kind: None, cursor: Some("zz".into()) };
    assert_eq!(ming.call(forged).await.unwrap_err().code, Code::InvalidRequest);
});

scene!(clauses_are_picked_by_number_or_words, |world| async move {
    let ming = world.person("zhengming").await;
    let id = standard(&ming).await;
    in_force(&world, &ming, id, FIRST).await;
    let pick = |words: &str| PickClauses { words: words.into(), standard: Some(id) };
    let numbers =
        |found: Vec<ClauseChoice>| found.into_iter().map(|it| it.number).collect::<Vec<_>>();
    assert_eq!(numbers(ming.call(pick("2")).await.unwrap()), ["2", "2.1", "2.2"]);
    assert_eq!(numbers(ming.call(pick("2.1")).await.unwrap()), ["2.1"]);
    assert_eq!(numbers(ming.call(pick("湿布")).await.unwrap()), ["2.2"]);
    let elsewhere =
        PickClauses { words: "湿布".into(), standard: Some(StandardId(Uuid::now_v7())) };
    assert!(ming.call(elsewhere).await.unwrap().is_empty());
});

scene!(a_learner_searches_on_the_phone_and_reads_the_clause_that_was_found, |world| async move {
    let ming = world.person("zhengming").await;
    let id = standard(&ming).await;
    let version = in_force(&world, &ming, id, FIRST).await;
    let (course, lessons) = course(&world).await;
    standards::refresh_search(&world.app).await.unwrap();
    let phone = Phone::of(&world, "wangxiuying").await;
    let page = phone.open("/study/search").await;
    assert!(page.contains("name=\"words\"") && !page.contains("没有找到"), "{page}");
    let found = |words: &str| {
        format!("/study/search?words={}", utf8_percent_encode(words, NON_ALPHANUMERIC))
    };
    let page = phone.open(&found("登高")).await.replace("&#38;", "&");
    let clause = clause(&ming, version, "2.1").await.id;
    let link = format!("/study/search?words=%E7%99%BB%E9%AB%98&clause={clause}");
    assert!(page.contains("示例/T 1—2023 2.1") && page.contains(&link), "{page}");
    let page = phone.open(&format!("{}&clause={clause}", found("登高"))).await;
    assert!(page.contains("登高作业应由两人进行。") && page.contains("2 安全"), "{page}");
    let page = phone.open(&format!("{}&kind=course", found("会议室"))).await;
    assert!(page.contains(&format!("/courses/{course}")) && !page.contains("2023 1.1"), "{page}");
    let page = phone.open(&found("马桶")).await;
    assert!(page.contains(&format!("/lessons/{}", lessons[0])), "{page}");
    assert!(phone.open(&found("没有这个词")).await.contains("没有找到"));
    assert!(phone.open(&found("会")).await.contains("至少写两个字"));
    ming.call(SetVersionStage { version, stage: VersionStage::Withdrawn }).await.unwrap();
    let gone = format!("/study/search?clause={clause}");
    assert_eq!(phone.status_of(&gone).await, 404, "it is not in force any more");
    let leads = Phone::of_nobody(&world).led("/study/search").await;
    assert!(leads.starts_with("/enter/wechat"), "{leads}");
});

scene!(a_clause_that_was_found_leads_to_its_version, |world| async move {
    let ming = world.person("zhengming").await;
    let id = standard(&ming).await;
    let version = in_force(&world, &ming, id, FIRST).await;
    let search = SearchTexts { words: "登高".into(), kind: None, cursor: None };
    let found = ming.call(search).await.unwrap().items;
    let clause = clause(&ming, version, "2.1").await.id;
    assert_eq!((found[0].clause, found[0].version), (Some(clause), Some(version)));
});
