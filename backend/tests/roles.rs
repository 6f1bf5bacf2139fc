//! What each role may do with what is its own organisation's, another's, or nobody's: every operation
//! is called by every role, and what comes of it is compared with a file that was reviewed.
//!
//! An operation that the file does not know fails the comparison: nobody adds one without deciding
//! who may call it.
#![expect(clippy::unwrap_used, reason = "a scene that does not go as told ends there")]

#[macro_use]
mod scene;

#[path = "roles/callers.rs"]
mod callers;
#[path = "roles/pages.rs"]
mod pages;
#[path = "roles/requests.rs"]
mod requests;
#[path = "roles/scopes.rs"]
mod scopes;
#[path = "roles/standards.rs"]
mod standards;
#[path = "roles/things.rs"]
mod things;

use std::{collections::BTreeMap, fmt::Write};

use backend::http;
use callers::{CALLERS, Caller};
use requests::Request;
use scene::World;
use shared::api::{Method, Route};
use things::{Parts, Things, Whose};

/// What came of calling an operation with what is the caller's own, another's and nobody's.
type Cells = [String; 3];

/// Somebody who calls, with what they call about.
struct Calling<'world> {
    world: &'world World,
    caller: Caller,
    own: Parts,
    anothers: Parts,
    nobodys: Things,
}

impl<'world> Calling<'world> {
    async fn of(world: &'world World, caller: Caller) -> Self {
        let id = caller.id(world).await;
        let mut own = Parts::of(world, Whose::Own, id).await;
        let anothers = Parts::of(world, Whose::Anothers, id).await;
        let nobodys = own.all(world, "").await.unknown();
        Self { world, caller, own, anothers, nobodys }
    }

    async fn cell(&mut self, route: &Route, whose: Whose) -> String {
        let (world, path) = (self.world, route.path);
        let person = self.caller.signed_in(world).await;
        let nobodys = self.nobodys.clone();
        let mut parts = match whose {
            Whose::Own => Some(&mut self.own),
            Whose::Anothers => Some(&mut self.anothers),
            Whose::Nobodys => None,
        };
        let things = match &mut parts {
            Some(parts) => {
                // Whoever came before has made another one of it, or changed what it was checked
                // against.
                if ["{grant}", "{import}"].iter().any(|it| path.contains(it)) {
                    parts.forget(path);
                }
                parts.all(world, path).await
            }
            None => nobodys,
        };
        if route.operation == "CancelPlannedPlacement" && parts.is_some() {
            things::plan_move(world, &things).await;
        }
        let request = Request::of(route, &things);
        let method = route.method.as_str();
        let outcome = person.outcome(method, &request.target, request.body).await;
        let Err(code) = outcome else {
            if let Some(parts) = parts.filter(|_| route.method != Method::GET) {
                parts.forget(path);
            }
            return "ok".into();
        };
        assert_ne!(code, "internal", "{} {whose:?} {}", route.operation, self.caller.name);
        code
    }

    async fn cells(&mut self, route: &Route) -> Cells {
        let own = self.cell(route, Whose::Own).await;
        if !Request::names_anything(route) {
            return [own.clone(), own.clone(), own];
        }
        let another = self.cell(route, Whose::Anothers).await;
        [own, another, self.cell(route, Whose::Nobodys).await]
    }
}

/// `own ok, another's not_found, nobody's not_found`, or what is the same for all.
fn said([own, another, nobody]: &Cells) -> String {
    if own == another && own == nobody {
        return own.clone();
    }
    format!("own {own}, another's {another}, nobody's {nobody}")
}

async fn matrix(world: &World) -> String {
    let mut callings = Vec::new();
    for caller in CALLERS {
        callings.push(Calling::of(world, caller).await);
    }
    let mut routes: Vec<Route> = http::api().routes().collect();
    routes.extend(requests::FILES);
    routes.sort_by_key(|route| (route.path, route.method));
    let mut text = String::new();
    for route in routes {
        let Route { method, path, operation, access, step_up } = route;
        let proof = if step_up { ", step-up" } else { "" };
        writeln!(text, "{operation} ({access}{proof}) {} {path}", method.as_str()).unwrap();
        let mut roles = BTreeMap::<String, Vec<&str>>::new();
        for calling in &mut callings {
            let cells = said(&calling.cells(&route).await);
            roles.entry(cells).or_default().push(calling.caller.name);
        }
        for (cells, who) in roles {
            writeln!(text, "    {cells}: {}", who.join(", ")).unwrap();
        }
    }
    text
}

#[actix_web::test]
async fn every_role_may_do_what_was_reviewed_and_nothing_else() {
    let world = World::new(scene::Kind::Sqlite).await.unwrap();
    callers::arrive(&world).await;
    insta::assert_snapshot!(matrix(&world).await);
}
