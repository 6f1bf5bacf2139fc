//! A day or a time as the format of its cell shows it: `3月1日`, `2026/11/26`, `8:30`.

use chrono::{Datelike, NaiveDateTime, Timelike};

use super::format::{Symbol, symbols};

/// How a cell shows a day or a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayFormat(Vec<Part>);

/// A part, with the digits or letters it has at least.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Year(usize),
    Month(usize),
    Day(usize),
    /// 星期四, or 四 alone.
    Weekday(bool),
    Hour(usize),
    Minute(usize),
    Second(usize),
    /// What morning and afternoon are called: the hours count to 12.
    Half([&'static str; 2]),
    Text(String),
}

/// Bytes of a code: no program writes longer ones, and each cell shows what it says.
const LONGEST: usize = 1000;

const CHINESE_HALVES: [&str; 2] = ["上午", "下午"];
const ENGLISH_HALVES: [&str; 2] = ["AM", "PM"];

impl DayFormat {
    /// Nothing where a code shows something that is not known here, such as an era.
    pub fn of(code: &str, id: Option<u32>) -> Option<Self> {
        let code = match (id, code) {
            // What files say of the first two holds for America only.
            (Some(id @ (14 | 22)), _) | (Some(id), "General") => built_in(id)?,
            (_, code) => code,
        };
        if code.len() > LONGEST {
            return None;
        }
        let halved = code.replace("上午/下午", "\"\u{1}\"");
        let english = halved.replace("AM/PM", "\"\u{2}\"").replace("am/pm", "\"\u{2}\"");
        let mut parts = Vec::new();
        for symbol in symbols(&english) {
            match symbol {
                Symbol::Bracket(what) => match what.to_ascii_uppercase().as_str() {
                    // As the computer is set.
                    "$-F800" => return Self::of("yyyy\"年\"m\"月\"d\"日\"", None),
                    "$-F400" => return Self::of("h:mm:ss", None),
                    other if other.starts_with("DBNUM") => return None,
                    "H" | "HH" | "M" | "MM" | "S" | "SS" => return None,
                    _ => {}
                },
                Symbol::Text(text) => parts.push(match text.as_str() {
                    "\u{1}" => Part::Half(CHINESE_HALVES),
                    "\u{2}" => Part::Half(ENGLISH_HALVES),
                    _ => Part::Text(text),
                }),
                Symbol::Run(letter, times) => parts.push(part(letter, times)?),
            }
        }
        let parts = with_minutes(parts);
        parts.iter().any(|it| !matches!(it, Part::Text(_))).then_some(Self(parts))
    }

    /// Whether it shows more than a time.
    pub fn has_day(&self) -> bool {
        let is_of_day = |it: &Part| {
            matches!(it, Part::Year(_) | Part::Month(_) | Part::Day(_) | Part::Weekday(_))
        };
        self.0.iter().any(is_of_day)
    }

    pub fn show(&self, moment: NaiveDateTime) -> String {
        let to_twelve = self.0.iter().any(|it| matches!(it, Part::Half(_)));
        self.0.iter().map(|it| it.show(moment, to_twelve)).collect()
    }
}

/// The formats that programs know by number only, as they are in China.
const fn built_in(id: u32) -> Option<&'static str> {
    Some(match id {
        14 => "yyyy/m/d",
        22 => "yyyy/m/d h:mm",
        27 | 36 | 50 | 52 | 57 => "yyyy\"年\"m\"月\"",
        28 | 29 | 51 | 53 | 54 | 58 => "m\"月\"d\"日\"",
        30 => "m-d-yy",
        31 => "yyyy\"年\"m\"月\"d\"日\"",
        32 => "h\"时\"mm\"分\"",
        33 => "h\"时\"mm\"分\"ss\"秒\"",
        34 | 55 => "上午/下午h\"时\"mm\"分\"",
        35 | 56 => "上午/下午h\"时\"mm\"分\"ss\"秒\"",
        _ => return None,
    })
}

fn part(letter: char, times: usize) -> Option<Part> {
    Some(match letter.to_ascii_lowercase() {
        'y' if times < 3 => Part::Year(2),
        'y' | 'e' => Part::Year(4),
        'm' => Part::Month(times),
        'd' => Part::Day(times),
        'h' => Part::Hour(times),
        's' => Part::Second(times),
        'a' if times == 3 || times == 4 => Part::Weekday(times == 4),
        // Fractions, eras and what is for texts.
        '0' | '#' | '?' | '@' | 'a' | 'b' | 'g' | 'r' => return None,
        letter => Part::Text(letter.to_string().repeat(times)),
    })
}

