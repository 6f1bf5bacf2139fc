//! 新标准影响我队: what team leaders hear of new versions.

use chrono::Days;
use shared::{
    organizations::keeping::AddTeam, problem::Code, revisions::RetireCourse, roster::PlacePerson,
    time::local_date,
};

use super::{
    affected::{finish, learn, moved, publish_again},
    difference::{give, impact, made, renewed, upcoming},
    *,
};

/// Makes somebody lead their organisation.
async fn make_leader(world: &World, name: &str) {
    world
        .sql(&format!(
            "INSERT INTO role_grants (id, person_id, role, scope, scope_id, granted_at)
             SELECT id, id, 'team_leader', 'organization', organization_id, created_at
             FROM people WHERE name = '{name}'"
        ))
        .await;
}

async fn heard(world: &World, key: &str) -> Vec<TeamStandard> {
    world.person(key).await.call(ListTeamStandards {}).await.unwrap()
}

fn names(standard: &TeamStandard) -> Vec<(&str, bool)> {
    standard.people.iter().map(|it| (it.name.as_str(), it.finished)).collect()
}

scene!(a_team_leader_hears_which_of_the_own_people_a_new_version_affects, |world| async move {
    let (course, version) = renewed(&world, 10).await;
    make_leader(&world, "周涛").await;
    make_leader(&world, "陈梅").await;
    give(&world, course, &["lijianguo"]).await;
    let own = heard(&world, "liuqiang").await;
    assert_eq!(own.len(), 1);
    assert_eq!(own[0].name, "示例/T 1—2024 会议服务规范（示例）");
    assert_eq!(own[0].effective_on, Some(written::in_days(&world, 10).await));
    assert_eq!((names(&own[0]), own[0].course), (vec![("王秀英", false), ("刘强", false)], None));
    let others = heard(&world, "zhoutao").await;
    assert_eq!(names(&others[0]), [("李建国", false)], "only the own people");
    let all: usize = own.iter().chain(&others).map(|it| it.people.len()).sum();
    assert_eq!(all, impact(&world, version).await.people as usize, "as the impact sheet counts");
    assert_eq!(heard(&world, "chenmei").await, [], "nobody of hers");
    assert_eq!(heard(&world, "zhengming").await, [], "who leads nobody");
    let wang = world.person("wangxiuying").await;
    assert_eq!(wang.call(ListTeamStandards {}).await.unwrap_err().code, Code::NotAllowed);

    let difference = made(&world, version).await.course;
    assert_eq!(heard(&world, "liuqiang").await[0].course, None, "a draft is nobody's yet");
    written::publish(&world, difference).await;
    finish(&world, "wangxiuying", difference).await;
    let own = heard(&world, "liuqiang").await;
    assert_eq!(names(&own[0]), [("刘强", false), ("王秀英", true)]);
    assert_eq!(own[0].course, Some(difference));
});

scene!(
    a_team_leader_hears_of_a_version_for_thirty_days_and_only_of_what_must_be_done,
    |world| async move {
        let ming = world.person("zhengming").await;
        let (_, version) = renewed(&world, 10).await;
        let came_into_force = async |days: u64| {
            let on = local_date(written::now(&world).await) - Days::new(days);
            let set = format!("stage = 'current', effective_on = '{on}'");
            world.sql(&format!("UPDATE standard_versions SET {set} WHERE label = '2024'")).await;
            heard(&world, "liuqiang").await.len()
        };
        assert_eq!((came_into_force(30).await, came_into_force(31).await), (1, 0));
        came_into_force(1).await;
        let stage = VersionStage::Withdrawn;
        ming.call(SetVersionStage { version, stage }).await.unwrap();
        assert_eq!(heard(&world, "liuqiang").await, []);

        let details = StandardDetails {
            number: "示例/T 2".into(),
            title: "到岗规范（示例）".into(),
            level: StandardLevel::Internal,
            organization: String::new(),
        };
        let id = ming.call(AddStandard { details }).await.unwrap().id;
        let old = in_force(&world, &ming, id, FIRST).await;
        let (course, lessons) = course(&world).await;
        valid(&world, linking(clause(&ming, old, "1.2").await.id, lessons[0])).await;
        give(&world, course, &["wangxiuying", "liuqiang"]).await;
        let advice = FIRST.replace("2023", "2024").replace("提前半小时", "提前一小时");
        let version = upcoming(&world, id, &advice, 10).await;
        assert_eq!(impact(&world, version).await.people, 2);
        assert_eq!(heard(&world, "liuqiang").await, [], "advice demands nothing");
    }
);

