//! Who makes invitation codes for whom.

use std::collections::HashSet;

use chrono::TimeDelta;
use sea_orm::EntityTrait;
use shared::{
    accounts::{PersonId, binding::*},
    problem::Code,
};
use uuid::Uuid;

use crate::{FENG, ZHANG, bind, claim, code_for_zhang, form, id_of};

scene!(a_code_has_eight_clear_letters_lasts_a_week_and_is_kept_by_hash, |world| async move {
    let before = world.app.clock.now(world.app.db.read()).await.unwrap();
    let leader = world.person("liuqiang").await;
    let invitation =
        leader.call(MakeInvitation { person: id_of(&world, ZHANG.0).await }).await.unwrap();
    let clear = |it: char| it.is_ascii_digit() || it.is_ascii_uppercase();
    assert_eq!(invitation.code.len(), 8);
    assert!(invitation.code.chars().all(|it| clear(it) && !"01OIL".contains(it)));
    let lives = invitation.expires_at - before;
    assert!(TimeDelta::days(7) <= lives && lives < TimeDelta::days(7) + TimeDelta::minutes(1));
    let kept = backend::accounts::entity::one_time_code::Entity::find();
    let kept = kept.one(world.app.db.read()).await.unwrap().unwrap();
    assert_eq!(kept.hash.len(), 32);
    assert_ne!(kept.hash, backend::keys::hash(invitation.code.as_bytes()), "without a key");
    assert!(!format!("{invitation:?}").contains(&invitation.code), "never logged");
});

scene!(a_new_code_takes_the_place_of_the_one_before, |world| async move {
    let (old, new) = (code_for_zhang(&world).await, code_for_zhang(&world).await);
    let phone = claim(&world, "phone").await;
    let refused = bind(&world, form(&phone, ZHANG, &old)).await.unwrap_err();
    assert_eq!(refused.code, Code::BindingRefused);
    bind(&world, form(&phone, ZHANG, &new)).await.unwrap();
});

scene!(only_team_leaders_and_officers_make_codes_and_list_people, |world| async move {
    let person = id_of(&world, ZHANG.0).await;
    for key in ["wangxiuying", "wufang"] {
        let somebody = world.person(key).await;
        let refused = somebody.call(MakeInvitation { person }).await.unwrap_err();
        assert_eq!(refused.code, Code::NotAllowed, "{key}");
        let refused = somebody.call(ListTeam::default()).await.unwrap_err();
        assert_eq!(refused.code, Code::NotAllowed, "{key}");
    }
    let stranger = world.stranger();
    let refused = stranger.call(MakeInvitation { person }).await.unwrap_err();
    assert_eq!(refused.code, Code::NotSignedIn);
    assert_eq!(stranger.call(ListTeam::default()).await.unwrap_err().code, Code::NotSignedIn);
});

scene!(whom_a_team_leader_may_not_help_is_not_there, |world| async move {
    let elsewhere = id_of(&world, FENG).await;
    let disabled = id_of(&world, "杨秀珍").await;
    world.sql("UPDATE people SET active = false WHERE name = '杨秀珍'").await;
    // A code for an instructor would be a way to become one.
    let instructor = world.cast.id("sunlihua");
    world
        .sql(
            "INSERT INTO role_grants (id, person_id, role, scope, granted_at)
             SELECT id, id, 'instructor', 'bureau', created_at FROM people WHERE name = '孙丽华'",
        )
        .await;
    let leader = world.person("liuqiang").await;
    let nobody = PersonId(Uuid::now_v7());
    for person in [nobody, elsewhere, disabled, instructor, world.cast.id("liuqiang")] {
        let refused = leader.call(MakeInvitation { person }).await.unwrap_err();
        assert_eq!(refused.code, Code::NotFound);
    }
    let officer = world.person("zhengming").await;
    for person in [elsewhere, instructor, world.cast.id("liuqiang")] {
        officer.call(MakeInvitation { person }).await.unwrap();
    }
    let refused = officer.call(MakeInvitation { person: disabled }).await.unwrap_err();
    assert_eq!(refused.code, Code::NotFound);
});

