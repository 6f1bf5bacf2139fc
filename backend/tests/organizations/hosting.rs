//! 基地管理员: what takes place at their bases, and nothing else.

use shared::{
    accounts::ShowMe, authoring::*, bases::TrainingBaseId, roster::ListRoster, training::*,
};

use super::{
    bases::{base, session},
    *,
};

/// A session at a base, with 王秀英 in it.
async fn planned(world: &World, base: Option<TrainingBaseId>) -> TrainingSessionId {
    let create = CreateTrainingSession { details: session(world, base) };
    let session = world.person("zhengming").await.call(create).await.unwrap().id;
    world.person("wangxiuying").await.call(Enroll { session }).await.unwrap();
    session
}

async fn seen(person: &Person<'_>) -> Vec<TrainingSessionId> {
    let list = person.call(ListManagedSessions {}).await.unwrap();
    assert!(list.iter().all(|it| !it.managed && !it.editable()));
    list.into_iter().map(|it| it.id).collect()
}

/// As if they had taken place last week.
async fn all_over(world: &World) {
    world.sql("UPDATE training_sessions SET starts_at = created_at, ends_at = created_at").await;
}

scene!(a_base_manager_sees_the_sessions_at_the_own_base_and_who_came, |world| async move {
    let officer = world.person("zhengming").await;
    let (own, other) = (base(&officer, "甲基地", None).await, base(&officer, "乙基地", None).await);
    let here = planned(&world, Some(own)).await;
    let there = planned(&world, Some(other)).await;
    let elsewhere = planned(&world, None).await;
    let manager = holding(&world, "D0115", Role::BaseManager, Scope::base(own)).await;
    assert_eq!(seen(&manager).await, [here]);
    let came = manager.call(ShowAttendance { session: here }).await.unwrap();
    assert_eq!(came.people.iter().map(|it| it.name.as_str()).collect::<Vec<_>>(), ["王秀英"]);
    for session in [there, elsewhere] {
        let hidden = manager.call(ShowAttendance { session }).await.unwrap_err();
        assert_eq!(hidden.code, Code::NotFound);
    }
    all_over(&world).await;
    let shown = manager.call(ShowTrainingSession { session: here }).await.unwrap();
    assert!(!shown.teaching);
    for session in [there, elsewhere] {
        let hidden = manager.call(ShowTrainingSession { session }).await.unwrap_err();
        assert_eq!(hidden.code, Code::NotFound);
    }
});

scene!(a_base_manager_changes_nothing_and_sees_nothing_else, |world| async move {
    let officer = world.person("zhengming").await;
    let own = base(&officer, "甲基地", None).await;
    let here = planned(&world, Some(own)).await;
    let manager = holding(&world, "D0115", Role::BaseManager, Scope::base(own)).await;
    let details = session(&world, Some(own));
    let save = SaveTrainingSession { session: here, details: details.clone() };
    let refusals = [
        manager.call(save).await.unwrap_err(),
        manager.call(CreateTrainingSession { details }).await.unwrap_err(),
        manager.call(CancelTrainingSession { session: here }).await.unwrap_err(),
        manager.call(ShowCheckInCode { session: here }).await.unwrap_err(),
        manager.call(FindCandidates { session: here, search: "王秀".into() }).await.unwrap_err(),
        manager.call(ListRoster::default()).await.unwrap_err(),
        manager.call(ShowOrganizations {}).await.unwrap_err(),
        manager.call(shared::bases::ListBases {}).await.unwrap_err(),
        manager.call(ListGrants::default()).await.unwrap_err(),
    ];
    assert!(refusals.iter().all(|it| it.code == Code::NotAllowed), "{refusals:?}");
    let course = uuid::Uuid::now_v7();
    for file in [format!("courses/{course}/report.xlsx"), "roster/template.xlsx".into()] {
        let refused = manager.outcome("GET", &format!("/api/console/{file}"), None).await;
        assert_eq!(refused.unwrap_err(), "not_allowed", "{file}");
    }
});

scene!(a_manager_of_all_bases_sees_what_takes_place_at_any_of_them, |world| async move {
    let officer = world.person("zhengming").await;
    let (one, other) = (base(&officer, "甲基地", None).await, base(&officer, "乙基地", None).await);
    let [here, there] = [planned(&world, Some(one)).await, planned(&world, Some(other)).await];
    let elsewhere = planned(&world, None).await;
    let manager = holding(&world, "D0115", Role::BaseManager, Scope::BUREAU).await;
    let mut all = seen(&manager).await;
    all.sort_unstable();
    assert_eq!(all, [here, there]);
    let hidden = manager.call(ShowAttendance { session: elsewhere }).await.unwrap_err();
    assert_eq!(hidden.code, Code::NotFound, "it takes place at no base");
});

scene!(a_session_that_moves_to_another_base_is_seen_by_the_other_manager, |world| async move {
    let officer = world.person("zhengming").await;
    let (one, other) = (base(&officer, "甲基地", None).await, base(&officer, "乙基地", None).await);
    let id = planned(&world, Some(one)).await;
    let first = holding(&world, "D0115", Role::BaseManager, Scope::base(one)).await;
    let second = holding(&world, "D0116", Role::BaseManager, Scope::base(other)).await;
    let save = SaveTrainingSession { session: id, details: session(&world, Some(other)) };
    officer.call(save).await.unwrap();
    assert_eq!((seen(&first).await, seen(&second).await), (vec![], vec![id]));
});

scene!(base_managers_are_appointed_for_bases_by_the_system_administrator, |world| async move {
    let officer = world.person("zhengming").await;
    let own = base(&officer, "甲基地", None).await;
    let admin = world.person("tangbo").await;
    let choices = admin.call(ListScopes { role: Role::BaseManager }).await.unwrap();
    let expected = [("全局", Scope::BUREAU), ("甲基地", Scope::base(own))];
    let offered: Vec<_> = choices.iter().map(|it| (it.name.as_str(), it.scope)).collect();
    assert_eq!(offered, expected);
    assert!(officer.call(ListScopes { role: Role::BaseManager }).await.unwrap().is_empty());
    world.sql("UPDATE sign_ins SET stepped_up_at = created_at").await;
    let person = id_of(&world, "D0115").await;
    let give = |role, scope| GrantRole { person, role, scope };
    let given = admin.call(give(Role::BaseManager, Scope::base(own))).await.unwrap();
    assert_eq!(given.scope_name, "甲基地");
    let unknown = Scope::base(TrainingBaseId(uuid::Uuid::now_v7()));
    let refused = admin.call(give(Role::BaseManager, unknown)).await.unwrap_err();
    assert_eq!(fields(&refused), ["scope"]);
    let refused = admin.call(give(Role::Instructor, Scope::base(own))).await.unwrap_err();
    assert_eq!(fields(&refused), ["scope"], "a base is no scope of others");
    let manager = Person::signed_in(&world, person).await;
    let me = manager.call(ShowMe {}).await.unwrap();
    assert_eq!(me.roles, [Role::Learner, Role::BaseManager]);
    manager.call(ListManagedSessions {}).await.unwrap();
    admin.call(EndGrant { grant: given.id }).await.unwrap();
    let ended = manager.call(ListManagedSessions {}).await.unwrap_err();
    assert_eq!(ended.code, Code::NotAllowed);
});
