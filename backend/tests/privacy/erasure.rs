//! Forgetting those who left.

use backend::audit::{sealing::seal, verification};
use sea_orm::ConnectionTrait;
use shared::{
    accounts::ShowMe, learning::ShowAchievements, privacy::*, problem::Code, time::local_date,
};

use crate::{prepared::*, *};

async fn place(world: &World, person: PersonId, active: bool) -> Result<(), Code> {
    let organization = world.cast.organization("和顺物业服务公司（示例）");
    let from = local_date(world.app.clock.now(world.app.db.read()).await.unwrap());
    let place = PlacePerson { person, organization, team: None, post: None, active, from };
    let officer = world.person("zhengming").await;
    officer.call(place).await.map(drop).map_err(|it| it.code)
}

async fn erase(world: &World, person: PersonId) -> Result<(), Code> {
    let officer = world.person("zhengming").await;
    officer.call(ErasePerson { person }).await.map_err(|it| it.code)
}

async fn shown(world: &World, person: PersonId) -> RosterPerson {
    world.person("zhengming").await.call(ShowRosterPerson { person }).await.unwrap()
}

/// A query for the rows of a table, each as one text.
async fn rows_as_text(world: &World, table: &str) -> String {
    let db = world.app.db.read();
    if world.app.db.backend() == sea_orm::DbBackend::Postgres {
        return format!("SELECT CAST(t AS text) FROM {table} AS t");
    }
    let columns = format!("SELECT name FROM pragma_table_info('{table}')");
    let statement = Statement::from_string(db.get_database_backend(), columns);
    let rows = db.query_all_raw(statement).await.unwrap();
    let quoted =
        rows.iter().map(|row| format!("quote({})", row.try_get_by_index::<String>(0).unwrap()));
    let all = quoted.collect::<Vec<_>>().join(" || ',' || ");
    format!("SELECT {all} FROM {table}")
}

/// Everything that the tables hold, as text, but for the sealed sheets that are forgotten in time.
async fn everything_kept(world: &World) -> String {
    const TABLES: [&str; 14] = [
        "people",
        "person_particulars",
        "wechat_identities",
        "sign_ins",
        "one_time_codes",
        "inbox_messages",
        "notification_settings",
        "subscribe_credits",
        "privacy_consents",
        "check_ins",
        "audit_pending",
        "audit_log",
        "second_factors",
        "memberships",
    ];
    let db = world.app.db.read();
    let mut text = String::new();
    for table in TABLES {
        let query = rows_as_text(world, table).await;
        let statement = Statement::from_string(db.get_database_backend(), query);
        for row in db.query_all_raw(statement).await.unwrap() {
            text += &row.try_get_by_index::<String>(0).unwrap();
            text.push('\n');
        }
    }
    text
}

/// An id as SQL writes it.
fn literal(world: &World, id: Uuid) -> String {
    match world.app.db.backend() {
        sea_orm::DbBackend::Postgres => format!("'{id}'"),
        _ => format!("x'{}'", id.simple()),
    }
}

/// Somebody who did much, and left.
async fn leaver(world: &World) -> PersonId {
    let id = brought_in(world).await;
    let quiz = quiz(world).await;
    let person = scene::Person::signed_in(world, id).await;
    let attempt = start(&person, quiz).await;
    person.call(submit(&attempt, all_right(&attempt, 1))).await.unwrap();
    let version = person.call(ShowPrivacyConsent {}).await.unwrap().version;
    person.call(GivePrivacyConsent { version }).await.unwrap();
    let at = "2026-11-25T00:00:00+00:00";
    let new = literal(world, Uuid::now_v7());
    let id_in_sql = literal(world, id.0);
    world
        .sql(&format!(
            "INSERT INTO wechat_identities VALUES
                ({new}, {id_in_sql}, 'wx-app', 'openid-of-jinsique', NULL, '{at}');
             INSERT INTO inbox_messages VALUES
                ({new}, {id_in_sql}, 'wechat_changed', '金丝雀，您好', '', '/', 'key', '{at}', NULL);
             UPDATE people SET username = 'jinsique', password_hash = 'hash-of-jinsique'
                WHERE id = {id_in_sql}"
        ))
        .await;
    place(world, id, false).await.unwrap();
    id
}

