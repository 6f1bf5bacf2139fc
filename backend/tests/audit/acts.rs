//! Everything that people do and that leaves a record, a domain after the other.

use actix_web::{body::to_bytes, http::header};
use backend::{
    accounts::{ClientKind, binding::claims, password, sign_in},
    jobs,
    quizzes::submit_overdue,
    wechat::WeChatIdentity,
};
use shared::{
    accounts::{
        EndSignIn, ListSignIns, MakeWebTicket, PersonId, RedeemWebTicket, RefreshSignIn, Role,
        SignInWithPassword, SignOut, binding::*, passwords::SetPassword, second_factor::*,
    },
    authoring::*,
    bases::*,
    builds::*,
    content::LessonKind,
    courses::{CourseId, LessonId},
    deliveries::{ListDeadJobs, RetryDeadJob},
    gates::*,
    grants::*,
    organizations::{OrganizationId, OrganizationKind, PostId, keeping::*},
    practice::SavePractice,
    privacy::*,
    problem::Code,
    quizzes::*,
    reports::ShowCourseReport,
    revisions::*,
    roster::*,
    time::local_date,
    training::*,
};
use totp_rs::{Builder, Secret};

use super::*;
use crate::{
    phone::answer_on_the_phone,
    scene::Person,
    written::{details, in_days, now, two_lessons},
};

const PASSWORD: &str = "three wise owls";

pub async fn sign_in_and_out(world: &World) {
    let hash = password::make(PASSWORD);
    world.sql(&format!("UPDATE people SET password_hash = '{hash}' WHERE name = '王秀英'")).await;
    let typed =
        |password: &str| SignInWithPassword { username: "D0001".into(), password: password.into() };
    let stranger = world.stranger();
    stranger.call(typed(PASSWORD)).await.unwrap();
    stranger.call(typed("wrong")).await.unwrap_err();
    world.person("wangxiuying").await.call(SignOut {}).await.unwrap();
    let wang = world.person("wangxiuying").await;
    let devices = wang.call(ListSignIns {}).await.unwrap();
    let other = devices.iter().find(|it| !it.current).unwrap();
    wang.call(EndSignIn { sign_in: other.id }).await.unwrap();
    let denied = wang.call(ListManagedSessions {}).await.unwrap_err();
    assert_eq!(denied.code, Code::NotAllowed);
}

pub async fn use_twice(world: &World) {
    let wang = world.cast.id("wangxiuying");
    let phone = sign_in::begin(&world.app, Actor::SYSTEM, wang, ClientKind::MiniProgram);
    let first = phone.await.unwrap().refresh_token;
    let refresh = async |token: &str| {
        let request = RefreshSignIn { refresh_token: Some(token.into()) };
        world.stranger().call(request).await
    };
    let second = refresh(&first).await.unwrap().tokens.unwrap().refresh_token;
    refresh(&second).await.unwrap();
    refresh(&first).await.unwrap_err();
    let path = "/courses".to_owned();
    let wang = world.person("wangxiuying").await;
    let url = wang.call(MakeWebTicket { path: path.clone() }).await.unwrap().url;
    let ticket = url.split_once("#t=").unwrap().1.to_owned();
    let redeem = || RedeemWebTicket { ticket: ticket.clone(), path: path.clone() };
    world.stranger().call(redeem()).await.unwrap();
    world.stranger().call(redeem()).await.unwrap_err();
}

pub async fn prove(world: &World) {
    let chen = world.person("chenmei").await;
    chen.call(SetPassword { password: "机关-食堂-2026-晨".into() }).await.unwrap();
    let secret = chen.call(PrepareSecondFactor {}).await.unwrap().secret;
    let secret = Secret::try_from_base32(secret.replace(' ', "")).unwrap();
    let totp = Builder::new().with_secret(secret).with_account_name("x").build().unwrap();
    let at = u64::try_from(now(world).await.timestamp()).unwrap();
    chen.call(SetUpSecondFactor { code: "000000".into() }).await.unwrap_err();
    chen.call(SetUpSecondFactor { code: totp.generate(at).to_string() }).await.unwrap();
    chen.call(StepUp { proof: "000000".into() }).await.unwrap_err();
    let next = totp.generate(at + 30).to_string();
    chen.call(StepUp { proof: next }).await.unwrap();
    answer_on_the_phone(world, &chen, "D0003", "机关-食堂-2026-晨").await;
    chen.call(RemoveSecondFactor {}).await.unwrap();
}

