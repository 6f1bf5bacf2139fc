//! What the fuzzer tries of lessons.

use shared::content::LessonContent;

use super::{content, fields::Fields};

const TAGS: [&str; 7] = ["strong>", "/strong>", "em>", "/em>", "br>", "a>", "/a>"];

/// The HTML of a paragraph: what is left has no tag and no address but the allowed ones, and
/// cleaning it again changes nothing.
pub fn rich_text(bytes: &[u8]) {
    let written = String::from_utf8_lossy(bytes);
    let kept = content::sanitise(&written);
    assert_eq!(content::sanitise(&kept), kept, "cleaning again changes nothing");
    for tag in kept.split('<').skip(1) {
        let link = tag.strip_prefix("a href=\"").and_then(|it| it.split_once('"'));
        let safe = link.is_some_and(|(address, end)| {
            // Browsers read over what nobody sees, and so does the check.
            let address = address.replace(char::is_control, "").to_ascii_lowercase();
            let known = address.starts_with("https:") || address.starts_with("tel:");
            known && end.starts_with('>')
        });
        assert!(safe || TAGS.iter().any(|it| tag.starts_with(it)), "<{tag}");
    }
}

/// What the console sends as a lesson.
pub fn lesson(bytes: &[u8]) {
    let Ok(mut lesson) = serde_json::from_slice::<LessonContent>(bytes) else { return };
    let mut fields = Fields::default();
    content::tidy_texts(&mut fields, &mut lesson);
    drop(content::media_of(&mut lesson));
    if fields.done().is_ok() {
        let tidied = lesson.clone();
        content::tidy_texts(&mut Fields::default(), &mut lesson);
        assert_eq!(lesson, tidied, "what is tidy stays as it is");
        drop(content::gaps(&lesson));
    }
}
