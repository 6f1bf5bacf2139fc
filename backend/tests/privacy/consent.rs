//! The page that says what is kept, and agreeing to it.

use shared::{
    notifications::{NotificationKind, ShowNotificationSettings},
    privacy::*,
    problem::Code,
};

use crate::*;

scene!(anybody_reads_the_page_without_signing_in_script_or_much_data, |world| async move {
    let (status, page) = Phone::of_nobody(&world).open("/privacy").await;
    assert_eq!(status, 200);
    assert!(page.len() < 15_000, "{} bytes", page.len());
    for said in ["版本 1.1", "2026-11-26", "不收集您的位置", "存多久", "谁能看到", "培训办公室"]
    {
        assert!(page.contains(said), "{said}");
    }
    for missing in ["<script", "wasm", "<form"] {
        assert!(!page.contains(missing), "{missing}");
    }
});

scene!(who_agrees_sees_since_when_and_can_take_it_back, |world| async move {
    let phone = wang(&world).await;
    let (_, page) = phone.open("/privacy").await;
    assert!(page.contains("我知道了，同意") && !page.contains("withdrawal"), "{page}");
    let agreed = phone.fill_in("/privacy", &[("version", "1.1")]).await;
    assert_eq!(agreed, (303, "/privacy".to_owned()));
    let (_, page) = phone.open("/privacy").await;
    assert!(page.contains("王秀英，您在") && page.contains("同意了这一版"), "{page}");
    let (status, page) = phone.open("/privacy/withdrawal").await;
    assert_eq!(status, 200);
    assert!(page.contains("学习记录、成绩和签到还在") && page.contains("微信提醒全部关掉"));
    phone.fill_in("/privacy/withdrawal", &[]).await;
    let (_, page) = phone.open("/privacy").await;
    assert!(page.contains("我知道了，同意"), "{page}");
    assert_eq!(recorded(&world, "privacy_agreed").await.len(), 1);
    assert_eq!(recorded(&world, "privacy_withdrawn").await.len(), 1);
});

scene!(another_version_than_the_one_in_force_is_not_agreed_to, |world| async move {
    let phone = wang(&world).await;
    for version in ["0.9", ""] {
        let (status, page) = phone.fill_in("/privacy", &[("version", version)]).await;
        assert_eq!((status, page.contains("隐私说明刚更新过")), (422, true), "{page}");
    }
    let person = world.person("wangxiuying").await;
    let old = GivePrivacyConsent { version: "0.9".into() };
    assert_eq!(person.call(old).await.unwrap_err().code, Code::InvalidRequest);
    assert_eq!(person.call(ShowPrivacyConsent {}).await.unwrap().agreed_at, None);
});

scene!(the_mini_program_gives_and_withdraws_consent_by_the_api, |world| async move {
    let person = world.person("wangxiuying").await;
    let shown = person.call(ShowPrivacyConsent {}).await.unwrap();
    assert_eq!(shown.agreed_at, None);
    let give = || GivePrivacyConsent { version: shown.version.clone() };
    let given = person.call(give()).await.unwrap();
    assert!(given.agreed_at.is_some());
    // Again is no second consent.
    assert_eq!(person.call(give()).await.unwrap(), given);
    assert_eq!(count(&world, "SELECT count(*) FROM privacy_consents").await, 1);
    assert_eq!(person.call(WithdrawPrivacyConsent {}).await.unwrap().agreed_at, None);
    person.call(WithdrawPrivacyConsent {}).await.unwrap();
    assert_eq!(recorded(&world, "privacy_withdrawn").await.len(), 1);
    assert!(person.call(give()).await.unwrap().agreed_at.is_some());
    assert_eq!(count(&world, "SELECT count(*) FROM privacy_consents").await, 2);
    let other = world.person("lijianguo").await.call(ShowPrivacyConsent {}).await.unwrap();
    assert_eq!(other.agreed_at, None);
});

scene!(who_withdraws_is_no_longer_reminded_by_wechat, |world| async move {
    let person = world.person("wangxiuying").await;
    let version = person.call(ShowPrivacyConsent {}).await.unwrap().version;
    person.call(GivePrivacyConsent { version }).await.unwrap();
    person.call(WithdrawPrivacyConsent {}).await.unwrap();
    let off = "SELECT count(*) FROM notification_settings WHERE NOT by_wechat";
    let kinds = i64::try_from(NotificationKind::ALL.len()).unwrap();
    assert_eq!(count(&world, off).await, kinds);
    let settings = person.call(ShowNotificationSettings {}).await.unwrap();
    assert!(settings.kinds.iter().all(|it| !it.by_wechat));
});

scene!(nobody_agrees_for_somebody_who_is_not_signed_in, |world| async move {
    let nobody = Phone::of_nobody(&world);
    let sent_to = (303, "/enter/wechat?to=%2Fprivacy".to_owned());
    assert_eq!(nobody.fill_in("/privacy", &[("version", "1.1")]).await, sent_to);
    assert_eq!(nobody.fill_in("/privacy/withdrawal", &[]).await, sent_to);
    assert_eq!(nobody.open("/privacy/withdrawal").await.0, 303);
    let refused = world.stranger().call(ShowPrivacyConsent {}).await.unwrap_err();
    assert_eq!(refused.code, Code::NotSignedIn);
    assert_eq!(count(&world, "SELECT count(*) FROM privacy_consents").await, 0);
});
