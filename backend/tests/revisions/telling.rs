//! Who hears of a revision: those for whom it waits, and its author what became of it.

use shared::notifications::{InboxMessage, ListInbox, NotificationKind};

use super::*;
use crate::written::{details, drafted, now, publish, two_lessons};

async fn inbox(world: &World, key: &str) -> Vec<InboxMessage> {
    world.person(key).await.call(ListInbox::default()).await.unwrap().items
}

scene!(whoever_may_take_the_next_step_hears_of_it_once, |world| async move {
    let (course, _) = drafted(&world, details(&world, "会议室保洁"), two_lessons()).await;
    let (officer, colleague) = (world.person("zhengming").await, world.person("fanghui").await);
    let revision = officer.call(submit(course)).await.unwrap().id;
    let told = inbox(&world, "fanghui").await;
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].kind, NotificationKind::RevisionWaiting);
    assert_eq!(told[0].title, "等您校核：会议室保洁");
    assert_eq!(told[0].link, format!("/admin/courses/{course}/revisions"));
    assert!(inbox(&world, "zhengming").await.is_empty(), "its author");
    for key in ["wangxiuying", "liuqiang", "wufang"] {
        assert!(inbox(&world, key).await.is_empty(), "{key} may not check it");
    }
    colleague.call(CheckRevision { revision }).await.unwrap();
    assert_eq!(code(&colleague, CheckRevision { revision }).await, Code::RevisionMoved);
    let titles: Vec<_> = inbox(&world, "fanghui").await.into_iter().map(|it| it.title).collect();
    assert_eq!(titles, ["等您评审：会议室保洁", "等您校核：会议室保洁"]);
});

scene!(the_author_hears_that_it_was_approved_or_why_it_came_back, |world| async move {
    let (course, _) = drafted(&world, details(&world, "会议室保洁"), two_lessons()).await;
    let (officer, colleague) = (world.person("zhengming").await, world.person("fanghui").await);
    let revision = officer.call(submit(course)).await.unwrap().id;
    let back = ReturnRevision { revision, reason: "配比写错了".into() };
    colleague.call(back).await.unwrap();
    let told = inbox(&world, "zhengming").await;
    assert_eq!((told.len(), told[0].kind), (1, NotificationKind::RevisionDecided));
    assert_eq!(told[0].title, "课程退回了：会议室保洁");
    assert!(told[0].body.contains("配比写错了"), "{}", told[0].body);
    approved(&world, course).await;
    let titles: Vec<_> = inbox(&world, "zhengming").await.into_iter().map(|it| it.title).collect();
    assert_eq!(titles, ["课程通过了：会议室保洁", "课程退回了：会议室保洁"]);
    assert_eq!(inbox(&world, "fanghui").await.len(), 3, "two to check, one to review");
});

scene!(who_takes_the_own_revision_back_is_not_told, |world| async move {
    let (course, _) = drafted(&world, details(&world, "会议室保洁"), two_lessons()).await;
    let officer = world.person("zhengming").await;
    let revision = officer.call(submit(course)).await.unwrap().id;
    let back = ReturnRevision { revision, reason: "忘了一张图".into() };
    officer.call(back).await.unwrap();
    assert!(inbox(&world, "zhengming").await.is_empty());
});

scene!(whoever_may_edit_the_course_by_any_scope_hears_of_it_and_nobody_else, |world| async move {
    let (course, _) = drafted(&world, details(&world, "会议室保洁"), two_lessons()).await;
    // By name: the databases write ids differently.
    let above = "(SELECT id FROM organizations WHERE name = '安恒保障服务公司（示例）')";
    let of = "(SELECT id FROM organizations WHERE name = '和顺物业服务公司（示例）')";
    let this = "(SELECT id FROM courses WHERE title = '会议室保洁')";
    world.sql(&format!("UPDATE organizations SET parent_id = {above} WHERE id = {of}")).await;
    world.sql(&format!("UPDATE courses SET organization_id = {of} WHERE id = {this}")).await;
    for (name, kind, scope, ended) in [
        ("王秀英", "organization", above, "NULL"),
        ("刘强", "course", this, "NULL"),
        ("吴芳", "course", of, "NULL"),
        ("陈梅", "organization", above, "created_at"),
    ] {
        let grant = format!(
            "INSERT INTO role_grants (id, person_id, role, scope, scope_id, granted_at, ended_at)
             SELECT id, id, 'training_officer', '{kind}', {scope}, created_at, {ended}
             FROM people WHERE name = '{name}'"
        );
        world.sql(&grant).await;
    }
    world.person("zhengming").await.call(submit(course)).await.unwrap();
    for (key, hears) in [
        ("fanghui", 1),
        ("wangxiuying", 1),
        ("liuqiang", 1),
        ("wufang", 0),
        ("chenmei", 0),
        ("zhengming", 0),
    ] {
        assert_eq!(inbox(&world, key).await.len(), hears, "{key}");
    }
    world.sql("UPDATE people SET active = FALSE WHERE name = '刘强'").await;
    let officer = world.person("zhengming").await;
    let revision = officer.call(ListRevisions { course }).await.unwrap().revisions[0].id;
    world.person("fanghui").await.call(CheckRevision { revision }).await.unwrap();
    world.sql("UPDATE people SET active = TRUE WHERE name = '刘强'").await;
    assert_eq!(inbox(&world, "wangxiuying").await.len(), 2);
    assert_eq!(inbox(&world, "liuqiang").await.len(), 1, "who is away hears nothing more");
});

