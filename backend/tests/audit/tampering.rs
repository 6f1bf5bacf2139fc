//! What whoever owns the database can do to the log, and that it is found with the anchors that were
//! kept elsewhere.

use backend::audit::{
    anchor::Signer,
    chain as hashes, checkpoints, export,
    verdict::{Finding, Verdict},
    verification::{anchors_of, check, of_database, of_export},
};
use sea_orm::{ActiveModelTrait, ConnectionTrait, DbBackend, IntoActiveModel};

use super::{sealing::many, *};

/// A chain of some records with an anchor at its end.
async fn anchored(world: &World) -> i64 {
    many(world, 10).await;
    sealed(world).await;
    checkpoints::latest(world.app.db.read()).await.unwrap().unwrap().seq
}

async fn verdict(world: &World) -> Verdict {
    let key = Signer::of(&world.app.keys).public_key();
    let file = checkpoints::file(&world.app.config.data_dir);
    let (anchors, foreign) = anchors_of(&file, &key).unwrap();
    assert_eq!(foreign, 0);
    of_database(world.app.db.read(), anchors).await.unwrap()
}

/// The owner of the database takes the triggers away first.
async fn unlock(world: &World) {
    let statement = match world.app.db.backend() {
        DbBackend::Postgres => "ALTER TABLE audit_log DISABLE TRIGGER ALL",
        _ => {
            "DROP TRIGGER audit_log_no_update; DROP TRIGGER audit_log_no_delete;
             DROP TRIGGER audit_log_no_replace"
        }
    };
    world.sql(statement).await;
}

/// What an SQL statement of the application itself says.
async fn refused(world: &World, statement: &'static str) -> bool {
    let write = world.app.db.write(move |tx| {
        Box::pin(async move { Ok(tx.execute_unprepared(statement).await.map(drop)?) })
    });
    write.await.is_err_and(|error| format!("{error:#}").contains("append-only"))
}

scene!(an_untouched_chain_is_verified_up_to_its_anchor, |world| async move {
    let anchor = anchored(&world).await;
    let verdict = verdict(&world).await;
    assert!(verdict.is_whole(), "{verdict}");
    assert!(verdict.to_string().starts_with(&format!("verified up to anchor {anchor};")));
});

scene!(the_tables_themselves_refuse_to_be_changed, |world| async move {
    anchored(&world).await;
    for statement in [
        "UPDATE audit_log SET canonical = '{}' WHERE seq = 1",
        "DELETE FROM audit_log WHERE seq = 1",
        "UPDATE audit_checkpoints SET line = ''",
        "DELETE FROM audit_checkpoints",
    ] {
        assert!(refused(&world, statement).await, "{statement}");
    }
    act(&world, 1).await;
    assert!(refused(&world, "UPDATE audit_pending SET canonical = '{}'").await);
    let another = match world.app.db.backend() {
        DbBackend::Postgres => "TRUNCATE audit_log",
        _ => "INSERT OR REPLACE INTO audit_log SELECT * FROM audit_log WHERE seq = 1",
    };
    assert!(refused(&world, another).await, "{another}");
});

scene!(an_edited_record_is_found, |world| async move {
    anchored(&world).await;
    unlock(&world).await;
    world
        .sql("UPDATE audit_log SET canonical = REPLACE(canonical, 'done', 'refused') WHERE seq = 3")
        .await;
    let verdict = verdict(&world).await;
    assert_eq!(verdict.findings, [Finding::Changed(3)], "{verdict}");
});

scene!(a_record_filed_under_something_else_is_found, |world| async move {
    anchored(&world).await;
    unlock(&world).await;
    world.sql("UPDATE audit_log SET event = 'signed_out' WHERE seq = 3").await;
    assert_eq!(verdict(&world).await.findings, [Finding::Relabelled(3)]);
});

scene!(a_deleted_record_is_found, |world| async move {
    anchored(&world).await;
    unlock(&world).await;
    world.sql("DELETE FROM audit_log WHERE seq IN (4, 5)").await;
    assert_eq!(verdict(&world).await.findings, [Finding::Missing { from: 4, to: 5 }]);
});

