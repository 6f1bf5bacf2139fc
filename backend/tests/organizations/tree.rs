//! Organisations: names, places in the tree, and closing them.

use super::*;

scene!(
    an_organisation_is_renamed_and_moved_and_its_former_version_is_refused,
    |world| async move {
        let officer = world.person("zhengming").await;
        let first = world.cast.organization(FIRST);
        let branch = added(&officer, "和顺分公司", Some(first)).await;
        let save = |name: &str, version| SaveOrganization {
            organization: branch,
            version,
            name: name.into(),
            kind: OrganizationKind::Contractor,
            parent: None,
        };
        officer.call(save(" 和顺二公司 ", 1)).await.unwrap();
        let shown = node(&officer, branch).await;
        assert_eq!((shown.name.as_str(), shown.parent, shown.version), ("和顺二公司", None, 2));
        let late = officer.call(save("和顺三公司", 1)).await.unwrap_err();
        assert_eq!(late.code, Code::VersionConflict);
        assert_eq!(fields(&officer.call(save(FIRST, 2)).await.unwrap_err()), ["name"]);
        assert_eq!(fields(&officer.call(save(" ", 2)).await.unwrap_err()), ["name"]);
    }
);

scene!(nothing_is_moved_below_itself_or_below_what_is_below_it, |world| async move {
    let officer = world.person("zhengming").await;
    let top = added(&officer, "甲", None).await;
    let middle = added(&officer, "乙", Some(top)).await;
    let bottom = added(&officer, "丙", Some(middle)).await;
    for parent in [top, middle, bottom] {
        let refused = moved(&officer, top, Some(parent)).await.unwrap_err();
        assert_eq!(fields(&refused), ["parent"]);
    }
    moved(&officer, bottom, Some(top)).await.unwrap();
    moved(&officer, middle, Some(bottom)).await.unwrap();
    assert_eq!(node(&officer, middle).await.parent, Some(bottom));
    let nowhere = OrganizationId(uuid::Uuid::now_v7());
    assert_eq!(moved(&officer, top, Some(nowhere)).await.unwrap_err().code, Code::NotFound);
});

scene!(two_who_move_at_once_do_not_make_a_circle, |world| async move {
    let officer = world.person("zhengming").await;
    let [one, other] = [added(&officer, "甲", None).await, added(&officer, "乙", None).await];
    let (first, second) =
        tokio::join!(moved(&officer, one, Some(other)), moved(&officer, other, Some(one)));
    assert!(first.is_ok() != second.is_ok(), "{first:?} {second:?}");
});

scene!(the_bureau_is_below_nothing, |world| async move {
    let officer = world.person("zhengming").await;
    let first = world.cast.organization(FIRST);
    let bureau = world.cast.organization(BUREAU);
    let other = added(&officer, "外面的单位", None).await;
    assert_eq!(fields(&moved(&officer, bureau, Some(other)).await.unwrap_err()), ["parent"]);
    let below = AddOrganization {
        name: "又一个局".into(),
        kind: OrganizationKind::Bureau,
        parent: Some(first),
    };
    assert_eq!(fields(&officer.call(below).await.unwrap_err()), ["parent"]);
});

scene!(
    people_are_counted_and_what_is_moved_counts_for_whoever_reaches_it_now,
    |world| async move {
        let (all, officer) = (world.person("zhengming").await, officer_of_first(&world).await);
        let (first, second) = (world.cast.organization(FIRST), world.cast.organization(SECOND));
        let own = tree(&officer).await;
        assert_eq!(own.organizations.iter().map(|it| it.id).collect::<Vec<_>>(), [first]);
        let shown = &own.organizations[0];
        assert_eq!((shown.people, shown.parent, shown.movable), (16, None, false));
        assert!(!own.may_add_top);
        moved(&all, second, Some(first)).await.unwrap();
        let shown = node(&officer, second).await;
        assert_eq!((shown.parent, shown.movable), (Some(first), true));
        moved(&all, second, None).await.unwrap();
        assert_eq!(tree(&officer).await.organizations.len(), 1, "at once");
    }
);

scene!(
    an_officer_changes_the_own_organisation_but_not_its_place_nor_anothers,
    |world| async move {
        let officer = officer_of_first(&world).await;
        let (first, second) = (world.cast.organization(FIRST), world.cast.organization(SECOND));
        let save = |organization, name: &str, parent| SaveOrganization {
            organization,
            version: 1,
            name: name.into(),
            kind: OrganizationKind::Contractor,
            parent,
        };
        let foreign = officer.call(save(second, "别家", None)).await.unwrap_err();
        assert_eq!(foreign.code, Code::NotFound);
        let close = officer.call(CloseOrganization { organization: second }).await.unwrap_err();
        assert_eq!(close.code, Code::NotFound);
        assert_eq!(
            fields(&officer.call(save(first, "和顺", Some(second))).await.unwrap_err()),
            ["parent"]
        );
        let close = officer.call(CloseOrganization { organization: first }).await.unwrap_err();
        assert_eq!(close.code, Code::NotAllowed);
        officer.call(save(first, "和顺", None)).await.unwrap();
        let shown = node(&world.person("zhengming").await, first).await;
        assert_eq!(shown.parent, Some(world.cast.organization(BUREAU)), "it stays where it was");
        let branch = added(&officer, "和顺分公司", Some(first)).await;
        assert_eq!(fields(&moved(&officer, branch, None).await.unwrap_err()), ["parent"]);
        assert_eq!(fields(&moved(&officer, branch, Some(second)).await.unwrap_err()), ["parent"]);
        officer.call(CloseOrganization { organization: branch }).await.unwrap();
    }
);

