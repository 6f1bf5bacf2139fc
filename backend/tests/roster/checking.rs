//! What the check says about rows.

use shared::organizations::OrganizationKind;

use super::*;

/// Each problem of a row as `工号：…`.
fn problems(row: &ImportRow) -> Vec<String> {
    row.problems.iter().map(|it| format!("{}：{}", it.field.label(), it.message)).collect()
}

scene!(a_check_says_what_each_row_would_bring, |world| async move {
    let (first, second) = (FIRST, SECOND);
    let import = checked(
        &world,
        &format!(
            "X1,新来的,{first},一班,卫生保洁,13800000001,{card},是\n\
             D0001,王秀英,{second},,卫生保洁,,,\n\
             D0002,李建国,{second},,安全保卫,,,\n\
             D0006,周涛,{second},,,,,否\n\
             D0004,不是他,{second},,,,,\n\
             X2,{long},不知道的单位,,不知道的岗位,123,110105194912310021,大概\n",
            card = id_card(1),
            long = "名".repeat(41),
        ),
    )
    .await;
    assert_eq!((import.state, import.rows), (ImportState::Checked, 6));
    // Of the one contractor's 16 and the other's 17 people the file names four.
    assert_eq!(counts(&import), [1, 1, 1 + 29, 1, 1, 1]);
    let rows = rows(&world, import.id, None).await;
    let by_number = |number| rows.iter().find(|it| it.row == Some(number)).unwrap();
    assert_eq!(by_number(3).changes, [format!("单位：{first} → {second}")]);
    assert_eq!(by_number(5).outcome, RowOutcome::Left);
    assert!(problems(by_number(6))[0].starts_with("姓名：花名册里这个工号是“赵德顺”"));
    let fields: Vec<_> = by_number(7).problems.iter().map(|it| it.field.label()).collect();
    assert_eq!(fields, ["姓名", "手机", "身份证", "在岗", "单位", "岗位"]);
    let absent: Vec<_> = rows.iter().filter(|it| it.row.is_none()).collect();
    let names: Vec<_> = absent.iter().map(|it| it.cells[&RosterField::Name].as_str()).collect();
    assert_eq!(names[..2], ["孙丽华", "刘强"]);
});

scene!(what_two_rows_or_two_people_cannot_share_is_a_conflict, |world| async move {
    let (first, card) = (FIRST, id_card(7));
    brought_in(&world, &format!("A1,甲,{first},,,13900000001,{card},\n")).await;
    let import = checked(
        &world,
        &format!(
            "A2,乙,{first},,,13900000001,,\n\
             A3,丙,{first},,,,{card},\n\
             A4,丁,{first},,,13900000002,,\n\
             A5,戊,{first},,,13900000002,,\n\
             A6,己,{first},,,,,\n\
             A6,己,{first},,,,,\n"
        ),
    )
    .await;
    assert_eq!(counts(&import)[3], 6);
    let bad = rows(&world, import.id, Some(true)).await;
    let said: Vec<_> = bad.iter().flat_map(problems).collect();
    assert_eq!(said[0], "手机：花名册里这个手机号是甲（工号 A1）的，请核对");
    assert!(said[1].starts_with("身份证：花名册里这个身份证号是甲（工号 A1）的"));
    assert!(said[2].starts_with("手机：和第 5 行的手机号相同"));
    assert!(said[4].starts_with("工号：和第 7 行的工号相同"));
});

scene!(a_bad_row_is_mended_by_its_cells, |world| async move {
    let import = checked(&world, &format!("A1,甲,{FIRST},,,138,,\nA2,乙,{FIRST},,,,,\n")).await;
    assert_eq!(counts(&import)[..5], [1, 0, 16, 0, 1]);
    let officer = world.person("zhengming").await;
    let cells = [(RosterField::Phone, "13800000001".to_owned())].into();
    let correction = Correction { row: 2, cells };
    let request = CorrectRows { import: import.id, rows: vec![correction] };
    let answer = officer.call(request).await.unwrap();
    assert_eq!(answer.state, ImportState::Checking);
    work(&world).await;
    assert_eq!(counts(&show(&world, import.id).await)[..5], [2, 0, 16, 0, 0]);
    let nowhere = Correction { row: 9, cells: [].into() };
    let request = CorrectRows { import: import.id, rows: vec![nowhere] };
    let problem = officer.call(request).await.unwrap_err();
    assert_eq!(
        (problem.code, problem.fields[0].field.as_str()),
        (Code::InvalidRequest, "rows[0].row")
    );
});

