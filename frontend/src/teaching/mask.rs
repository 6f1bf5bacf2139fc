//! Names on a wall that everybody sees.

/// `王*英`, `李*`: the middle of a name, or the end of a short one, is hidden.
pub fn masked(name: &str) -> String {
    let letters = name.chars().collect::<Vec<_>>();
    match letters.as_slice() {
        [] | [_] => name.to_owned(),
        [first, _] => format!("{first}*"),
        [first, middle @ .., last] => format!("{first}{}{last}", "*".repeat(middle.len())),
    }
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn the_middle_of_a_name_is_hidden() {
        for (name, shown) in
            [("王秀英", "王*英"), ("李强", "李*"), ("欧阳建国", "欧**国"), ("阿", "阿")]
        {
            assert_eq!(masked(name), shown);
        }
    }
}
