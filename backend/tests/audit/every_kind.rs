//! Every kind of event that is declared is emitted by what people really do, and what it says holds
//! nothing that must not be kept.

use std::collections::BTreeSet;

use backend::{audit::record_start, seed::seed};

use super::{acts::*, standards::keep_standards, *};

/// Plays everything; the world is the cast's.
async fn everything(world: &World) {
    sign_in_and_out(world).await;
    use_twice(world).await;
    prove(world).await;
    bind(world).await;
    grant(world).await;
    import_roster(world).await;
    place_people(world).await;
    let course = write_course(world).await;
    upload_picture(world).await;
    mind_files(world).await;
    carry_courses(world, course).await;
    answer_quiz(world, course).await;
    ask_and_answer(world, course).await;
    read_report(world, course).await;
    keep_standards(world, course).await;
    train(world).await;
    retry_a_job(world).await;
    mind_privacy(world).await;
    audit_the_audit(world).await;
    record_start(&world.app).await.unwrap();
    world.sql("DELETE FROM check_ins").await;
    for table in ["check_in_tickets", "enrollments", "training_sessions"] {
        world.sql(&format!("DELETE FROM {table}")).await;
    }
    seed(&world.app).await.unwrap();
}

scene!(every_declared_kind_is_emitted_and_none_holds_what_must_not_be_kept, |world| async move {
    everything(&world).await;
    let records = recorded(&world).await;
    let emitted: BTreeSet<_> = records.iter().map(|it| it["event"].as_str().unwrap()).collect();
    let missing: Vec<_> =
        Event::ALL.iter().filter(|it| !emitted.contains(it.to_value().as_str())).collect();
    assert!(missing.is_empty(), "declared, but never emitted: {missing:?}");
    for record in &records {
        let text = record.to_string();
        for canary in
            ["138000", "金丝雀", "王秀英", "甲", "D0001", "three wise", "fingertip_", "#t="]
        {
            assert!(!text.contains(canary), "{canary} in {text}");
        }
    }
    assert!(sealed(&world).await > 100);
});
