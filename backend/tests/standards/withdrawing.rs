//! What must not happen by a slip of the hand: links that go where nothing is in force, a version that
//! is withdrawn or comes into force before anybody meant it to.

use shared::problem::Code;

use super::*;

scene!(links_are_carried_to_what_is_in_force_or_will_be_and_nowhere_else, |world| async move {
    let ming = world.person("zhengming").await;
    let id = standard(&ming).await;
    let first = in_force(&world, &ming, id, FIRST).await;
    let (_, lessons) = course(&world).await;
    let cited = clause(&ming, first, "1.1").await.id;
    let held = valid(&world, linking(cited, lessons[0])).await;
    let draft = uploaded(&world, &ming, id, SECOND).await;
    let carry = |version| CarryLinks { version };
    let proposed = ming.call(carry(draft.id)).await.unwrap_err();
    assert_eq!(proposed.code, Code::VersionUnready, "nobody has confirmed it");
    let stage = VersionStage::Consultation;
    let confirm = ConfirmVersion { version: draft.id, revision: 1, stage, details: None };
    ming.call(confirm).await.unwrap();
    let asked = ming.call(carry(draft.id)).await.unwrap_err();
    assert_eq!(asked.code, Code::VersionUnready, "it only asks for opinions");
    assert_eq!(ming.call(ShowImpact { version: draft.id }).await.unwrap().to_carry, 0);
    assert_eq!(link(&world, held).await.version, first);

    let set = |stage| SetVersionStage { version: draft.id, stage };
    ming.call(set(VersionStage::Current)).await.unwrap();
    assert_eq!(ming.call(carry(draft.id)).await.unwrap().carried, 1);
    let back = ming.call(carry(first)).await.unwrap_err();
    assert_eq!(back.code, Code::VersionUnready, "it was withdrawn");
    assert_eq!(link(&world, held).await.version, draft.id);
});

scene!(until_the_day_of_the_next_version_links_stay_with_the_one_in_force, |world| async move {
    let ming = world.person("zhengming").await;
    let id = standard(&ming).await;
    let first = in_force(&world, &ming, id, FIRST).await;
    let (_, lessons) = course(&world).await;
    let held = valid(&world, linking(clause(&ming, first, "1.1").await.id, lessons[0])).await;
    let taught = async || ming.call(ShowCoverage {}).await.unwrap().rows[0].all.taught;
    assert_eq!(taught().await, 1);
    let proposal = uploaded(&world, &ming, id, SECOND).await;
    let version = proposal.id;
    let on = |day| VersionDetails { effective_on: Some(day), ..proposal.details.clone() };
    let details = Some(on(written::in_days(&world, 1).await));
    let stage = VersionStage::Upcoming;
    ming.call(ConfirmVersion { version, revision: 1, stage, details }).await.unwrap();
    let refused = ming.call(CarryLinks { version }).await.unwrap_err();
    assert_eq!(refused.code, Code::VersionUnready);
    assert!(refused.detail.unwrap().contains("明天才实施"));
    assert_eq!(ming.call(ShowImpact { version }).await.unwrap().to_carry, 0, "none is offered");
    assert_eq!((link(&world, held).await.version, taught().await), (first, 1));
    let details = on(written::in_days(&world, 0).await);
    ming.call(SaveVersion { version, details }).await.unwrap();
    standards::keep_to_dates(&world.app).await.unwrap();
    assert_eq!(ming.call(ShowImpact { version }).await.unwrap().to_carry, 1);
    assert_eq!(ming.call(CarryLinks { version }).await.unwrap().carried, 1);
    assert_eq!((link(&world, held).await.version, taught().await), (version, 1));
});

scene!(a_last_day_that_is_over_is_refused_and_a_withdrawal_is_taken_back, |world| async move {
    let ming = world.person("zhengming").await;
    let id = standard(&ming).await;
    let version = in_force(&world, &ming, id, FIRST).await;
    let (_, lessons) = course(&world).await;
    let held = valid(&world, linking(clause(&ming, version, "1.1").await.id, lessons[0])).await;
    let drafted = linking(clause(&ming, version, "2.1").await.id, lessons[0]);
    let drafted = ming.call(drafted).await.unwrap().id;
    let today = written::in_days(&world, 0).await;
    let save = |withdrawn_on| SaveVersion {
        version,
        details: VersionDetails { label: "2023".into(), withdrawn_on, ..Default::default() },
    };
    let over = ming.call(save(Some(today))).await.unwrap_err();
    assert_eq!(over.fields[0].field, "details.withdrawn_on");
    standards::keep_to_dates(&world.app).await.unwrap();
    assert_eq!(link(&world, held).await.state, LinkState::Valid);
    ming.call(save(Some(written::in_days(&world, 1).await))).await.unwrap();

    let set = |stage| SetVersionStage { version, stage };
    ming.call(set(VersionStage::Withdrawn)).await.unwrap();
    for id in [held, drafted] {
        assert_eq!(link(&world, id).await.reason, Some(StaleReason::Superseded));
    }
    let restored = ming.call(set(VersionStage::Current)).await.unwrap();
    assert_eq!((restored.stage, restored.details.withdrawn_on), (VersionStage::Current, None));
    assert_eq!(link(&world, held).await.state, LinkState::Valid);
    assert_eq!(link(&world, drafted).await.state, LinkState::Draft, "nobody has reviewed it");
    standards::keep_to_dates(&world.app).await.unwrap();
    assert_eq!(ming.call(ShowVersion { version }).await.unwrap().stage, VersionStage::Current);

    in_force(&world, &ming, id, SECOND).await;
    let two = ming.call(set(VersionStage::Current)).await.unwrap_err();
    assert_eq!(two.code, Code::VersionUnready, "another one has taken its place");
});

