//! Codes that people read out, copy by hand and type: how they are made, and what was meant.

/// No 0 and O, no 1, I and L.
const LETTERS: &[u8; 31] = b"23456789ABCDEFGHJKMNPQRSTUVWXYZ";

/// A code of so many random letters.
pub(super) fn random(length: usize) -> String {
    let letter = || char::from(LETTERS[rand::random_range(0..LETTERS.len())]);
    std::iter::repeat_with(letter).take(length).collect()
}

/// The code that was meant: without blanks and dashes, in capitals.
pub(super) fn meant(typed: &str) -> String {
    plain(typed).to_uppercase().replace(['-', '—'], "")
}

/// Without blanks.
pub(super) fn dense(text: &str) -> String {
    text.chars().filter(|it| !it.is_whitespace()).collect()
}

/// Without blanks, and with the wide letters of Chinese keyboards as plain ones.
pub(super) fn plain(text: &str) -> String {
    let narrow = |letter: char| match letter {
        // The wide forms stand in the order of ASCII.
        '！'..='～' => {
            char::from_u32(u32::from(letter) - u32::from('！') + u32::from('!')).unwrap_or(letter)
        }
        letter => letter,
    };
    dense(text).chars().map(narrow).collect()
}