scene!(a_team_leader_lists_the_own_people_without_wechat, |world| async move {
    let leader = world.person("liuqiang").await;
    let names = async |search: Option<&str>| {
        let request = ListTeam { search: search.map(str::to_owned), cursor: None };
        let page = leader.call(request).await.unwrap();
        page.items.into_iter().map(|it| (it.name, it.bound)).collect::<HashSet<_>>()
    };
    let found = |name: &str, bound| (name.to_owned(), bound);
    let without = names(None).await;
    assert!(without.contains(&found(ZHANG.0, false)));
    assert!(!without.iter().any(|(name, _)| name == FENG), "the other contractor's");
    let (phone, code) = (claim(&world, "phone").await, code_for_zhang(&world).await);
    bind(&world, form(&phone, ZHANG, &code)).await.unwrap();
    assert!(!names(None).await.contains(&found(ZHANG.0, false)));
    assert_eq!(names(Some("张桂")).await, HashSet::from([found(ZHANG.0, true)]));
    assert_eq!(names(Some("d0101")).await, HashSet::from([found(ZHANG.0, true)]));
    assert_eq!(names(Some(FENG)).await, HashSet::new());
    assert_eq!(names(Some("100%")).await, HashSet::new());
});

scene!(a_long_list_comes_in_pages, |world| async move {
    world
        .sql(
            "UPDATE people SET organization_id =
                (SELECT organization_id FROM people WHERE name = '刘强')",
        )
        .await;
    let numbers: Vec<String> = (0..60).map(|it| format!("('{}')", 1000 + it)).collect();
    world
        .sql(&format!(
            "WITH numbers (number) AS (VALUES {})
             INSERT INTO people (id, organization_id, name, staff_number, active, created_at)
             SELECT {}, organization_id, '新人', 'N 0' || number, active, created_at
             FROM people, numbers WHERE name = '刘强'",
            numbers.join(","),
            match world.app.db.backend() {
                sea_orm::DbBackend::Postgres => "gen_random_uuid()",
                _ => "randomblob(16)",
            },
        ))
        .await;
    let leader = world.person("liuqiang").await;
    let (mut cursor, mut seen, mut pages) = (None, HashSet::new(), 0);
    loop {
        let request = ListTeam { search: Some("新人".into()), cursor };
        let page = leader.call(request).await.unwrap();
        pages += 1;
        seen.extend(page.items.into_iter().map(|it| it.staff_number));
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!((pages, seen.len()), (2, 60));
});

scene!(what_cannot_be_searched_for_is_refused, |world| async move {
    let leader = world.person("liuqiang").await;
    let long = "长".repeat(65);
    for search in [long.as_str(), "a\0b"] {
        let request = ListTeam { search: Some(search.into()), cursor: None };
        let refused = leader.call(request).await.unwrap_err();
        assert_eq!(
            (refused.code, refused.fields[0].field.as_str()),
            (Code::InvalidRequest, "search")
        );
    }
    for cursor in ["x", "JTAw"] {
        let request = ListTeam { search: None, cursor: Some(cursor.into()) };
        let refused = leader.call(request).await.unwrap_err();
        assert_eq!(refused.fields[0].field, "cursor", "{cursor}");
    }
});

scene!(two_hundred_codes_an_hour_are_enough_for_anybody, |world| async move {
    let person = id_of(&world, ZHANG.0).await;
    let leader = world.person("liuqiang").await;
    for _ in 0..200 {
        leader.call(MakeInvitation { person }).await.unwrap();
    }
    let refused = leader.call(MakeInvitation { person }).await.unwrap_err();
    assert_eq!(refused.code, Code::TooManyTries);
    world.person("zhengming").await.call(MakeInvitation { person }).await.unwrap();
});