scene!(a_pseudonym_takes_the_place_of_who_left_and_their_results_stay, |world| async move {
    let id = leaver(&world).await;
    assert!(everything_kept(&world).await.contains("openid-of-jinsique"));
    let graded = count(&world, "SELECT count(*) FROM results WHERE passed").await;
    erase(&world, id).await.unwrap();
    let RosterPerson { card, history, erased, planned } = shown(&world, id).await;
    assert!(erased && planned.is_none());
    assert!(card.name.starts_with("已注销人员"), "{}", card.name);
    assert!(card.staff_number.starts_with("ZX"), "{}", card.staff_number);
    assert_eq!((card.phone, card.id_card), (None, None));
    assert!(!history.is_empty() || card.organization.name.contains("和顺"));
    let kept = everything_kept(&world).await;
    for canary in ["金丝雀", "P7761", "jinsique", PHONE, ID_CARD] {
        assert!(!kept.contains(canary), "{canary}");
    }
    assert_eq!(count(&world, "SELECT count(*) FROM results WHERE passed").await, graded);
    assert_eq!(count(&world, "SELECT count(*) FROM privacy_consents").await, 1);
    let linked = "SELECT count(*) FROM privacy_consents WHERE person_id IS NOT NULL";
    assert_eq!(count(&world, linked).await, 0);
    let tokens = "SELECT count(*) FROM refresh_tokens AS t LEFT JOIN sign_ins AS s
        ON s.id = t.sign_in_id WHERE s.id IS NULL";
    assert_eq!(count(&world, tokens).await, 0);
    // Others keep what is theirs.
    world.person("wangxiuying").await.call(ShowMe {}).await.unwrap();
    world.person("wangxiuying").await.call(ShowAchievements {}).await.unwrap();
});

scene!(the_number_of_who_was_erased_belongs_to_nobody_any_more, |world| async move {
    let id = leaver(&world).await;
    erase(&world, id).await.unwrap();
    let officer = world.person("zhengming").await;
    for words in [PHONE, ID_CARD, "P7761", "金丝雀"] {
        let words = Some(words.to_owned());
        let found = officer.call(ListRoster { words, ..ListRoster::default() }).await.unwrap();
        assert_eq!(found.total, 0);
    }
    // The same person comes back as somebody new.
    assert_ne!(brought_in(&world).await, id);
});

scene!(erasing_again_changes_nothing_and_is_recorded_once, |world| async move {
    let id = leaver(&world).await;
    erase(&world, id).await.unwrap();
    let before = shown(&world, id).await;
    erase(&world, id).await.unwrap();
    assert_eq!(shown(&world, id).await, before);
    let acts = recorded(&world, "person_erased").await;
    assert_eq!(acts.len(), 1);
    assert_eq!(acts[0]["object"], id.to_string());
    assert_eq!(acts[0]["person"], world.cast.id("zhengming").to_string());
});

scene!(who_is_on_post_is_not_erased_and_who_is_erased_does_not_return, |world| async move {
    let id = brought_in(&world).await;
    assert_eq!(erase(&world, id).await, Err(Code::InvalidRequest));
    assert_eq!(shown(&world, id).await.card.name, "金丝雀");
    place(&world, id, false).await.unwrap();
    erase(&world, id).await.unwrap();
    assert_eq!(place(&world, id, true).await, Err(Code::InvalidRequest));
    assert_eq!(erase(&world, PersonId(Uuid::now_v7())).await, Err(Code::NotFound));
});

scene!(an_officer_of_one_organisation_erases_nobody, |world| async move {
    let id = brought_in(&world).await;
    place(&world, id, false).await.unwrap();
    for key in ["liuqiang", "wufang", "qianhui", "wangxiuying"] {
        let refused = world.person(key).await.call(ErasePerson { person: id }).await.unwrap_err();
        assert_eq!(refused.code, Code::NotAllowed, "{key}");
    }
    assert!(!shown(&world, id).await.erased);
});

scene!(the_audit_log_is_whole_after_somebody_in_it_was_erased, |world| async move {
    let id = leaver(&world).await;
    seal(&world.app, Uuid::now_v7()).await.unwrap();
    erase(&world, id).await.unwrap();
    seal(&world.app, Uuid::now_v7()).await.unwrap();
    let verdict = verification::check(&world.app).await.unwrap();
    assert!(verdict.is_whole(), "{verdict}");
    let about = format!("SELECT count(*) FROM audit_log WHERE object_id = '{id}'");
    assert!(count(&world, &about).await >= 2, "what was done to them is still there, by their id");
});
