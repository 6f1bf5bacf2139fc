//! Who hears that links wait, why one comes back, and how many wait for whom.

use shared::{notifications::ListInbox, problem::Code};

use super::*;

async fn told(person: &Person<'_>, words: &str) -> Vec<String> {
    let inbox = person.call(ListInbox::default()).await.unwrap().items;
    inbox.into_iter().filter(|it| it.title.contains(words)).map(|it| it.body).collect()
}

scene!(whoever_may_review_hears_once_a_day_of_a_standard_that_links_wait, |world| async move {
    let (ming, hui) = (world.person("zhengming").await, world.person("fanghui").await);
    let id = standard(&ming).await;
    let version = in_force(&world, &ming, id, FIRST).await;
    let (_, lessons) = course(&world).await;
    for number in ["1.1", "2.1"] {
        let cited = clause(&ming, version, number).await.id;
        let link = ming.call(linking(cited, lessons[0])).await.unwrap().id;
        ming.call(SubmitClauseLink { link }).await.unwrap();
    }
    assert_eq!(told(&hui, "等您复核：示例/T 1").await.len(), 1, "of two links");
    assert!(told(&ming, "等您复核").await.is_empty(), "he wrote them");
    assert!(told(&world.person("wangxiuying").await, "等您复核").await.is_empty());
});

scene!(a_link_comes_back_with_a_reason_which_its_author_hears, |world| async move {
    let (ming, hui) = (world.person("zhengming").await, world.person("fanghui").await);
    let id = standard(&ming).await;
    let version = in_force(&world, &ming, id, FIRST).await;
    let (_, lessons) = course(&world).await;
    let cited = clause(&ming, version, "2.1").await.id;
    let id = ming.call(linking(cited, lessons[0])).await.unwrap().id;
    ming.call(SubmitClauseLink { link: id }).await.unwrap();
    let back = |reason: &str| ReviewClauseLink { link: id, approve: false, reason: reason.into() };
    let silent = hui.call(back("  ")).await.unwrap_err();
    assert_eq!((silent.code, &*silent.fields[0].field), (Code::InvalidRequest, "reason"));
    assert_eq!(link(&world, id).await.state, LinkState::InReview);
    let returned = hui.call(back("这一课没有讲登高")).await.unwrap();
    assert_eq!((returned.state, &*returned.returned), (LinkState::Draft, "这一课没有讲登高"));
    let heard = told(&ming, "退回了：示例/T 1").await;
    assert!(heard[0].contains("这一课没有讲登高"), "{heard:?}");
    let again = ming.call(SubmitClauseLink { link: id }).await.unwrap();
    assert_eq!(again.returned, "", "it is answered");
    let approve = ReviewClauseLink { link: id, approve: true, reason: String::new() };
    assert_eq!(hui.call(approve).await.unwrap().state, LinkState::Valid);
    assert_eq!(told(&ming, "退回了").await.len(), 1, "of the return only");
});

scene!(a_standard_is_found_whatever_the_case_of_its_letters, |world| async move {
    let ming = world.person("zhengming").await;
    let id = standard(&ming).await;
    let found = async |words: &str| -> Vec<StandardId> {
        let asked = ListStandards { search: Some(words.into()), ..Default::default() };
        ming.call(asked).await.unwrap().into_iter().map(|it| it.id).collect()
    };
    for words in ["示例/T 1", "示例/t", "会议服务"] {
        assert_eq!(found(words).await, [id], "{words}");
    }
    for words in ["示例_T", "%"] {
        assert!(found(words).await.is_empty(), "{words} is no pattern");
    }
});

scene!(of_stale_links_those_count_that_one_may_do_something_about, |world| async move {
    let ming = world.person("zhengming").await;
    let id = standard(&ming).await;
    let version = in_force(&world, &ming, id, FIRST).await;
    let (course, lessons) = course(&world).await;
    valid(&world, linking(clause(&ming, version, "1.1").await.id, lessons[0])).await;
    ming.call(SetVersionStage { version, stage: VersionStage::Withdrawn }).await.unwrap();
    world.make_near_officer().await;
    let near = world.person("liuqiang").await;
    let stale = async |person: &Person<'_>| {
        let all = person.call(ListStandards::default()).await.unwrap();
        all.into_iter().find(|it| it.id == id).unwrap().stale
    };
    let listed = async |person: &Person<'_>, editable| {
        let asked = ListClauseLinks {
            standard: Some(id),
            state: Some(LinkState::Stale),
            editable,
            ..Default::default()
        };
        person.call(asked).await.unwrap().total
    };
    assert_eq!((stale(&ming).await, listed(&ming, Some(true)).await), (1, 1));
    assert_eq!(
        (stale(&near).await, listed(&near, Some(true)).await),
        (0, 0),
        "{course} is not his"
    );
    assert_eq!(listed(&near, None).await, 1, "he may look at it");
    assert_eq!((listed(&near, Some(false)).await, listed(&ming, Some(false)).await), (1, 0));
});
