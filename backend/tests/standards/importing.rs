//! A file becomes a proposal, which an officer mends and confirms.

use shared::problem::Code;

use super::*;

scene!(nothing_is_live_before_an_officer_confirms_it, |world| async move {
    let ming = world.person("zhengming").await;
    let id = standard(&ming).await;
    let version = uploaded(&world, &ming, id, FIRST).await;
    assert_eq!((version.import, version.clauses), (VersionImport::Proposed, 6));
    assert_eq!(version.details.label, "2023", "by its number");
    let found = clauses(&ming, version.id).await;
    let numbers: Vec<_> = found.iter().map(|it| (it.number.as_str(), it.depth)).collect();
    assert_eq!(numbers, [("1", 0), ("1.1", 1), ("1.2", 1), ("2", 0), ("2.1", 1), ("2.2", 1)]);
    let source = ming.call(ShowSource { version: version.id }).await.unwrap();
    assert_eq!(source.lines[found[1].line as usize], "1.1 应检查会议室的设备。");
    let words = || SearchTexts { words: "登高".into(), kind: None, cursor: None };
    assert!(ming.call(words()).await.unwrap().items.is_empty());
    let (_, lessons) = course(&world).await;
    let refused = ming.call(linking(found[1].id, lessons[0])).await.unwrap_err();
    assert_eq!(refused.code, Code::NotFound);
    let confirm = ConfirmVersion {
        version: version.id,
        revision: 1,
        stage: VersionStage::Current,
        details: None,
    };
    let confirmed = ming.call(confirm).await.unwrap();
    assert_eq!((confirmed.import, confirmed.musts), (VersionImport::Confirmed, 3));
    work_off(&world).await;
    assert_eq!(ming.call(words()).await.unwrap().items.len(), 1);
    let edit = ClauseEdit::Remove { clause: found[1].id };
    let late = EditProposal { version: version.id, revision: 1, edit };
    assert_eq!(ming.call(late).await.unwrap_err().code, Code::VersionConflict);
});

scene!(
    a_proposal_is_merged_split_rewritten_and_removed_from_by_one_officer_at_a_time,
    |world| async move {
        let ming = world.person("zhengming").await;
        let id = standard(&ming).await;
        let version = uploaded(&world, &ming, id, FIRST).await.id;
        let found = clauses(&ming, version).await;
        let edit = |revision, edit| EditProposal { version, revision, edit };
        let merge = ClauseEdit::Merge { clause: found[2].id };
        let merged = ming.call(edit(1, merge.clone())).await.unwrap();
        assert_eq!(merged.changed[0].text, "应检查会议室的设备。\n1.2 宜提前半小时到岗。");
        assert_eq!(merged.removed, [found[2].id]);
        let stale = ming.call(edit(1, merge)).await.unwrap_err();
        assert_eq!(stale.code, Code::VersionConflict);
        let split = ClauseEdit::Split { clause: found[1].id, at: 11 };
        let split = ming.call(edit(2, split)).await.unwrap();
        let texts: Vec<_> = split.changed.iter().map(|it| (&*it.number, &*it.text)).collect();
        assert_eq!(texts, [("1.1", "应检查会议室的设备。"), ("1.2", "宜提前半小时到岗。")]);
        let write = ClauseEdit::Write {
            clause: found[4].id,
            kind: ClauseKind::Item,
            depth: 2,
            number: "a)".into(),
            title: String::new(),
            text: "不得单人登高。".into(),
            force: ClauseForce::Normative,
        };
        let rewritten = ming.call(edit(3, write)).await.unwrap();
        assert_eq!(rewritten.changed[0].modality, Modality::ShallNot);
        ming.call(edit(4, ClauseEdit::Remove { clause: found[3].id })).await.unwrap();
        let numbers: Vec<_> =
            clauses(&ming, version).await.into_iter().map(|it| it.number).collect();
        assert_eq!(numbers, ["1", "1.1", "1.2", "a)", "2.2"]);
        let first = ClauseEdit::Merge { clause: found[0].id };
        assert_eq!(ming.call(edit(5, first)).await.unwrap_err().code, Code::InvalidRequest);
    }
);

scene!(a_file_that_cannot_be_read_says_why_and_can_be_given_up, |world| async move {
    let ming = world.person("zhengming").await;
    let id = standard(&ming).await;
    let version = uploaded(&world, &ming, id, "%PDF-1.7 <</Encrypt 4 0 R>>").await;
    assert_eq!(version.import, VersionImport::Failed);
    assert!(version.message.unwrap().contains("密码"));
    let target = format!("/api/console/standards/{id}/versions");
    let (status, problem) = ming.upload(&target, "又一份.md", FIRST.as_bytes()).await;
    assert_eq!((status, problem["code"].as_str()), (409, Some("version_unready")));
    ming.call(DiscardProposal { version: version.id }).await.unwrap();
    assert_eq!(uploaded(&world, &ming, id, FIRST).await.import, VersionImport::Proposed);
});

scene!(a_version_needs_its_year_and_the_day_on_which_it_comes_into_force, |world| async move {
    let ming = world.person("zhengming").await;
    let id = standard(&ming).await;
    let version = uploaded(&world, &ming, id, "1 范围\n1.1 应检查。\n").await.id;
    let confirm = |stage| ConfirmVersion { version, revision: 1, stage, details: None };
    let unnamed = ming.call(confirm(VersionStage::Current)).await.unwrap_err();
    assert_eq!(unnamed.fields[0].field, "details.label");
    let details = |effective_on| VersionDetails {
        label: "2023".into(),
        effective_on,
        ..VersionDetails::default()
    };
    ming.call(SaveVersion { version, details: details(None) }).await.unwrap();
    let undated = ming.call(confirm(VersionStage::Upcoming)).await.unwrap_err();
    assert_eq!(undated.fields[0].field, "details.effective_on");
    let tomorrow = Some(written::in_days(&world, 1).await);
    ming.call(SaveVersion { version, details: details(tomorrow) }).await.unwrap();
    let early = ming.call(confirm(VersionStage::Current)).await.unwrap_err();
    assert_eq!(early.fields[0].field, "details.effective_on");
    ming.call(confirm(VersionStage::Upcoming)).await.unwrap();
});
