//! A request for every operation, sound enough to come as far as the rule that decides.

use chrono::TimeDelta;
use serde_json::{Map, Value, json};
use shared::api::{Method, Route, placeholder};
use uuid::Uuid;

use super::things::Things;

pub struct Request {
    pub target: String,
    pub body: Option<String>,
}

impl Request {
    pub fn of(route: &Route, things: &Things) -> Self {
        let target: String = route
            .path
            .split('/')
            .map(|segment| match placeholder(segment) {
                Some(name) => in_path(route, name, things),
                None => segment.to_owned(),
            })
            .collect::<Vec<_>>()
            .join("/");
        let fields = fields(route.operation, things);
        if route.method.has_body() {
            return Self { target, body: Some(Value::Object(fields).to_string()) };
        }
        let query = serde_html_form::to_string(fields).unwrap();
        Self { target: format!("{target}?{query}"), body: None }
    }

    /// Whether it is about anything that can be somebody's.
    pub fn names_anything(route: &Route) -> bool {
        const BY_FIELD: [&str; 10] = [
            "AssignCourse",
            "BeginCheckIn",
            "CountAudience",
            "AddOrganization",
            "AddBase",
            "ListRoster",
            "ListTeams",
            "ListGrants",
            "CreateTrainingSession",
            "LinkClause",
        ];
        route.path.contains('{') || BY_FIELD.contains(&route.operation)
    }
}

/// Doors that are no operations: what comes or goes as a file.
pub const FILES: [Route; 18] = [
    file(Method::GET, "/media/{file}", "a file of a lesson"),
    file(Method::POST, "/api/console/media", "uploading a file for a lesson"),
    file(Method::POST, "/api/console/uploads", "beginning a large upload"),
    file(Method::PATCH, "/api/console/uploads/{upload}", "going on with an upload"),
    file(Method::DELETE, "/api/console/uploads/{upload}", "giving an upload up"),
    file(Method::GET, "/api/console/courses/{course}/report.xlsx", "a report as a workbook"),
    file(Method::GET, "/api/console/courses/{course}/package", "a course as a package"),
    file(Method::POST, "/api/console/course-packages", "bringing a course package in"),
    file(Method::POST, "/api/console/courses/{course}/quiz/imports", "a file with questions"),
    file(Method::GET, "/api/console/question-template.xlsx", "the template for questions"),
    file(Method::GET, "/api/console/roster/template.xlsx", "the roster's template"),
    file(Method::POST, "/api/console/roster/imports", "uploading a roster"),
    file(Method::GET, "/api/console/roster/imports/{import}/bad-rows.xlsx", "bad rows"),
    file(Method::GET, "/api/console/audit/records.ndjson", "the audit log"),
    file(Method::GET, "/api/console/audit/records.xlsx", "the audit log as a workbook"),
    file(Method::POST, "/api/console/standards/{standard}/versions", "uploading a standard"),
    file(Method::GET, "/api/console/standard-versions/{version}/file", "a standard's own file"),
    file(Method::GET, "/api/console/standard-versions/{version}/impact.xlsx", "an impact sheet"),
];

const fn file(method: Method, path: &'static str, operation: &'static str) -> Route {
    Route { method, path, operation, access: "a file", step_up: false }
}

/// The console's doors lead to drafts, all others to what is published.
fn in_path(route: &Route, name: &str, things: &Things) -> String {
    let console = route.path.starts_with("/api/console/");
    let needs_published = [
        "AssignCourse",
        "ListAssignments",
        "ShowCourseReport",
        "PublishCourse",
        "RetireCourse",
        "a report as a workbook",
    ];
    let draft = console && !needs_published.contains(&route.operation);
    let id = match name {
        "course" if draft => things.draft,
        "course" => things.course,
        "chapter" => things.chapter,
        "revision" => things.revision,
        "lesson" if draft => things.lesson_draft,
        "lesson" => things.lesson,
        "quiz" => things.quiz,
        "attempt" => things.attempt,
        "session" => things.session,
        "organization" => things.branch,
        "team" => things.team,
        "base" => things.base,
        "post" => things.spare_post,
        "person" if route.operation == "GrantRole" => things.appointee,
        "person" => things.person,
        "import" => things.import,
        "grant" => things.grant,
        "message" => things.message,
        "file" | "media" => things.file,
        "standard" | "version" | "clause" | "link" => things.standards.id(name, route.operation),
        "upload" => things.upload,
        "sign_in" => things.sign_in,
        // Jobs that are given up belong to the installation, not to an organisation.
        "job" => Uuid::nil(),
        "kind" => return "session_soon".into(),
        "waiver" => things.waiver,
        "slot" => return "syllabus".into(),
        other => panic!("what is {{{other}}} of {}?", route.operation),
    };
    id.to_string()
}