async fn claim(world: &World, openid: &str) -> String {
    let app_id = world.app.config.wechat.mini_app_id.clone();
    let identity = WeChatIdentity { app_id, openid: openid.into(), unionid: None };
    claims::give(&world.app, identity).await.unwrap().claim
}

pub async fn bind(world: &World) {
    let leader = world.person("liuqiang").await;
    let search = ListTeam { search: Some("张桂兰".into()), cursor: None };
    let person = leader.call(search).await.unwrap().items[0].id;
    for openid in ["first", "second"] {
        let code = leader.call(MakeInvitation { person }).await.unwrap().code;
        let form = |code: &str, claim: &str| BindWithInvitation {
            claim: claim.into(),
            name: "张桂兰".into(),
            staff_number: "D0101".into(),
            code: code.into(),
        };
        let claim = claim(world, openid).await;
        world.stranger().call(form("ABCDEFGH", &claim)).await.unwrap_err();
        world.stranger().call(form(&code, &claim)).await.unwrap();
    }
}

pub async fn grant(world: &World) {
    let statement = "UPDATE role_grants SET role = 'system_admin' WHERE role = 'auditor'";
    world.sql(statement).await;
    let admin = world.person("qianhui").await;
    let (wang, scope) = (world.cast.id("wangxiuying"), Scope::BUREAU);
    let give = |role| GrantRole { person: wang, role, scope };
    let card = admin.call(give(Role::TrainingOfficer)).await.unwrap();
    admin.call(give(Role::Auditor)).await.unwrap_err();
    admin.call(EndGrant { grant: card.id }).await.unwrap();
    world.sql("UPDATE role_grants SET role = 'auditor' WHERE role = 'system_admin'").await;
}

async fn upload(world: &World, target: &str, name: &str, kind: &str, file: &[u8]) -> Value {
    let head = format!(
        "--line\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
         Content-Type: {kind}\r\n\r\n"
    );
    let body = [head.as_bytes(), file, b"\r\n--line--\r\n"].concat();
    let officer = world.person("zhengming").await;
    let request = officer
        .request("POST", target)
        .insert_header((header::CONTENT_TYPE, "multipart/form-data; boundary=line"))
        .set_payload(body);
    let answer = world.send(request).await;
    assert_eq!(answer.status().as_u16(), 200, "{target}");
    serde_json::from_slice(&to_bytes(answer.into_body()).await.unwrap()).unwrap()
}

async fn download(officer: &Person<'_>, world: &World, target: &str) {
    let answer = world.send(officer.request("GET", target)).await;
    assert_eq!(answer.status().as_u16(), 200, "{target}");
}

async fn work(world: &World) {
    while jobs::work_off(&world.app).await.unwrap() > 0 {}
}

pub async fn import_roster(world: &World) {
    let first = "和顺物业服务公司（示例）";
    let file = format!(
        "工号,姓名,单位,班组,岗位,手机,身份证,在岗\n\
         A1,甲,{first},一班,卫生保洁,138,,\nD0001,王秀英,{first},,卫生保洁,13800000009,,\n"
    );
    let target = "/api/console/roster/imports";
    let import = upload(world, target, "roster.csv", "text/csv", file.as_bytes()).await;
    let import: RosterImport = serde_json::from_value(import).unwrap();
    work(world).await;
    let officer = world.person("zhengming").await;
    let bad = format!("{target}/{}/bad-rows.xlsx", import.id);
    download(&officer, world, &bad).await;
    let cells = [(RosterField::Phone, "13800000001".to_owned())].into();
    let rows = vec![Correction { row: 2, cells }];
    officer.call(CorrectRows { import: import.id, rows }).await.unwrap();
    work(world).await;
    officer.call(RecheckImport { import: import.id }).await.unwrap();
    work(world).await;
    let apply = ApplyImport { import: import.id, skip_bad: false, with_leavers: false };
    officer.call(apply).await.unwrap();
    work(world).await;
}

