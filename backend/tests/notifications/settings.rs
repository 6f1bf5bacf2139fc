//! What a person wants through WeChat, and that the inbox does not care.

use backend::jobs::entity::job::State;
use shared::{authoring::AssignmentId, notifications::*, problem::Code};
use uuid::Uuid;

use crate::{
    assign, inbox,
    scene::World,
    sending::{SEND, consent, jobs, remaining, try_again, with_wechat},
    wechat_stage,
};

const KIND: NotificationKind = NotificationKind::CourseAssigned;

async fn switch(world: &World, by_wechat: bool) -> NotificationSettings {
    let change = ChangeNotificationSetting { kind: KIND, by_wechat };
    world.person("wangxiuying").await.call(change).await.unwrap()
}

scene!(what_is_switched_off_comes_into_the_inbox_only, |world| async move {
    let sandbox = wechat_stage::sandbox().await;
    let world = with_wechat(world, &sandbox).await;
    consent(&world).await;
    for _ in 0..2 {
        let shown = switch(&world, false).await;
        let setting = NotificationSetting { kind: KIND, by_wechat: false, remaining: 1 };
        assert_eq!(shown.kinds[0], setting);
    }
    assign(&world.app, AssignmentId(Uuid::now_v7()), vec![world.cast.id("wangxiuying")]).await;
    assert_eq!(try_again(&world).await, State::Skipped);
    assert_eq!(jobs(&world).await[0].last_error.as_deref(), Some("switched_off"));
    assert_eq!((sandbox.calls(SEND), remaining(&world, "wangxiuying").await), (0, 1));
    assert_eq!(inbox(&world, "wangxiuying").await.len(), 1);
});

scene!(what_is_switched_on_again_is_sent, |world| async move {
    let sandbox = wechat_stage::sandbox().await;
    let world = with_wechat(world, &sandbox).await;
    consent(&world).await;
    switch(&world, false).await;
    assert!(switch(&world, true).await.kinds[0].by_wechat);
    assign(&world.app, AssignmentId(Uuid::now_v7()), vec![world.cast.id("wangxiuying")]).await;
    assert_eq!(try_again(&world).await, State::Done);
    assert_eq!(sandbox.sent_messages().len(), 1);
});

scene!(everybody_decides_for_themselves, |world| async move {
    let sandbox = wechat_stage::sandbox().await;
    let world = with_wechat(world, &sandbox).await;
    switch(&world, false).await;
    let other = world.person("lijianguo").await.call(ShowNotificationSettings {}).await.unwrap();
    let kinds: Vec<_> = other.kinds.iter().map(|it| (it.kind, it.by_wechat)).collect();
    assert_eq!(kinds, [(KIND, true), (NotificationKind::SessionSoon, true)]);
});

/// With the template of what waits for somebody.
async fn with_digest(mut world: World) -> World {
    let mut config = (*world.app.config).clone();
    config.wechat.template_digest = "TPL_DIGEST".into();
    world.app.config = std::sync::Arc::new(config);
    world.restarted().await
}

scene!(only_team_leaders_are_asked_about_the_digest, |world| async move {
    let sandbox = wechat_stage::sandbox().await;
    let world = with_digest(with_wechat(world, &sandbox).await).await;
    for (key, asked) in [("liuqiang", true), ("wangxiuying", false)] {
        let person = world.person(key).await;
        let shown = person.call(ShowNotificationSettings {}).await.unwrap();
        let allowed = person.call(ListSubscriptions {}).await.unwrap();
        let digest = NotificationKind::TeamDigest;
        assert_eq!(shown.kinds.iter().any(|it| it.kind == digest), asked, "{key}");
        assert_eq!(allowed.iter().any(|it| it.kind == digest), asked, "{key}");
    }
});

scene!(whoever_answers_questions_chooses_whether_wechat_tells_of_them, |world| async move {
    let sandbox = wechat_stage::sandbox().await;
    let world = with_digest(with_wechat(world, &sandbox).await).await;
    let asked = NotificationKind::EnquiryAsked;
    // Officers hear where a question reaches no instructor.
    for (key, answers) in
        [("wufang", true), ("zhengming", true), ("liuqiang", false), ("wangxiuying", false)]
    {
        let shown = world.person(key).await.call(ShowNotificationSettings {}).await.unwrap();
        assert_eq!(shown.kinds.iter().any(|it| it.kind == asked), answers, "{key}");
    }
});

scene!(
    officers_choose_about_reviews_kind_by_kind_and_allow_their_template_once,
    |world| async move {
        let sandbox = wechat_stage::sandbox().await;
        let world = with_digest(with_wechat(world, &sandbox).await).await;
        let [waiting, decided, changed] = [
            NotificationKind::RevisionWaiting,
            NotificationKind::RevisionDecided,
            NotificationKind::StandardChanged,
        ];
        let officer = world.person("zhengming").await;
        let change = ChangeNotificationSetting { kind: decided, by_wechat: false };
        let shown = officer.call(change).await.unwrap();
        let chosen = |kind| shown.kinds.iter().find(|it| it.kind == kind).map(|it| it.by_wechat);
        assert_eq!([waiting, decided, changed].map(chosen), [Some(true), Some(false), Some(true)]);
        let allowed = officer.call(ListSubscriptions {}).await.unwrap();
        assert_eq!(allowed.iter().filter(|it| it.template == "TPL_DIGEST").count(), 1);
        let learner =
            world.person("wangxiuying").await.call(ShowNotificationSettings {}).await.unwrap();
        assert!(learner.kinds.iter().all(|it| it.kind != waiting), "it concerns officers");
    }
);

scene!(a_kind_that_wechat_cannot_send_cannot_be_switched, |world| async move {
    let ming = world.person("wangxiuying").await;
    let shown = ming.call(ShowNotificationSettings {}).await.unwrap();
    assert_eq!((shown.kinds, shown.quiet), (vec![], None), "no template is configured");
    let kind = NotificationKind::WechatChanged;
    let refused = ming.call(ChangeNotificationSetting { kind, by_wechat: false }).await;
    let refused = refused.unwrap_err();
    assert_eq!((refused.code, refused.fields[0].field.as_str()), (Code::InvalidRequest, "kind"));
});
