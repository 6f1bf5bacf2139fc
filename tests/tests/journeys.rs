//! What people do, in real browsers. The scripts are in `journeys/`; their pictures are left in
//! `target/screenshots`.

#[path = "journeys/studying.rs"]
mod studying;

#[path = "journeys/accessible.rs"]
mod accessible;

#[path = "journeys/deciding.rs"]
mod deciding;

#[path = "journeys/differing.rs"]
mod differing;

#[path = "journeys/importing.rs"]
mod importing;

#[path = "journeys/practising.rs"]
mod practising;

use anyhow::{Context, Result};
use shared::{
    accounts::{
        MakeWebTicket,
        binding::{ListTeam, MakeInvitation},
        passwords::MakePasswordCode,
    },
    authoring::{AddChapter, AddLesson, CourseDetails, CreateCourse},
    content::LessonKind,
    courses::{CourseCategory, CourseLevel, ShowCourse},
    learning::ShowToday,
    training::Enroll,
};
use tests::{Installation, Journey, Kind};

/// A course that says nothing of itself yet.
fn details(title: &str, category: CourseCategory) -> CourseDetails {
    CourseDetails {
        title: title.into(),
        summary: String::new(),
        level: CourseLevel::Execution,
        category,
        qualification: String::new(),
        posts: Vec::new(),
        cover: None,
    }
}

/// The journey of the officer, a learner and the instructor, with this engine on the learner's phone.
async fn whole_product(engine: &str) -> Result<()> {
    let installation = Installation::start(Kind::Sqlite).await?;
    installation.wechat.set_auto_person(Some("wangxiuying"));
    let instructor = installation.sign_in("wufang").await?;
    // 张桂兰, whose phone will be dead.
    let colleague = installation.sign_in("d0101").await?;
    Journey::new("whole_product", &installation)?
        .told("ENGINE", engine)
        .told("OFFICER_PASSWORD", &installation.password("zhengming")?)
        .told("CHECKER_PASSWORD", &installation.password("fanghui")?)
        .told("INSTRUCTOR_TOKEN", &instructor.tokens().access_token)
        .told("COLLEAGUE_TOKEN", &colleague.tokens().access_token)
        .run()
        .await
}

#[tokio::test]
async fn a_course_is_made_learnt_tested_attended_and_reported() -> Result<()> {
    whole_product("current").await
}

#[tokio::test]
async fn a_learner_with_chromium_86_does_everything_too() -> Result<()> {
    whole_product("86").await
}

#[tokio::test]
async fn a_lesson_is_saved_by_itself_and_goes_on_at_another_pc() -> Result<()> {
    let installation = Installation::start(Kind::Sqlite).await?;
    let officer = installation.sign_in("zhengming").await?;
    let details = details("会前准备", CourseCategory::ManagementNorms);
    let course = officer.call(CreateCourse { details }).await?.id;
    let draft = officer.call(AddChapter { course, title: "第一章".into() }).await?;
    let chapter = draft.chapters.first().context("a chapter")?.id;
    let add = AddLesson { chapter, title: "摆台".into(), kind: LessonKind::Article };
    let lesson = officer.call(add).await?.id;
    Journey::new("autosave", &installation)?
        .told("OFFICER_PASSWORD", &installation.password("zhengming")?)
        .told("LESSON", &format!("/admin/courses/{course}/lessons/{lesson}"))
        .run()
        .await
}

#[tokio::test]
async fn a_phone_films_the_code_on_the_wall_and_another_types_its_digits() -> Result<()> {
    let installation = Installation::start(Kind::Sqlite).await?;
    installation.wechat.set_auto_person(Some("wangxiuying"));
    let session = installation.new_session(20).await?;
    for key in ["wangxiuying", "lijianguo"] {
        installation.sign_in(key).await?.call(Enroll { session: session.id }).await?;
    }
    Journey::new("camera", &installation)?.told("TITLE", &session.details.title).run().await
}

#[tokio::test]
async fn a_person_unknown_to_the_roster_is_told_whom_to_ask() -> Result<()> {
    let installation = Installation::start(Kind::Sqlite).await?;
    Journey::new("unknown_person", &installation)?.run().await
}

#[tokio::test]
async fn somebody_new_binds_their_wechat_with_a_code_of_the_team_leader() -> Result<()> {
    let installation = Installation::start(Kind::Sqlite).await?;
    let leader = installation.sign_in("liuqiang").await?;
    let search = ListTeam { search: Some("张桂兰".into()), cursor: None };
    let team = leader.call(search).await?.items;
    let newcomer = team.first().context("a cleaner of the demo")?;
    let invitation = leader.call(MakeInvitation { person: newcomer.id }).await?;
    Journey::new("binding", &installation)?
        .told("NAME", &newcomer.name)
        .told("STAFF_NUMBER", &newcomer.staff_number)
        .told("CODE", &invitation.code)
        .run()
        .await
}

#[tokio::test]
async fn a_web_view_takes_the_sign_in_of_the_mini_program_over() -> Result<()> {
    let installation = Installation::start(Kind::Sqlite).await?;
    let person = installation.sign_in("wangxiuying").await?;
    let ticket = person.call(MakeWebTicket { path: "/me".into() }).await?;
    Journey::new("web_view", &installation)?
        .told("NAME", &person.me().name)
        .told("URL_WITH_TICKET", &ticket.url)
        .run()
        .await
}