scene!(an_unknown_organisation_or_post_is_made_and_the_row_is_sound, |world| async move {
    let import = checked(&world, "A1,甲,新公司,,电梯维保,,,\nA2,乙,新公司,,,,,\n").await;
    assert_eq!(counts(&import)[4], 2);
    let unknown: Vec<_> =
        import.unknown.iter().map(|it| (it.field, it.name.as_str(), it.rows)).collect();
    let expected = [(RosterField::Organization, "新公司", 2), (RosterField::Post, "电梯维保", 1)];
    assert_eq!(unknown, expected);
    let officer = world.person("zhengming").await;
    let kind = OrganizationKind::Contractor;
    let add = || AddOrganization { name: " 新公司 ".into(), kind, parent: None };
    assert_eq!(officer.call(add()).await.unwrap().name, "新公司");
    assert_eq!(officer.call(add()).await.unwrap_err().code, Code::InvalidRequest);
    officer.call(AddPost { name: "电梯维保".into(), ..AddPost::default() }).await.unwrap();
    let again = AddPost { name: "电梯维保".into(), ..AddPost::default() };
    assert_eq!(officer.call(again).await.unwrap_err().code, Code::InvalidRequest);
    assert_eq!(
        officer.call(AddPost { name: " ".into(), ..AddPost::default() }).await.unwrap_err().code,
        Code::InvalidRequest
    );
    officer.call(RecheckImport { import: import.id }).await.unwrap();
    work(&world).await;
    let import = show(&world, import.id).await;
    assert_eq!((counts(&import)[0], import.unknown.len()), (2, 0));
});

scene!(what_is_kept_of_a_file_is_not_readable_in_the_database, |world| async move {
    use sea_orm::{ConnectionTrait, Statement};
    let (phone, card) = ("13712345678", id_card(9));
    let import = brought_in(&world, &format!("A1,甲,{FIRST},,,{phone},{card},\n")).await;
    assert_eq!(import.state, ImportState::Applied);
    let db = world.app.db.read();
    for (table, columns) in [
        ("roster_sheets", &["sealed_rows", "sealed_verdicts"][..]),
        ("person_particulars", &["sealed_phone", "phone_index", "sealed_id_card", "id_card_index"]),
    ] {
        let ask =
            Statement::from_string(db.get_database_backend(), format!("SELECT * FROM {table}"));
        for row in db.query_all_raw(ask).await.unwrap() {
            for column in columns {
                let bytes: Option<Vec<u8>> = row.try_get("", column).unwrap();
                let bytes = bytes.unwrap_or_default();
                for secret in [phone, &card] {
                    let found = bytes.windows(secret.len()).any(|it| it == secret.as_bytes());
                    assert!(!found, "{table}.{column}");
                }
            }
        }
    }
});

scene!(only_officers_import, |world| async move {
    for key in ["wangxiuying", "liuqiang", "wufang"] {
        let (status, problem) = upload(&world, key, "x.csv", HEADER.as_bytes()).await;
        assert_eq!((status, problem["code"].as_str()), (403, Some("not_allowed")), "{key}");
        let caller = world.person(key).await;
        let import = RosterImportId(Uuid::now_v7());
        let refused = |it: Result<RosterImport, shared::problem::Problem>| it.unwrap_err().code;
        let apply = ApplyImport { import, skip_bad: false, with_leavers: false };
        assert_eq!(refused(caller.call(ShowRosterImport { import }).await), Code::NotAllowed);
        assert_eq!(refused(caller.call(apply).await), Code::NotAllowed);
        for path in ["template.xlsx", &format!("imports/{import}/bad-rows.xlsx")] {
            let (status, _) = caller.raw("GET", &format!("/api/console/roster/{path}"), None).await;
            assert_eq!(status, 403);
        }
    }
    let officer = world.person("zhengming").await;
    let import = RosterImportId(Uuid::now_v7());
    assert_eq!(officer.call(ShowRosterImport { import }).await.unwrap_err().code, Code::NotFound);
});
