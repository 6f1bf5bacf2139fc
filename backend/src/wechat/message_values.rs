//! What the values of a subscribe message may be: the one place that knows, asked before anything
//! is sent.

use chrono::{NaiveDate, NaiveTime};

/// The value as WeChat takes it for the key's kind, `thing1` being a `thing`: without line breaks,
/// and a `thing` cut to twenty characters. Nothing where no cutting can mend it.
///
/// The values of an `enum` are whatever the template lists; those are WeChat's to judge.
pub fn fitted(key: &str, value: &str) -> Option<String> {
    let printable = value.replace(char::is_control, " ");
    let value = printable.split_whitespace().collect::<Vec<_>>().join(" ");
    let length = value.chars().count();
    let sound = !value.is_empty()
        && match key.trim_end_matches(|c: char| c.is_ascii_digit()) {
            "thing" => return Some(cut(&value, 20)),
            "number" => is_number(&value, 32),
            "letter" => length <= 32 && value.chars().all(|c| c.is_ascii_alphabetic()),
            "symbol" => length <= 5 && value.chars().all(is_symbol),
            "character_string" => length <= 32 && !value.chars().any(is_chinese),
            "date" => is_range(&value, |it| is_date(it) || is_date_and_time(it)),
            "time" => is_range(&value, |it| is_time(it) || is_date_and_time(it)),
            "amount" => is_amount(&value),
            "phone_number" => {
                length <= 17 && value.chars().all(|c| c.is_ascii_digit() || is_symbol(c))
            }
            "car_number" => is_car_number(&value),
            "name" => is_name(&value),
            "phrase" => length <= 5 && value.chars().all(is_chinese),
            "enum" | "enum_string" => true,
            _ => false,
        };
    sound.then_some(value)
}

fn cut(value: &str, most: usize) -> String {
    if value.chars().count() <= most {
        return value.to_owned();
    }
    value.chars().take(most - 1).chain(['…']).collect()
}

const fn is_chinese(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

fn is_symbol(c: char) -> bool {
    !c.is_alphanumeric() && !is_chinese(c) && c != ' '
}

fn is_number(value: &str, digits: usize) -> bool {
    let value = value.strip_prefix('-').unwrap_or(value);
    let (whole, fraction) = value.split_once('.').unwrap_or((value, "0"));
    let plain = |part: &str| !part.is_empty() && part.bytes().all(|c| c.is_ascii_digit());
    let count = value.bytes().filter(u8::is_ascii_digit).count();
    plain(whole) && plain(fraction) && count <= digits
}

/// At most one sign of a currency, and 元 at the end perhaps.
fn is_amount(value: &str) -> bool {
    let value = value.strip_suffix('元').unwrap_or(value);
    let value = value.strip_prefix(['¥', '￥', '$', '€', '£']).unwrap_or(value);
    !value.starts_with('-') && is_number(value, 10)
}

fn is_car_number(value: &str) -> bool {
    let characters: Vec<char> = value.chars().collect();
    let last = characters.len().saturating_sub(1);
    let fits = |(at, c): (usize, &char)| {
        c.is_ascii_alphanumeric() || ((at == 0 || at == last) && is_chinese(*c))
    };
    characters.len() <= 8 && characters.iter().enumerate().all(fits)
}

/// Ten characters where one of them is Chinese, else twenty.
fn is_name(value: &str) -> bool {
    let most = if value.chars().any(is_chinese) { 10 } else { 20 };
    let fits = |c: char| is_chinese(c) || c.is_ascii_alphabetic() || is_symbol(c) || c == ' ';
    value.chars().count() <= most && value.chars().all(fits)
}

/// One of them, or two with `~` between.
fn is_range(text: &str, is_one: impl Fn(&str) -> bool) -> bool {
    let (from, to) = text.split_once('~').unwrap_or((text, text));
    is_one(from.trim()) && is_one(to.trim())
}

fn is_date_and_time(text: &str) -> bool {
    text.split_once(' ').is_some_and(|(date, time)| is_date(date) && is_time(time))
}

/// A day, a month of a year, or a day of any year: with 年, 月 and 日, or with `-`, `/` or `.`.
fn is_date(text: &str) -> bool {
    let chinese = text.strip_suffix('日').or_else(|| text.strip_suffix('月'));
    let parts: Option<Vec<u32>> = if let Some(text) = chinese {
        text.split(['年', '月']).map(digits).collect()
    } else {
        let between = text.chars().find(|c| matches!(c, '-' | '/' | '.'));
        between.and_then(|between| text.split(between).map(digits).collect())
    };
    let exists = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).is_some();
    match parts.as_deref() {
        Some([year @ 1000..=9999, month, day]) => exists(year.cast_signed(), *month, *day),
        Some([year @ 1000..=9999, month]) => exists(year.cast_signed(), *month, 1),
        // Of a leap year, which has every day there is.
        Some([month, day]) => exists(2024, *month, *day),
        _ => false,
    }
}

