//! The OpenAPI document, as somebody reads it who has nothing else.

use serde_json::{Map, Value, json};

/// One operation of the document.
#[derive(Debug, Clone)]
pub struct Operation {
    pub id: String,
    /// In lower case.
    pub method: String,
    pub path: String,
    /// Names of the query's parameters.
    pub query: Vec<String>,
    /// Bodies that its schema allows, one for each alternative in it; none where it takes none.
    pub bodies: Vec<Value>,
}

impl Operation {
    /// Every operation of the document.
    pub fn all(document: &Value) -> Vec<Self> {
        let mut operations = Vec::new();
        for (path, item) in document["paths"].as_object().into_iter().flatten() {
            for (method, operation) in item.as_object().into_iter().flatten() {
                operations.push(Self::read(document, path, method, operation));
            }
        }
        operations
    }

    fn read(document: &Value, path: &str, method: &str, operation: &Value) -> Self {
        let parameters = operation["parameters"].as_array().into_iter().flatten();
        let query =
            parameters.filter(|it| it["in"] == "query").filter_map(|it| it["name"].as_str());
        let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
        // As many as the largest number of kinds that anything in a body has.
        let alternatives = if schema.is_null() { 0 } else { 8 };
        let mut bodies: Vec<Value> = Vec::new();
        for which in 0..alternatives {
            let body = sample(document, schema, "", which, 0);
            if !bodies.contains(&body) {
                bodies.push(body);
            }
        }
        Self {
            id: operation["operationId"].as_str().unwrap_or_default().to_owned(),
            method: method.to_owned(),
            path: path.to_owned(),
            query: query.map(str::to_owned).collect(),
            bodies,
        }
    }

    /// Whether it changes something that was there before by taking it away.
    pub fn removes(&self) -> bool {
        self.method == "delete"
    }
}

/// A value that the schema allows; `which` chooses among alternatives. Ids are left as
/// `{name}` of the field they stand in.
fn sample(document: &Value, schema: &Value, name: &str, which: usize, depth: usize) -> Value {
    let inside = |schema, name| sample(document, schema, name, which, depth + 1);
    if depth > 12 {
        return Value::Null;
    }
    if let Some(reference) = schema["$ref"].as_str() {
        let referred = document.pointer(reference.trim_start_matches('#'));
        return referred.map_or(Value::Null, |schema| inside(schema, name));
    }
    for key in ["oneOf", "anyOf"] {
        if let Some(choices) = schema[key].as_array() {
            let choices: Vec<_> = choices.iter().filter(|it| it["type"] != "null").collect();
            return choices
                .get(which % choices.len().max(1))
                .map_or(Value::Null, |it| inside(it, name));
        }
    }
    if let Some(parts) = schema["allOf"].as_array() {
        let fields = parts.iter().map(|part| inside(part, name));
        let fields = fields.filter_map(|part| part.as_object().cloned()).flatten();
        return Value::Object(fields.collect());
    }
    if let Some(choices) = schema["enum"].as_array() {
        return choices.get(which % choices.len().max(1)).cloned().unwrap_or_default();
    }
    if !schema["const"].is_null() {
        return schema["const"].clone();
    }
    match type_of(schema) {
        "object" => {
            let fields = schema["properties"].as_object().into_iter().flatten();
            let fields = fields.map(|(name, schema)| (name.clone(), inside(schema, name)));
            Value::Object(fields.collect::<Map<_, _>>())
        }
        "array" => match schema["prefixItems"].as_array() {
            Some(items) => items.iter().map(|item| inside(item, name)).collect(),
            None => json!([inside(&schema["items"], name)]),
        },
        "integer" | "number" => json!(1),
        "boolean" => json!(true),
        "string" => text(schema, name),
        _ => Value::Null,
    }
}

fn type_of(schema: &Value) -> &str {
    let kinds = schema["type"].as_array().into_iter().flatten();
    let kind = kinds.filter_map(Value::as_str).find(|kind| *kind != "null");
    kind.or(schema["type"].as_str()).unwrap_or_default()
}

fn text(schema: &Value, name: &str) -> Value {
    match schema["format"].as_str().unwrap_or_default() {
        "uuid" => json!(format!("{{{name}}}")),
        "date-time" => json!("2026-12-31T02:00:00Z"),
        "date" => json!("2026-12-31"),
        _ => json!("试一试"),
    }
}
