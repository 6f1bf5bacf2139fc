//! The two ways a message is written, read into one: what XML repeats is a list, and its texts are
//! texts.
//!
//! No document type, no processing instruction and no entity but the five that XML itself knows: so
//! nothing is fetched and nothing grows.

use quick_xml::{Reader, events::BytesRef, events::Event};
use serde_json::{Map, Value, map::Entry};

/// How deep elements may lie in each other; WeChat's lie three deep.
const DEEPEST: usize = 8;
/// Elements of a message at most.
const MOST_ELEMENTS: usize = 1_000;

/// The fields of a message; nothing if it is neither XML nor a JSON object.
pub fn read(text: &str) -> Option<Value> {
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.starts_with('<') {
        return xml(text);
    }
    serde_json::from_str(text).ok().filter(Value::is_object)
}

/// An element that was begun and has not ended.
struct Open {
    name: String,
    children: Map<String, Value>,
    text: String,
}

impl Open {
    fn new(name: &str) -> Self {
        Self { name: name.to_owned(), children: Map::new(), text: String::new() }
    }

    /// With children it is those; the line breaks between them mean nothing.
    fn ended(self) -> (String, Value) {
        if self.children.is_empty() {
            return (self.name, Value::String(self.text));
        }
        (self.name, Value::Object(self.children))
    }

    fn add(&mut self, name: String, value: Value) {
        match self.children.entry(name) {
            Entry::Vacant(free) => {
                free.insert(value);
            }
            Entry::Occupied(mut taken) => match taken.get_mut() {
                Value::Array(list) => list.push(value),
                first => *first = Value::Array(vec![first.take(), value]),
            },
        }
    }
}

fn xml(text: &str) -> Option<Value> {
    let mut reader = Reader::from_str(text);
    let (mut open, mut root) = (Vec::<Open>::new(), None);
    for _ in 0..4 * MOST_ELEMENTS {
        match reader.read_event().ok()? {
            Event::Start(tag) if root.is_none() && open.len() < DEEPEST => {
                open.push(Open::new(tag.name().as_ref()));
            }
            Event::Empty(tag) => {
                open.last_mut()?.add(tag.name().as_ref().to_owned(), Value::String(String::new()));
            }
            Event::End(_) => {
                let (name, value) = open.pop()?.ended();
                match open.last_mut() {
                    Some(parent) => parent.add(name, value),
                    None => root = Some(value),
                }
            }
            Event::Text(text) => add_text(&mut open, &text.xml10_content())?,
            Event::CData(text) => add_text(&mut open, &text.xml10_content())?,
            Event::GeneralRef(name) => {
                let character = character(&name)?;
                open.last_mut()?.text.push(character);
            }
            Event::Decl(_) | Event::Comment(_) => {}
            Event::Eof if open.is_empty() => return root.filter(Value::is_object),
            _ => return None,
        }
    }
    None
}

/// Outside of the root there is nothing but space.
fn add_text(open: &mut [Open], text: &str) -> Option<()> {
    match open.last_mut() {
        Some(element) => element.text.push_str(text),
        None if text.trim().is_empty() => {}
        None => return None,
    }
    Some(())
}

fn character(name: &BytesRef) -> Option<char> {
    if name.is_char_ref() {
        return name.resolve_char_ref().ok()?;
    }
    match &*name.xml10_content() {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn xml_and_json_of_the_same_message_read_alike() {
        let written = r#"<?xml version="1.0"?><xml>
            <FromUserName><![CDATA[o1 & <2>]]></FromUserName><CreateTime>12</CreateTime>
            <Popup><List><A>1</A></List><List><A>&lt;&#20108;&gt;</A></List></Popup><None/></xml>"#;
        let meant = json!({
            "FromUserName": "o1 & <2>",
            "CreateTime": "12",
            "Popup": { "List": [{ "A": "1" }, { "A": "<二>" }] },
            "None": "",
        });
        assert_eq!(read(written), Some(meant.clone()));
        assert_eq!(read(&format!("\u{feff}{meant}\n")), Some(meant));
    }

    #[test]
    fn what_could_grow_or_fetch_is_refused() {
        for text in [
            "<!DOCTYPE xml [<!ENTITY a 'b'>]><xml><A>&a;</A></xml>",
            "<!DOCTYPE xml SYSTEM 'http://127.0.0.1/x.dtd'><xml><A>1</A></xml>",
            "<xml><A>&unknown;</A></xml>",
            "<?php echo 1 ?><xml><A>1</A></xml>",
            "<xml><A>&#0;</A></xml>",
            "<xml><A>1</A>",
            "<xml><A>1</B></xml>",
            "<xml><A>1</A></xml><xml><A>1</A></xml>",
            "<xml><A>1</A></xml>tail",
            "<xml>text only</xml>",
            "[1]",
            "\"text\"",
            "",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn depth_and_number_are_bounded() {
        let deep = |levels: usize| {
            format!("<xml>{}1{}</xml>", "<A>".repeat(levels), "</A>".repeat(levels))
        };
        assert!(read(&deep(DEEPEST - 1)).is_some());
        assert_eq!(read(&deep(DEEPEST)), None);
        let many = format!("<xml>{}</xml>", "<A>1</A>".repeat(2 * MOST_ELEMENTS));
        assert_eq!(read(&many), None);
    }
}