/// The fields that do not travel in the path.
fn fields(operation: &str, things: &Things) -> Map<String, Value> {
    let fields = people_fields(operation, things)
        .or_else(|| course_fields(operation, things))
        .or_else(|| learner_fields(operation, things))
        .or_else(|| things.standards.fields(operation, things.lesson_draft))
        .unwrap_or_else(|| json!({}));
    let Value::Object(fields) = fields else { panic!("fields are an object") };
    fields
}

fn people_fields(operation: &str, things: &Things) -> Option<Value> {
    let Things { organization, post, .. } = things;
    Some(match operation {
        "PlacePerson" => json!({
            "organization": organization, "active": true, "from": "2026-01-01",
        }),
        "DisclosePerson" => json!({ "what": "phone" }),
        "ListTeams" | "ListRoster" => json!({ "organization": organization }),
        "AddOrganization" => json!({
            "name": Uuid::now_v7().to_string(), "kind": "contractor", "parent": organization,
        }),
        "AddPost" => json!({ "name": Uuid::now_v7().to_string() }),
        "SaveOrganization" => json!({
            "version": 1, "name": Uuid::now_v7().to_string(), "kind": "contractor",
            "parent": organization,
        }),
        "AddTeam" => json!({ "name": "一班" }),
        "SaveTeam" => json!({ "version": 1, "name": "一班" }),
        "SavePost" => json!({
            "version": 1, "name": Uuid::now_v7().to_string(), "position": 1,
            "code": &Uuid::now_v7().simple().to_string()[12..],
        }),
        "AddBase" => json!({ "details": base(things) }),
        "SaveBase" => json!({ "version": 1, "details": base(things) }),
        "CorrectRows" => json!({ "rows": [] }),
        "ApplyImport" => json!({ "skip_bad": true, "with_leavers": false }),
        "GrantRole" => json!({
            "role": "team_leader", "scope": { "kind": "organization", "id": organization },
        }),
        "FindAppointees" => json!({ "search": "D01" }),
        "ListScopes" => json!({ "role": "team_leader" }),
        "ListGrants" => json!({ "person": things.appointee }),
        "CountAudience" => json!({ "organizations": [organization], "posts": [post] }),
        _ => return None,
    })
}

fn base(things: &Things) -> Value {
    json!({
        "name": Uuid::now_v7().to_string(), "kind": "own", "organization": things.organization,
        "address": "3 号楼", "state": "running",
    })
}

