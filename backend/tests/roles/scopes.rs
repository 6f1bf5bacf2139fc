//! What an officer of one organisation sees and does not see, and how soon a change of roles counts.

use backend::accounts::grants::Appointment;
use shared::{
    accounts::*,
    authoring::*,
    grants::*,
    organizations::{keeping::AddOrganization, *},
    problem::Code,
    roster::*,
};

use crate::{
    callers::{self, FIRST, SECOND, grant, id_of},
    scene::{Person, World},
    things::{Things, Whose},
};

const OFFICER: &str = "D0104";

async fn officer(world: &World) -> Person<'_> {
    grant(world, OFFICER, "training_officer", FIRST).await;
    Person::signed_in(world, id_of(world, OFFICER).await).await
}

/// Somebody who gives roles, as after proving who it is.
async fn appointer<'world>(world: &'world World, number: &str) -> Person<'world> {
    grant(world, number, "system_admin", "bureau").await;
    let person = Person::signed_in(world, id_of(world, number).await).await;
    world.sql("UPDATE sign_ins SET stepped_up_at = created_at").await;
    person
}

scene!(an_officer_of_one_organisation_sees_its_people_only, |world| async move {
    let officer = officer(&world).await;
    let page = officer.call(ListRoster::default()).await.unwrap();
    assert!(page.items.iter().all(|it| it.organization.name == FIRST));
    let everybody = world.person("zhengming").await.call(ListRoster::default()).await.unwrap();
    assert!(page.total > 0 && page.total < everybody.total);
    let people = officer.call(ListPeople::default()).await.unwrap();
    assert!(people.iter().all(|it| it.organization == FIRST));
    let organizations = officer.call(ListOrganizations {}).await.unwrap();
    assert_eq!(organizations.iter().map(|it| it.name.as_str()).collect::<Vec<_>>(), [FIRST]);
    let searched = ListRoster { words: Some("彭大勇".into()), ..ListRoster::default() };
    assert_eq!(officer.call(searched).await.unwrap().total, 0, "somebody of the other contractor");
});

scene!(what_lies_below_an_organisation_belongs_to_it, |world| async move {
    let officer = officer(&world).await;
    let below = AddOrganization {
        name: "和顺分公司".into(),
        kind: OrganizationKind::Contractor,
        parent: Some(world.cast.organization(FIRST)),
    };
    let below = officer.call(below).await.unwrap();
    let names = officer.call(ListOrganizations {}).await.unwrap();
    assert!(names.contains(&below), "as soon as it is there");
    let elsewhere = AddOrganization {
        name: "别人的分公司".into(),
        kind: OrganizationKind::Contractor,
        parent: Some(world.cast.organization(SECOND)),
    };
    assert_eq!(officer.call(elsewhere).await.unwrap_err().code, Code::InvalidRequest);
});

scene!(a_course_goes_to_the_people_in_reach_and_is_reported_on_for_them, |world| async move {
    let officer = officer(&world).await;
    grant(&world, callers::OWN_INSTRUCTOR, "instructor", FIRST).await;
    let things = Things::made(&world, Whose::Own, id_of(&world, OFFICER).await).await;
    let course = shared::courses::CourseId(things.course);
    let post = world.cast.post("设施设备");
    let all = AssignCourse {
        course,
        posts: vec![post],
        organizations: Vec::new(),
        due_on: things.due_on.parse().unwrap(),
        teams: Vec::new(),
        people: Vec::new(),
    };
    let mine = officer.call(all).await.unwrap();
    let choice = CountAudience {
        posts: vec![post],
        organizations: Vec::new(),
        teams: vec![],
        people: vec![],
    };
    let counted = officer.call(choice).await.unwrap();
    assert_eq!(mine.people, counted.people);
    let choice = CountAudience {
        posts: vec![post],
        organizations: Vec::new(),
        teams: vec![],
        people: vec![],
    };
    let everybody = world.person("zhengming").await.call(choice).await.unwrap();
    assert!(counted.people > 0 && counted.people < everybody.people);
    let report = shared::reports::ShowCourseReport { course, organization: None, post: None };
    let report = officer.call(report).await.unwrap();
    assert!(report.rows.iter().all(|row| row.organization == FIRST));
    // The same people in the workbook as on the screen: both are made by one function.
    let elsewhere = shared::reports::ShowCourseReport {
        course,
        organization: Some(world.cast.organization(SECOND)),
        post: None,
    };
    assert_eq!(officer.call(elsewhere).await.unwrap_err().code, Code::NotFound);
});