#[tokio::test]
async fn the_mini_program_signs_in_checks_in_and_binds_on_the_real_server() -> Result<()> {
    let installation = Installation::start(Kind::Sqlite).await?;
    let session = installation.new_session(20).await?;
    installation.sign_in("wangxiuying").await?.call(Enroll { session: session.id }).await?;
    let instructor = installation.sign_in("wufang").await?;
    let leader = installation.sign_in("liuqiang").await?;
    let search = ListTeam { search: Some("张桂兰".into()), cursor: None };
    let team = leader.call(search).await?.items;
    let newcomer = team.first().context("a cleaner of the demo")?;
    let invitation = leader.call(MakeInvitation { person: newcomer.id }).await?;
    Journey::new("mini_program", &installation)?
        .told("SESSION", &session.id.to_string())
        .told("INSTRUCTOR_TOKEN", &instructor.tokens().access_token)
        .told("NAME", &newcomer.name)
        .told("STAFF_NUMBER", &newcomer.staff_number)
        .told("CODE", &invitation.code)
        .run()
        .await
}

#[tokio::test]
async fn an_officer_gets_a_second_factor_and_a_cleaner_a_password_at_a_kiosk() -> Result<()> {
    let installation = Installation::start(Kind::Sqlite).await?;
    let leader = installation.sign_in("liuqiang").await?;
    let search = ListTeam { search: Some("张桂兰".into()), cursor: None };
    let team = leader.call(search).await?.items;
    let cleaner = team.first().context("a cleaner of the demo")?;
    let code = leader.call(MakePasswordCode { person: cleaner.id }).await?.code;
    Journey::new("second_factor", &installation)?
        .told("OFFICER_PASSWORD", &installation.password("zhengming")?)
        .told("NAME", &cleaner.name)
        .told("STAFF_NUMBER", &cleaner.staff_number)
        .told("CODE", &code)
        .run()
        .await
}

#[tokio::test]
async fn an_officer_writes_pastes_from_word_crops_and_drags() -> Result<()> {
    let installation = Installation::start(Kind::Sqlite).await?;
    let password = installation.password("zhengming")?;
    Journey::new("writing", &installation)?.told("OFFICER_PASSWORD", &password).run().await
}

#[tokio::test]
async fn a_wrong_password_loses_nothing_that_was_typed() -> Result<()> {
    let installation = Installation::start(Kind::Sqlite).await?;
    let password = installation.password("zhengming")?;
    Journey::new("wrong_password", &installation)?.told("OFFICER_PASSWORD", &password).run().await
}

#[tokio::test]
async fn the_auditor_reads_the_log_and_sees_nothing_else() -> Result<()> {
    let installation = Installation::start(Kind::Sqlite).await?;
    let password = installation.password("qianhui")?;
    Journey::new("auditor", &installation)?.told("AUDITOR_PASSWORD", &password).run().await
}

#[tokio::test]
async fn an_officer_imports_a_roster_mends_its_bad_rows_and_moves_somebody() -> Result<()> {
    let installation = Installation::start(Kind::Sqlite).await?;
    let password = installation.password("zhengming")?;
    Journey::new("roster", &installation)?.told("OFFICER_PASSWORD", &password).run().await
}

#[tokio::test]
async fn the_shell_is_painted_before_the_app_arrives() -> Result<()> {
    let installation = Installation::start(Kind::Sqlite).await?;
    installation.wechat.set_auto_person(Some("wangxiuying"));
    Journey::new("slow_network", &installation)?.run().await
}

#[tokio::test]
async fn what_a_learner_types_outlives_the_network_and_the_sign_in() -> Result<()> {
    let installation = Installation::start(Kind::Sqlite).await?;
    installation.wechat.set_auto_person(Some("wangxiuying"));
    let learner = installation.sign_in("wangxiuying").await?;
    let today = learner.call(ShowToday {}).await?;
    let course = today.assigned.first().context("something to learn")?.id;
    let course = learner.call(ShowCourse { course }).await?;
    let lesson = course.chapters.iter().flat_map(|it| &it.lessons).next().context("a lesson")?.id;
    Journey::new("kept_note", &installation)?
        .told("PAGE", &format!("/study/lessons/{lesson}"))
        .run()
        .await
}

#[tokio::test]
async fn an_app_that_cannot_start_says_so_in_chinese() -> Result<()> {
    let installation = Installation::start(Kind::Sqlite).await?;
    installation.wechat.set_auto_person(Some("wangxiuying"));
    Journey::new("wasm_trouble", &installation)?.run().await
}

#[tokio::test]
async fn an_officer_signs_in_with_a_word_from_the_own_phone() -> Result<()> {
    let required = [("CONSOLE_SECOND_FACTOR", "required")];
    let installation = Installation::start_with(Kind::Sqlite, &required).await?;
    let password = installation.password("zhengming")?;
    Journey::new("phone_confirmation", &installation)?
        .told("OFFICER_PASSWORD", &password)
        .run()
        .await
}

#[tokio::test]
async fn an_officer_erases_who_somebody_was_that_left() -> Result<()> {
    let installation = Installation::start(Kind::Sqlite).await?;
    let password = installation.password("zhengming")?;
    Journey::new("erasing", &installation)?
        .told("OFFICER_PASSWORD", &password)
        .told("NAME", "张桂兰")
        .run()
        .await
}

#[tokio::test]
async fn a_new_version_of_a_standard_flags_exactly_the_links_that_it_changes() -> Result<()> {
    let installation = Installation::start(Kind::Sqlite).await?;
    installation.wechat.set_auto_person(Some("wangxiuying"));
    Journey::new("standards", &installation)?
        .told("OFFICER_PASSWORD", &installation.password("zhengming")?)
        .told("CHECKER_PASSWORD", &installation.password("fanghui")?)
        .run()
        .await
}

#[tokio::test]
async fn nothing_in_an_uploaded_file_runs_in_a_browser() -> Result<()> {
    let installation = Installation::start(Kind::Sqlite).await?;
    let password = installation.password("zhengming")?;
    Journey::new("hostile", &installation)?.told("OFFICER_PASSWORD", &password).run().await
}
