//! The product and WeChat: messages arrive once and only with consent, and WeChat's trouble stays
//! WeChat's.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use chrono::{TimeDelta, Utc};
use shared::{
    accounts::{ListPeople, Role, ShowMe},
    authoring::{AssignCourse, Assignment, CreateTrainingSession, ManagedSession, SessionDetails},
    courses::ListCourses,
    notifications::{ListInbox, ListSubscriptions, RecordSubscribeChoice},
    organizations::ListPosts,
    problem::Code,
    time,
    training::Enroll,
};
use tests::{Installation, Kind, Person, on_every_store};
use wechat_sandbox::{Callback, Fault, Format};

const ASSIGNMENT: &str = "TPL_ASSIGNMENT";
const SESSION: &str = "TPL_SESSION";
const SEND: &str = "/cgi-bin/message/subscribe/send";

on_every_store!(an_assignment_reaches_every_inbox_and_the_phones_of_those_who_consented);

async fn an_assignment_reaches_every_inbox_and_the_phones_of_those_who_consented(
    installation: Installation,
) -> Result<()> {
    let consenting = installation.sign_in("wangxiuying").await?;
    let silent = installation.sign_in("liuqiang").await?;
    consent(&installation, &consenting, "wangxiuying", ASSIGNMENT).await?;
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

on_every_store!(a_session_an_hour_away_reminds_everybody_once_by_phone_where_they_consented);

async fn a_session_an_hour_away_reminds_everybody_once_by_phone_where_they_consented(
    installation: Installation,
) -> Result<()> {
    let [early, late, silent] = ["wangxiuying", "liuqiang", "chenmei"];
    let session = session_in_an_hour(&installation).await?;
    let enroll = async |key: &str, consents: u32| {
        let person = installation.sign_in(key).await?;
        for _ in 0..consents {
            consent(&installation, &person, key, SESSION).await?;
        }
        person.call(Enroll { session: session.id }).await?;
        anyhow::Ok(person)
    };
    // With more consents than one, nothing but the server keeps a second message from being sent.
    let people = [enroll(early, 3).await?, enroll(silent, 0).await?];
    assert_eq!(until_sent(&installation, 1).await?, [early]);
    let latecomer = enroll(late, 3).await?;
    assert_eq!(until_sent(&installation, 2).await?, [early, late]);
    let sent = installation.wechat.sent_messages();
    for message in &sent {
        assert_eq!(message.template_id, SESSION);
        assert_eq!(message.data["thing1"], session.details.title);
        assert_eq!(message.data["thing3"], session.details.place);
    }
    for person in people.iter().chain([&latecomer]) {
        let inbox = person.call(ListInbox::default()).await?.items;
        let told = inbox.iter().filter(|message| message.title.contains(&session.details.title));
        assert_eq!(told.count(), 1, "{}", person.me().name);
    }
    Ok(())
}

#[tokio::test]
async fn nobody_waits_for_a_wechat_that_hangs_and_its_messages_come_later() -> Result<()> {
    let installation = Installation::start(Kind::Sqlite).await?;
    let person = installation.sign_in("wangxiuying").await?;
    consent(&installation, &person, "wangxiuying", ASSIGNMENT).await?;
    installation.wechat.inject(SEND, Fault::Hang, 1);
    let (course, _) = in_no_time(assign(&installation)).await?;
    until(|| installation.wechat.calls(SEND) == 1).await?;
    let inbox = in_no_time(async { Ok(person.call(ListInbox::default()).await?) }).await?;
    ensure!(inbox.items[0].title.contains(&course), "{}", inbox.items[0].title);
    in_no_time(async { Ok(installation.sign_in("lijianguo").await?) }).await?;
    let sent = installation.wechat.sent_messages();
    ensure!(sent.is_empty(), "it did not hang");
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

#[tokio::test]
async fn what_people_choose_at_wechat_is_in_the_ledger_however_it_is_told() -> Result<()> {
    let (token, key) = ("AAAAA", "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C");
    let settings = [("WECHAT_MINI_TOKEN", token), ("WECHAT_MINI_AES_KEY", key)];
    for (key, settings) in [(None, &settings[..1]), (Some(key), &settings[..])] {
        let installation = Installation::start_with(Kind::Sqlite, settings).await?;
        let (wechat, who) = (&installation.wechat, "wangxiuying");
        let person = installation.sign_in(who).await?;
        let url = format!("{}/wechat/callback/mini-program", installation.base);
        for format in [Format::Json, Format::Xml] {
            wechat.set_callback(Callback::new(&url, token, key, format)).await?;
            wechat.consent_to(who, &[(ASSIGNMENT, true), (SESSION, true)])?;
            until_allowed(&person, [1, 1]).await?;
            // WeChat's time is in seconds, and nobody answers twice within one.
            wechat.advance(2);
            consent(&installation, &person, who, SESSION).await?;
            wechat.say(who, "在吗")?;
            wechat.advance(2);
            wechat.withdraw(who, ASSIGNMENT)?;
            until_allowed(&person, [0, 2]).await?;
            wechat.withdraw(who, SESSION)?;
            until_allowed(&person, [0, 0]).await?;
            wechat.advance(2);
        }
        let deliveries = wechat.deliveries();
        assert_eq!(deliveries.len(), 10);
        for delivery in deliveries {
            ensure!(delivery.answered && delivery.tries == 1, "{delivery:?}");
        }
    }
    Ok(())
}

#[tokio::test]
async fn a_wechat_with_another_token_cannot_set_its_callback_up() -> Result<()> {
    let settings = [("WECHAT_MINI_TOKEN", "AAAAA")];
    let installation = Installation::start_with(Kind::Sqlite, &settings).await?;
    for (account, token, right) in [
        ("mini-program", "AAAAA", true),
        ("mini-program", "AAAAB", false),
        ("official-account", "AAAAA", false),
    ] {
        let url = format!("{}/wechat/callback/{account}", installation.base);
        let callback = Callback::new(&url, token, None, Format::Json);
        let set = installation.wechat.set_callback(callback).await;
        assert_eq!(set.is_ok(), right, "{account} {token}: {set:?}");
    }
    Ok(())
}

/// Waits until the ledger allows this many messages of an assignment and of a session.
async fn until_allowed(person: &Person, expected: [i32; 2]) -> Result<()> {
    let started = Instant::now();
    loop {
        let allowed = person.call(ListSubscriptions {}).await?;
        let of = |template: &str| {
            allowed.iter().find(|it| it.template == template).map_or(0, |it| it.remaining)
        };
        let allowed = [of(ASSIGNMENT), of(SESSION)];
        if allowed == expected {
            return Ok(());
        }
        ensure!(started.elapsed() < Duration::from_mins(1), "{allowed:?} instead of {expected:?}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// The officer gives the first course to the cleaners. Returns its title.
async fn assign(installation: &Installation) -> Result<(String, Assignment)> {
    let officer = installation.officer().await?;
    let posts = officer.call(ListPosts {}).await?;
    let post = posts.iter().find(|post| post.name == "卫生保洁").context("no cleaners")?.id;
    let courses = officer.call(ListCourses::default()).await?.items;
    let course = courses.into_iter().next().context("no course")?;
    let due_on = time::local_date(Utc::now() + TimeDelta::days(7));
    let request = AssignCourse {
        course: course.id,
        posts: vec![post],
        organizations: Vec::new(),
        due_on,
        teams: vec![],
        people: vec![],
    };
    Ok((course.title, officer.call(request).await?))
}

/// A session that the officer plans.
async fn session_in_an_hour(installation: &Installation) -> Result<ManagedSession> {
    let officer = installation.officer().await?;
    let instructors = officer.call(ListPeople { role: Some(Role::Instructor) }).await?;
    let starts_at = Utc::now() + TimeDelta::hours(1);
    let details = SessionDetails {
        title: "会议室布置实训".into(),
        course: None,
        base: None,
        place: "三号楼会议室".into(),
        starts_at,
        ends_at: starts_at + TimeDelta::hours(2),
        instructor: instructors.first().context("no instructor")?.id,
        seats: 10,
        notes: String::new(),
    };
    Ok(officer.call(CreateTrainingSession { details }).await?)
}

/// The person accepts one more message of a template in WeChat's window.
async fn consent(
    installation: &Installation,
    person: &Person,
    key: &str,
    template: &str,
) -> Result<()> {
    installation.wechat.consent(key, template, true)?;
    let choice = RecordSubscribeChoice { template: template.into(), accepted: true };
    person.call(choice).await?;
    Ok(())
}

/// What somebody in front of a screen does: it is done before they wonder.
async fn in_no_time<T>(act: impl Future<Output = Result<T>>) -> Result<T> {
    tokio::time::timeout(Duration::from_secs(2), act).await.context("somebody waited")?
}

/// Who got a message on the phone, once `count` did.
async fn until_sent(installation: &Installation, count: usize) -> Result<Vec<String>> {
    until(|| installation.wechat.sent_messages().len() >= count).await?;
    let sent = installation.wechat.sent_messages();
    Ok(sent.into_iter().map(|message| message.person).collect())
}

async fn until(so: impl Fn() -> bool) -> Result<()> {
    let started = Instant::now();
    while !so() {
        ensure!(started.elapsed() < Duration::from_mins(1), "not so within a minute");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    Ok(())
}
