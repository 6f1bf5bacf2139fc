//! What others depend on: changing it must be a decision, seen in review.
#![allow(clippy::unwrap_used, reason = "a scene that cannot go on has failed")]

#[macro_use]
mod scene;

use std::collections::{BTreeMap, BTreeSet};

use backend::{db::cursor, http};
use shared::{api::Route, problem::Code};

fn declared() -> BTreeSet<Route> {
    [
        shared::accounts::ROUTES,
        shared::accounts::binding::ROUTES,
        shared::accounts::confirmations::ROUTES,
        shared::accounts::passwords::ROUTES,
        shared::accounts::second_factor::ROUTES,
        shared::audit::ROUTES,
        shared::bases::ROUTES,
        shared::authoring::ROUTES,
        shared::builds::ROUTES,
        shared::content::ROUTES,
        shared::courses::ROUTES,
        shared::deliveries::ROUTES,
        shared::gates::ROUTES,
        shared::grants::ROUTES,
        shared::learning::ROUTES,
        shared::media::ROUTES,
        shared::notifications::ROUTES,
        shared::organizations::ROUTES,
        shared::organizations::keeping::ROUTES,
        shared::packages::ROUTES,
        shared::practice::ROUTES,
        shared::privacy::ROUTES,
        shared::quizzes::ROUTES,
        shared::reports::ROUTES,
        shared::revisions::ROUTES,
        shared::roster::ROUTES,
        shared::standards::ROUTES,
        shared::standards::console::ROUTES,
        shared::training::ROUTES,
        shared::wechat::ROUTES,
    ]
    .into_iter()
    .flatten()
    .copied()
    .collect()
}

#[test]
fn every_declared_endpoint_is_served_once() {
    let served: Vec<Route> = http::api().routes().collect();
    let differing: Vec<_> = served
        .iter()
        .copied()
        .collect::<BTreeSet<_>>()
        .symmetric_difference(&declared())
        .copied()
        .collect();
    assert_eq!(differing, [], "either declared here or served, not both");
    assert_eq!(served.len(), declared().len());
}

#[test]
fn every_endpoint_is_documented() {
    let document = http::api().document();
    for route in declared() {
        let path = document.paths.paths.get(route.path);
        let path = serde_json::to_value(path).unwrap();
        let operation = &path[route.method.as_str().to_lowercase()];
        assert!(operation["operationId"].is_string(), "{route:?}");
        assert!(operation["summary"].is_string(), "{route:?} has no summary");
    }
}

#[test]
fn the_openapi_document_is_as_reviewed() {
    insta::assert_snapshot!(http::openapi());
}

#[test]
fn the_catalogue_of_codes_is_as_reviewed() {
    let codes: BTreeMap<_, _> =
        Code::ALL.iter().map(|code| (code.as_str(), (code.status(), code.title()))).collect();
    insta::assert_json_snapshot!(codes);
}

#[test]
fn the_names_that_outside_tools_rely_on_are_there() {
    let document = serde_json::to_string(&http::api().document()).unwrap();
    for name in [
        "SignInWithMiniProgram",
        "SignInWithPassword",
        "RefreshSignIn",
        "SignOut",
        "ShowMe",
        "ListCourses",
        "ShowCourse",
        "ShowLesson",
        "ReportProgress",
        "StartAttempt",
        "ShowAttempt",
        "SaveAnswers",
        "SubmitAttempt",
        "ShowResult",
        "ListTrainingSessions",
        "Enroll",
        "ShowCheckInCode",
        "BeginCheckIn",
        "CompleteCheckIn",
        "PublishCourse",
    ] {
        assert!(document.contains(&format!("\"operationId\":\"{name}\"")), "{name}");
    }
}

scene!(a_made_up_cursor_is_refused_by_every_list, |world| async move {
    let wang = world.person("wangxiuying").await;
    let id = uuid::Uuid::nil().to_string();
    let places = |at: &str| {
        [
            ("/api/courses", cursor::write(&["1".into(), at.into(), id.clone()])),
            ("/api/training-sessions", cursor::write(&[at.into(), id.clone()])),
            ("/api/me/inbox", cursor::write(&[id.clone(), at.into()])),
        ]
    };
    // The first instants that chrono knows, and the first that PostgreSQL does not.
    for at in ["-8334601228800000000", "-210866803200000001", "9223372036854775807", "x"] {
        for (list, cursor) in places(at) {
            for cursor in [cursor, at.into()] {
                let (status, problem) =
                    wang.raw("GET", &format!("{list}?cursor={cursor}"), None).await;
                let field = problem["fields"][0]["field"].as_str();
                assert_eq!((status, field), (422, Some("cursor")), "{list} {at}");
            }
        }
    }
});
