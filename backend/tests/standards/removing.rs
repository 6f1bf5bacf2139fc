//! A standard that was registered by mistake.

use shared::problem::Code;

use super::*;

scene!(a_standard_without_versions_can_be_deleted_and_no_other, |world| async move {
    let ming = world.person("zhengming").await;
    let mistaken = standard(&ming).await;
    ming.call(RemoveStandard { standard: mistaken }).await.unwrap();
    assert!(ming.call(ListStandards::default()).await.unwrap().is_empty());
    let gone = ming.call(RemoveStandard { standard: mistaken }).await.unwrap_err();
    assert_eq!(gone.code, Code::NotFound);
    let kept = standard(&ming).await;
    uploaded(&world, &ming, kept, "1 范围\n1.1 应检查设备。\n").await;
    let refused = ming.call(RemoveStandard { standard: kept }).await.unwrap_err();
    assert_eq!(refused.code, Code::InUse);
    ming.call(ShowStandard { standard: kept }).await.unwrap();
});