scene!(an_import_touches_nobody_out_of_reach, |world| async move {
    let officer = officer(&world).await;
    let rows =
        format!("工号,姓名,单位\nN1,新人,{FIRST}\nN2,别家新人,{SECOND}\nD0117,冯卫东,{FIRST}\n");
    let target = "/api/console/roster/imports";
    let (status, import) = officer.upload(target, "r.csv", rows.as_bytes()).await;
    assert_eq!(status, 200, "{import}");
    while backend::jobs::work_off(&world.app).await.unwrap() > 0 {}
    let import: RosterImport = serde_json::from_value(import).unwrap();
    let list = ListImportRows { import: import.id, outcome: None, bad: Some(true), skip: None };
    let bad = officer.call(list).await.unwrap();
    let fields: Vec<_> = bad.items.iter().map(|it| it.problems[0].field).collect();
    assert_eq!(fields, [RosterField::Organization, RosterField::StaffNumber]);
    // Somebody else's file is not there.
    grant(&world, callers::ANOTHERS_OFFICER, "training_officer", SECOND).await;
    let other = id_of(&world, callers::ANOTHERS_OFFICER).await;
    let other = Person::signed_in(&world, other).await;
    let show = ShowRosterImport { import: import.id };
    assert_eq!(other.call(show).await.unwrap_err().code, Code::NotFound);
    assert!(other.call(ListRosterImports {}).await.unwrap().is_empty());
});

scene!(a_role_counts_with_the_next_call_and_ends_with_the_next_call, |world| async move {
    let admin = appointer(&world, "D0108").await;
    let person = id_of(&world, "D0101").await;
    let clerk = Person::signed_in(&world, person).await;
    assert_eq!(clerk.call(ListRoster::default()).await.unwrap_err().code, Code::NotAllowed);
    let role = Role::TrainingOfficer;
    let scope = Scope::organization(world.cast.organization(FIRST));
    let given = admin.call(GrantRole { person, role, scope }).await.unwrap();
    assert_eq!((given.scope_name.as_str(), given.may_end), (FIRST, true));
    clerk.call(ListRoster::default()).await.unwrap();
    let again = admin.call(GrantRole { person, role, scope }).await.unwrap();
    assert_eq!(again.id, given.id, "given twice is given once");
    admin.call(EndGrant { grant: given.id }).await.unwrap();
    assert_eq!(clerk.call(ListRoster::default()).await.unwrap_err().code, Code::NotAllowed);
    let over = admin.call(EndGrant { grant: given.id }).await.unwrap_err();
    assert_eq!(over.code, Code::NotFound);
});

scene!(administrators_are_three_people_and_no_clerks, |world| async move {
    let admin = appointer(&world, "D0108").await;
    let person = id_of(&world, "D0101").await;
    let give = |role| GrantRole { person, role, scope: Scope::BUREAU };
    admin.call(give(Role::Auditor)).await.unwrap();
    for role in [Role::SystemAdmin, Role::SecurityAdmin, Role::TrainingOfficer] {
        let refused = admin.call(give(role)).await.unwrap_err();
        assert_eq!(
            (refused.code, refused.fields[0].field.as_str()),
            (Code::InvalidRequest, "role")
        );
    }
    // Whatever the code says, the database keeps them apart too.
    let both = world.app.db.write(move |tx| {
        Box::pin(async move {
            let add = "INSERT INTO role_grants (id, person_id, role, scope, granted_at)
                       SELECT person_id, person_id, 'security_admin', 'bureau', granted_at
                       FROM role_grants WHERE role = 'auditor'";
            Ok(sea_orm::ConnectionTrait::execute_unprepared(tx, add).await.map(drop)?)
        })
    });
    assert!(both.await.is_err());
    let own =
        GrantRole { person: admin.id.unwrap(), role: Role::TrainingOfficer, scope: Scope::BUREAU };
    assert_eq!(admin.call(own).await.unwrap_err().code, Code::InvalidRequest);
});

scene!(an_officer_appoints_within_reach_and_nobody_higher, |world| async move {
    let officer = officer(&world).await;
    world.sql("UPDATE sign_ins SET stepped_up_at = created_at").await;
    let person = id_of(&world, "D0101").await;
    let first = Scope::organization(world.cast.organization(FIRST));
    let second = Scope::organization(world.cast.organization(SECOND));
    let give = |person, role, scope| GrantRole { person, role, scope };
    officer.call(give(person, Role::TeamLeader, first)).await.unwrap();
    for (role, scope, field) in [
        (Role::TeamLeader, second, "scope"),
        (Role::Instructor, Scope::BUREAU, "scope"),
        (Role::TeamLeader, Scope::BUREAU, "scope"),
        (Role::TrainingOfficer, first, "role"),
        (Role::Auditor, Scope::BUREAU, "role"),
        (Role::Learner, first, "role"),
    ] {
        let refused = officer.call(give(person, role, scope)).await.unwrap_err();
        assert_eq!(refused.fields[0].field, field, "{role:?} {scope:?}");
    }
    let stranger = id_of(&world, callers::ANOTHERS_OFFICER).await;
    let refused = officer.call(give(stranger, Role::TeamLeader, first)).await.unwrap_err();
    assert_eq!(refused.code, Code::NotFound);
    let choices = officer.call(ListScopes { role: Role::TeamLeader }).await.unwrap();
    assert_eq!(choices.iter().map(|it| it.name.as_str()).collect::<Vec<_>>(), [FIRST]);
});