pub async fn place_people(world: &World) {
    let officer = world.person("zhengming").await;
    let words = Some("A1".to_owned());
    let found = officer.call(ListRoster { words, ..ListRoster::default() }).await.unwrap();
    let person: PersonId = found.items[0].id;
    let what = Confidential::Phone;
    officer.call(DisclosePerson { person, what }).await.unwrap();
    let organization = world.cast.organization("安恒保障服务公司（示例）");
    let from = local_date(now(world).await);
    let place = |active| PlacePerson { person, organization, team: None, post: None, active, from };
    for active in [true, false, true] {
        officer.call(place(active)).await.unwrap();
    }
    let from = from + chrono::TimeDelta::days(3);
    officer.call(PlacePerson { from, ..place(false) }).await.unwrap();
    officer.call(CancelPlannedPlacement { person }).await.unwrap();
    let (kind, parent) = (OrganizationKind::Contractor, None);
    let name = "新来的公司".to_owned();
    let added = officer.call(AddOrganization { name, kind, parent }).await.unwrap();
    keep_organization(&officer, added.id).await;
    let add = AddPost { name: "电梯维保".into(), ..AddPost::default() };
    let post = officer.call(add).await.unwrap();
    keep_post(&officer, post.id).await;
    keep_base(&officer).await;
}

async fn keep_organization(officer: &Person<'_>, organization: OrganizationId) {
    let team = officer.call(AddTeam { organization, name: "金丝雀班".into() }).await.unwrap().id;
    let rename = SaveTeam { team, version: 1, name: "金丝雀二班".into() };
    officer.call(rename).await.unwrap();
    officer.call(CloseTeam { team }).await.unwrap();
    officer.call(ReopenTeam { team }).await.unwrap();
    officer.call(CloseTeam { team }).await.unwrap();
    let (name, kind) = ("金丝雀公司".to_owned(), OrganizationKind::External);
    let save = SaveOrganization { organization, version: 1, name, kind, parent: None };
    officer.call(save).await.unwrap();
    officer.call(CloseOrganization { organization }).await.unwrap();
    officer.call(ReopenOrganization { organization }).await.unwrap();
}

async fn keep_post(officer: &Person<'_>, post: PostId) {
    let (name, code) = ("金丝雀岗".to_owned(), "JSQ".to_owned());
    let save = SavePost { post, version: 1, name, code, level: None, position: 1 };
    officer.call(save).await.unwrap();
    officer.call(RetirePost { post }).await.unwrap();
    officer.call(RestorePost { post }).await.unwrap();
}

async fn keep_base(officer: &Person<'_>) {
    let details = BaseDetails {
        name: "金丝雀基地".into(),
        kind: BaseKind::Own,
        organization: None,
        address: "金丝雀路 1 号".into(),
        state: BaseState::Idea,
    };
    let made = officer.call(AddBase { details: details.clone() }).await.unwrap();
    let details = BaseDetails { state: BaseState::Design, ..details };
    officer.call(SaveBase { base: made.id, version: 1, details }).await.unwrap();
}

/// A published course with a quiz of one question.
pub async fn write_course(world: &World) -> CourseId {
    let officer = world.person("zhengming").await;
    let details = details(world, "会议室保洁");
    let draft = officer.call(CreateCourse { details: details.clone() }).await.unwrap();
    let course = draft.id;
    let version = draft.version;
    officer.call(SaveCourseDetails { course, version, details }).await.unwrap();
    let title = || "第一章".to_owned();
    let draft = officer.call(AddChapter { course, title: title() }).await.unwrap();
    let chapter = draft.chapters[0].id;
    let position = 0;
    officer.call(SaveChapter { chapter, title: title(), position }).await.unwrap();
    for (title, minutes, content) in two_lessons() {
        let kind = content.kind();
        let add = AddLesson { chapter, title: title.into(), kind };
        let lesson: LessonId = officer.call(add).await.unwrap().id;
        let save = SaveLesson {
            lesson,
            version: 1,
            title: title.into(),
            minutes,
            position: Some(position),
            content,
        };
        officer.call(save).await.unwrap();
    }
    let practice = crate::written::practice();
    officer.call(SavePractice { course, version: 0, practice }).await.unwrap();
    let add = AddLesson { chapter, title: "多余".into(), kind: LessonKind::Article };
    let lesson = officer.call(add).await.unwrap().id;
    officer.call(RemoveLesson { lesson }).await.unwrap();
    let draft = officer.call(AddChapter { course, title: title() }).await.unwrap();
    let chapter = draft.chapters[1].id;
    officer.call(RemoveChapter { chapter }).await.unwrap();
    let (settings, questions) = (QuizSettings::default(), vec![question()]);
    officer.call(SaveQuizDraft { course, version: 0, settings, questions }).await.unwrap();
    bring_to_learners(world, course).await;
    let due_on = in_days(world, 7).await;
    let posts = vec![world.cast.post("卫生保洁")];
    let (organizations, teams, people) = (Vec::new(), Vec::new(), Vec::new());
    let assign = AssignCourse { course, posts, organizations, teams, people, due_on };
    officer.call(assign).await.unwrap();
    course
}

