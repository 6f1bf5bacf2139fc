//! The console's list of courses: pages, filters and what each cell holds.

use shared::{
    authoring::*,
    courses::{CourseCategory, CourseId, CourseLevel, CourseStatus},
    grants::{GrantRole, Scope},
    problem::Code,
    revisions::RetireCourse,
};

use crate::{
    scene::{Person, World},
    written::*,
};

async fn create(officer: &Person<'_>, details: CourseDetails) -> CourseId {
    officer.call(CreateCourse { details }).await.unwrap().id
}

async fn titles(officer: &Person<'_>, request: ListManagedCourses) -> Vec<String> {
    let page = officer.call(request).await.unwrap();
    assert_eq!(page.total as usize, page.items.len(), "one page");
    page.items.into_iter().map(|it| it.title).collect()
}

fn saying(words: &str) -> ListManagedCourses {
    ListManagedCourses { words: Some(words.into()), ..ListManagedCourses::default() }
}

scene!(every_course_is_on_one_page_of_the_consoles_list, |world| async move {
    let officer = world.person("zhengming").await;
    let mut made = Vec::new();
    for number in 0..103 {
        made.push(create(&officer, details(&world, &format!("课程 {number}"))).await);
    }
    made.reverse();
    let (mut found, mut sizes, mut cursor) = (Vec::new(), Vec::new(), None);
    loop {
        let request = ListManagedCourses { cursor, ..ListManagedCourses::default() };
        let page = officer.call(request).await.unwrap();
        assert_eq!(page.total, 103);
        sizes.push(page.items.len());
        found.extend(page.items.into_iter().map(|it| it.id));
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!((sizes, found), (vec![50, 50, 3], made), "the last changed first");
    let cursor = Some("AA".to_owned());
    let made_up = ListManagedCourses { cursor, ..ListManagedCourses::default() };
    assert_eq!(officer.call(made_up).await.unwrap_err().code, Code::InvalidRequest);
});

scene!(a_search_finds_words_of_titles_and_posts_whatever_they_are_made_of, |world| async move {
    let officer = world.person("zhengming").await;
    create(&officer, details(&world, "会议室 100% 保洁")).await;
    let posts = vec![world.cast.post("会务服务")];
    let hosting = CourseDetails { posts, ..details(&world, "会议室 ABC 摆台") };
    create(&officer, hosting).await;
    let both = ["会议室 ABC 摆台", "会议室 100% 保洁"];
    assert_eq!(titles(&officer, saying(" ")).await, both);
    assert_eq!(titles(&officer, saying("会议室")).await, both);
    assert_eq!(titles(&officer, saying("卫生保洁")).await, both[1..], "whom it is for");
    assert_eq!(titles(&officer, saying("会议室 会务")).await, both[..1], "every word");
    assert_eq!(titles(&officer, saying("abc")).await, both[..1]);
    assert_eq!(titles(&officer, saying("0%")).await, both[1..]);
    assert_eq!(titles(&officer, saying("%_")).await, [""; 0]);
    assert_eq!(titles(&officer, saying("\0")).await.len(), 2);
    let long = officer.call(saying(&"长".repeat(101))).await.unwrap_err();
    assert_eq!((long.code, long.fields[0].field.as_str()), (Code::InvalidRequest, "words"));
});

scene!(cells_and_filters_are_of_all_pages, |world| async move {
    let officer = world.person("zhengming").await;
    let (live, _) = published(&world, details(&world, "在用"), two_lessons()).await;
    let (old, _) = published(&world, details(&world, "停用"), two_lessons()).await;
    officer.call(RetireCourse { course: old }).await.unwrap();
    let theory = CourseDetails {
        level: CourseLevel::Decision,
        category: CourseCategory::Theory,
        ..details(&world, "草稿")
    };
    create(&officer, theory).await;
    let cell =
        |level, category, courses, published| CourseCell { level, category, courses, published };
    let cells = [
        cell(CourseLevel::Decision, CourseCategory::Theory, 1, 0),
        cell(CourseLevel::Execution, CourseCategory::PostSkills, 2, 1),
    ];
    assert_eq!(officer.call(CountManagedCourses {}).await.unwrap(), cells);
    let of = |status| ListManagedCourses { status: Some(status), ..ListManagedCourses::default() };
    assert_eq!(titles(&officer, of(CourseStatus::Published)).await, ["在用"]);
    assert_eq!(titles(&officer, of(CourseStatus::Retired)).await, ["停用"]);
    let category = Some(CourseCategory::Theory);
    let of_theory = ListManagedCourses { category, ..ListManagedCourses::default() };
    assert_eq!(titles(&officer, of_theory).await, ["草稿"]);

    let contractor = officer_of_first(&world).await;
    create(&contractor, details(&world, "自己的")).await;
    let mine = |editable| ListManagedCourses { editable: Some(editable), ..Default::default() };
    assert_eq!(titles(&contractor, mine(true)).await, ["自己的"]);
    assert_eq!(titles(&contractor, mine(false)).await, ["在用"], "drafts of others are theirs");
    let seen = [cell(CourseLevel::Execution, CourseCategory::PostSkills, 2, 1)];
    assert_eq!(contractor.call(CountManagedCourses {}).await.unwrap(), seen);
    let row = &contractor.call(mine(false)).await.unwrap().items[0];
    assert_eq!((row.id, row.lessons), (live, 2));
});

async fn officer_of_first(world: &World) -> Person<'_> {
    let admin = world.person("tangbo").await;
    world.sql("UPDATE sign_ins SET stepped_up_at = created_at").await;
    let scope = Scope::organization(world.cast.organization("和顺物业服务公司（示例）"));
    let person = world.cast.id("liuqiang");
    let role = shared::accounts::Role::TrainingOfficer;
    admin.call(GrantRole { person, role, scope }).await.unwrap();
    world.person("liuqiang").await
}
