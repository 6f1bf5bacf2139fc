//! Teams: names, and closing them.

use shared::roster::{ListTeams, PlacePerson, Team};

use super::*;

async fn team(officer: &Person<'_>, organization: OrganizationId, name: &str) -> Team {
    officer.call(AddTeam { organization, name: name.into() }).await.unwrap()
}

async fn place(world: &World, team: Option<Team>) -> Result<(), Problem> {
    let request = PlacePerson {
        person: world.cast.id("wangxiuying"),
        organization: world.cast.organization(FIRST),
        team: team.map(|it| it.id),
        post: None,
        active: true,
        from: shared::time::local_date(world.app.clock.process_now()),
    };
    world.person("zhengming").await.call(request).await.map(drop)
}

scene!(teams_are_named_once_in_their_organisation, |world| async move {
    let officer = officer_of_first(&world).await;
    let (first, second) = (world.cast.organization(FIRST), world.cast.organization(SECOND));
    let one = team(&officer, first, "一班").await;
    let again = AddTeam { organization: first, name: " 一班 ".into() };
    assert_eq!(fields(&officer.call(again).await.unwrap_err()), ["name"]);
    let foreign = AddTeam { organization: second, name: "一班".into() };
    assert_eq!(officer.call(foreign).await.unwrap_err().code, Code::NotFound);
    team(&world.person("zhengming").await, second, "一班").await;
    let other = team(&officer, first, "二班").await;
    let rename = |name: &str, version| SaveTeam { team: other.id, version, name: name.into() };
    assert_eq!(fields(&officer.call(rename("一班", 1)).await.unwrap_err()), ["name"]);
    officer.call(rename("三班", 1)).await.unwrap();
    let late = officer.call(rename("四班", 1)).await.unwrap_err();
    assert_eq!(late.code, Code::VersionConflict);
    let names = officer.call(ListTeams { organization: first }).await.unwrap();
    assert_eq!(names.iter().map(|it| it.name.as_str()).collect::<Vec<_>>(), ["一班", "三班"]);
    assert_eq!(names[0].id, one.id);
});

scene!(a_team_with_people_or_a_leader_is_not_closed, |world| async move {
    let officer = officer_of_first(&world).await;
    let one = team(&officer, world.cast.organization(FIRST), "一班").await;
    place(&world, Some(one.clone())).await.unwrap();
    holding(&world, "D0113", Role::TeamLeader, Scope::team(one.id)).await;
    let close = || CloseTeam { team: one.id };
    let refused = officer.call(close()).await.unwrap_err();
    assert!(in_use(&refused).starts_with("还有 1 人在这个班组、1 个限于这个班组的角色"));
    place(&world, None).await.unwrap();
    world.sql("UPDATE role_grants SET ended_at = granted_at WHERE scope = 'team'").await;
    officer.call(close()).await.unwrap();
    assert_eq!(fields(&place(&world, Some(one.clone())).await.unwrap_err()), ["team"]);
    let offered = officer.call(ListTeams { organization: world.cast.organization(FIRST) }).await;
    assert!(offered.unwrap().is_empty());
    officer.call(ReopenTeam { team: one.id }).await.unwrap();
    place(&world, Some(one)).await.unwrap();
});

scene!(a_team_of_another_organisation_is_not_there, |world| async move {
    let all = world.person("zhengming").await;
    let theirs = team(&all, world.cast.organization(SECOND), "门岗一班").await.id;
    let officer = officer_of_first(&world).await;
    let save = SaveTeam { team: theirs, version: 1, name: "甲".into() };
    assert_eq!(officer.call(save).await.unwrap_err().code, Code::NotFound);
    assert_eq!(officer.call(CloseTeam { team: theirs }).await.unwrap_err().code, Code::NotFound);
    assert_eq!(officer.call(ReopenTeam { team: theirs }).await.unwrap_err().code, Code::NotFound);
});

scene!(a_team_that_a_roster_names_is_in_use_again, |world| async move {
    let officer = world.person("zhengming").await;
    let first = world.cast.organization(FIRST);
    let one = team(&officer, first, "一班").await.id;
    officer.call(CloseTeam { team: one }).await.unwrap();
    let rows = format!("工号,姓名,单位,班组\nN1,新人,{FIRST},一班\n");
    let target = "/api/console/roster/imports";
    let (_, import) = officer.upload(target, "r.csv", rows.as_bytes()).await;
    let work = async || {
        while backend::jobs::work_off(&world.app).await.unwrap() > 0 {}
    };
    work().await;
    world.sql("UPDATE sign_ins SET stepped_up_at = created_at").await;
    let import = serde_json::from_value(import["id"].clone()).unwrap();
    let apply = shared::roster::ApplyImport { import, skip_bad: false, with_leavers: false };
    officer.call(apply).await.unwrap();
    work().await;
    let shown = node(&officer, first).await.teams;
    assert_eq!((shown.len(), shown[0].closed, shown[0].people), (1, false, 1));
});
