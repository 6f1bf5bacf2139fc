//! The product and WeChat: messages arrive once and only with consent, and WeChat's trouble stays
//! WeChat's.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use chrono::{TimeDelta, Utc};
use shared::{
    accounts::ShowMe,
    authoring::{AssignCourse, Assignment},
    courses::ListCourses,
    notifications::{ListInbox, RecordSubscribeChoice},
    organizations::ListPosts,
    problem::Code,
    time,
};
use tests::{Installation, Kind, Person, on_every_store};
use wechat_sandbox::Fault;

const TEMPLATE: &str = "TPL_ASSIGNMENT";
const SEND: &str = "/cgi-bin/message/subscribe/send";

on_every_store!(an_assignment_reaches_every_inbox_and_the_phones_of_those_who_consented);

async fn an_assignment_reaches_every_inbox_and_the_phones_of_those_who_consented(
    installation: Installation,
) -> Result<()> {
    let consenting = installation.sign_in("wangxiuying").await?;
    let silent = installation.sign_in("liuqiang").await?;
    let choice = RecordSubscribeChoice { template: TEMPLATE.into(), accepted: true };
    consenting.call(choice).await?;
    let (course, assignment) = assign(&installation).await?;
    ensure!(assignment.people >= 2, "only {} people clean", assignment.people);
    for person in [&consenting, &silent] {
        let inbox = person.call(ListInbox::default()).await?.items;
        let told = inbox.iter().filter(|message| message.title.contains(&course));
        assert_eq!(told.count(), 1, "{}", person.me().name);
    }
    let sent = until_sent(&installation, 1).await?;
    assert_eq!(sent, ["wangxiuying"]);
    Ok(())
}

#[tokio::test]
async fn nobody_waits_for_a_wechat_that_hangs_and_its_messages_come_later() -> Result<()> {
    let installation = Installation::start(Kind::Sqlite).await?;
    let person = installation.sign_in("wangxiuying").await?;
    let choice = RecordSubscribeChoice { template: TEMPLATE.into(), accepted: true };
    person.call(choice).await?;
    installation.wechat.inject(SEND, Fault::Errcode { errcode: -1, errmsg: None }, 1);
    let started = Instant::now();
    assign(&installation).await?;
    assert!(started.elapsed() < Duration::from_secs(2), "{:?}", started.elapsed());
    assert_eq!(until_sent(&installation, 1).await?, ["wangxiuying"]);
    Ok(())
}

#[tokio::test]
async fn while_wechat_is_down_those_signed_in_go_on_and_signing_in_says_so() -> Result<()> {
    let installation = Installation::start(Kind::Sqlite).await?;
    let inside = installation.sign_in("wangxiuying").await?;
    installation.wechat.inject("*", Fault::Reset, 1000);
    assert_eq!(inside.call(ShowMe {}).await?.name, "王秀英");
    inside.call(ListCourses::default()).await?;
    let outside = installation.sign_in("lijianguo").await.err().context("it let somebody in")?;
    assert_eq!(outside.code(), Some(Code::WechatUnavailable));
    installation.wechat.clear_faults();
    assert_eq!(installation.sign_in("lijianguo").await?.me().name, "李建国");
    Ok(())
}

#[tokio::test]
async fn a_used_a_made_up_and_a_strangers_code_are_each_told_apart() -> Result<()> {
    let installation = Installation::start(Kind::Sqlite).await?;
    let stranger = installation.sign_in("stranger").await.err().context("who was that?")?;
    assert_eq!(stranger.code(), Some(Code::UnknownPerson));
    let code = installation.wechat.mini_program_code("wangxiuying")?;
    let visitor = Person::stranger(&installation.base);
    let sign_in = |code: &str| {
        visitor.call(shared::accounts::SignInWithMiniProgram { code: code.to_owned() })
    };
    sign_in(&code).await?;
    for code in [code.as_str(), "made-up", ""] {
        let refused = sign_in(code).await.err().context("a bad code let somebody in")?;
        ensure!(
            matches!(refused.code(), Some(Code::WechatCodeInvalid | Code::InvalidRequest)),
            "{code}: {refused}"
        );
    }
    Ok(())
}

/// The officer gives the first course to the cleaners. Returns its title.
async fn assign(installation: &Installation) -> Result<(String, Assignment)> {
    let officer = installation.officer().await?;
    let posts = officer.call(ListPosts {}).await?;
    let post = posts.iter().find(|post| post.name == "卫生保洁").context("no cleaners")?.id;
    let courses = officer.call(ListCourses::default()).await?.items;
    let course = courses.into_iter().next().context("no course")?;
    let due_on = time::local_date(Utc::now() + TimeDelta::days(7));
    let request =
        AssignCourse { course: course.id, posts: vec![post], organizations: Vec::new(), due_on };
    Ok((course.title, officer.call(request).await?))
}

/// Who got a message on the phone, once `count` did.
async fn until_sent(installation: &Installation, count: usize) -> Result<Vec<String>> {
    let started = Instant::now();
    while started.elapsed() < Duration::from_mins(1) {
        let sent = installation.wechat.sent_messages();
        if sent.len() >= count {
            return Ok(sent.into_iter().map(|message| message.person).collect());
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    anyhow::bail!("no message within a minute")
}
