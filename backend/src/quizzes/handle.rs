//! Names of options that hold in one attempt only: two colleagues cannot compare “B”, and nothing
//! links an option to the bank.

use crate::keys::mac;

/// RFC 4648.
const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// Letters of a handle, five bits each.
const LENGTH: usize = 10;

/// The handle of the option with this index at this position.
pub fn handle(secret: &[u8], position: i32, option: u8) -> String {
    let code = mac(secret, &[&position.to_be_bytes(), &[option]]);
    let letter = |index: usize| {
        let bit = index * 5;
        let pair = u16::from_be_bytes([code[bit / 8], code[bit / 8 + 1]]);
        char::from(ALPHABET[usize::from(pair >> (11 - bit % 8) & 31)])
    };
    (0..LENGTH).map(letter).collect()
}

/// The options that handles name; nothing if one names none of them.
pub fn options(secret: &[u8], position: i32, among: &[u8], handles: &[String]) -> Option<Vec<u8>> {
    if handles.is_empty() {
        return Some(Vec::new());
    }
    let known: Vec<_> = among.iter().map(|it| (handle(secret, position, *it), *it)).collect();
    let find = |wanted: &String| known.iter().find(|(name, _)| name == wanted).map(|it| it.1);
    let mut found = handles.iter().map(find).collect::<Option<Vec<u8>>>()?;
    found.sort_unstable();
    found.dedup();
    Some(found)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    const SECRET: &[u8] = &[7; 32];

    #[test]
    fn a_handle_is_ten_letters_and_finds_its_option_again() {
        for option in 0..8 {
            let handle = handle(SECRET, 3, option);
            assert_eq!(handle.len(), 10);
            assert!(handle.bytes().all(|it| ALPHABET.contains(&it)));
            assert_eq!(
                options(SECRET, 3, &[4, 1, 0, 2, 3, 7, 6, 5], &[handle]),
                Some(vec![option])
            );
        }
    }

    #[test]
    fn a_handle_holds_at_its_position_in_its_attempt_only() {
        let of = |secret: &[u8], position| handle(secret, position, 0);
        let all: HashSet<_> = [of(SECRET, 1), of(SECRET, 2), of(&[8; 32], 1)].into();
        assert_eq!(all.len(), 3);
        assert_eq!(options(SECRET, 2, &[0, 1], &[of(SECRET, 1)]), None);
    }

    #[test]
    fn an_option_named_twice_is_chosen_once() {
        let both = [handle(SECRET, 1, 1), handle(SECRET, 1, 0), handle(SECRET, 1, 1)];
        assert_eq!(options(SECRET, 1, &[0, 1], &both), Some(vec![0, 1]));
    }
}
