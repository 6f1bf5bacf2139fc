//! Links by two people, chips for learners, and what is covered.

use shared::{courses::ShowLesson, problem::Code};

use super::*;
use crate::phone::Phone;

scene!(a_link_counts_only_after_somebody_else_than_its_author_agreed, |world| async move {
    let (ming, hui) = (world.person("zhengming").await, world.person("fanghui").await);
    let id = standard(&ming).await;
    let version = in_force(&world, &ming, id, FIRST).await;
    let clause = clause(&ming, version, "2.1").await;
    let (_, lessons) = course(&world).await;
    let link = ming.call(linking(clause.id, lessons[0])).await.unwrap();
    assert_eq!((link.state, link.editable, link.reviewable), (LinkState::Draft, true, false));
    let review = || ReviewClauseLink { link: link.id, approve: true, reason: String::new() };
    assert_eq!(hui.call(review()).await.unwrap_err().code, Code::VersionConflict);
    ming.call(SubmitClauseLink { link: link.id }).await.unwrap();
    assert_eq!(ming.call(review()).await.unwrap_err().code, Code::ReviewOwn);
    let taught = || async {
        world.person("zhengming").await.call(ShowCoverage {}).await.unwrap().rows[0].all.taught
    };
    assert_eq!(taught().await, 0);
    hui.call(review()).await.unwrap();
    assert_eq!(taught().await, 1);
    let save = SaveClauseLink {
        link: link.id,
        clause: clause.id,
        kind: LinkKind::Taught,
        coverage: LinkCoverage::Part,
        dated: false,
        note: String::new(),
    };
    let saved = hui.call(save).await.unwrap();
    assert_eq!((saved.state, saved.author.as_str()), (LinkState::Draft, "方慧"));
    assert_eq!(taught().await, 0);
});

scene!(a_learner_opens_the_clause_that_a_card_cites, |world| async move {
    let ming = world.person("zhengming").await;
    let id = standard(&ming).await;
    let version = in_force(&world, &ming, id, FIRST).await;
    let clause = clause(&ming, version, "2.1").await;
    let (_, lessons) = course(&world).await;
    let target = LinkTarget::Card { lesson: lessons[1], card: 2 };
    let draft = ming.call(LinkClause { target, ..linking(clause.id, lessons[1]) }).await.unwrap();
    let wang = world.person("wangxiuying").await;
    let unseen = wang.call(ShowCitedClause { link: draft.id }).await.unwrap_err();
    assert_eq!(unseen.code, Code::NotFound, "not before it is valid");
    let address = format!("/study/clauses/{}", draft.id);
    assert_eq!(Phone::of(&world, "wangxiuying").await.status_of(&address).await, 404);
    ming.call(EndClauseLink { link: draft.id }).await.unwrap();
    let target = LinkTarget::Card { lesson: lessons[1], card: 2 };
    let link = valid(&world, LinkClause { target, ..linking(clause.id, lessons[1]) }).await;
    let lesson = wang.call(ShowLesson { lesson: lessons[1] }).await.unwrap();
    let (number, pictures) = ("2.1".into(), Vec::new());
    let chip = ClauseChip { link, number, card: Some(2), from: None, to: None, pictures };
    assert_eq!(lesson.clauses, [chip]);
    let cited = wang.call(ShowCitedClause { link }).await.unwrap();
    assert_eq!(cited.text, "登高作业应由两人进行。");
    assert_eq!((cited.standard.as_str(), cited.path), ("示例/T 1—2023", vec!["2 安全".to_owned()]));
    let address = format!("/study/clauses/{link}");
    let page = Phone::of(&world, "wangxiuying").await.open(&address).await;
    for said in
        ["示例/T 1—2023", "会议服务规范（示例）", "2 安全", "2.1", "登高作业应由两人进行", "现行"]
    {
        assert!(page.contains(said), "{said} in {page}");
    }
    assert!(page.contains(&format!("href=\"/lessons/{}\"", lessons[1])), "{page}");
    let leads = Phone::of_nobody(&world).led(&address).await;
    assert!(leads.starts_with("/enter/wechat"), "{leads}");
    let nowhere = LinkTarget::Card { lesson: lessons[1], card: 3 };
    let refused = ming.call(LinkClause { target: nowhere, ..linking(clause.id, lessons[1]) }).await;
    assert_eq!(refused.unwrap_err().fields[0].field, "target");
});

