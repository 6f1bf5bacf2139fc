//! Reading which templates the mini-program has.

use backend::wechat::MessageTemplate;

use crate::wechat_stage::{errcode, sandbox, world};

const PATH: &str = "/wxaapi/newtmpl/gettemplate";

#[actix_web::test]
async fn every_template_comes_with_its_keys() {
    let sandbox = sandbox().await;
    let world = world(&sandbox).await;
    let templates = world.app.wechat.message_templates().await.unwrap().unwrap();
    let template = |id: &str, title: &str, keys: [&str; 3]| MessageTemplate {
        id: id.into(),
        title: title.into(),
        keys: keys.map(str::to_owned).to_vec(),
    };
    let assignment = template("TPL_ASSIGNMENT", "学习任务提醒", ["thing1", "thing2", "date3"]);
    let session = template("TPL_SESSION", "实训开始提醒", ["thing1", "date2", "thing3"]);
    assert!(templates.contains(&assignment) && templates.contains(&session), "{templates:?}");
}

#[actix_web::test]
async fn a_wechat_that_refuses_to_tell_tells_nothing() {
    let sandbox = sandbox().await;
    let world = world(&sandbox).await;
    sandbox.inject(PATH, errcode(200_100), 1);
    assert_eq!(world.app.wechat.message_templates().await.unwrap(), None);
    assert!(world.app.wechat.message_templates().await.unwrap().is_some());
}
