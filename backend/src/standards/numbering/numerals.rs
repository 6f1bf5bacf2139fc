//! Numerals as people write them in Chinese.

/// Whether a numeral may be written with it.
pub(super) fn is_numeral(it: char) -> bool {
    it.is_ascii_digit() || "〇零一二三四五六七八九十百两".contains(it)
}

/// The value of 二十三 or `23`, up to 999.
pub(super) fn numeral(text: &str) -> Option<u32> {
    if text.is_empty() || text.chars().count() > 7 {
        return None;
    }
    if text.bytes().all(|it| it.is_ascii_digit()) {
        return text.parse().ok().filter(|it| *it < 1000);
    }
    let (mut whole, mut digit) = (0, 0);
    for it in text.chars() {
        match it {
            '百' => whole += digit.max(1) * 100,
            '十' => whole += digit.max(1) * 10,
            '〇' | '零' => {}
            '两' => {
                digit = 2;
                continue;
            }
            other => {
                let place = "一二三四五六七八九".chars().position(|it| it == other)?;
                digit = u32::try_from(place).ok()? + 1;
                continue;
            }
        }
        digit = 0;
    }
    Some(whole + digit).filter(|it| *it > 0)
}
