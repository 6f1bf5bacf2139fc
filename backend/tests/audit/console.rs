//! What the auditor sees, and that nobody else does.

use actix_web::body::to_bytes;
use backend::audit::verification;
use shared::{accounts::ShowMe, audit::*, problem::Code};

use super::*;

fn all() -> ListAuditRecords {
    ListAuditRecords::default()
}

scene!(only_the_auditor_reads_the_log, |world| async move {
    for key in ["wangxiuying", "liuqiang", "wufang", "zhengming"] {
        let person = world.person(key).await;
        assert_eq!(person.call(all()).await.unwrap_err().code, Code::NotAllowed, "{key}");
        let standing = person.call(ShowAuditStanding {}).await;
        assert_eq!(standing.unwrap_err().code, Code::NotAllowed, "{key}");
        for ending in ["ndjson", "xlsx"] {
            let target = format!("/api/console/audit/records.{ending}");
            let (status, _) = person.raw("GET", &target, None).await;
            assert_eq!(status, 403, "{key} {ending}");
        }
    }
    assert_eq!(world.stranger().call(all()).await.unwrap_err().code, Code::NotSignedIn);
    world.person("qianhui").await.call(all()).await.unwrap();
});

scene!(the_auditor_is_not_an_officer, |world| async move {
    let auditor = world.person("qianhui").await;
    assert!(!auditor.call(ShowMe {}).await.unwrap().is(shared::accounts::Role::TrainingOfficer));
    let refused = auditor.call(shared::authoring::ListManagedSessions {}).await.unwrap_err();
    assert_eq!(refused.code, Code::NotAllowed);
});

scene!(records_come_latest_first_page_by_page, |world| async move {
    act(&world, 120).await;
    sealed(&world).await;
    let auditor = world.person("qianhui").await;
    let (mut seen, mut cursor) = (Vec::new(), None);
    loop {
        let page = auditor.call(ListAuditRecords { cursor, ..all() }).await.unwrap();
        seen.extend(page.items.iter().map(|it| it.seq));
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }
    let chain: Vec<_> = chain(&world).await.iter().rev().map(|it| it.seq).collect();
    assert_eq!(seen, chain);
    let wrong = ListAuditRecords { cursor: Some("x".into()), ..all() };
    assert_eq!(auditor.call(wrong).await.unwrap_err().code, Code::InvalidRequest);
});

scene!(records_are_found_by_person_event_object_outcome_and_day, |world| async move {
    let wang = world.person("wangxiuying").await;
    wang.call(shared::authoring::ListManagedSessions {}).await.unwrap_err();
    world.person("lijianguo").await;
    sealed(&world).await;
    let auditor = world.person("qianhui").await;
    let find = async |request: ListAuditRecords| auditor.call(request).await.unwrap().items;
    let found = find(ListAuditRecords { words: Some("王秀英".into()), ..all() }).await;
    assert!(!found.is_empty());
    let name = |it: &AuditRecord| it.person.as_ref().map(|it| it.name.clone());
    assert!(found.iter().all(|it| name(it).as_deref() == Some("王秀英")));
    let denied = Some(AuditEvent::AccessDenied);
    let [denied] = &find(ListAuditRecords { event: denied, ..all() }).await[..] else { panic!() };
    assert_eq!((denied.title.as_str(), denied.outcome), ("越权访问被拒绝", AuditOutcome::Refused));
    assert_eq!(denied.facts[0].value, Code::NotAllowed.title());
    let object = denied.object.clone();
    assert_eq!(find(ListAuditRecords { object, ..all() }).await.len(), 1);
    let refused = Some(AuditOutcome::Refused);
    assert_eq!(find(ListAuditRecords { outcome: refused, ..all() }).await.len(), 1);
    let today = shared::time::local_date(written::now(&world).await);
    let whole = find(ListAuditRecords { from: Some(today), to: Some(today), ..all() }).await;
    assert_eq!(whole.len(), chain(&world).await.len());
    let tomorrow = today.succ_opt();
    assert!(find(ListAuditRecords { from: tomorrow, ..all() }).await.is_empty());
});

scene!(reading_and_taking_along_are_recorded, |world| async move {
    sealed(&world).await;
    let auditor = world.person("qianhui").await;
    auditor.call(ListAuditRecords { words: Some("王".into()), ..all() }).await.unwrap();
    let [read] = &recorded_of(&world, Event::AuditRead).await[..] else { panic!() };
    assert_eq!(read["person"], auditor.id.unwrap().to_string());
    assert_eq!(read["detail"]["words"], true);
    for ending in ["ndjson", "xlsx"] {
        let target = format!("/api/console/audit/records.{ending}");
        let answer = world.send(auditor.request("GET", &target)).await;
        assert_eq!(answer.status().as_u16(), 200);
        let body = to_bytes(answer.into_body()).await.unwrap();
        if ending == "ndjson" {
            let lines = str::from_utf8(&body).unwrap().lines();
            assert_eq!(lines.count(), chain(&world).await.len());
        } else {
            assert!(body.starts_with(b"PK"));
        }
    }
    assert_eq!(recorded_of(&world, Event::AuditExported).await.len(), 2);
});

scene!(the_auditor_is_told_how_far_the_chain_was_verified, |world| async move {
    let auditor = world.person("qianhui").await;
    let fresh = auditor.call(ShowAuditStanding {}).await.unwrap();
    assert_eq!((fresh.records, fresh.verified), (0, None));
    act(&world, 3).await;
    sealed(&world).await;
    verification::check(&world.app).await.unwrap();
    let standing = auditor.call(ShowAuditStanding {}).await.unwrap();
    let (checkpoint, verified) = (standing.checkpoint.unwrap(), standing.verified.unwrap());
    assert_eq!((verified.seq, verified.whole), (Some(checkpoint.seq), true));
    auditor.call(VerifyAuditLog {}).await.unwrap();
    let again = auditor.call(VerifyAuditLog {}).await.unwrap_err();
    assert_eq!(again.code, Code::TooManyTries);
});
