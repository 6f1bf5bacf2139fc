//! Which values a line of a subscribe message may carry.

use crate::{config::TemplateLine, date_text};

/// Whether the value obeys the rule of the line's type. Lengths count Unicode characters.
pub fn accepts(line: &TemplateLine, value: &str) -> bool {
    if value.is_empty() || value.chars().any(char::is_control) {
        return false;
    }
    let length = value.chars().count();
    match line.key.trim_end_matches(|c: char| c.is_ascii_digit()) {
        "thing" => length <= 20,
        "number" => is_number(value, 32),
        "letter" => length <= 32 && value.chars().all(|c| c.is_ascii_alphabetic()),
        "symbol" => length <= 5 && value.chars().all(is_symbol),
        "character_string" => length <= 32 && !value.chars().any(is_chinese),
        "time" => date_text::is_time(value),
        "date" => date_text::is_date(value),
        "amount" => is_amount(value),
        "phone_number" => length <= 17 && value.chars().all(|c| c.is_ascii_digit() || is_symbol(c)),
        "car_number" => is_car_number(value),
        "name" => is_name(value),
        "phrase" => length <= 5 && value.chars().all(is_chinese),
        "enum" | "enum_string" => line.choices.iter().any(|choice| choice == value),
        _ => false,
    }
}

fn is_chinese(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

fn is_symbol(c: char) -> bool {
    !c.is_alphanumeric() && !is_chinese(c)
}

fn is_number(value: &str, digits: usize) -> bool {
    let unsigned = value.strip_prefix('-').unwrap_or(value);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    let all_digits = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit());
    all_digits(whole)
        && all_digits(fraction)
        && unsigned.chars().filter(char::is_ascii_digit).count() <= digits
}

fn is_amount(value: &str) -> bool {
    let plain = value.strip_suffix('元').unwrap_or(value);
    let plain = plain.strip_prefix(['¥', '￥', '$', '€', '£']).unwrap_or(plain);
    !plain.starts_with('-') && is_number(plain, 10)
}

fn is_car_number(value: &str) -> bool {
    let characters: Vec<char> = value.chars().collect();
    let last = characters.len() - 1;
    characters.len() <= 8
        && characters.iter().enumerate().all(|(position, c)| {
            c.is_ascii_alphanumeric() || ((position == 0 || position == last) && is_chinese(*c))
        })
}

fn is_name(value: &str) -> bool {
    let limit = if value.chars().any(is_chinese) { 10 } else { 20 };
    value.chars().count() <= limit
        && value.chars().all(|c| is_chinese(c) || c.is_ascii_alphabetic() || is_symbol(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepted(key: &str, value: &str) -> bool {
        let line = TemplateLine {
            label: "标签".to_owned(),
            key: key.to_owned(),
            choices: vec!["待审核".to_owned()],
        };
        accepts(&line, value)
    }

    #[test]
    fn every_type_accepts_what_its_rule_allows() {
        let good = [
            ("thing1", "二十个字的值刚好可以发出去，不多也不少。"),
            ("number2", "12345.67"),
            ("letter3", "ABCdef"),
            ("symbol4", "!?#"),
            ("character_string5", "A-2026/11#7"),
            ("time6", "15:01"),
            ("date7", "2026年11月23日 15:01"),
            ("amount8", "¥12.50元"),
            ("phone_number9", "+86-13800000001"),
            ("car_number10", "粤A12345学"),
            ("name11", "欧阳娜娜"),
            ("name11", "Christopher Nolan Jr"),
            ("phrase12", "已经开始了"),
            ("enum_string13", "待审核"),
        ];
        for (key, value) in good {
            assert!(accepted(key, value), "{key} should take {value}");
        }
    }

    #[test]
    fn every_type_refuses_what_its_rule_forbids() {
        let bad = [
            ("thing1", "二十一个字的值就已经不能发了，多出一个也不行啊"),
            ("thing1", "两行\n字"),
            ("number2", "一百"),
            ("number2", "123456789012345678901234567890123"),
            ("letter3", "abc1"),
            ("symbol4", "!!!!!!"),
            ("character_string5", "第5号"),
            ("time6", "25:01"),
            ("date7", "明天下午"),
            ("amount8", "12345678901"),
            ("phone_number9", "138000000011380000"),
            ("car_number10", "粤A1学2345"),
            ("name11", "一二三四五六七八九十一"),
            ("phrase12", "ok"),
            ("phrase12", "超过五个汉字"),
            ("enum_string13", "别的值"),
            ("unheard_of14", "值"),
        ];
        for (key, value) in bad {
            assert!(!accepted(key, value), "{key} should refuse {value}");
        }
    }
}
