//! What becomes of a file: kept, read once more where that failed, and of its lines none is lost.

use shared::problem::Code;

use super::*;

scene!(lines_that_belong_to_no_clause_are_taken_in, |world| async move {
    let ming = world.person("zhengming").await;
    let id = standard(&ming).await;
    let text = format!("示例/T 1—2023\n\n本文件由示例编写组提出。\n应当遵守。\n{}", &FIRST[16..]);
    let version = uploaded(&world, &ming, id, &text).await.id;
    let source = ming.call(ShowSource { version }).await.unwrap().lines;
    let at = |words: &str| source.iter().position(|it| it.contains(words)).unwrap();
    let line = u32::try_from(at("提出")).unwrap();
    let edit = |revision, edit| EditProposal { version, revision, edit };
    let taken = ming.call(edit(1, ClauseEdit::Insert { line, lines: 2 })).await.unwrap();
    let [made] = &taken.changed[..] else { panic!("nothing stands before it: {taken:?}") };
    assert_eq!((made.line, made.lines, made.modality), (line, 2, Modality::Shall));
    assert!(made.text.ends_with("应当遵守。"), "{}", made.text);
    let found = clauses(&ming, version).await;
    assert_eq!(found[0].id, made.id, "it stands first");

    let gone = found.iter().find(|it| it.number == "2.1").unwrap();
    ming.call(edit(2, ClauseEdit::Remove { clause: gone.id })).await.unwrap();
    let back = ClauseEdit::Insert { line: gone.line, lines: gone.lines };
    let back = ming.call(edit(3, back)).await.unwrap();
    let [before, made] = &back.changed[..] else { panic!("2 stands before it: {back:?}") };
    assert_eq!((&*before.number, &*made.number), ("2", "2.1"));
    assert_eq!(made.text, gone.text);
    let numbers: Vec<_> = clauses(&ming, version).await.into_iter().map(|it| it.number).collect();
    assert_eq!(numbers, ["", "1", "1.1", "1.2", "2", "2.1", "2.2"]);
    let nowhere = ClauseEdit::Insert { line: 900, lines: 1 };
    let refused = ming.call(edit(4, nowhere)).await.unwrap_err();
    assert_eq!(refused.fields[0].field, "edit.line");
});

scene!(a_version_whose_reading_died_says_so_and_is_read_again_or_given_up, |world| async move {
    let ming = world.person("zhengming").await;
    let id = standard(&ming).await;
    let target = format!("/api/console/standards/{id}/versions");
    let (_, version) = ming.upload(&target, "标准.md", FIRST.as_bytes()).await;
    let version: StandardVersionId = version["id"].as_str().unwrap().parse().unwrap();
    let shown = async || ming.call(ShowVersion { version }).await.unwrap();
    let early = ming.call(ReadVersionAgain { version }).await.unwrap_err();
    assert_eq!(early.code, Code::VersionUnready, "it is being read");
    world.sql("UPDATE jobs SET attempts = 7 WHERE kind = 'standard_import'").await;
    world.sql("ALTER TABLE standard_sources RENAME TO away").await;
    jobs::work_off(&world.app).await.unwrap();
    world.sql("ALTER TABLE away RENAME TO standard_sources").await;
    let failed = shown().await;
    assert_eq!(failed.import, VersionImport::Failed);
    assert!(failed.message.unwrap().contains("再读一次"));
    let again = ming.call(ReadVersionAgain { version }).await.unwrap();
    assert_eq!((again.import, again.message), (VersionImport::Reading, None));
    work_off(&world).await;
    assert_eq!((shown().await.import, shown().await.clauses), (VersionImport::Proposed, 6));
    ming.call(DiscardProposal { version }).await.unwrap();
    assert_eq!(uploaded(&world, &ming, id, FIRST).await.import, VersionImport::Proposed);
});

scene!(the_file_that_a_version_was_read_from_is_kept, |world| async move {
    let ming = world.person("zhengming").await;
    let id = standard(&ming).await;
    let version = in_force(&world, &ming, id, FIRST).await;
    let file = format!("/api/console/standard-versions/{version}/file");
    let said = ming.outcome("GET", &file, None).await;
    assert!(said.is_ok(), "{said:?}");
    world.sql("UPDATE standard_sources SET lines = '{}'").await;
    let said = ming.outcome("GET", &file, None).await;
    assert!(said.is_ok(), "what was read from it is not asked for: {said:?}");
    let proposal = uploaded(&world, &ming, id, SECOND).await.id;
    let unseen = format!("/api/console/standard-versions/{proposal}/file");
    let wang = world.person("wangxiuying").await;
    assert!(wang.outcome("GET", &unseen, None).await.is_err());
    world.sql("UPDATE standard_sources SET file = NULL").await;
    assert_eq!(ming.outcome("GET", &file, None).await.unwrap_err(), "not_found");
});
