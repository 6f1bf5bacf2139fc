//! Reading the roster, moving people, and what that does to them.

use shared::{accounts::ShowMe, problem::Problem, time};

use super::*;

fn today(world: &World) -> chrono::NaiveDate {
    time::local_date(world.app.clock.process_now())
}

/// Everything as it is, from today.
fn placement(world: &World, card: &RosterCard) -> PlacePerson {
    PlacePerson {
        person: card.id,
        organization: card.organization.id,
        team: card.team.as_ref().map(|it| it.id),
        post: card.post.as_ref().map(|it| it.id),
        active: card.active,
        from: today(world),
    }
}

scene!(the_roster_is_searched_and_filtered_a_page_at_a_time, |world| async move {
    let row = |at| format!("N{at:03},某{at},{FIRST},,,139{at:08},,\n");
    let file: String = (0..120).map(row).collect();
    brought_in(&world, &file).await;
    let officer = world.person("zhengming").await;
    let all =
        ListRoster { organization: Some(world.cast.organization(FIRST)), ..Default::default() };
    let (mut seen, mut cursor) = (Vec::new(), None);
    loop {
        let page = officer.call(ListRoster { cursor, ..all.clone() }).await.unwrap();
        assert_eq!(page.total, 136);
        seen.extend(page.items.into_iter().map(|it| it.staff_number));
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!((seen.len(), seen.is_sorted()), (136, true));
    let find = async |words: &str| {
        let request = ListRoster { words: Some(words.into()), ..Default::default() };
        let found = officer.call(request).await.unwrap().items;
        found.into_iter().map(|it| it.staff_number).collect::<Vec<_>>()
    };
    assert_eq!(find("n007").await, ["N007"]);
    assert_eq!(find("某11").await.len(), 11);
    assert_eq!(find("13900000042").await, ["N042"], "by a whole phone number");
    assert!(find("1390000004").await.is_empty(), "but not by a part of one");
    let post = Some(world.cast.post("安全保卫"));
    let guards = ListRoster { post, active: Some(true), ..Default::default() };
    assert_eq!(officer.call(guards).await.unwrap().total, 7);
    let (status, problem) = officer.raw("GET", "/api/console/roster/people?cursor=x", None).await;
    assert_eq!((status, problem["fields"][0]["field"].as_str()), (422, Some("cursor")));
});

scene!(a_number_is_masked_until_it_is_asked_for, |world| async move {
    let card = id_card(5);
    brought_in(&world, &format!("A1,甲,{FIRST},,,13812345678,{card},\n")).await;
    let shown = person(&world, "A1").await.unwrap().card;
    assert_eq!(shown.phone.as_deref(), Some("138****5678"));
    let officer = world.person("zhengming").await;
    let ask = |what| DisclosePerson { person: shown.id, what };
    assert_eq!(officer.call(ask(Confidential::Phone)).await.unwrap().value, "13812345678");
    assert_eq!(officer.call(ask(Confidential::IdCard)).await.unwrap().value, card);
    let unknown = DisclosePerson { person: world.cast.id("wufang"), what: Confidential::Phone };
    assert_eq!(officer.call(unknown).await.unwrap_err().code, Code::NotFound);
});

scene!(a_person_who_moves_keeps_their_history_and_their_results, |world| async move {
    world.sql("UPDATE people SET created_at = '2026-01-05T04:00:00+00:00'").await;
    let officer = world.person("zhengming").await;
    let card = person(&world, "D0001").await.unwrap().card;
    let second = world.cast.organization(SECOND);
    let from = today(&world) - chrono::TimeDelta::days(3);
    let request = PlacePerson { organization: second, from, ..placement(&world, &card) };
    let moved = officer.call(request.clone()).await.unwrap();
    assert_eq!(moved.card.organization.name, SECOND);
    let told: Vec<_> =
        moved.history.iter().map(|it| (it.organization.as_str(), it.from, it.to)).collect();
    let hired = "2026-01-05".parse().unwrap();
    assert_eq!(told, [(SECOND, from, None), (FIRST, hired, Some(from))]);
    assert_eq!(officer.call(request).await.unwrap(), moved, "the same again changes nothing");
    let me = world.person("wangxiuying").await.call(ShowMe {}).await.unwrap();
    assert_eq!(me.organization.name, SECOND);
    let earlier = PlacePerson {
        organization: world.cast.organization(FIRST),
        from: from - chrono::TimeDelta::days(1),
        ..placement(&world, &moved.card)
    };
    assert_eq!(field(officer.call(earlier).await), "from");
});

fn field<T: std::fmt::Debug>(refused: Result<T, Problem>) -> String {
    refused.unwrap_err().fields[0].field.clone()
}

scene!(whoever_leaves_is_out_at_once_and_can_return, |world| async move {
    let wang = world.person("wangxiuying").await;
    wang.call(ShowMe {}).await.unwrap();
    let officer = world.person("zhengming").await;
    let card = person(&world, "D0001").await.unwrap().card;
    let leave = PlacePerson { active: false, ..placement(&world, &card) };
    let left = officer.call(leave).await.unwrap();
    assert!(!left.card.active && left.history.iter().all(|it| it.to.is_some()));
    assert_eq!(wang.call(ShowMe {}).await.unwrap_err().code, Code::NotSignedIn);
    let back = PlacePerson { active: true, ..placement(&world, &card) };
    let back = officer.call(back).await.unwrap();
    assert!(back.card.active && back.history[0].to.is_none());
    wang.call(ShowMe {}).await.unwrap();
});

scene!(an_impossible_placement_is_refused_by_its_field, |world| async move {
    brought_in(&world, &format!("A1,甲,{FIRST},一班,,,,\n")).await;
    let officer = world.person("zhengming").await;
    let card = person(&world, "A1").await.unwrap().card;
    let same = || placement(&world, &card);
    let too_early = today(&world) - chrono::TimeDelta::days(1);
    let second = world.cast.organization(SECOND);
    let nowhere = shared::organizations::OrganizationId(Uuid::now_v7());
    let nothing = shared::organizations::PostId(Uuid::now_v7());
    for (request, refused) in [
        (PlacePerson { active: false, from: too_early, ..same() }, "from"),
        (PlacePerson { organization: second, ..same() }, "team"),
        (PlacePerson { organization: nowhere, ..same() }, "organization"),
        (PlacePerson { post: Some(nothing), ..same() }, "post"),
    ] {
        assert_eq!(field(officer.call(request).await), refused);
    }
    let teams = officer.call(ListTeams { organization: card.organization.id }).await.unwrap();
    assert_eq!(teams.iter().map(|it| it.name.as_str()).collect::<Vec<_>>(), ["一班"]);
    let me = person(&world, "D0009").await.unwrap().card;
    let own = PlacePerson { active: false, ..placement(&world, &me) };
    assert_eq!(field(officer.call(own).await), "active");
});

scene!(only_officers_see_the_roster, |world| async move {
    for key in ["wangxiuying", "liuqiang", "wufang"] {
        let caller = world.person(key).await;
        let person = world.cast.id("wangxiuying");
        let listed = caller.call(ListRoster::default()).await.unwrap_err();
        let shown = caller.call(ShowRosterPerson { person }).await.unwrap_err();
        let what = Confidential::Phone;
        let told = caller.call(DisclosePerson { person, what }).await.unwrap_err();
        for problem in [listed, shown, told] {
            assert_eq!(problem.code, Code::NotAllowed, "{key}");
        }
    }
    let officer = world.person("zhengming").await;
    let person = shared::accounts::PersonId(Uuid::now_v7());
    assert_eq!(officer.call(ShowRosterPerson { person }).await.unwrap_err().code, Code::NotFound);
});
