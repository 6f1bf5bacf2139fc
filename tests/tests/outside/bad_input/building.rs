//! What is tried on an operation.

use std::collections::HashSet;

use serde_json::Value;

use super::{attack::Attack, values, world::Ids};
use crate::contract::Operation;

/// All that is tried on one operation.
pub fn attacks_on(operation: &Operation, ids: &Ids) -> Vec<Attack> {
    let method = operation.method.to_uppercase();
    let filled = ids.fill(&operation.path);
    let bodies: Vec<Value> = operation.bodies.iter().map(|body| ids.fill_in(body)).collect();
    let honest = bodies.first().map(|body| body.to_string().into_bytes());
    let attack = |target: String, body: Option<Vec<u8>>| Attack {
        operation: operation.id.clone(),
        method: method.clone(),
        target,
        body,
        content_type: "application/json",
    };
    let mut attacks = Vec::new();
    for path in bad_paths(&operation.path, ids) {
        attacks.push(attack(path, honest.clone()));
    }
    if operation.removes() {
        return attacks;
    }
    for query in bad_queries(operation) {
        attacks.push(attack(format!("{filled}?{query}"), honest.clone()));
    }
    if honest.is_some() {
        let mut tried = HashSet::new();
        let mutants = bodies.iter().flat_map(|body| values::new_mutants(body, &mut tried));
        for body in bodies.iter().cloned().chain(mutants) {
            attacks.push(attack(filled.clone(), Some(body.to_string().into_bytes())));
        }
        for body in values::broken_bodies() {
            attacks.push(attack(filled.clone(), Some(body)));
        }
        for content_type in
            ["text/plain", "", "application/json; charset=gbk", "multipart/form-data"]
        {
            attacks.push(Attack { content_type, ..attack(filled.clone(), honest.clone()) });
        }
    }
    attacks
}

/// The path with each of its values made bad in turn.
fn bad_paths(path: &str, ids: &Ids) -> Vec<String> {
    let names = path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
    let bad = names.flat_map(|name| {
        values::in_addresses()
            .into_iter()
            .map(move |value| path.replace(&format!("{{{name}}}"), &value))
    });
    bad.map(|path| ids.fill(&path)).collect()
}

fn bad_queries(operation: &Operation) -> Vec<String> {
    let mut queries: Vec<String> =
        ["unknown=1", "%", "&&&=", "=", "a=b=c", "%ff=%ff", "[]=1"].map(str::to_owned).to_vec();
    for name in &operation.query {
        queries.push(format!("{name}=1&{name}=2"));
        queries.extend(values::in_addresses().into_iter().map(|value| format!("{name}={value}")));
    }
    queries
}
