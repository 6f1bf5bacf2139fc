//! A new version: what changed, whom it concerns, and what becomes of links.

use backend::standards::entity;
use chrono::{Days, TimeDelta};
use sea_orm::EntityTrait;
use shared::{
    authoring::{
        AddLesson, LessonDraft, RemoveCourse, SaveCourseDetails, SaveLesson, ShowCourseDraft,
        ShowLessonDraft,
    },
    content::LessonKind,
    notifications::{ListInbox, NotificationKind},
    problem::Code,
    revisions::{
        ApproveRevision, CheckRevision, CourseRevision, ListRevisions, PublishCourse,
        RestoreRevision, RetireCourse, ReturnRevision, RevisionState, ShowRevision, SubmitRevision,
    },
    time::local_date,
};

use super::*;

/// A standard with links to what stays the same, changes and goes; the last is 注日期.
async fn linked(world: &World) -> (StandardId, [ClauseLinkId; 4], CourseId) {
    let ming = world.person("zhengming").await;
    let id = standard(&ming).await;
    let version = in_force(world, &ming, id, FIRST).await;
    let (course, lessons) = course(world).await;
    let mut links = Vec::new();
    for (number, dated) in [("1.1", false), ("2.1", false), ("2.2", false), ("2.1", true)] {
        let clause = clause(&ming, version, number).await.id;
        links.push(valid(world, LinkClause { dated, ..linking(clause, lessons[0]) }).await);
    }
    (id, links.try_into().unwrap(), course)
}

async fn states(world: &World, links: [ClauseLinkId; 4]) -> Vec<(LinkState, Option<StaleReason>)> {
    let mut states = Vec::new();
    for id in links {
        let link = link(world, id).await;
        states.push((link.state, link.reason));
    }
    states
}

scene!(a_new_version_flags_exactly_the_links_whose_clauses_changed_or_went, |world| async move {
    let ming = world.person("zhengming").await;
    let (id, links, course) = linked(&world).await;
    let proposal = uploaded(&world, &ming, id, SECOND).await;
    let version = proposal.id;
    let changes = ming.call(ListClauseChanges { version }).await.unwrap();
    let told = |it: &ClauseChange| {
        let number = |it: &Option<ClauseText>| it.as_ref().map(|it| it.number.clone());
        (it.kind, number(&it.before), number(&it.after), it.links)
    };
    let some = |it: &str| Some(it.to_owned());
    assert_eq!(
        changes.iter().map(told).collect::<Vec<_>>(),
        [
            (ChangeKind::Added, None, some("1.1"), 0),
            (ChangeKind::Changed, some("2.1"), some("2.1"), 1),
            (ChangeKind::Deleted, some("2.2"), None, 1),
        ]
    );
    let impact = ming.call(ShowImpact { version }).await.unwrap();
    assert_eq!((impact.changed, impact.added, impact.deleted, impact.to_carry), (1, 1, 1, 0));
    let concerned = &impact.courses[0];
    assert_eq!((concerned.id, &concerned.changed[..]), (course, &["2.1".to_owned()][..]));
    assert_eq!(concerned.deleted, ["2.2"]);
    let tomorrow = written::in_days(&world, 1).await;
    let details = VersionDetails { effective_on: Some(tomorrow), ..proposal.details };
    ming.call(SaveVersion { version, details }).await.unwrap();
    let stage = VersionStage::Upcoming;
    ming.call(ConfirmVersion { version, revision: 1, stage, details: None }).await.unwrap();
    let impact = ming.call(ShowImpact { version }).await.unwrap();
    assert_eq!(impact.to_carry, 0, "nothing before its day");
    let valid = (LinkState::Valid, None);
    let stale_for = |reason| (LinkState::Stale, Some(reason));
    let (other, gone) = (stale_for(StaleReason::Changed), stale_for(StaleReason::Deleted));
    assert_eq!(states(&world, links).await, [valid, other, gone, valid]);
    let again = ming.call(ListClauseChanges { version }).await.unwrap();
    assert_eq!(again.len(), 3, "the same by its keys");
    let draft = ming.call(ShowCourseDraft { course }).await.unwrap();
    assert!(draft.missing.iter().any(|it| it.text.contains("2.2")), "{:?}", draft.missing);
    ming.call(EndClauseLink { link: links[2] }).await.unwrap();
    let draft = ming.call(ShowCourseDraft { course }).await.unwrap();
    assert!(draft.missing.is_empty());
});

