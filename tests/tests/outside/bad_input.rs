//! Every documented operation, and every page, is given what no honest client would send.

mod attack;
mod building;
mod quiz_drafts;
mod values;
mod world;

use anyhow::{Result, ensure};
use futures_util::{StreamExt, stream};
use shared::accounts::ShowMe;
use tests::{Installation, Person, on_every_store};

use self::{
    attack::{Attack, Faults},
    building::attacks_on,
    world::Ids,
};
use crate::contract::Operation;

on_every_store!(no_bad_input_to_any_operation_breaks_the_server);
on_every_store!(no_bad_draft_of_a_quiz_breaks_the_server);
on_every_store!(no_bad_address_of_a_page_breaks_the_server);

/// Requests under way at the same time.
const AT_ONCE: usize = 8;

async fn no_bad_input_to_any_operation_breaks_the_server(installation: Installation) -> Result<()> {
    let people = [installation.sign_in("wangxiuying").await?, installation.officer().await?];
    let ids = Ids::collect(&people[0], &people[1]).await?;
    let document = people[0].json("/api/openapi.json").await?;
    let (mut on_phones, mut on_console, mut on_sign_ins) = (Vec::new(), Vec::new(), Vec::new());
    for operation in Operation::all(&document) {
        let list = match operation.path.split('/').nth(2) {
            // Those would sign people out in the middle.
            Some("sign-ins") => &mut on_sign_ins,
            Some("console") => &mut on_console,
            _ => &mut on_phones,
        };
        list.extend(attacks_on(&operation, &ids));
    }
    ensure!(on_phones.len() > 1000 && on_console.len() > 2000, "too few attacks");
    let stranger = Person::stranger(&installation.base);
    let mut faults = Faults::default();
    for (person, attacks) in [
        (&stranger, &on_sign_ins),
        (&people[0], &on_phones),
        (&people[1], &on_phones),
        (&people[1], &on_console),
    ] {
        let answers = stream::iter(attacks)
            .map(async |attack| (attack, attack.run(person).await))
            .buffer_unordered(AT_ONCE);
        let mut answers = std::pin::pin!(answers);
        while let Some((attack, answer)) = answers.next().await {
            faults.note(attack, answer);
        }
    }
    faults.none()?;
    for person in &people {
        person.call(ShowMe {}).await?;
    }
    nothing_broke(&installation)
}

async fn no_bad_draft_of_a_quiz_breaks_the_server(installation: Installation) -> Result<()> {
    let learner = installation.sign_in("wangxiuying").await?;
    let officer = installation.officer().await?;
    let ids = Ids::collect(&learner, &officer).await?;
    let faults = quiz_drafts::save_all(&learner, &officer, &ids).await?;
    faults.none()?;
    nothing_broke(&installation)
}

async fn no_bad_address_of_a_page_breaks_the_server(installation: Installation) -> Result<()> {
    let learner = installation.sign_in("wangxiuying").await?;
    let officer = installation.officer().await?;
    let ids = Ids::collect(&learner, &officer).await?;
    let mut attacks = Vec::new();
    for template in [
        "/c/{x}",
        "/c/ready?{x}",
        "/enter/wechat?to={x}",
        "/enter/wechat/back?code={x}&state={x}",
        "/enter/wechat/back?{x}",
        "/enter/wecom?to={x}",
        "/enter/wecom/back?code={x}&state={x}",
        "/media/{x}",
        "/assets/{x}",
        "/{x}",
        "/admin/{x}",
        "/api/{x}",
        "/api/console/courses/{x}/report.xlsx",
        "/api/console/courses/{course}/report.xlsx?post={x}",
    ] {
        for value in values::in_addresses() {
            let target = ids.fill(&template.replace("{x}", &value));
            for method in ["GET", "HEAD", "POST", "PUT", "OPTIONS"] {
                attacks.push(Attack {
                    operation: format!("{method} {template}"),
                    method: method.into(),
                    target: target.clone(),
                    ..Attack::default()
                });
            }
        }
    }
    for (content_type, body) in values::uploads() {
        let target = "/api/console/media".to_owned();
        let (operation, method) = (target.clone(), "POST".into());
        attacks.push(Attack { operation, method, target, body: Some(body), content_type });
    }
    let mut faults = Faults::default();
    for attack in &attacks {
        for person in [&learner, &officer] {
            let status = attack.send(person).await?.status();
            let broken = status.is_server_error().then(|| anyhow::anyhow!("{status}"));
            faults.note(attack, broken.map_or(Ok("answered"), Err));
        }
    }
    faults.none()?;
    nothing_broke(&installation)
}

/// Nothing that the server itself calls broken was logged.
fn nothing_broke(installation: &Installation) -> Result<()> {
    let log = installation.log();
    for mark in ["panicked", "request failed", "not answered"] {
        let line = log.lines().find(|line| line.contains(mark));
        ensure!(line.is_none(), "{}", line.unwrap_or_default());
    }
    Ok(())
}