scene!(every_link_is_on_one_of_the_pages_however_many_there_are, |world| async move {
    let ming = world.person("zhengming").await;
    let id = standard(&ming).await;
    let text: Vec<_> = (1..=53).map(|it| format!("1.{it} 应检查第 {it} 间会议室。")).collect();
    let text = format!("示例/T 1—2023\n1 范围\n{}\n", text.join("\n"));
    let version = in_force(&world, &ming, id, &text).await;
    let (course, lessons) = course(&world).await;
    for clause in clauses(&ming, version).await.iter().filter(|it| it.number.contains('.')) {
        ming.call(linking(clause.id, lessons[0])).await.unwrap();
    }
    let wanted = || ListClauseLinks { lesson: Some(lessons[0]), ..Default::default() };
    let first = ming.call(wanted()).await.unwrap();
    assert_eq!((first.items.len(), first.total), (50, 53));
    let more = ListClauseLinks { cursor: first.next, ..wanted() };
    let last = ming.call(more).await.unwrap();
    assert_eq!((last.items.len(), last.total, last.next), (3, 53, None));
    let all = first.items.iter().chain(&last.items);
    let mut numbers: Vec<u32> = all.map(|it| it.number[2..].parse().unwrap()).collect();
    assert!(numbers.is_sorted_by(|newer, older| newer > older), "the last changed first");
    numbers.reverse();
    assert!(numbers.into_iter().eq(1..=53));

    let questions = |only| ListClauseLinks {
        course: Some(course),
        questions: Some(only),
        ..Default::default()
    };
    assert_eq!(ming.call(questions(true)).await.unwrap().total, 0);
    assert_eq!(ming.call(questions(false)).await.unwrap().total, 53);
    let torn = ListClauseLinks { cursor: Some("第二页".into()), ..wanted() };
    assert_eq!(ming.call(torn).await.unwrap_err().code, Code::InvalidRequest);
});

scene!(the_heat_map_counts_by_post_and_the_lists_name_what_has_no_link, |world| async move {
    let ming = world.person("zhengming").await;
    let id = standard(&ming).await;
    let version = in_force(&world, &ming, id, FIRST).await;
    let chapter = clause(&ming, version, "2").await;
    let posts = vec![world.cast.post("卫生保洁")];
    let set = SetClausePosts { clause: chapter.id, posts, with_below: true };
    assert_eq!(ming.call(set).await.unwrap().len(), 3);
    let (id, lessons) = course(&world).await;
    let orphans = |kind| ListOrphans { kind, standard: None, skip: None };
    let bare = ming.call(orphans(OrphanKind::CourseWithoutClause)).await.unwrap();
    assert!(bare.items.iter().any(|it| it.course == Some(id)));
    let taught = clause(&ming, version, "2.1").await;
    valid(&world, linking(taught.id, lessons[0])).await;
    let examined = LinkClause { kind: LinkKind::Examined, ..linking(taught.id, lessons[1]) };
    valid(&world, examined).await;
    let coverage = ming.call(ShowCoverage {}).await.unwrap();
    assert_eq!(coverage.posts.len(), 1);
    let row = &coverage.rows[0];
    assert_eq!(row.all, Covered { musts: 3, taught: 1, examined: 1 });
    assert_eq!(row.posts, [Covered { musts: 2, taught: 1, examined: 1 }]);
    let untaught = ming.call(orphans(OrphanKind::ClauseWithoutCourse)).await.unwrap();
    let numbers: Vec<_> = untaught.items.iter().map(|it| it.number.as_str()).collect();
    assert_eq!((numbers, untaught.total), (vec!["1.1", "2.2"], 2));
    let bare = ming.call(orphans(OrphanKind::CourseWithoutClause)).await.unwrap();
    assert!(bare.items.iter().all(|it| it.course != Some(id)));
    ming.call(orphans(OrphanKind::QuestionWithoutClause)).await.unwrap();
});

scene!(a_link_counts_by_what_the_clause_demands_that_it_leads_to_now, |world| async move {
    let (ming, hui) = (world.person("zhengming").await, world.person("fanghui").await);
    let id = standard(&ming).await;
    let version = in_force(&world, &ming, id, FIRST).await;
    let (_, lessons) = course(&world).await;
    let (heading, demand) =
        (clause(&ming, version, "2").await, clause(&ming, version, "2.1").await);
    let link = valid(&world, linking(heading.id, lessons[0])).await;
    for (clause, taught) in [(heading.id, 0), (demand.id, 1), (heading.id, 0)] {
        let save = SaveClauseLink {
            link,
            clause,
            kind: LinkKind::Taught,
            coverage: LinkCoverage::Whole,
            dated: false,
            note: String::new(),
        };
        ming.call(save).await.unwrap();
        ming.call(SubmitClauseLink { link }).await.unwrap();
        hui.call(ReviewClauseLink { link, approve: true, reason: String::new() }).await.unwrap();
        assert_eq!(ming.call(ShowCoverage {}).await.unwrap().rows[0].all.taught, taught);
    }
});