scene!(
    the_author_of_links_hears_of_all_that_one_change_did_to_them_in_one_message,
    |world| async move {
        let (ming, hui) = (world.person("zhengming").await, world.person("fanghui").await);
        let (id, links, _) = linked(&world).await;
        let own =
            async |person: &Person<'_>| person.call(ListInbox::default()).await.unwrap().items;
        let kind = NotificationKind::StandardChanged;
        let told =
            async || own(&ming).await.into_iter().filter(|it| it.kind == kind).collect::<Vec<_>>();
        assert!(told().await.is_empty());
        let proposal = uploaded(&world, &ming, id, SECOND).await;
        let version = proposal.id;
        let tomorrow = written::in_days(&world, 1).await;
        let details = VersionDetails { effective_on: Some(tomorrow), ..proposal.details };
        ming.call(SaveVersion { version, details: details.clone() }).await.unwrap();
        let stage = VersionStage::Upcoming;
        ming.call(ConfirmVersion { version, revision: 1, stage, details: None }).await.unwrap();
        let first = told().await;
        assert_eq!(first.len(), 1, "of two links");
        assert_eq!(first[0].title, "标准有变动：示例/T 1—2024");
        assert!(first[0].body.contains("2 处"), "{}", first[0].body);
        assert_eq!(
            own(&hui).await.iter().filter(|it| it.kind == kind).count(),
            0,
            "she only reviewed"
        );

        let today = local_date(written::now(&world).await);
        let details = VersionDetails { effective_on: Some(today), ..details };
        ming.call(SaveVersion { version, details }).await.unwrap();
        standards::keep_to_dates(&world.app).await.unwrap();
        standards::keep_to_dates(&world.app).await.unwrap();
        let then = told().await;
        assert_eq!((then.len(), states(&world, links).await[0].0), (2, LinkState::Stale));
        assert!(then[0].body.contains("1 处"), "those of before were told: {}", then[0].body);
    }
);

scene!(nobody_hears_of_clauses_that_only_a_deleted_course_had_linked, |world| async move {
    let ming = world.person("zhengming").await;
    let id = standard(&ming).await;
    let version = in_force(&world, &ming, id, FIRST).await;
    let details = written::details(&world, "会议室保洁");
    let (course, lessons) = written::drafted(&world, details, written::two_lessons()).await;
    let cited = clause(&ming, version, "2.1").await.id;
    valid(&world, linking(cited, lessons[0])).await;
    ming.call(linking(clause(&ming, version, "2.2").await.id, lessons[1])).await.unwrap();
    ming.call(RemoveCourse { course }).await.unwrap();
    in_force(&world, &ming, id, SECOND).await;
    let told = ming.call(ListInbox::default()).await.unwrap().items;
    let told = told.iter().filter(|it| it.kind == NotificationKind::StandardChanged).count();
    assert_eq!(told, 0, "there is no place left to look at");
    let links = entity::link::Entity::find().all(world.app.db.read()).await.unwrap();
    assert!(links.len() == 2 && links.iter().all(|it| it.state == LinkState::Ended), "{links:?}");
    let late = ming.call(linking(cited, lessons[0])).await.unwrap_err();
    assert_eq!(late.code, Code::NotFound);
});