scene!(an_organisation_in_use_is_not_closed_and_it_is_said_why, |world| async move {
    let officer = world.person("zhengming").await;
    let first = world.cast.organization(FIRST);
    let team = AddTeam { organization: first, name: "保洁一班".into() };
    officer.call(team).await.unwrap();
    let branch = added(&officer, "和顺分公司", Some(first)).await;
    let scope = Scope::organization(branch);
    holding(&world, "D0130", Role::Instructor, scope).await;
    let close = |organization| CloseOrganization { organization };
    let refused = officer.call(close(first)).await.unwrap_err();
    let told = in_use(&refused);
    assert!(told.starts_with("还有 1 个下级单位、16 人在岗、1 个班组"), "{told}");
    assert!(
        in_use(&officer.call(close(branch)).await.unwrap_err()).contains("1 个限于这个单位的角色")
    );
    world.sql("UPDATE role_grants SET ended_at = granted_at WHERE scope_id IS NOT NULL").await;
    officer.call(close(branch)).await.unwrap();
    officer.call(close(branch)).await.unwrap();
    assert!(node(&officer, branch).await.closed);
});

scene!(
    nobody_and_nothing_comes_to_a_closed_organisation_until_it_is_open_again,
    |world| async move {
        let officer = world.person("zhengming").await;
        let branch = added(&officer, "和顺分公司", None).await;
        officer.call(CloseOrganization { organization: branch }).await.unwrap();
        let open = officer.call(ListOrganizations {}).await.unwrap();
        assert!(open.iter().all(|it| it.id != branch));
        let place = |organization| shared::roster::PlacePerson {
            person: world.cast.id("wangxiuying"),
            organization,
            team: None,
            post: None,
            active: true,
            from: shared::time::local_date(world.app.clock.process_now()),
        };
        assert_eq!(fields(&officer.call(place(branch)).await.unwrap_err()), ["organization"]);
        let team = AddTeam { organization: branch, name: "一班".into() };
        assert_eq!(fields(&officer.call(team).await.unwrap_err()), ["organization"]);
        let below = AddOrganization {
            name: "再下一级".into(),
            kind: OrganizationKind::Contractor,
            parent: Some(branch),
        };
        assert_eq!(fields(&officer.call(below).await.unwrap_err()), ["parent"]);
        let again = AddOrganization {
            name: "和顺分公司".into(),
            kind: OrganizationKind::Contractor,
            parent: None,
        };
        assert_eq!(fields(&officer.call(again).await.unwrap_err()), ["name"]);
        let admin = world.person("tangbo").await;
        let scopes = admin.call(ListScopes { role: Role::Instructor }).await.unwrap();
        assert!(scopes.iter().all(|it| it.scope != Scope::organization(branch)));
        officer.call(ReopenOrganization { organization: branch }).await.unwrap();
        officer.call(place(branch)).await.unwrap();
    }
);

scene!(what_lies_below_a_closed_organisation_is_not_opened, |world| async move {
    let officer = world.person("zhengming").await;
    let top = added(&officer, "甲", None).await;
    let below = added(&officer, "乙", Some(top)).await;
    for organization in [below, top] {
        officer.call(CloseOrganization { organization }).await.unwrap();
    }
    let refused = officer.call(ReopenOrganization { organization: below }).await.unwrap_err();
    assert_eq!(fields(&refused), ["parent"]);
    officer.call(ReopenOrganization { organization: top }).await.unwrap();
    officer.call(ReopenOrganization { organization: below }).await.unwrap();
});

scene!(an_import_does_not_know_a_closed_organisation, |world| async move {
    let officer = world.person("zhengming").await;
    let branch = added(&officer, "和顺分公司", None).await;
    officer.call(CloseOrganization { organization: branch }).await.unwrap();
    let rows = "工号,姓名,单位\nN1,新人,和顺分公司\n";
    let target = "/api/console/roster/imports";
    let (status, import) = officer.upload(target, "r.csv", rows.as_bytes()).await;
    assert_eq!(status, 200, "{import}");
    while backend::jobs::work_off(&world.app).await.unwrap() > 0 {}
    let import: shared::roster::RosterImport = serde_json::from_value(import).unwrap();
    let shown = officer.call(shared::roster::ShowRosterImport { import: import.id }).await.unwrap();
    assert_eq!(shown.unknown[0].name, "和顺分公司");
});