/// Asks a question and answers it, and lays a post's path: on pages, not through the API.
pub async fn ask_and_answer(world: &World, course: CourseId) {
    let wang = world.person("wangxiuying").await;
    let shown = wang.call(shared::courses::ShowCourse { course }).await.unwrap();
    let lesson = shown.chapters[0].lessons[0].id;
    let fill_in = async |key: &str, target: &str, fields: &[(&str, &str)]| {
        let person = world.person(key).await;
        let request = person.request("POST", target).set_form(fields);
        assert_eq!(world.send(request).await.status(), 303, "{target}");
    };
    let ask = format!("/study/lessons/{lesson}/question");
    fill_in("wangxiuying", &ask, &[("text", "金丝雀问题")]).await;
    let request = world.person("zhengming").await.request("GET", "/study/questions");
    let page = actix_web::body::to_bytes(world.send(request).await.into_body()).await.unwrap();
    let page = String::from_utf8(page.to_vec()).unwrap();
    let form = page.split("action=\"").find(|it| it.starts_with("/study/questions/")).unwrap();
    let form = form.split('"').next().unwrap();
    fill_in("zhengming", form, &[("text", "金丝雀答复")]).await;
    let path = format!("/study/paths/{}", world.cast.post("卫生保洁"));
    fill_in("zhengming", &path, &[(&course.to_string(), "1")]).await;
}

/// By two officers, with every detour.
async fn bring_to_learners(world: &World, course: CourseId) {
    let (officer, colleague) = (world.person("zhengming").await, world.person("fanghui").await);
    let submitted = async || {
        let note = "金丝雀改动".to_owned();
        officer.call(SubmitRevision { course, note }).await.unwrap().id
    };
    let approved = async || {
        let revision = submitted().await;
        colleague.call(CheckRevision { revision }).await.unwrap();
        colleague.call(ApproveRevision { revision }).await.unwrap();
        revision
    };
    let reason = || "金丝雀原因".to_owned();
    let revision = submitted().await;
    colleague.call(ReturnRevision { revision, reason: reason() }).await.unwrap();
    let revision = approved().await;
    let waive = || async {
        let (lights, until) = (GateLight::ALL.to_vec(), in_days(world, 9).await);
        WaiveGate { course, lights, reason: reason(), until }
    };
    let waiver = officer.call(waive().await).await.unwrap().waivers[0].id;
    let at = Some(now(world).await + chrono::TimeDelta::hours(1));
    officer.call(PublishCourse { at, ..PublishCourse::now(course) }).await.unwrap();
    officer.call(UnscheduleRevision { revision }).await.unwrap();
    officer.call(EndWaiver { waiver }).await.unwrap();
    officer.call(waive().await).await.unwrap();
    officer.call(PublishCourse::now(course)).await.unwrap();
    let draft = officer.call(ShowCourseDraft { course }).await.unwrap();
    let details = CourseDetails { summary: "改".into(), ..draft.details };
    let save = SaveCourseDetails { course, version: draft.version, details };
    officer.call(save).await.unwrap();
    approved().await;
    officer.call(PublishCourse::now(course)).await.unwrap();
    let restore = RestoreRevision { revision, reason: reason(), learners: None };
    officer.call(restore).await.unwrap();
    officer.call(RedraftRevision { revision }).await.unwrap();
    let save = SaveBuild { course, stage: None, owner: None, prerequisites: Vec::new() };
    officer.call(save).await.unwrap();
    let (slot, state) = (ArtefactSlot::Syllabus, ArtefactState::Writing);
    let link = "https://canary.example/金丝雀".to_owned();
    let reason = String::new();
    officer.call(SaveArtefact { course, slot, state, link, file: None, reason }).await.unwrap();
}