/// 郑明 plans the publication of what is written.
async fn planned(world: &World, course: CourseId) -> RevisionId {
    planned_by(world, "zhengming", course).await
}

async fn planned_by(world: &World, key: &str, course: CourseId) -> RevisionId {
    let revision = approved(world, course).await;
    let at = Some(now(world).await + chrono::TimeDelta::minutes(60));
    let plan = PublishCourse { at, ..PublishCourse::now(course) };
    world.person(key).await.call(plan).await.unwrap();
    revision
}

/// Titles of courses, by how their plans are called off, the number of the revision that was planned, and
/// what is said of it.
const WAYS: [(&str, usize, &str); 4] = [
    ("收回", 2, "同事取消了"),
    ("恢复", 3, "恢复成了以前的一版"),
    ("停用", 2, "停用了"),
    ("删除", 1, "已经删除"),
];

/// 郑明 writes the course, somebody plans its publication, and 方慧 calls that off.
async fn called_off(world: &World, planner: &str, (title, number, _): (&str, usize, &str)) {
    let (officer, colleague) = (world.person("zhengming").await, world.person("fanghui").await);
    let (course, lessons) = drafted(world, details(world, title), two_lessons()).await;
    for text in ["第二版", "第三版"].iter().take(number - 1) {
        publish(world, course).await;
        rewrite(&officer, lessons[0], text).await;
    }
    let revision = planned_by(world, planner, course).await;
    match title {
        "收回" => drop(colleague.call(UnscheduleRevision { revision }).await.unwrap()),
        "恢复" => {
            let list = officer.call(ListRevisions { course }).await.unwrap();
            let (revision, reason) = (list.revisions[2].id, "写错了".to_owned());
            let back = RestoreRevision { revision, reason, learners: None };
            colleague.call(back).await.map(drop).unwrap();
        }
        "停用" => drop(colleague.call(RetireCourse { course }).await.unwrap()),
        _ => colleague.call(shared::authoring::RemoveCourse { course }).await.unwrap(),
    }
}

/// What somebody was told of plans that were called off, the newest first.
async fn told_of_plans(world: &World, key: &str) -> Vec<InboxMessage> {
    let told = inbox(world, key).await.into_iter();
    told.filter(|it| it.title.starts_with("定时发布取消了")).collect()
}

scene!(whoever_planned_a_publication_hears_that_somebody_else_called_it_off, |world| async move {
    for (told, way) in (1..).zip(WAYS) {
        called_off(&world, "zhengming", way).await;
        let (title, number, says) = way;
        let heard = told_of_plans(&world, "zhengming").await;
        assert_eq!(heard.len(), told, "{title}: once, though he wrote it too");
        assert_eq!(heard[0].title, format!("定时发布取消了：{title}"));
        let body = &heard[0].body;
        assert!(body.contains(&format!("第 {number} 版原定")) && body.contains(says), "{body}");
    }
});

/// Makes 吴芳 an officer of all that 郑明 is one of.
async fn make_third_officer(world: &World) {
    world
        .sql(
            "INSERT INTO role_grants (id, person_id, role, scope, scope_id, granted_at)
             SELECT it.id, it.id, own.role, own.scope, own.scope_id, own.granted_at
             FROM people it, people ming, role_grants own
             WHERE it.name = '吴芳' AND ming.name = '郑明'
             AND own.person_id = ming.id AND own.role = 'training_officer'",
        )
        .await;
}

scene!(the_author_hears_that_what_a_colleague_planned_was_called_off, |world| async move {
    make_third_officer(&world).await;
    let titles = async |key: &str| {
        let told = told_of_plans(&world, key).await.into_iter();
        told.map(|it| it.title).collect::<Vec<_>>()
    };
    let mut told = Vec::new();
    for way in WAYS {
        called_off(&world, "wufang", way).await;
        told.insert(0, format!("定时发布取消了：{}", way.0));
        assert_eq!(titles("zhengming").await, told, "who wrote it");
        assert_eq!(titles("wufang").await, told, "who planned it");
    }
    assert_eq!(titles("fanghui").await, Vec::<String>::new(), "who called it off");
    for (title, by, hears) in
        [("自己取消", "wufang", "zhengming"), ("作者取消", "zhengming", "wufang")]
    {
        let (course, _) = drafted(&world, details(&world, title), two_lessons()).await;
        let revision = planned_by(&world, "wufang", course).await;
        let before = titles(by).await;
        world.person(by).await.call(UnscheduleRevision { revision }).await.unwrap();
        assert_eq!(titles(hears).await[0], format!("定时发布取消了：{title}"));
        assert_eq!(titles(by).await, before, "{title}");
    }
});

scene!(who_calls_the_own_plan_off_or_hears_of_it_otherwise_is_not_told, |world| async move {
    let (course, _) = drafted(&world, details(&world, "会议室保洁"), two_lessons()).await;
    let (officer, colleague) = (world.person("zhengming").await, world.person("fanghui").await);
    let revision = planned(&world, course).await;
    officer.call(UnscheduleRevision { revision }).await.unwrap();
    let at = Some(now(&world).await + chrono::TimeDelta::minutes(60));
    officer.call(PublishCourse { at, ..PublishCourse::now(course) }).await.unwrap();
    let back = ReturnRevision { revision, reason: "配比写错了".into() };
    colleague.call(back).await.unwrap();
    let titles: Vec<_> = inbox(&world, "zhengming").await.into_iter().map(|it| it.title).collect();
    assert_eq!(titles, ["课程退回了：会议室保洁", "课程通过了：会议室保洁"]);
});