/// Puts 王秀英 into a team of her employer and makes somebody lead that team only.
async fn make_leader_of_a_team(world: &World, name: &str) {
    let ming = world.person("zhengming").await;
    let organization = world.cast.organization("和顺物业服务公司（示例）");
    let team = ming.call(AddTeam { organization, name: "保洁一班".into() }).await.unwrap().id;
    let place = PlacePerson {
        person: world.cast.id("wangxiuying"),
        organization,
        team: Some(team),
        post: Some(world.cast.post("卫生保洁")),
        active: true,
        from: written::in_days(world, 0).await,
    };
    ming.call(place).await.unwrap();
    world
        .sql(&format!(
            "INSERT INTO role_grants (id, person_id, role, scope, scope_id, granted_at)
             SELECT people.id, people.id, 'team_leader', 'team', teams.id, people.created_at
             FROM people, teams WHERE people.name = '{name}' AND teams.name = '保洁一班'"
        ))
        .await;
}

scene!(who_leads_one_team_hears_of_that_team_only, |world| async move {
    let (course, version) = renewed(&world, 10).await;
    give(&world, course, &["lijianguo"]).await;
    make_leader_of_a_team(&world, "陈梅").await;
    let own = heard(&world, "chenmei").await;
    assert_eq!(own.len(), 1);
    assert_eq!(
        names(&own[0]),
        [("王秀英", false)],
        "刘强 is of no team, 李建国 is employed elsewhere"
    );
    assert_eq!(impact(&world, version).await.people, 3);
    let difference = made(&world, version).await.course;
    written::publish(&world, difference).await;
    finish(&world, "liuqiang", difference).await;
    assert_eq!(names(&heard(&world, "chenmei").await[0]), [("王秀英", false)]);
    finish(&world, "wangxiuying", difference).await;
    assert_eq!(names(&heard(&world, "chenmei").await[0]), [("王秀英", true)]);
});

scene!(a_leader_of_nobody_who_is_affected_hears_nothing, |world| async move {
    let (course, _) = renewed(&world, 10).await;
    make_leader(&world, "周涛").await;
    assert_eq!(heard(&world, "zhoutao").await, [], "those of another employer are affected");
    give(&world, course, &["lijianguo"]).await;
    assert_eq!(heard(&world, "zhoutao").await.len(), 1);
    world.sql("UPDATE people SET active = false WHERE name = '李建国'").await;
    assert_eq!(heard(&world, "zhoutao").await, [], "who left is nobody's");
});

scene!(who_only_began_it_is_heard_of_even_when_nobody_learns_it_any_more, |world| async move {
    let ming = world.person("zhengming").await;
    let (course, _) = renewed(&world, 10).await;
    make_leader(&world, "周涛").await;
    learn(&world, "lijianguo", course).await;
    assert_eq!(names(&heard(&world, "zhoutao").await[0]), [("李建国", false)], "nobody gave it");
    ming.call(RetireCourse { course }).await.unwrap();
    assert_eq!(names(&heard(&world, "zhoutao").await[0]), [("李建国", false)]);
});

scene!(who_learned_what_is_said_now_is_not_heard_of, |world| async move {
    let (course, version) = renewed(&world, 10).await;
    moved(&world, course, version).await;
    publish_again(&world, course).await;
    assert_eq!(names(&heard(&world, "liuqiang").await[0]).len(), 2);
    learn(&world, "wangxiuying", course).await;
    assert_eq!(names(&heard(&world, "liuqiang").await[0]), [("刘强", false)]);
    learn(&world, "liuqiang", course).await;
    assert_eq!(heard(&world, "liuqiang").await, []);
});

scene!(advice_is_news_where_the_version_demands_something_else_elsewhere, |world| async move {
    let ming = world.person("zhengming").await;
    let id = standard(&ming).await;
    let old = in_force(&world, &ming, id, FIRST).await;
    let (course, lessons) = course(&world).await;
    valid(&world, linking(clause(&ming, old, "1.2").await.id, lessons[0])).await;
    give(&world, course, &["wangxiuying"]).await;
    let text = FIRST.replace("2023", "2024").replace("提前半小时", "提前一小时");
    upcoming(&world, id, &text.replace("两人", "三人"), 10).await;
    let own = heard(&world, "liuqiang").await;
    assert_eq!(names(&own[0]), [("王秀英", false)], "whoever is given 差异微课 is heard of");
});

scene!(who_leads_nobody_is_refused_or_hears_nothing, |world| async move {
    renewed(&world, 10).await;
    for key in ["wangxiuying", "wufang"] {
        let person = world.person(key).await;
        let refused = person.call(ListTeamStandards {}).await.unwrap_err();
        assert_eq!(refused.code, Code::NotAllowed, "{key}");
    }
    assert_eq!(heard(&world, "zhengming").await, [], "who sees the impact sheet instead");
});