scene!(reordered_records_are_found, |world| async move {
    anchored(&world).await;
    unlock(&world).await;
    world.sql("UPDATE audit_log SET seq = -2 WHERE seq = 2").await;
    world.sql("UPDATE audit_log SET seq = 2 WHERE seq = 3").await;
    world.sql("UPDATE audit_log SET seq = 3 WHERE seq = -2").await;
    let findings = verdict(&world).await.findings;
    assert!(findings.contains(&Finding::Changed(2)) && findings.contains(&Finding::Changed(3)));
});

scene!(a_chain_that_was_cut_off_is_found, |world| async move {
    let anchor = anchored(&world).await;
    unlock(&world).await;
    world.sql(&format!("DELETE FROM audit_log WHERE seq > {}", anchor - 2)).await;
    let cut = Finding::CutOff { last: anchor - 2, anchor };
    assert_eq!(verdict(&world).await.findings, [cut]);
    world.sql("DELETE FROM audit_log").await;
    assert_eq!(verdict(&world).await.findings, [Finding::CutOff { last: 0, anchor }]);
});

/// Replaces the whole chain by one that was computed from changed records.
async fn restamp(world: &World) {
    let (mut rows, mut prev) = (chain(world).await, hashes::START.to_vec());
    rows[0].canonical = rows[0].canonical.replace("done", "refused");
    rows[0].outcome = "refused".into();
    for row in &mut rows {
        row.prev.clone_from(&prev);
        row.hash = hashes::link(row.seq, &row.prev, &row.canonical);
        prev.clone_from(&row.hash);
    }
    world.sql("DELETE FROM audit_log").await;
    let write = world.app.db.write(move |tx| {
        Box::pin(async move {
            let rows = rows.into_iter().map(|it| it.into_active_model().reset_all());
            log::Entity::insert_many(rows).exec_without_returning(tx).await?;
            Ok(())
        })
    });
    write.await.unwrap();
}

scene!(a_chain_that_was_stamped_anew_is_found_by_its_anchor_only, |world| async move {
    let anchor = anchored(&world).await;
    unlock(&world).await;
    restamp(&world).await;
    assert_eq!(verdict(&world).await.findings, [Finding::Restamped(anchor)]);
    let without = of_database(world.app.db.read(), Vec::new()).await.unwrap();
    assert!(without.is_whole() && without.to_string().ends_with("nothing is verified"));
});

scene!(anchors_that_somebody_else_signed_are_not_believed, |world| async move {
    anchored(&world).await;
    let file = checkpoints::file(&world.app.config.data_dir);
    let other = tempfile::tempdir().unwrap();
    let other = Signer::of(&backend::keys::Keys::load(other.path()).unwrap());
    let (anchors, foreign) = anchors_of(&file, &other.public_key()).unwrap();
    assert_eq!((anchors.len(), foreign), (0, 1));
});

scene!(an_exported_chain_is_verified_without_the_database, |world| async move {
    let anchor = anchored(&world).await;
    let lines: Vec<_> = chain(&world).await.iter().map(|it| export::line(it).unwrap()).collect();
    let file = world.app.config.data_dir.join("export.ndjson");
    let key = Signer::of(&world.app.keys).public_key();
    let anchors = || anchors_of(&checkpoints::file(&world.app.config.data_dir), &key).unwrap().0;
    std::fs::write(&file, lines.join("\n")).unwrap();
    assert_eq!(of_export(&file, anchors()).unwrap().anchored, Some(anchor));
    let edited = lines.join("\n").replacen("server_started", "demo_filled", 1);
    std::fs::write(&file, edited).unwrap();
    assert!(!of_export(&file, anchors()).unwrap().is_whole());
});

scene!(the_servers_own_check_is_kept_for_the_console, |world| async move {
    let anchor = anchored(&world).await;
    assert_eq!(check(&world.app).await.unwrap().anchored, Some(anchor));
    // Whoever takes the file away too still has the signed lines of the table against them.
    std::fs::remove_file(checkpoints::file(&world.app.config.data_dir)).unwrap();
    unlock(&world).await;
    restamp(&world).await;
    assert!(!check(&world.app).await.unwrap().is_whole());
});