scene!(what_cites_a_clause_that_is_gone_comes_to_learners_through_no_door, |world| async move {
    let (ming, hui) = (world.person("zhengming").await, world.person("fanghui").await);
    let (id, links, course) = linked(&world).await;
    let first = ming.call(ListRevisions { course }).await.unwrap().revisions[0].id;
    let version = ming.call(ShowCourseDraft { course }).await.unwrap().version;
    let details = written::details(&world, "会议室保洁（改）");
    ming.call(SaveCourseDetails { course, version, details }).await.unwrap();
    let submit = SubmitRevision { course, note: String::new() };
    let revision = ming.call(submit).await.unwrap().id;
    hui.call(CheckRevision { revision }).await.unwrap();
    hui.call(ApproveRevision { revision }).await.unwrap();
    let at = Some(written::now(&world).await + TimeDelta::hours(1));
    ming.call(PublishCourse { at, ..PublishCourse::now(course) }).await.unwrap();
    in_force(&world, &ming, id, SECOND).await;
    assert_eq!(link(&world, links[2]).await.reason, Some(StaleReason::Deleted));

    let past = "'2026-01-01T00:00:00+00:00'";
    world.sql(&format!("UPDATE jobs SET run_at = {past}")).await;
    let planned = "publish_at IS NOT NULL";
    world.sql(&format!("UPDATE course_revisions SET publish_at = {past} WHERE {planned}")).await;
    work_off(&world).await;
    let state = ming.call(ShowRevision { revision }).await.unwrap().revision.state;
    assert_eq!(state, RevisionState::Approved, "left to be published by hand");
    let told = ming.call(ListInbox::default()).await.unwrap().items;
    assert!(told.iter().any(|it| it.body.contains("解除这些链接")), "{told:?}");
    let refused = ming.call(PublishCourse::now(course)).await.unwrap_err();
    assert_eq!((refused.code, &*refused.fields[0].field), (Code::CourseIncomplete, "clauses"));
    let again = PublishCourse { at, ..PublishCourse::now(course) };
    assert_eq!(ming.call(again).await.unwrap_err().code, Code::CourseIncomplete);
    hui.call(ReturnRevision { revision, reason: "条款没了".into() }).await.unwrap();
    ming.call(RetireCourse { course }).await.unwrap();
    let refused = ming.call(PublishCourse::now(course)).await.unwrap_err();
    assert_eq!(refused.code, Code::CourseIncomplete, "shown again as it was");
    ming.call(EndClauseLink { link: links[2] }).await.unwrap();
    ming.call(PublishCourse::now(course)).await.unwrap();
    assert_eq!(
        ming.call(ShowRevision { revision: first }).await.unwrap().revision.state,
        RevisionState::Live
    );
});

scene!(a_revision_that_never_cited_a_clause_is_not_held_up_by_its_end, |world| async move {
    let ming = world.person("zhengming").await;
    let id = standard(&ming).await;
    let version = in_force(&world, &ming, id, FIRST).await;
    let (course, lessons) = course(&world).await;
    let chapter = ming.call(ShowLessonDraft { lesson: lessons[0] }).await.unwrap().chapter;
    let add = AddLesson { chapter, title: "第二版才有".into(), kind: LessonKind::Article };
    let LessonDraft { id: lesson, version: at, title, minutes, .. } = ming.call(add).await.unwrap();
    let content = written::article();
    let save = SaveLesson { lesson, version: at, title, minutes, position: None, content };
    ming.call(save).await.unwrap();
    let gone = clause(&ming, version, "2.2").await.id;
    let link_of_second = valid(&world, linking(gone, lesson)).await;
    written::publish(&world, course).await;
    let revisions = ming.call(ListRevisions { course }).await.unwrap().revisions;
    in_force(&world, &ming, id, SECOND).await;
    assert_eq!(link(&world, link_of_second).await.reason, Some(StaleReason::Deleted));

    let back = |revision: &CourseRevision| RestoreRevision {
        revision: revision.id,
        reason: "先回到第一版".into(),
        learners: None,
    };
    ming.call(back(&revisions[1])).await.unwrap();
    let refused = ming.call(back(&revisions[0])).await.unwrap_err();
    assert_eq!((refused.code, &*refused.fields[0].field), (Code::CourseIncomplete, "clauses"));
});