fn digits(text: &str) -> Option<u32> {
    text.bytes().all(|c| c.is_ascii_digit()).then(|| text.parse().ok())?
}

fn is_time(text: &str) -> bool {
    ["%H:%M", "%H:%M:%S"].iter().any(|form| NaiveTime::parse_from_str(text, form).is_ok())
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::thing("thing1", &["会议室保洁", "A-1 号楼，B2!", "一二三四五六七八九十一二三四五六七八九十"])]
    #[case::number("number2", &["0", "12345.67", "-3", "12345678901234567890123456789012"])]
    #[case::letter("letter3", &["ABCdef", "abcdefghijklmnopqrstuvwxyzABCDEF"])]
    #[case::symbol("symbol4", &["!?#", "……"])]
    #[case::character_string("character_string5", &["A-2026/11#7", "12345678901234567890123456789012"])]
    #[case::time("time6", &["15:01", "15:01:59", "2019年10月1日 15:01", "09:00~11:30", "2026-11-23 09:00 ~ 2026-11-24 11:30"])]
    #[case::date("date7", &[
        "2026年11月23日", "2026年1月3日", "2026年11月", "11月23日", "2月29日", "2026-11-23",
        "2026/11/23", "2026.11.23", "2026-11", "11/23", "2026年11月23日 15:01",
        "2026年11月23日~2026年11月25日",
    ])]
    #[case::amount("amount8", &["12", "¥12.50", "￥12.50元", "$1234567890"])]
    #[case::phone_number("phone_number9", &["13800000001", "+86-0519-88888888"])]
    #[case::car_number("car_number10", &["粤A12345", "粤A12345学", "A1"])]
    #[case::name("name11", &["欧阳娜娜", "Christopher Nolan Jr", "阿依古丽·买买提"])]
    #[case::phrase("phrase12", &["已通过", "已经开始了"])]
    #[case::listed_by_the_template("enum_string13", &["待审核"])]
    fn a_value_that_fits_stays_as_it_is(#[case] key: &str, #[case] values: &[&str]) {
        for value in values {
            assert_eq!(fitted(key, value).as_deref(), Some(*value), "{key}");
        }
    }

    #[rstest]
    #[case::thing("thing1", &["", " \n "])]
    #[case::number("number2", &["一百", "1.", ".5", "1,000", "123456789012345678901234567890123"])]
    #[case::letter("letter3", &["abc1", "字", "abcdefghijklmnopqrstuvwxyzABCDEFG"])]
    #[case::symbol("symbol4", &["a!", "!!!!!!"])]
    #[case::character_string("character_string5", &["第5号", "123456789012345678901234567890123"])]
    #[case::time("time6", &["25:01", "24:00", "15点", "2026年11月23日", "09:00~", "明天 09:00"])]
    #[case::date("date7", &[
        "明天下午", "明天 14:00", "14:00", "2026年13月1日", "2026年2月30日 14:00", "2026", "11月",
        "2026-11/23", "2026-11月23日", "+2026-11-23", "2026年11月23", "23日", "26-11-23",
    ])]
    #[case::amount("amount8", &["12345678901", "-3", "¥¥3", "三元"])]
    #[case::phone_number("phone_number9", &["138000000011380000", "一三八"])]
    #[case::car_number("car_number10", &["粤A1学2345", "粤A1234567"])]
    #[case::name("name11", &["一二三四五六七八九十一", "Christopher Nolan Junior", "王5"])]
    #[case::phrase("phrase12", &["", "ok", "超过五个汉字"])]
    #[case::unheard_of("unheard_of14", &["值"])]
    fn a_value_that_no_cutting_can_mend_is_refused(#[case] key: &str, #[case] values: &[&str]) {
        for value in values {
            assert_eq!(fitted(key, value), None, "{key} {value}");
        }
    }

    #[test]
    fn a_thing_of_more_than_twenty_characters_ends_in_an_ellipsis() {
        let cut = fitted("thing1", "一二三四五六七八九十一二三四五六七八九十一").unwrap();
        assert_eq!(cut, "一二三四五六七八九十一二三四五六七八九…");
        assert_eq!(cut.chars().count(), 20);
    }

    #[test]
    fn line_breaks_and_control_characters_become_spaces() {
        assert_eq!(fitted("thing1", " 明天\n下午\t\u{7}三点 ").unwrap(), "明天 下午 三点");
    }
}
