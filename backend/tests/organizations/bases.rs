//! Bases: what they are, whose, and what is planned there.

use shared::{authoring::*, bases::*};

use super::*;

pub fn details(name: &str, organization: Option<OrganizationId>, state: BaseState) -> BaseDetails {
    BaseDetails {
        name: name.into(),
        kind: BaseKind::Own,
        organization,
        address: "3 号楼 B2".into(),
        state,
    }
}

pub async fn base(
    person: &Person<'_>,
    name: &str,
    organization: Option<OrganizationId>,
) -> TrainingBaseId {
    let details = details(name, organization, BaseState::Running);
    person.call(AddBase { details }).await.unwrap().id
}

/// A session of tomorrow.
pub fn session(world: &World, base: Option<TrainingBaseId>) -> SessionDetails {
    let starts_at = world.app.clock.process_now() + chrono::TimeDelta::days(1);
    SessionDetails {
        title: "会议室保洁实训".into(),
        course: None,
        base,
        place: "3 号楼 B2".into(),
        starts_at,
        ends_at: starts_at + chrono::TimeDelta::hours(2),
        instructor: world.cast.id("wufang"),
        seats: 20,
        notes: String::new(),
    }
}

scene!(a_base_is_built_step_by_step_and_hosts_sessions_while_it_runs, |world| async move {
    let officer = world.person("zhengming").await;
    let add = AddBase { details: details("实训中心", None, BaseState::Construction) };
    let made = officer.call(add).await.unwrap();
    let plan = || CreateTrainingSession { details: session(&world, Some(made.id)) };
    assert_eq!(fields(&officer.call(plan()).await.unwrap_err()), ["details.base"]);
    let save = |version, state| {
        let details = details("实训中心", None, state);
        SaveBase { base: made.id, version, details }
    };
    let leap = officer.call(save(1, BaseState::Running)).await.unwrap_err();
    assert_eq!(fields(&leap), ["details.state"]);
    officer.call(save(1, BaseState::Trial)).await.unwrap();
    let late = officer.call(save(1, BaseState::Running)).await.unwrap_err();
    assert_eq!(late.code, Code::VersionConflict);
    let planned = officer.call(plan()).await.unwrap();
    assert_eq!((planned.base_name.as_deref(), planned.managed), (Some("实训中心"), true));
    for state in [BaseState::Construction, BaseState::Closed] {
        let refused = officer.call(save(2, state)).await.unwrap_err();
        assert!(in_use(&refused).starts_with("还有 1 场实训"));
    }
    officer.call(CancelTrainingSession { session: planned.id }).await.unwrap();
    let closed = officer.call(save(2, BaseState::Closed)).await.unwrap();
    assert_eq!((closed.sessions, closed.version), (0, 3));
});

scene!(what_is_wrong_with_a_base_is_named, |world| async move {
    let officer = world.person("zhengming").await;
    base(&officer, "实训中心", None).await;
    let first = world.cast.organization(FIRST);
    let unknown = OrganizationId(uuid::Uuid::now_v7());
    let good = || details("会务基地", None, BaseState::Running);
    for (field, details) in [
        ("name", BaseDetails { name: " ".into(), ..good() }),
        ("name", BaseDetails { name: "实训中心".into(), ..good() }),
        ("address", BaseDetails { address: "长".repeat(101), ..good() }),
        ("organization", BaseDetails { organization: Some(unknown), ..good() }),
        ("organization", BaseDetails { kind: BaseKind::College, ..good() }),
        (
            "organization",
            BaseDetails { kind: BaseKind::College, organization: Some(first), ..good() },
        ),
    ] {
        let refused = officer.call(AddBase { details }).await.unwrap_err();
        assert_eq!(fields(&refused), [format!("details.{field}")]);
    }
    let college =
        AddOrganization {
            name: "机电学院".into(), kind: OrganizationKind::College, parent: None
        };
    let college = officer.call(college).await.unwrap().id;
    let details = BaseDetails { kind: BaseKind::College, organization: Some(college), ..good() };
    let made = officer.call(AddBase { details }).await.unwrap();
    assert_eq!(made.organization_name.as_deref(), Some("机电学院"));
    let close = CloseOrganization { organization: college };
    assert!(in_use(&officer.call(close).await.unwrap_err()).contains("1 个实训基地"));
});

scene!(bases_of_others_are_not_there_and_shared_ones_are_for_all, |world| async move {
    let all = world.person("zhengming").await;
    let officer = officer_of_first(&world).await;
    let (first, second) = (world.cast.organization(FIRST), world.cast.organization(SECOND));
    let own = base(&officer, "和顺基地", Some(first)).await;
    let theirs = base(&all, "安恒基地", Some(second)).await;
    let shared = base(&all, "实训中心", None).await;
    let list = officer.call(ListBases {}).await.unwrap();
    let seen: Vec<_> = list.items.iter().map(|it| (it.id, it.editable)).collect();
    assert_eq!(seen, [(own, true), (shared, false)]);
    assert!(list.may_add && !list.may_add_shared);
    for owner in [None, Some(second)] {
        let details = details("再一个", owner, BaseState::Idea);
        let refused = officer.call(AddBase { details }).await.unwrap_err();
        assert_eq!(fields(&refused), ["details.organization"]);
    }
    for base in [theirs, shared] {
        let details = details("改名", Some(first), BaseState::Running);
        let refused = officer.call(SaveBase { base, version: 1, details }).await.unwrap_err();
        assert_eq!(refused.code, Code::NotFound);
    }
    holding(&world, "D0110", Role::Instructor, Scope::organization(first)).await;
    let plan = async |base| {
        let instructor = id_of(&world, "D0110").await;
        let details = SessionDetails { instructor, ..session(&world, Some(base)) };
        officer.call(CreateTrainingSession { details }).await.map(drop)
    };
    assert_eq!(fields(&plan(theirs).await.unwrap_err()), ["details.base"]);
    plan(own).await.unwrap();
    plan(shared).await.unwrap();
});