scene!(whoever_leaves_or_moves_leads_nobody_there_any_more, |world| async move {
    let officer = world.person("zhengming").await;
    let leader = world.person("liuqiang").await;
    let person = leader.id.unwrap();
    let team = binding::ListTeam::default;
    assert!(!leader.call(team()).await.unwrap().items.is_empty());
    let elsewhere = PlacePerson {
        person,
        organization: world.cast.organization(SECOND),
        team: None,
        post: None,
        active: true,
        from: shared::time::local_date(world.app.clock.process_now()),
    };
    officer.call(elsewhere).await.unwrap();
    assert_eq!(leader.call(team()).await.unwrap_err().code, Code::NotAllowed);
    let me = leader.call(ShowMe {}).await.unwrap();
    assert_eq!(
        (me.roles.as_slice(), me.organization.name.as_str()),
        (&[Role::Learner][..], SECOND)
    );
});

scene!(a_code_is_no_way_to_more_than_an_officer_may_do, |world| async move {
    let officer = officer(&world).await;
    for (number, role, scope) in [
        ("D0101", "training_officer", FIRST),
        ("D0102", "training_officer", "bureau"),
        ("D0103", "auditor", "bureau"),
        ("D0105", "instructor", "bureau"),
    ] {
        grant(&world, number, role, scope).await;
    }
    let clerk = world.person("zhengming").await;
    let mut made = Vec::new();
    for number in ["D0101", "D0102", "D0103", "D0105", "D0106"] {
        let person = id_of(&world, number).await;
        let code = || binding::MakeInvitation { person };
        made.push((officer.call(code()).await.is_ok(), clerk.call(code()).await.is_ok()));
    }
    let (scoped, of_all): (Vec<_>, Vec<_>) = made.into_iter().unzip();
    assert_eq!(scoped, [false, false, false, true, true]);
    assert_eq!(of_all, [true, true, false, true, true]);
});

scene!(the_command_line_appoints_the_first_administrator, |world| async move {
    let appoint = async |staff_number: &str, role, name: Option<&str>| {
        let (staff_number, name) = (staff_number.to_owned(), name.map(str::to_owned));
        let appointment = Appointment { staff_number, role, name, bureau: None };
        backend::accounts::grants::appoint(&world.app, appointment).await
    };
    let unknown = appoint("A0001", Role::SystemAdmin, None).await.unwrap_err();
    assert_eq!(unknown.code(), Some(Code::NotFound), "nobody is made without a name");
    let made = appoint("A0001", Role::SystemAdmin, Some("赵敏")).await.unwrap();
    assert_eq!(made.code.chars().filter(char::is_ascii_alphanumeric).count(), 8);
    let admin = Person::signed_in(&world, id_of(&world, "A0001").await).await;
    let me = admin.call(ShowMe {}).await.unwrap();
    assert_eq!(me.roles, [Role::Learner, Role::SystemAdmin]);
    assert_eq!(me.organization.kind, OrganizationKind::Bureau);
    for role in [Role::Auditor, Role::TeamLeader, Role::Learner] {
        let refused = appoint("A0001", role, None).await.unwrap_err();
        assert_eq!(refused.code(), Some(Code::InvalidRequest), "{role:?}");
    }
});

scene!(a_session_is_not_planned_around_a_course_out_of_reach, |world| async move {
    let officer = officer(&world).await;
    for number in [callers::OWN_INSTRUCTOR, callers::ANOTHERS_INSTRUCTOR] {
        let scope = if number == callers::OWN_INSTRUCTOR { FIRST } else { SECOND };
        grant(&world, number, "instructor", scope).await;
    }
    grant(&world, callers::ANOTHERS_OFFICER, "training_officer", SECOND).await;
    let caller = id_of(&world, OFFICER).await;
    let own = Things::made(&world, Whose::Own, caller).await;
    let anothers = Things::made(&world, Whose::Anothers, caller).await;
    let plan = async |course| {
        let details = SessionDetails {
            title: "实训".into(),
            course: Some(shared::courses::CourseId(course)),
            base: None,
            place: "2 号楼".into(),
            starts_at: own.starts_at,
            ends_at: own.starts_at + chrono::TimeDelta::hours(2),
            instructor: PersonId(own.instructor),
            seats: 20,
            notes: String::new(),
        };
        officer.call(CreateTrainingSession { details }).await
    };
    plan(own.draft).await.unwrap();
    plan(anothers.course).await.unwrap();
    let refused = plan(anothers.draft).await.unwrap_err();
    assert_eq!(refused.fields[0].field, "details.course", "a draft of somebody else's");
});
