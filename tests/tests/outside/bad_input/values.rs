//! What no honest client would send.

use std::collections::HashSet;

use serde_json::{Value, json};
use uuid::Uuid;

/// Values in a path or a query, escaped where an address must be.
pub fn in_addresses() -> Vec<String> {
    let mut values: Vec<String> = [
        "x",
        "0",
        "-1",
        "%00",
        "%0d%0aX-Injected:%201",
        "%ff%fe",
        "%e4%b8%ad%e6%96%87",
        "%f0%9f%98%80",
        "..%2f..%2fetc%2fpasswd",
        "%2e%2e",
        "'%20OR%201=1--",
        "00000000-0000-0000-0000-000000000000",
        "ffffffff-ffff-ffff-ffff-ffffffffffff",
        "99999999999999999999",
        "null",
        "%25%25",
    ]
    .map(str::to_owned)
    .to_vec();
    values.push(Uuid::new_v4().to_string());
    values.push("9".repeat(2000));
    values
}

/// Bodies that are not the JSON of an object, or hardly.
pub fn broken_bodies() -> Vec<Vec<u8>> {
    let mut bodies: Vec<Vec<u8>> =
        ["", "{", "}", "[]", "null", "1", "\"x\"", "{\"a\":}", "{}{}", "NaN"]
            .map(|text| text.as_bytes().to_vec())
            .to_vec();
    bodies.push(b"\xff\xfe{\x00}\x00".to_vec());
    bodies.push(b"{\"\xc3\x28\": 1}".to_vec());
    bodies.push(b"{\"a\":\"\\ud800\"}".to_vec());
    bodies.push(b"{\"unknown\":1}".to_vec());
    bodies.push(b"{\"__proto__\":{}}".to_vec());
    bodies.push("[".repeat(100_000).into_bytes());
    bodies.push(format!("{}1{}", "{\"a\":".repeat(5_000), "}".repeat(5_000)).into_bytes());
    bodies
}

/// The body with each of its parts, one at a time, left out or replaced by each bad value.
pub fn mutants(body: &Value) -> Vec<Value> {
    new_mutants(body, &mut HashSet::new())
}

/// The same of those parts that were not `tried` before: bodies that differ in their kind have much in
/// common.
pub fn new_mutants(body: &Value, tried: &mut HashSet<(String, String)>) -> Vec<Value> {
    let mut mutants = Vec::new();
    let part_at = |place: &str| body.pointer(place).map(Value::to_string).unwrap_or_default();
    for place in places(body) {
        if !tried.insert((place.clone(), part_at(&place))) {
            continue;
        }
        for value in bad_values() {
            let mut mutant = body.clone();
            if let Some(part) = mutant.pointer_mut(&place) {
                *part = value;
            }
            mutants.push(mutant);
        }
        let (parent, key) = place.rsplit_once('/').unwrap_or_default();
        let mut mutant = body.clone();
        if let Some(fields) = mutant.pointer_mut(parent).and_then(Value::as_object_mut) {
            fields.remove(key);
            mutants.push(mutant.clone());
        }
        if let Some(items) = body.pointer(&place).and_then(Value::as_array) {
            let first = items.first().cloned().unwrap_or_default();
            for count in [0, 2, 2_000] {
                let mut mutant = body.clone();
                if let Some(part) = mutant.pointer_mut(&place) {
                    *part = json!(vec![first.clone(); count]);
                }
                mutants.push(mutant);
            }
        }
    }
    mutants
}

/// JSON pointers of everything in the body.
fn places(body: &Value) -> Vec<String> {
    let children: Vec<(String, &Value)> = match body {
        Value::Object(fields) => fields.iter().map(|(key, value)| (key.clone(), value)).collect(),
        Value::Array(items) => {
            items.iter().enumerate().map(|(at, it)| (at.to_string(), it)).collect()
        }
        _ => Vec::new(),
    };
    let mut places = Vec::new();
    for (key, value) in children {
        places.push(format!("/{key}"));
        places.extend(self::places(value).into_iter().map(|inner| format!("/{key}{inner}")));
    }
    places
}

fn bad_values() -> Vec<Value> {
    let mut values = vec![
        json!(null),
        json!(true),
        json!(0),
        json!(-1),
        json!(1.5),
        json!(i64::MAX),
        json!(i64::MIN),
        json!(u64::MAX),
        json!(i32::MIN),
        json!(1e300),
        json!([]),
        json!({}),
        json!([null]),
        json!({"a": 1}),
        json!(""),
        json!(" \t\n"),
        json!("\u{0}"),
        json!("字\u{0}字"),
        json!("\u{202e}\u{feff}\u{fffd}"),
        json!("<script>alert(1)</script><img src=x onerror=alert(1)>"),
        json!("'; DROP TABLE people; --"),
        json!("../../etc/passwd"),
        json!(Uuid::nil()),
        json!(Uuid::new_v4()),
        json!("字".repeat(20_000)),
    ];
    // Instants and dates at the ends of what calendars and databases hold.
    for text in [
        "0000-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z",
        "+262142-12-31T23:59:59Z",
        "-262143-01-01T00:00:00Z",
        "2026-02-30T00:00:00Z",
        "2016-12-31T23:59:60Z",
        "0000-01-01",
        "9999-12-31",
        "+262142-12-31",
        "-262143-01-01",
    ] {
        values.push(json!(text));
    }
    values
}

/// Uploads that are no pictures and no videos, or pretend to be.
pub fn uploads() -> Vec<(&'static str, Vec<u8>)> {
    const FORM: &str = "multipart/form-data; boundary=cut";
    let part = |head: &str, content: &[u8]| {
        let mut body = format!("--cut\r\n{head}\r\n\r\n").into_bytes();
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n--cut--\r\n");
        body
    };
    let file = |name: &str, kind: &str, content: &[u8]| {
        let head = format!(
            "Content-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: {kind}"
        );
        (FORM, part(&head, content))
    };
    let box_of = |size: u32, kind: &[u8], rest: &[u8]| [&size.to_be_bytes(), kind, rest].concat();
    let mut png = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\xff\xff\xff\xff\xff\xff\xff\xff".to_vec();
    png.extend_from_slice(&[8, 6, 0, 0, 0, 0, 0, 0, 0]);
    vec![
        ("", Vec::new()),
        ("application/json", b"{}".to_vec()),
        ("multipart/form-data", b"x".to_vec()),
        (FORM, b"no parts at all".to_vec()),
        (FORM, b"--cut\r\nContent-Disposition: form-data; name=\"file\"".to_vec()),
        (FORM, part("Content-Disposition: form-data; name=\"other\"", b"x")),
        (FORM, part("Content-Disposition: form-data", b"x")),
        file("a.png", "image/png", b""),
        file("a.png", "image/png", b"not a picture"),
        file("a.png", "image/png", &png),
        file("a.svg", "image/svg+xml", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"),
        file("a.jpg", "image/jpeg", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00"),
        file("a.webp", "image/webp", b"RIFF\xff\xff\xff\xffWEBPVP8 \xff\xff\xff\xff"),
        file("a.mp4", "video/mp4", b"\x00\x00\x00\x18ftypmp42"),
        file("a.mp4", "video/mp4", &box_of(8, b"ftyp", &box_of(u32::MAX, b"moov", b""))),
        file(
            "a.mp4",
            "video/mp4",
            &box_of(8, b"ftyp", &box_of(0, b"moov", &box_of(1, b"trak", b""))),
        ),
        file("../../a.png", "image/png", b"\x89PNG\r\n\x1a\n"),
    ]
}
