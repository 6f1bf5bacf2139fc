//! The codes by which spreadsheet programs say how a cell shows its number: `m"月"d"日"`, `0.0%`.

/// A part of a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Symbol {
    /// Shown as it is.
    Text(String),
    /// What stands in brackets: a colour, a place, a condition.
    Bracket(String),
    /// As many of one letter or sign in a row.
    Run(char, usize),
}

/// The first section of a code, which is that of numbers and days that are not negative.
pub fn symbols(code: &str) -> Vec<Symbol> {
    let mut found = Vec::new();
    let mut letters = code.chars();
    while let Some(letter) = letters.next() {
        match letter {
            ';' => break,
            '"' => found.push(Symbol::Text(letters.by_ref().take_while(|it| *it != '"').collect())),
            '[' => {
                let inside = letters.by_ref().take_while(|it| *it != ']').collect();
                found.push(Symbol::Bracket(inside));
            }
            '\\' => found.extend(letters.next().map(|it| Symbol::Text(it.into()))),
            // A blank as wide as the next letter, or as many of them as there is room for.
            '_' | '*' => drop(letters.next()),
            letter => match found.last_mut() {
                Some(Symbol::Run(last, times)) if last.eq_ignore_ascii_case(&letter) => *times += 1,
                _ => found.push(Symbol::Run(letter, 1)),
            },
        }
    }
    found
}

/// How a cell shows a number as a percentage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Percent {
    /// Decimals that are always shown, and those that are where they are not 0.
    least: usize,
    most: usize,
}

impl Percent {
    /// Decimals that a number can have at most.
    const DECIMALS: usize = 12;

    /// Nothing where a code shows none.
    pub fn of(code: &str) -> Option<Self> {
        let symbols = symbols(code);
        let is_run = |it: &Symbol, signs: &[char]| matches!(it, Symbol::Run(sign, _) if signs.contains(sign));
        if !symbols.iter().any(|it| is_run(it, &['%'])) {
            return None;
        }
        let (mut least, mut most) = (0, 0);
        for symbol in symbols.iter().skip_while(|it| !is_run(it, &['.'])) {
            match symbol {
                Symbol::Run('0', times) => (least, most) = (most + times, most + times),
                Symbol::Run('#' | '?', times) => most += times,
                _ => {}
            }
        }
        let bounded = |it: usize| it.min(Self::DECIMALS);
        Some(Self { least: bounded(least), most: bounded(most) })
    }

    /// `5%` of 0.05
    pub fn show(self, number: f64) -> String {
        // What arithmetic leaves behind the digits that the program keeps.
        let kept =
            format!("{:.*}", Self::DECIMALS, number * 100.0).parse().unwrap_or(number * 100.0);
        let scale = 10_f64.powi(i32::try_from(self.most).unwrap_or_default());
        let rounded: f64 = (kept * scale).round() / scale;
        let mut text = format!("{rounded:.*}", self.most);
        let spare = self.most - self.least;
        let zeros = text.bytes().rev().take(spare).take_while(|it| *it == b'0').count();
        text.truncate(text.len() - zeros);
        format!("{}%", text.strip_suffix('.').unwrap_or(&text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_in_its_parts() {
        let text = |it: &str| Symbol::Text(it.into());
        assert_eq!(
            symbols(r#"[$-804]yyyy"年"m\月_);@"#),
            [
                Symbol::Bracket("$-804".into()),
                Symbol::Run('y', 4),
                text("年"),
                Symbol::Run('m', 1),
                text("月"),
            ]
        );
        assert_eq!(symbols("\""), [text("")], "a code that is cut off");
    }

    #[test]
    fn a_percentage_is_shown_with_its_decimals() {
        for (code, number, shown) in [
            ("0%", 0.05, "5%"),
            ("0%", 0.07, "7%"),
            ("0%", 0.285, "29%"),
            ("0%", 1.0, "100%"),
            ("0%", -0.05, "-5%"),
            ("0.00%", 0.055, "5.50%"),
            ("0.0#%", 0.055, "5.5%"),
            ("0.##%", 0.05, "5%"),
            ("#,##0.0%;[Red]-0%", 0.125, "12.5%"),
            ("0%", 1e20, "10000000000000000000000%"),
        ] {
            assert_eq!(Percent::of(code).unwrap().show(number), shown, "{code} {number}");
        }
        for code in ["General", "0.00", "0\"%\"", "0\\%"] {
            assert_eq!(Percent::of(code), None, "{code}");
        }
    }
}
