//! Phone and 身份证 numbers: sealed in the database, found through a keyed hash, shown masked.

use shared::{accounts::PersonId, roster::Confidential};

use crate::keys::{Keys, mac};

/// Stands before what is sealed, so that another way of sealing can follow: AES-256-GCM.
const ALGORITHM: u8 = 1;

const fn purpose(what: Confidential) -> &'static str {
    match what {
        Confidential::Phone => "roster phone",
        Confidential::IdCard => "roster id card",
    }
}

/// Seals a number for one person: moved to somebody else's row it no longer opens.
pub fn seal(keys: &Keys, what: Confidential, person: PersonId, number: &str) -> Vec<u8> {
    let plain = [person.0.as_bytes().as_slice(), number.as_bytes()].concat();
    [&[ALGORITHM], keys.seal(purpose(what), &plain).as_slice()].concat()
}

/// The number that was sealed for this person.
pub fn open(keys: &Keys, what: Confidential, person: PersonId, sealed: &[u8]) -> Option<String> {
    let (&ALGORITHM, sealed) = sealed.split_first()? else { return None };
    let plain = keys.open(purpose(what), sealed)?;
    let number = plain.strip_prefix(person.0.as_bytes().as_slice())?;
    String::from_utf8(number.to_vec()).ok()
}

/// Hashes numbers of one kind: derived once, used for every row.
pub struct Index([u8; 32]);

impl Index {
    pub fn of(keys: &Keys, what: Confidential) -> Self {
        Self(keys.derive(&format!("{} index", purpose(what))))
    }

    /// Equal for equal numbers, and nothing to anybody without the key.
    pub fn hash(&self, number: &str) -> Vec<u8> {
        mac(&self.0, &[number.as_bytes()]).to_vec()
    }
}

/// `138****5678`, `3204**********0017`
pub fn mask(what: Confidential, number: &str) -> String {
    let (head, tail) = match what {
        Confidential::Phone => (3, 4),
        Confidential::IdCard => (4, 4),
    };
    let length = number.chars().count();
    let shown = |at: usize| at < head || at + tail >= length;
    number.chars().enumerate().map(|(at, it)| if shown(at) { it } else { '*' }).collect()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_number_opens_for_its_person_and_its_kind_only() {
        let dir = tempfile::tempdir().unwrap();
        let keys = Keys::load(dir.path()).unwrap();
        let (wang, li) = (PersonId(Uuid::now_v7()), PersonId(Uuid::now_v7()));
        let sealed = seal(&keys, Confidential::Phone, wang, "13812345678");
        assert!(!sealed.windows(4).any(|it| it == b"1234"));
        assert_eq!(sealed[0], ALGORITHM);
        let opened = open(&keys, Confidential::Phone, wang, &sealed);
        assert_eq!(opened.as_deref(), Some("13812345678"));
        assert_eq!(open(&keys, Confidential::Phone, li, &sealed), None);
        assert_eq!(open(&keys, Confidential::IdCard, wang, &sealed), None);
        let other_way = [&[9], &sealed[1..]].concat();
        assert_eq!(open(&keys, Confidential::Phone, wang, &other_way), None);
    }

    #[test]
    fn a_mask_leaves_the_ends() {
        assert_eq!(mask(Confidential::Phone, "13812345678"), "138****5678");
        assert_eq!(mask(Confidential::IdCard, "320401199001010017"), "3204**********0017");
    }

    #[test]
    fn numbers_of_two_kinds_have_different_hashes() {
        let dir = tempfile::tempdir().unwrap();
        let keys = Keys::load(dir.path()).unwrap();
        let [phone, card] =
            [Confidential::Phone, Confidential::IdCard].map(|it| Index::of(&keys, it));
        assert_eq!(phone.hash("1"), phone.hash("1"));
        assert_ne!(phone.hash("1"), card.hash("1"));
    }
}
