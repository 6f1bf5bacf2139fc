//! The files by which WeChat checks whose host this is.

use std::{collections::BTreeMap, str::FromStr};

const WRONG: &str = "write name:content as WeChat gives them, as MP_verify_Ab1.txt:Ab1, and commas \
                     between several";
/// The longest name and the longest content; WeChat's are shorter.
const LONGEST: usize = 128;

/// What each says, by its name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DomainFiles(BTreeMap<String, String>);

impl DomainFiles {
    pub fn content(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }
}

impl FromStr for DomainFiles {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let pairs = text.split(',').map(str::trim).filter(|it| !it.is_empty());
        pairs.map(|pair| read(pair).ok_or(WRONG)).collect::<Result<_, _>>().map(Self)
    }
}

/// Letters and digits only, in the name too: it can be no path, and the content no page.
fn read(pair: &str) -> Option<(String, String)> {
    let (name, content) = pair.split_once(':')?;
    let plain = |text: &str| {
        let known = |it: u8| it.is_ascii_alphanumeric() || matches!(it, b'_' | b'-');
        (1..=LONGEST).contains(&text.len()) && text.bytes().all(known)
    };
    let sound = plain(name.strip_suffix(".txt")?) && plain(content);
    sound.then(|| (name.to_owned(), content.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_files_are_told_apart_by_their_names() {
        let files: DomainFiles = "MP_verify_Ab1.txt:Ab1, xY2.txt:3f4a9c".parse().unwrap();
        assert_eq!(files.content("MP_verify_Ab1.txt"), Some("Ab1"));
        assert_eq!(files.content("xY2.txt"), Some("3f4a9c"));
        assert_eq!(files.content("xY2"), None);
        assert_eq!("".parse(), Ok(DomainFiles::default()));
    }

    #[test]
    fn what_is_no_name_of_a_file_in_this_place_is_refused() {
        for wrong in [
            "a.txt",
            "a.txt:",
            ":x",
            ".txt:x",
            "a.html:x",
            "../a.txt:x",
            "a/b.txt:x",
            "a.b.txt:x",
            "a%2f.txt:x",
            "文件.txt:x",
            "a.txt:<script>",
            "a.txt:x y",
            "a.txt:x:y",
            &format!("{}.txt:x", "a".repeat(129)),
        ] {
            assert_eq!(wrong.parse::<DomainFiles>(), Err(WRONG), "{wrong}");
        }
    }
}
