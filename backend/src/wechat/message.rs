//! Subscribe messages and what their values may be.

use chrono::{NaiveDate, NaiveTime};
use serde_json::{Map, Value, json};

/// Characters of a `thing`.
const LONGEST_THING: usize = 20;

/// One message in the words of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubscribeMessage {
    pub template_id: String,
    /// What a tap opens; absent, the message cannot be tapped.
    pub page: Option<String>,
    /// All keys of the template, as `thing1`, with their values. A `date` is written as
    /// `2026年11月23日` with or without ` 14:00`, a `time` with it or as `14:00` alone.
    pub data: Vec<(String, String)>,
}

impl SubscribeMessage {
    /// The body of the call, its values in the form WeChat takes: without line breaks, a `thing`
    /// cut to twenty characters.
    ///
    /// # Errors
    /// Names the key whose value no cutting can mend.
    pub(super) fn body(&self, openid: &str) -> Result<Value, String> {
        let mut data = Map::new();
        for (key, value) in &self.data {
            let value =
                fitted(key, value).ok_or_else(|| format!("the value of {key} does not fit"))?;
            data.insert(key.clone(), json!({ "value": value }));
        }
        let mut body = json!({
            "touser": openid,
            "template_id": self.template_id,
            "data": data,
            "miniprogram_state": "formal",
            "lang": "zh_CN",
        });
        if let Some(page) = &self.page {
            body["page"] = page.as_str().into();
        }
        Ok(body)
    }
}

/// The value as WeChat takes it for the key's kind; kinds that no template of ours has are WeChat's
/// to judge.
fn fitted(key: &str, value: &str) -> Option<String> {
    let printable = value.replace(char::is_control, " ");
    let value = printable.split_whitespace().collect::<Vec<_>>().join(" ");
    let sound = match key.trim_end_matches(|c: char| c.is_ascii_digit()) {
        "thing" => return (!value.is_empty()).then(|| cut(&value)),
        "date" => is_date(&value) || is_date_and_time(&value),
        "time" => is_time(&value) || is_date_and_time(&value),
        _ => !value.is_empty(),
    };
    sound.then_some(value)
}

fn cut(value: &str) -> String {
    if value.chars().count() <= LONGEST_THING {
        return value.to_owned();
    }
    value.chars().take(LONGEST_THING - 1).chain(['…']).collect()
}

fn is_date_and_time(text: &str) -> bool {
    text.split_once(' ').is_some_and(|(date, time)| is_date(date) && is_time(time))
}

fn is_date(text: &str) -> bool {
    NaiveDate::parse_from_str(text, "%Y年%m月%d日").is_ok()
}

fn is_time(text: &str) -> bool {
    NaiveTime::parse_from_str(text, "%H:%M").is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thing_of_more_than_twenty_characters_ends_in_an_ellipsis() {
        let twenty = "一二三四五六七八九十一二三四五六七八九十";
        assert_eq!(fitted("thing1", twenty).unwrap(), twenty);
        let cut = fitted("thing1", &format!("{twenty}一")).unwrap();
        assert_eq!(cut, "一二三四五六七八九十一二三四五六七八九…");
        assert_eq!(cut.chars().count(), LONGEST_THING);
    }

    #[test]
    fn line_breaks_and_control_characters_become_spaces() {
        assert_eq!(fitted("thing1", " 明天\n下午\t\u{7}三点 ").unwrap(), "明天 下午 三点");
    }

    #[test]
    fn dates_and_times_are_written_one_way() {
        for (key, value) in [
            ("date3", "2026年11月23日 14:00"),
            ("date3", "2026年1月3日"),
            ("time2", "2026年11月23日 09:30"),
            ("time2", "09:30"),
        ] {
            assert_eq!(fitted(key, value).as_deref(), Some(value));
        }
        for (key, value) in [
            ("date3", "2026年13月1日"),
            ("date3", "2026年2月30日 14:00"),
            ("date3", "明天 14:00"),
            ("date3", "14:00"),
            ("time2", "24:30"),
            ("time2", "2026年11月23日"),
            ("thing1", " \n "),
            ("phrase4", ""),
        ] {
            assert_eq!(fitted(key, value), None, "{key} {value}");
        }
    }

    #[test]
    fn a_value_that_does_not_fit_is_named_and_not_quoted() {
        let message = SubscribeMessage {
            template_id: "T".into(),
            page: None,
            data: vec![("date2".into(), "王秀英的生日".into())],
        };
        assert_eq!(message.body("o").unwrap_err(), "the value of date2 does not fit");
    }
}