scene!(one_click_carries_over_what_stayed_the_same, |world| async move {
    let ming = world.person("zhengming").await;
    let (id, links, _) = linked(&world).await;
    let version = in_force(&world, &ming, id, SECOND).await;
    let superseded = (LinkState::Stale, Some(StaleReason::Superseded));
    assert_eq!(states(&world, links).await[0], superseded, "its version is no longer in force");
    let carried = ming.call(CarryLinks { version }).await.unwrap();
    assert_eq!(carried, LinksCarried { carried: 1, stale: 2 });
    let moved = link(&world, links[0]).await;
    assert_eq!((moved.state, moved.version, &*moved.number), (LinkState::Valid, version, "1.2"));
    let dated = link(&world, links[3]).await;
    assert_eq!((dated.state, &*dated.standard_name), (LinkState::Valid, "示例/T 1—2023"));
    let again = ming.call(CarryLinks { version }).await.unwrap();
    assert_eq!(again.carried, 0);
});

scene!(on_its_day_a_version_comes_into_force_and_undated_links_go_stale, |world| async move {
    let ming = world.person("zhengming").await;
    let (id, links, _) = linked(&world).await;
    let proposal = uploaded(&world, &ming, id, SECOND).await;
    let version = proposal.id;
    let tomorrow = written::in_days(&world, 1).await;
    let details = VersionDetails { effective_on: Some(tomorrow), ..proposal.details };
    ming.call(SaveVersion { version, details: details.clone() }).await.unwrap();
    let stage = VersionStage::Upcoming;
    ming.call(ConfirmVersion { version, revision: 1, stage, details: None }).await.unwrap();
    standards::keep_to_dates(&world.app).await.unwrap();
    assert_eq!(states(&world, links).await[0].0, LinkState::Valid, "not before its day");
    let today = local_date(written::now(&world).await);
    let details = VersionDetails { effective_on: Some(today), ..details };
    ming.call(SaveVersion { version, details }).await.unwrap();
    standards::keep_to_dates(&world.app).await.unwrap();
    standards::keep_to_dates(&world.app).await.unwrap();
    let shown = ming.call(ShowStandard { standard: id }).await.unwrap();
    let stages: Vec<_> = shown.versions.iter().map(|it| it.stage).collect();
    assert_eq!(stages, [VersionStage::Current, VersionStage::Withdrawn]);
    assert_eq!(shown.versions[1].details.withdrawn_on, Some(today));
    let found = states(&world, links).await;
    assert_eq!(found[0], (LinkState::Stale, Some(StaleReason::Superseded)));
    assert_eq!(found[3], (LinkState::Valid, None), "注日期");
    assert!(today + Days::new(1) == tomorrow);
});

scene!(
    clauses_are_for_those_for_whom_they_were_and_the_sheet_names_who_is_concerned,
    |world| async move {
        let ming = world.person("zhengming").await;
        let (id, _, course) = linked(&world).await;
        written::assigned(&world, course, written::in_days(&world, 7).await).await;
        let old = ming.call(ShowStandard { standard: id }).await.unwrap().versions[0].id;
        let posts = vec![world.cast.post("卫生保洁")];
        let changed = clause(&ming, old, "2.1").await.id;
        let set = SetClausePosts { clause: changed, posts: posts.clone(), with_below: false };
        ming.call(set).await.unwrap();
        let version = in_force(&world, &ming, id, SECOND).await;
        assert_eq!(clause(&ming, version, "2.1").await.posts, posts);
        let impact = ming.call(ShowImpact { version }).await.unwrap();
        assert!(impact.people > 0 && impact.courses[0].people == impact.people);
        let sheet = format!("/api/console/standard-versions/{version}/impact.xlsx");
        world.sql("UPDATE sign_ins SET stepped_up_at = NULL").await;
        let refused = ming.outcome("GET", &sheet, None).await.unwrap_err();
        assert_eq!(refused, "step_up_required");
        world.sql("UPDATE sign_ins SET stepped_up_at = created_at").await;
        ming.outcome("GET", &sheet, None).await.unwrap();
    }
);
