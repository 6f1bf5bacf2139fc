//! The text of subtitles, as WebVTT: read strictly and written anew, with the plain text of each cue
//! only.

use std::fmt::Write;

use shared::problem::{Code, Problem};

use crate::{Error, Result};

/// Letters of a cue, and cues of a file, at most.
const LONGEST: usize = 500;
const MOST: usize = 5000;

/// A line of text on the screen for a while.
#[derive(Debug, PartialEq, Eq)]
struct Cue {
    /// Milliseconds.
    from: u64,
    to: u64,
    text: String,
}

/// The subtitles as they are kept. SRT, which many programs write, is understood too.
///
/// # Errors
/// `not_subtitles`, naming the line.
pub(super) fn tidy(written: &str) -> Result<String> {
    let cues = cues(written)?;
    let mut kept = String::from("WEBVTT\n");
    for Cue { from, to, text } in cues {
        write!(kept, "\n{} --> {}\n{text}\n", stamp(from), stamp(to))
            .map_err(anyhow::Error::new)?;
    }
    Ok(kept)
}

fn cues(written: &str) -> Result<Vec<Cue>> {
    let written = written.trim_start_matches('\u{feff}');
    let lines: Vec<&str> = written.lines().map(str::trim_end).collect();
    let (mut cues, mut at) = (Vec::<Cue>::new(), 0);
    while at < lines.len() {
        let line = lines[at];
        at += 1;
        let Some((from, to)) = line.split_once("-->") else { continue };
        let number = at;
        let wrong = |what: &str| refused(format!("第 {number} 行的{what}"));
        let from = time(from.trim()).ok_or_else(|| wrong("开始时间写法不对，要像 00:01:05.000"))?;
        let to = to.split_whitespace().next().and_then(time);
        let to = to.ok_or_else(|| wrong("结束时间写法不对，要像 00:01:08.000"))?;
        if to <= from {
            return Err(wrong("结束时间要在开始时间之后"));
        }
        if cues.last().is_some_and(|before| before.from > from) {
            return Err(wrong("时间比上一句还早，请按先后排列"));
        }
        let end = lines[at..].iter().position(|it| it.is_empty()).map_or(lines.len(), |it| at + it);
        let text = plain(&lines[at..end].join("\n"));
        at = end;
        if text.chars().count() > LONGEST {
            return Err(wrong("字太多，一句请不要超过 500 个字"));
        }
        if !text.is_empty() {
            cues.push(Cue { from, to, text });
        }
    }
    match cues.len() {
        0 => Err(refused("没有找到一句字幕，每句前面要有“开始 --> 结束”的时间".into())),
        count if count > MOST => Err(refused(format!("超过了 {MOST} 句"))),
        _ => Ok(cues),
    }
}

/// `[hh:]mm:ss.mmm` in milliseconds; with a comma in SRT.
fn time(text: &str) -> Option<u64> {
    let (clock, millis) = text.split_once(['.', ','])?;
    let digits = |it: &str, most: usize| {
        let fits = (1..=most).contains(&it.len()) && it.bytes().all(|it| it.is_ascii_digit());
        fits.then(|| it.parse::<u64>().ok()).flatten()
    };
    let millis = digits(millis, 3).filter(|_| millis.len() == 3)?;
    let parts: Vec<u64> = clock.split(':').map(|it| digits(it, 2)).collect::<Option<_>>()?;
    let (hours, minutes, seconds) = match parts.as_slice() {
        [minutes, seconds] => (0, *minutes, *seconds),
        [hours, minutes, seconds] => (*hours, *minutes, *seconds),
        _ => return None,
    };
    let fits = minutes < 60 && seconds < 60;
    fits.then_some(((hours * 60 + minutes) * 60 + seconds) * 1000 + millis)
}

fn stamp(millis: u64) -> String {
    let (seconds, millis) = (millis / 1000, millis % 1000);
    let (minutes, seconds) = (seconds / 60, seconds % 60);
    format!("{:02}:{:02}:{seconds:02}.{millis:03}", minutes / 60, minutes % 60)
}

/// Without markup and without whatever nobody sees; what is left cannot be taken for markup.
fn plain(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut inside = false;
    for letter in text.chars() {
        match letter {
            '<' => inside = true,
            '>' if inside => inside = false,
            _ if inside => {}
            '\n' => kept.push('\n'),
            _ if letter.is_control() => {}
            _ => kept.push(letter),
        }
    }
    let kept = kept.replace("-->", "→");
    let lines = kept.lines().map(str::trim).filter(|it| !it.is_empty());
    let joined: Vec<&str> = lines.collect();
    joined.join("\n").replace('>', "&gt;")
}

fn refused(why: String) -> Error {
    Problem::from(Code::NotSubtitles).detail(why).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn subtitles_are_written_anew_with_their_plain_text() {
        let written = "\u{feff}WEBVTT - x\n\nSTYLE\n::cue { color: red }\n\nNOTE hello\n\n1\n\
            00:01.000 --> 00:03.500 line:0\n<v 王>先<b>断电</b>\n再擦拭\n\n\
            01:00:00,250 --> 01:00:02,000\n<script>alert(1)</script>3 > 2";
        let kept = "WEBVTT\n\n00:00:01.000 --> 00:00:03.500\n先断电\n再擦拭\n\n\
            01:00:00.250 --> 01:00:02.000\nalert(1)3 &gt; 2\n";
        assert_eq!(tidy(written).unwrap(), kept);
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        let said = |written: &str| {
            let Err(Error::Refused(problem)) = tidy(written) else { panic!("{written}") };
            problem.detail.unwrap()
        };
        assert!(said("WEBVTT\n\n你好").contains("没有找到"));
        assert!(said("WEBVTT\n\n00:61:00.000 --> 00:62:00.000\n好").contains("第 3 行"));
        assert!(said("00:02.000 --> 00:01.000\n好").contains("之后"));
        assert!(said("00:02.00 --> 00:03.000\n好").contains("开始时间"));
        let early = "00:02.000 --> 00:03.000\n好\n\n00:01.000 --> 00:05.000\n好";
        assert!(said(early).contains("第 4 行"));
        assert!(said(&format!("00:01.000 --> 00:02.000\n{}", "字".repeat(501))).contains("500"));
    }
}