fn question() -> QuestionDraft {
    let option = |text: &str, correct| OptionDraft { text: text.into(), correct };
    QuestionDraft {
        id: None,
        kind: QuestionKind::TrueFalse,
        stem: "金丝雀题目".into(),
        options: vec![option("正确", true), option("错误", false)],
        explanation: "金丝雀解析".into(),
    }
}

pub async fn upload_picture(world: &World) {
    let mut png = std::io::Cursor::new(Vec::new());
    image::DynamicImage::new_rgb8(8, 8).write_to(&mut png, image::ImageFormat::Png).unwrap();
    upload(world, "/api/console/media", "x.png", "image/png", png.get_ref()).await;
}

/// Subtitles of a video, and files that nothing shows after a while.
pub async fn mind_files(world: &World) {
    let officer = world.person("zhengming").await;
    let video = concat!(env!("CARGO_MANIFEST_DIR"), "/seed/courses/canteen/demo.mp4");
    let video = std::fs::read(video).unwrap();
    let (_, file) = officer.upload("/api/console/media", "金丝雀.mp4", &video).await;
    let file: shared::authoring::MediaFile = serde_json::from_value(file).unwrap();
    let text = "WEBVTT\n\n00:01.000 --> 00:02.000\n金丝雀".into();
    officer.call(shared::media::SaveSubtitles { media: file.id, text }).await.unwrap();
    let (_, other) = officer.upload("/api/console/media", "金丝雀二.mp4", &video).await;
    let other: shared::authoring::MediaFile = serde_json::from_value(other).unwrap();
    let remove = shared::media::RemoveMediaFile { media: other.id };
    world.sql("UPDATE media SET state = 'ready'").await;
    officer.call(remove).await.unwrap();
    world.sql("UPDATE media SET created_at = '2020-01-01T00:00:00+00:00'").await;
    backend::media::sweep(&world.app, false).await.unwrap();
}

pub async fn carry_courses(world: &World, course: CourseId) {
    let officer = world.person("zhengming").await;
    world.sql("UPDATE sign_ins SET stepped_up_at = created_at").await;
    let target = format!("/api/console/courses/{course}/package");
    let answer = world.send(officer.request("GET", &target)).await;
    assert_eq!(answer.status().as_u16(), 200);
    let package = to_bytes(answer.into_body()).await.unwrap();
    let (status, _) = officer.upload("/api/console/course-packages", "金丝雀.zip", &package).await;
    assert_eq!(status, 200);
    let copy = shared::packages::CopyCourse { course, revision: None, organization: None };
    let course = officer.call(copy).await.unwrap().course;
    let asked = QuestionDraft { id: Some(QuestionId(Uuid::now_v7())), ..question() };
    officer.call(AddQuestions { course, questions: vec![asked] }).await.unwrap();
    officer.call(RemoveQuiz { course }).await.unwrap();
    officer.call(RemoveCourse { course }).await.unwrap();
}

pub async fn answer_quiz(world: &World, course: CourseId) {
    let wang = world.person("wangxiuying").await;
    let shown = wang.call(shared::courses::ShowCourse { course }).await.unwrap();
    let quiz = shown.quiz.unwrap().id;
    let device = Some(Uuid::from_u128(1));
    let attempt = wang.call(StartAttempt { quiz, device }).await.unwrap();
    let (attempt, device) = (attempt.id, Uuid::from_u128(2));
    let taken = wang.call(TakeOverAttempt { attempt, device }).await.unwrap();
    let writer_epoch = taken.writer_epoch;
    wang.call(SubmitAttempt { attempt, writer_epoch, answers: Vec::new() }).await.unwrap();
    // Another runs out of time.
    wang.call(StartAttempt { quiz, device: None }).await.unwrap();
    world.sql("UPDATE attempts SET deadline_at = started_at WHERE state = 'in_progress'").await;
    assert_eq!(submit_overdue(&world.app).await.unwrap(), 0, "five seconds of grace");
    world.sql("UPDATE attempts SET deadline_at = '2026-01-01T00:00:00+00:00' WHERE state = 'in_progress'").await;
    assert_eq!(submit_overdue(&world.app).await.unwrap(), 1);
}

