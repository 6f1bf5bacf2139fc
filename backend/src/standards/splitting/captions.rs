//! What stands below a picture and says what it is: `图1 会场布置`.

/// Characters of a caption; what is longer is a sentence.
const LONGEST: usize = 60;

/// Whether a line below a picture is its caption rather than a sentence about it.
pub fn is_caption(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('图') else { return false };
    let rest = rest.trim_start();
    // An appendix counts its pictures by its letter: 图 A.1.
    let number = rest
        .strip_prefix(|it: char| it.is_ascii_uppercase())
        .map_or(rest, |it| it.trim_start_matches(['.', '．']));
    number.starts_with(|it: char| it.is_ascii_digit() || "一二三四五六七八九十".contains(it))
        && text.chars().count() <= LONGEST
        && !text.contains(['。', '；'])
        && !text.ends_with(['：', ':', '，', '、'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_caption_is_told_from_a_sentence_about_a_picture() {
        for caption in ["图1 会场布置", "图 2　课桌式", "图A.1 摆台", "图 B.2", "图一 动线"]
        {
            assert!(is_caption(caption), "{caption}");
        }
        for other in ["图1给出了会场布置。", "图书应归位", "图A", "图1的布置如下：", "会场见图1"]
        {
            assert!(!is_caption(other), "{other}");
        }
    }
}