scene!(before_a_withdrawal_one_sees_how_many_links_it_concerns, |world| async move {
    let ming = world.person("zhengming").await;
    let id = standard(&ming).await;
    let version = in_force(&world, &ming, id, FIRST).await;
    let (_, lessons) = course(&world).await;
    let cited = clause(&ming, version, "1.1").await.id;
    ming.call(linking(cited, lessons[0])).await.unwrap();
    ming.call(LinkClause { dated: true, ..linking(cited, lessons[1]) }).await.unwrap();
    let asked = |dated| ListClauseLinks { version: Some(version), dated, ..Default::default() };
    assert_eq!(ming.call(asked(None)).await.unwrap().total, 2);
    assert_eq!(ming.call(asked(Some(false))).await.unwrap().total, 1);
    let other = ListClauseLinks {
        version: Some(StandardVersionId(Uuid::now_v7())),
        ..ListClauseLinks::default()
    };
    assert_eq!(ming.call(other).await.unwrap().total, 0);
});

scene!(the_days_that_were_typed_go_with_the_confirmation, |world| async move {
    let ming = world.person("zhengming").await;
    let id = standard(&ming).await;
    let version = uploaded(&world, &ming, id, FIRST).await.id;
    let (today, tomorrow) = (written::in_days(&world, 0).await, written::in_days(&world, 1).await);
    let confirm = |effective_on, withdrawn_on| ConfirmVersion {
        version,
        revision: 1,
        stage: VersionStage::Current,
        details: Some(VersionDetails {
            label: "2025".into(),
            published_on: None,
            effective_on,
            withdrawn_on,
        }),
    };
    let early = ming.call(confirm(Some(tomorrow), None)).await.unwrap_err();
    assert_eq!(early.fields[0].field, "details.effective_on", "of what was typed");
    let over = ming.call(confirm(None, Some(today))).await.unwrap_err();
    assert_eq!(over.fields[0].field, "details.withdrawn_on");
    let kept = ming.call(ShowVersion { version }).await.unwrap().details;
    assert_eq!((kept.label.as_str(), kept.effective_on), ("2023", None), "nothing was written");
    let confirmed = ming.call(confirm(Some(today), None)).await.unwrap();
    assert_eq!(confirmed.details.label, "2025");
    assert_eq!(confirmed.details.effective_on, Some(today));
});

scene!(a_version_says_who_may_change_it, |world| async move {
    let ming = world.person("zhengming").await;
    let id = standard(&ming).await;
    let version = in_force(&world, &ming, id, FIRST).await;
    assert!(ming.call(ShowVersion { version }).await.unwrap().editable);
    world.make_near_officer().await;
    let near = world.person("liuqiang").await;
    let seen = near.call(ShowVersion { version }).await.unwrap();
    assert!(!seen.editable, "the standard is the bureau's");
    let save = SaveVersion { version, details: seen.details };
    assert_eq!(near.call(save).await.unwrap_err().code, Code::NotFound);
});

#[actix_web::test]
async fn whoever_brings_a_version_into_force_waits_for_another_one_of_the_same_standard() {
    let Some(world) = World::with_a_clock_of_its_own().await else { return };
    let ming = world.person("zhengming").await;
    let id = standard(&ming).await;
    let mut versions = Vec::new();
    for text in [FIRST, SECOND] {
        let version = uploaded(&world, &ming, id, text).await.id;
        let stage = VersionStage::Consultation;
        ming.call(ConfirmVersion { version, revision: 1, stage, details: None }).await.unwrap();
        versions.push(version);
    }
    let stage = VersionStage::Current;
    let [first, second] = versions[..] else { panic!("{versions:?}") };
    let alone = ming.call(SetVersionStage { version: first, stage });
    world.after_an_hour("standards", alone).await.unwrap();
    let back = SetVersionStage { version: first, stage: VersionStage::Withdrawn };
    ming.call(back).await.unwrap();
    let set = |version| ming.call(SetVersionStage { version, stage });
    let (one, other) = futures_util::join!(set(first), set(second));
    assert!(one.is_ok() || other.is_ok());
    let stages = [first, second]
        .map(async |version| ming.call(ShowVersion { version }).await.unwrap().stage);
    let stages = futures_util::future::join_all(stages).await;
    assert_eq!(stages.iter().filter(|it| **it == stage).count(), 1, "{stages:?}");
}
