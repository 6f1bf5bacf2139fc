//! What was refused is recorded, but no flood of it fills the log.

use shared::{
    accounts::SignInWithPassword,
    authoring::ListManagedSessions,
    grants::{EndGrant, ListGrants},
    problem::Code,
};

use super::*;

scene!(a_denial_names_the_person_and_the_endpoint, |world| async move {
    let wang = world.person("wangxiuying").await;
    let refused = wang.call(ListManagedSessions {}).await.unwrap_err();
    assert_eq!(refused.code, Code::NotAllowed);
    let [denied] = &recorded_of(&world, Event::AccessDenied).await[..] else { panic!() };
    assert_eq!(denied["object"], "GET /api/console/training-sessions");
    assert_eq!(denied["person"], wang.id.unwrap().to_string());
    assert_eq!((&denied["outcome"], &denied["address"]), (&"refused".into(), &"127.0.0.1".into()));
});

scene!(what_an_endpoint_itself_does_not_allow_is_a_denial_too, |world| async move {
    world.sql("UPDATE role_grants SET role = 'system_admin' WHERE role = 'auditor'").await;
    let admin = world.person("qianhui").await;
    let grants = admin.call(ListGrants::default()).await.unwrap().items;
    let own = grants.iter().find(|it| Some(it.person.id) == admin.id).unwrap();
    let refused = admin.call(EndGrant { grant: own.id }).await.unwrap_err();
    assert_eq!(refused.code, Code::NotAllowed);
    let [denied] = &recorded_of(&world, Event::AccessDenied).await[..] else { panic!() };
    assert_eq!(denied["object"], "DELETE /api/console/grants/{grant}");
});

scene!(a_flood_of_denials_leaves_twenty_records_and_every_doubling, |world| async move {
    let wang = world.person("wangxiuying").await;
    for _ in 0..70 {
        wang.call(ListManagedSessions {}).await.unwrap_err();
    }
    let denied = recorded_of(&world, Event::AccessDenied).await;
    assert_eq!(denied.len(), 22);
    assert_eq!(denied[21]["detail"]["times"], 64);
});

scene!(a_failed_sign_in_is_recorded_without_what_was_typed, |world| async move {
    let typed =
        SignInWithPassword { username: "qianhui".into(), password: "金丝雀密码".into() };
    world.stranger().call(typed).await.unwrap_err();
    let [failed] = &recorded_of(&world, Event::SignInFailed).await[..] else { panic!() };
    assert_eq!(failed["detail"]["reason"], "wrong_password");
    assert_eq!(failed["object"], world.cast.id("qianhui").to_string());
    assert_eq!(failed["person"], Value::Null, "whoever typed it");
    let text = failed.to_string();
    assert!(!text.contains("金丝雀") && !text.contains("qianhui"), "{text}");
});