pub async fn read_report(world: &World, course: CourseId) {
    let officer = world.person("zhengming").await;
    let report = ShowCourseReport { course, organization: None, post: None };
    officer.call(report).await.unwrap();
    download(&officer, world, &format!("/api/console/courses/{course}/report.xlsx")).await;
    officer.call(RetireCourse { course }).await.unwrap();
}

pub async fn train(world: &World) {
    let officer = world.person("zhengming").await;
    let starts_at = now(world).await + chrono::TimeDelta::minutes(10);
    let details = SessionDetails {
        title: "会议室保洁实训".into(),
        course: None,
        base: None,
        place: "3 号楼 B2".into(),
        starts_at,
        ends_at: starts_at + chrono::TimeDelta::hours(2),
        instructor: world.cast.id("wufang"),
        seats: 20,
        notes: String::new(),
    };
    let created = officer.call(CreateTrainingSession { details: details.clone() }).await.unwrap();
    let session = created.id;
    officer.call(SaveTrainingSession { session, details: details.clone() }).await.unwrap();
    let wang = world.person("wangxiuying").await;
    wang.call(Enroll { session }).await.unwrap();
    wang.call(CancelEnrollment { session }).await.unwrap();
    wang.call(Enroll { session }).await.unwrap();
    let instructor = world.person("wufang").await;
    let screen = instructor.call(ShowCheckInCode { session }).await.unwrap();
    let code = screen.codes.into_iter().next().unwrap().url;
    let ticket = wang.call(BeginCheckIn { code }).await.unwrap().ticket;
    wang.call(CompleteCheckIn { ticket }).await.unwrap();
    let (person, reason) = (world.cast.id("lijianguo"), "金丝雀手机没电".to_owned());
    instructor.call(CheckInByHand { session, person, reason }).await.unwrap();
    let other = officer.call(CreateTrainingSession { details }).await.unwrap();
    officer.call(CancelTrainingSession { session: other.id }).await.unwrap();
}

pub async fn retry_a_job(world: &World) {
    let insert = "INSERT INTO jobs (id, kind, payload, state, run_at, attempts, created_at, finished_at)
        SELECT id, 'roster_import', '{\"job\":\"roster\",\"import\":\"00000000-0000-0000-0000-000000000000\",\"step\":\"check\"}',
            'dead', created_at, 8, created_at, created_at FROM people WHERE staff_number = 'D0001'";
    world.sql(insert).await;
    let officer = world.person("zhengming").await;
    let dead = officer.call(ListDeadJobs::default()).await.unwrap().items;
    officer.call(RetryDeadJob { job: dead[0].id }).await.unwrap();
}

pub async fn audit_the_audit(world: &World) {
    use shared::audit::{ListAuditRecords, VerifyAuditLog};
    let auditor = world.person("qianhui").await;
    auditor.call(ListAuditRecords::default()).await.unwrap();
    download(&auditor, world, "/api/console/audit/records.ndjson").await;
    auditor.call(VerifyAuditLog {}).await.unwrap();
}

pub async fn mind_privacy(world: &World) {
    let wang = world.person("wangxiuying").await;
    let version = wang.call(ShowPrivacyConsent {}).await.unwrap().version;
    wang.call(GivePrivacyConsent { version }).await.unwrap();
    wang.call(WithdrawPrivacyConsent {}).await.unwrap();
    let id = world.cast.id("wangxiuying");
    let phone = sign_in::begin(&world.app, Actor::SYSTEM, id, ClientKind::MiniProgram);
    let cookie = format!("fingertip_access={}", phone.await.unwrap().access_token);
    let request = world.stranger().request("GET", "/privacy/my-data.json");
    let answer = world.send(request.insert_header((header::COOKIE, cookie))).await;
    assert_eq!(answer.status().as_u16(), 200);
    let officer = world.person("zhengming").await;
    let words = Some("A1".to_owned());
    let found = officer.call(ListRoster { words, ..ListRoster::default() }).await.unwrap();
    let RosterCard { id: person, organization, .. } = found.items[0].clone();
    let (organization, from) = (organization.id, local_date(now(world).await));
    let leave = PlacePerson { person, organization, team: None, post: None, active: false, from };
    officer.call(leave).await.unwrap();
    officer.call(ErasePerson { person }).await.unwrap();
}