/// An `m` after hours or before seconds is one of minutes.
fn with_minutes(mut parts: Vec<Part>) -> Vec<Part> {
    let telling: Vec<usize> = (0..parts.len())
        .filter(|at| !matches!(parts[*at], Part::Text(_) | Part::Half(_)))
        .collect();
    for (place, at) in telling.iter().enumerate() {
        let before = place.checked_sub(1).map(|it| &parts[telling[it]]);
        let after = telling.get(place + 1).map(|it| &parts[*it]);
        let of_time =
            matches!(before, Some(Part::Hour(_))) || matches!(after, Some(Part::Second(_)));
        if let Part::Month(digits) = parts[*at]
            && of_time
        {
            parts[*at] = Part::Minute(digits);
        }
    }
    parts
}

impl Part {
    fn show(&self, moment: NaiveDateTime, to_twelve: bool) -> String {
        let padded =
            |number: u32, digits: usize| format!("{number:0digits$}", digits = digits.min(2));
        match self {
            Self::Year(2) => format!("{:02}", moment.year().rem_euclid(100)),
            Self::Year(_) => format!("{:04}", moment.year()),
            Self::Month(3) => moment.format("%b").to_string(),
            Self::Month(4) => moment.format("%B").to_string(),
            Self::Month(5) => moment.format("%b").to_string().chars().take(1).collect(),
            Self::Month(digits) => padded(moment.month(), *digits),
            Self::Day(3) => moment.format("%a").to_string(),
            Self::Day(4) => moment.format("%A").to_string(),
            Self::Day(digits) => padded(moment.day(), *digits),
            Self::Weekday(whole) => {
                let days = ["一", "二", "三", "四", "五", "六", "日"];
                let day = days[moment.weekday().num_days_from_monday() as usize];
                format!("{}{day}", if *whole { "星期" } else { "" })
            }
            Self::Hour(digits) if to_twelve => padded(moment.hour12().1, *digits),
            Self::Hour(digits) => padded(moment.hour(), *digits),
            Self::Minute(digits) => padded(moment.minute(), *digits),
            Self::Second(digits) => padded(moment.second(), *digits),
            Self::Half(halves) => halves[usize::from(moment.hour12().0)].to_owned(),
            Self::Text(text) => text.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(code: &str, id: Option<u32>) -> Option<String> {
        let moment = "2026-03-01T14:05:09".parse().unwrap();
        DayFormat::of(code, id).map(|it| it.show(moment))
    }

    #[test]
    fn a_day_is_shown_as_its_code_says() {
        for (code, text) in [
            ("m\"月\"d\"日\"", "3月1日"),
            ("m月d日", "3月1日"),
            ("[$-804]yyyy\"年\"m\"月\"d\"日\";@", "2026年3月1日"),
            ("yyyy/m/d", "2026/3/1"),
            ("yyyy-mm-dd", "2026-03-01"),
            ("yy.mm.dd", "26.03.01"),
            ("yyyy/m/d h:mm", "2026/3/1 14:05"),
            ("hh:mm", "14:05"),
            ("h:mm AM/PM", "2:05 PM"),
            ("上午/下午h\"时\"mm\"分\"", "下午2时05分"),
            ("mm:ss", "05:09"),
            ("d-mmm-yy", "1-Mar-26"),
            ("[$-804]aaaa;@", "星期日"),
            ("m\\-d", "3-1"),
            ("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "2026年3月1日"),
        ] {
            assert_eq!(shown(code, None).as_deref(), Some(text), "{code}");
        }
    }

    #[test]
    fn what_programs_know_by_number_is_shown_as_in_china() {
        for (id, text) in [
            (14, "2026/3/1"),
            (22, "2026/3/1 14:05"),
            (57, "2026年3月"),
            (58, "3月1日"),
            (31, "2026年3月1日"),
            (32, "14时05分"),
            (34, "下午2时05分"),
        ] {
            assert_eq!(shown("General", Some(id)).as_deref(), Some(text), "{id}");
        }
        assert_eq!(shown("General", Some(99)), None);
    }

    #[test]
    fn a_code_that_is_not_known_shows_nothing() {
        for code in ["[DBNum1][$-804]yyyy\"年\"", "[h]:mm", "mmss.0", "ggge", "\"日\"", ""] {
            assert_eq!(shown(code, None), None, "{code}");
        }
    }

    #[test]
    fn what_shows_a_day_is_told_from_a_time() {
        assert!(DayFormat::of("m/d h:mm", None).unwrap().has_day());
        assert!(!DayFormat::of("h:mm:ss", None).unwrap().has_day());
    }
}