fn course_fields(operation: &str, things: &Things) -> Option<Value> {
    let details = || {
        json!({
            "title": "新课", "summary": "", "level": "execution", "category": "post_skills",
            "posts": [],
        })
    };
    let lesson = || json!({ "kind": "article", "blocks": [] });
    let session = || {
        json!({
            "title": "实训", "place": "2 号楼", "starts_at": things.starts_at,
            "ends_at": things.starts_at + TimeDelta::hours(2), "instructor": things.instructor,
            "seats": 20, "notes": "",
        })
    };
    Some(match operation {
        "SaveSubtitles" => json!({ "text": "" }),
        "CreateCourse" => json!({ "details": details() }),
        "SaveCourseDetails" => json!({ "version": 1, "details": details() }),
        "ReturnRevision" | "RestoreRevision" => json!({ "reason": "再改改" }),
        "SaveBuild" => json!({ "stage": "writing" }),
        "WaiveGate" => json!({
            "lights": ["steps"], "reason": "先用起来", "until": things.due_on,
        }),
        "SaveArtefact" => json!({ "state": "writing" }),
        "AddChapter" => json!({ "title": "第二章" }),
        "SaveChapter" => json!({ "title": "第一章", "position": 1 }),
        "AddLesson" => json!({ "title": "新课时", "kind": "article" }),
        "SaveLesson" => json!({
            "version": 2, "title": "课时", "minutes": 5, "position": 1, "content": lesson(),
        }),
        "MoveLesson" => json!({ "chapter": things.chapter }),
        "SaveLessonChecks" => json!({ "version": 0, "questions": [] }),
        "SavePractice" => json!({
            "version": 1,
            "practice": {
                "checklist": { "minutes": 0, "items": [] },
                "site": { "stations": [], "group_size": 0, "materials": [] },
            },
        }),
        "SaveQuizDraft" => json!({
            "version": 1, "settings": quiz_settings(), "questions": [],
        }),
        "PreviewQuestions" => json!({ "text": "先放牌子。{T####提醒人}" }),
        "AddQuestions" => json!({ "questions": [question()] }),
        "AssignCourse" => json!({
            "posts": [], "organizations": [things.organization], "due_on": things.due_on,
        }),
        "CreateTrainingSession" | "SaveTrainingSession" => json!({ "details": session() }),
        _ => return None,
    })
}

fn quiz_settings() -> Value {
    serde_json::to_value(shared::authoring::QuizSettings::default()).unwrap()
}

fn question() -> Value {
    let option = |text, correct| json!({ "text": text, "correct": correct });
    json!({
        "id": Uuid::now_v7(), "kind": "true_false", "stem": "先放牌子。", "explanation": "提醒人",
        "options": [option("正确", true), option("错误", false)],
    })
}

fn learner_fields(operation: &str, things: &Things) -> Option<Value> {
    Some(match operation {
        "SignInWithPassword" => json!({
            "username": Uuid::now_v7().to_string(), "password": "wrong password",
        }),
        "SignInWithMiniProgram" | "ClaimMiniProgram" | "BeginCheckIn" => {
            json!({ "code": "forged" })
        }
        "RefreshSignIn" => json!({ "refresh_token": "forged" }),
        "RedeemWebTicket" => json!({ "ticket": "forged", "path": "/" }),
        "BindWithInvitation" => json!({
            "claim": "forged", "name": "甲", "staff_number": "1", "code": "ABCDEFGH",
        }),
        "BindWithPhone" => json!({ "claim": "forged", "code": "forged" }),
        "ConfirmSecondFactor" => json!({ "challenge": "forged", "code": "123456" }),
        "AskForConfirmation" | "AwaitConfirmation" => json!({ "challenge": "forged" }),
        "SetUpSecondFactor" => json!({ "code": "123456" }),
        "StepUp" => json!({ "proof": "wrong password" }),
        "SetPassword" => json!({ "password": "一句很长的话 2026" }),
        "MakeWebTicket" => json!({ "path": "/" }),
        "SignJsSdk" => json!({ "url": "http://127.0.0.1:8080/" }),
        "RecordSubscribeChoice" => json!({ "template": "unknown", "accepted": true }),
        "ChangeNotificationSetting" => json!({ "by_wechat": false }),
        "GivePrivacyConsent" => json!({ "version": "1.1" }),
        "ReadWholeInbox" => json!({ "newest": things.message }),
        "RetryDeadJobs" => json!({ "kind": "push_session_soon" }),
        "ReportProgress" => json!({ "position": 10, "watched": [], "reached_end": false }),
        "StartAttempt" => json!({ "device": Uuid::from_u128(1) }),
        "TakeOverAttempt" => json!({ "device": Uuid::from_u128(2) }),
        "SaveAnswers" => json!({
            "writer_epoch": things.writer_epoch, "answers": [things.answer],
        }),
        "SubmitAttempt" => json!({ "writer_epoch": things.writer_epoch, "answers": [] }),
        "CheckInByHand" => json!({ "reason": "手机没电" }),
        "FindCandidates" => json!({ "search": "D01" }),
        "CompleteCheckIn" => json!({ "ticket": "forged" }),
        _ => return None,
    })
}
