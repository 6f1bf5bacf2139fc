//! The templates at WeChat against what we send: what does not fit is not burnt.

use backend::{jobs::entity::job::State, notifications};
use shared::{authoring::AssignmentId, deliveries::*, notifications::NotificationKind};
use uuid::Uuid;
use wechat_sandbox::{Fault, Sandbox, SandboxConfig};

use crate::{
    assign,
    scene::World,
    sending::{ASSIGNMENT, SEND, consent, jobs, remaining, try_again, with_wechat},
    wechat_stage,
};

const GET: &str = "/wxaapi/newtmpl/gettemplate";

/// A WeChat in whose assignment template somebody renamed the date's keyword.
async fn renamed() -> Sandbox {
    let mut config = SandboxConfig::demo();
    let template = config.templates.iter_mut().find(|it| it.id == ASSIGNMENT).unwrap();
    template.lines[2].key = "time4".into();
    Sandbox::start(config).await.unwrap()
}

async fn states(world: &World) -> Vec<TemplateState> {
    world.person("zhengming").await.call(ShowDeliveries {}).await.unwrap().templates
}

async fn told(world: &World) {
    consent(world).await;
    assign(&world.app, AssignmentId(Uuid::now_v7()), vec![world.cast.id("wangxiuying")]).await;
}

scene!(
    messages_wait_for_a_template_that_does_not_fit_and_the_console_says_why,
    |world| async move {
        let sandbox = renamed().await;
        let world = with_wechat(world, &sandbox).await;
        assert_eq!(notifications::check_templates(&world.app).await.unwrap(), Some(false));
        let [assignment, session] = states(&world).await.try_into().unwrap();
        let problem = assignment.problem.unwrap();
        assert!(problem.contains("time4") && problem.contains("date3"), "{problem}");
        assert_eq!(assignment.title.as_deref(), Some("学习任务提醒"));
        assert_eq!((session.kind, session.problem), (NotificationKind::SessionSoon, None));
        told(&world).await;
        for _ in 0..10 {
            assert_eq!(try_again(&world).await, State::Pending);
        }
        assert_eq!(jobs(&world).await[0].attempts, 0);
        assert_eq!((sandbox.calls(SEND), remaining(&world, "wangxiuying").await), (0, 1));
    }
);

scene!(a_template_that_was_mended_lets_the_messages_go, |world| async move {
    let sandbox = renamed().await;
    let world = with_wechat(world, &sandbox).await;
    notifications::check_templates(&world.app).await.unwrap();
    told(&world).await;
    assert_eq!(try_again(&world).await, State::Pending);
    let mended = wechat_stage::sandbox().await;
    let mut config = (*world.app.config).clone();
    config.wechat.api_base.clone_from(&mended.base_url);
    let mut world = world;
    world.app.config = std::sync::Arc::new(config);
    let world = world.restarted().await;
    world.sql("DELETE FROM wechat_tokens").await;
    assert_eq!(notifications::check_templates(&world.app).await.unwrap(), Some(true));
    assert!(states(&world).await.iter().all(|it| it.problem.is_none()));
    assert_eq!(try_again(&world).await, State::Done);
    assert_eq!(mended.sent_messages().len(), 1);
});

scene!(a_template_that_wechat_does_not_have_is_said_to_be_missing, |world| async move {
    let mut config = SandboxConfig::demo();
    config.templates.retain(|it| it.id != ASSIGNMENT);
    let sandbox = Sandbox::start(config).await.unwrap();
    let world = with_wechat(world, &sandbox).await;
    notifications::check_templates(&world.app).await.unwrap();
    let state = states(&world).await.remove(0);
    assert_eq!(
        (state.title, state.problem.unwrap().as_str()),
        (None, "小程序后台没有这个编号的模板")
    );
});

scene!(a_catalogue_that_cannot_be_read_holds_nothing_up, |world| async move {
    let sandbox = wechat_stage::sandbox().await;
    let world = with_wechat(world, &sandbox).await;
    for fault in [Fault::Status { status: 502 }, wechat_stage::errcode(200_100), Fault::Reset] {
        sandbox.inject(GET, fault, 1);
        assert_eq!(notifications::check_templates(&world.app).await.unwrap(), None);
    }
    assert!(states(&world).await.iter().all(|it| it.checked_at.is_none()));
    told(&world).await;
    assert_eq!(try_again(&world).await, State::Done);
});
