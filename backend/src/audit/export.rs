//! The chain as NDJSON, one record a line, from which it can be verified without the database:
//! `{"hash":…,"prev":…,"record":{…},"seq":…}`, where `record` is exactly what was hashed.

use serde::Deserialize;

use super::{
    chain::{hex, unhex},
    entity::log,
    record::Record,
    verify::Link,
};
use crate::Result;

/// A record as a line, without its end.
pub fn line(row: &log::Model) -> Result<String> {
    let record = match Record::read(&row.canonical) {
        Ok(_) => row.canonical.clone(),
        // Put there by hand: kept as the text that it is.
        Err(_) => serde_json::to_string(&row.canonical)?,
    };
    let (hash, prev, seq) = (hex(&row.hash), hex(&row.prev), row.seq);
    Ok(format!(r#"{{"hash":"{hash}","prev":"{prev}","record":{record},"seq":{seq}}}"#))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    hash: String,
    prev: String,
    record: Told,
    seq: i64,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Told {
    Record(Box<Record>),
    Text(String),
}

/// The link that a line holds; nothing where it is no such line.
pub fn read(line: &str) -> Option<Link> {
    let line: Line = serde_json::from_str(line).ok()?;
    let canonical = match line.record {
        Told::Record(record) => record.canonical().ok()?,
        Told::Text(text) => text,
    };
    Some(Link {
        seq: line.seq,
        prev: unhex(&line.prev)?,
        hash: unhex(&line.hash)?,
        columns_agree: true,
        canonical,
    })
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use proptest::prelude::*;

    use super::*;
    use crate::audit::{Actor, Event, Object, chain};

    fn row(canonical: String) -> log::Model {
        log::Model {
            seq: 1,
            id: uuid::Uuid::nil(),
            prev: chain::START.to_vec(),
            hash: chain::link(1, &chain::START, &canonical),
            canonical,
            at: DateTime::UNIX_EPOCH,
            event: String::new(),
            outcome: String::new(),
            person_id: None,
            organization_id: None,
            object_kind: String::new(),
            object_id: None,
            sealed_at: DateTime::UNIX_EPOCH,
        }
    }

    #[test]
    fn a_line_comes_back_as_what_was_hashed_whatever_that_was() {
        let act = Actor::SYSTEM.did(Event::ServerStarted, Object::INSTALLATION).with("n", 1_u8);
        let record = Record::of(&act, DateTime::UNIX_EPOCH).canonical().unwrap();
        for canonical in [record, "=evil\n\"".to_owned(), r#"{"at":1}"#.to_owned()] {
            let row = row(canonical);
            let line = line(&row).unwrap();
            assert!(!line.contains('\n'));
            let came_back = read(&line).unwrap();
            assert_eq!((came_back.canonical, came_back.hash), (row.canonical, row.hash));
        }
        assert_eq!(read("{}"), None);
    }

    proptest! {
        #[test]
        fn any_text_that_was_hashed_comes_back_from_its_line(canonical in ".*") {
            let row = row(canonical);
            prop_assert_eq!(read(&line(&row).unwrap()).unwrap().canonical, row.canonical);
        }

        #[test]
        fn no_line_is_too_odd_to_be_read(line in r#"(\{"hash":"|"prev":|[0-9a-f"{}:,\[\]]|.)*"#) {
            drop(read(&line));
        }
    }
}
