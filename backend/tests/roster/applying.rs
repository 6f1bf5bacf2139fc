//! Bringing an import into the roster.

use super::*;

scene!(an_import_is_brought_in_once_and_the_same_file_changes_nothing, |world| async move {
    let file = format!(
        "A1,甲,{FIRST},一班,卫生保洁,13800000001,{},是\nD0001,王秀英,{SECOND},二班,安全保卫,,,\n",
        id_card(1)
    );
    let import = checked(&world, &file).await;
    let applied = apply(&world, import.id, false, false).await.unwrap();
    assert_eq!(applied.state, ImportState::Applied);
    assert_eq!(counts(&applied)[..2], [1, 1]);
    let again = apply(&world, import.id, false, true).await.unwrap();
    assert_eq!(again, applied, "asked for again, it changes nothing");
    let new = person(&world, "A1").await.unwrap();
    assert_eq!(new.card.phone.as_deref(), Some("138****0001"));
    assert_eq!(new.card.team.unwrap().name, "一班");
    assert_eq!((new.history.len(), new.history[0].to), (1, None));
    let moved = person(&world, "D0001").await.unwrap();
    assert_eq!(moved.card.organization.name, SECOND);
    assert_eq!(moved.card.post.unwrap().name, "安全保卫");

    let import = checked(&world, &file).await;
    assert_eq!((counts(&import)[0], counts(&import)[1], counts(&import)[5]), (0, 0, 2));
    apply(&world, import.id, false, false).await.unwrap();
    assert_eq!(person(&world, "D0001").await.unwrap().history.len(), moved.history.len());
    assert_eq!(person(&world, "A1").await.unwrap().history, new.history);
});

scene!(a_new_person_is_a_learner, |world| async move {
    brought_in(&world, &format!("A1,甲,{FIRST},,,,,\n")).await;
    let id = person(&world, "A1").await.unwrap().card.id;
    let caller = scene::Person::signed_in(&world, id).await;
    let me = caller.call(shared::accounts::ShowMe {}).await.unwrap();
    assert_eq!(me.roles, [shared::accounts::Role::Learner]);
});

scene!(bad_rows_stop_an_import_unless_the_officer_skips_them, |world| async move {
    let import = checked(&world, &format!("A1,甲,{FIRST},,,138,,\nA2,乙,{FIRST},,,,,\n")).await;
    assert_eq!(apply(&world, import.id, false, false).await.unwrap_err(), Code::RowsUnmended);
    assert!(person(&world, "A2").await.is_none());
    let applied = apply(&world, import.id, true, false).await.unwrap();
    assert_eq!(applied.state, ImportState::Applied);
    assert!(person(&world, "A1").await.is_none());
    assert!(person(&world, "A2").await.is_some());
});

scene!(an_import_is_refused_once_the_roster_has_changed, |world| async move {
    let import = checked(&world, &format!("A1,甲,{FIRST},,,,,\n")).await;
    brought_in(&world, &format!("A1,别人,{FIRST},,,,,\n")).await;
    assert_eq!(apply(&world, import.id, false, false).await.unwrap_err(), Code::RosterChanged);
    let officer = world.person("zhengming").await;
    officer.call(RecheckImport { import: import.id }).await.unwrap();
    work(&world).await;
    assert_eq!(counts(&show(&world, import.id).await)[3], 1, "the name is another");
});

scene!(a_roster_that_changes_while_the_import_waits_is_not_overwritten, |world| async move {
    let import = checked(&world, &format!("A1,甲,{FIRST},,,,,\n")).await;
    let officer = world.person("zhengming").await;
    let request = ApplyImport { import: import.id, skip_bad: false, with_leavers: false };
    let answer = officer.call(request).await.unwrap();
    assert_eq!(answer.state, ImportState::Applying);
    let other = CorrectRows { import: import.id, rows: vec![] };
    assert_eq!(officer.call(other).await.unwrap_err().code, Code::ImportUnready);
    officer.call(AddPost { name: "电梯维保".into(), ..AddPost::default() }).await.unwrap();
    work(&world).await;
    let import = show(&world, import.id).await;
    assert_eq!(import.state, ImportState::Checked);
    assert!(import.message.unwrap().contains("重新检查"));
    assert!(person(&world, "A1").await.is_none());
});

scene!(people_leave_only_where_the_officer_ticks_it, |world| async move {
    let file = format!("D0001,王秀英,{FIRST},,,,,\nD0007,刘强,{FIRST},,,,,否\n");
    let import = checked(&world, &file).await;
    assert_eq!(counts(&import)[2], 1 + 14, "one by name, and whom the file does not name");
    let applied = apply(&world, import.id, false, false).await.unwrap();
    assert_eq!(counts(&applied)[2], 0);
    assert!(person(&world, "D0005").await.unwrap().card.active);
    let import = checked(&world, &file).await;
    apply(&world, import.id, false, true).await.unwrap();
    for number in ["D0005", "D0007"] {
        let left = person(&world, number).await.unwrap();
        assert!(!left.card.active);
        assert!(left.history.iter().all(|it| it.to.is_some()), "{number}");
    }
    assert!(person(&world, "D0001").await.unwrap().card.active);
    assert!(person(&world, "D0002").await.unwrap().card.active, "another contractor's");
});

scene!(the_number_of_somebody_who_left_goes_to_whoever_has_it_now, |world| async move {
    brought_in(&world, &format!("A1,甲,{FIRST},,,13800000001,,\n")).await;
    let import = checked(&world, &format!("A1,甲,{FIRST},,,,,否\n")).await;
    apply(&world, import.id, false, true).await.unwrap();
    brought_in(&world, &format!("A2,乙,{FIRST},,,13800000001,,\n")).await;
    assert_eq!(person(&world, "A1").await.unwrap().card.phone, None);
    let found = backend::roster::person_of_phone(&world.app, "13800000001").await.unwrap();
    assert_eq!(found, Some(person(&world, "A2").await.unwrap().card.id));
});

scene!(numbers_are_changed_and_empty_cells_leave_them, |world| async move {
    let card = id_card(3);
    brought_in(&world, &format!("A1,甲,{FIRST},一班,卫生保洁,13800000001,{card},\n")).await;
    let import = checked(&world, &format!("A1,甲新,{FIRST},,,13800000002,{card},\n")).await;
    let row = &rows(&world, import.id, None).await[0];
    assert_eq!(row.changes, ["姓名：甲 → 甲新", "手机 → 138****0002"]);
    apply(&world, import.id, false, false).await.unwrap();
    let card = person(&world, "A1").await.unwrap().card;
    assert_eq!((card.name.as_str(), card.phone.as_deref()), ("甲新", Some("138****0002")));
    assert_eq!(card.team.unwrap().name, "一班");
    assert!(card.id_card.is_some() && card.post.is_some());
});

scene!(an_old_file_is_forgotten, |world| async move {
    let import = brought_in(&world, &format!("A1,甲,{FIRST},,,,,\n")).await;
    backend::jobs::clean(&world.app).await;
    assert_eq!(rows(&world, import.id, Some(false)).await.len(), 1 + 16);
    world.sql("UPDATE roster_imports SET created_at = '2020-01-01T00:00:00+00:00'").await;
    backend::jobs::clean(&world.app).await;
    assert!(rows(&world, import.id, None).await.is_empty());
    assert_eq!(show(&world, import.id).await.state, ImportState::Applied);
});
