//! What a clause demands, by its auxiliary verb, as GB/T 1.1 defines them.

use shared::standards::Modality;

/// 应 within other words says nothing about what must be done.
const BEFORE_SHALL: &str = "相适反供对响效感呼回答";
const AFTER_SHALL: &str = "急用答届聘邀酬变激";
/// Where 应对 is a word of its own; elsewhere 对 says towards what something must be done.
const COPING: [&str; 9] = [
    "为应对",
    "效应对",
    "妥善应对",
    "如何应对",
    "能够应对",
    "及时应对",
    "具备应对",
    "应对措施",
    "应对预案",
];
const BEFORE_SHOULD: &str = "适便事合";
const AFTER_MAY: &str = "能靠见是";
const BEFORE_MAY: &str = "许认不宁";

/// What a text demands: the strictest thing it says.
pub fn modality(text: &str) -> Modality {
    let text = &COPING.iter().fold(text.to_owned(), |text, it| text.replace(it, ""));
    let has = |words: &[&str]| words.iter().any(|it| text.contains(it));
    if has_alone(text, '应', BEFORE_SHALL, AFTER_SHALL) || has(&["必须"]) {
        let first = text.find("不应").map_or(usize::MAX, |at| at + "不".len());
        // 不应 alone forbids; where something else must be done, that is what has to be taught.
        return if at_alone(text, '应', BEFORE_SHALL, AFTER_SHALL) == Some(first) {
            Modality::ShallNot
        } else {
            Modality::Shall
        };
    }
    if has(&["不得", "禁止", "严禁", "不准", "不允许"]) {
        return Modality::ShallNot;
    }
    if has_alone(text, '宜', BEFORE_SHOULD, "") {
        return Modality::Should;
    }
    if has_alone(text, '可', BEFORE_MAY, AFTER_MAY) || has(&["不必", "允许"]) {
        return Modality::May;
    }
    Modality::Statement
}

fn has_alone(text: &str, verb: char, before: &str, after: &str) -> bool {
    at_alone(text, verb, before, after).is_some()
}

/// Where a verb stands that is no part of another word.
fn at_alone(text: &str, verb: char, before: &str, after: &str) -> Option<usize> {
    text.match_indices(verb).map(|it| it.0).find(|at| {
        let left = text[..*at].chars().next_back();
        let right = text[*at + verb.len_utf8()..].chars().next();
        !left.is_some_and(|it| before.contains(it)) && !right.is_some_and(|it| after.contains(it))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clause_demands_the_strictest_thing_it_says() {
        for (text, demands) in [
            ("服务人员应着统一工装。", Modality::Shall),
            ("不应使用湿布擦拭插座。", Modality::ShallNot),
            ("应佩戴手套，不应徒手操作。", Modality::Shall),
            ("不应徒手操作，应佩戴手套。", Modality::ShallNot),
            ("不得擅自离岗。", Modality::ShallNot),
            ("必须持证上岗。", Modality::Shall),
            ("桌布宜选用浅色。", Modality::Should),
            ("室温不宜超过26 ℃。", Modality::Should),
            ("可使用电子桌签。", Modality::May),
            ("本文件给出了相应的应急措施和适用对象。", Modality::Statement),
            ("适宜人数为30人，可能有变。", Modality::Statement),
            ("应急照明由物业供应。", Modality::Statement),
            ("应急照明应完好。", Modality::Shall),
            ("会议服务单位应对服务质量实行首问负责。", Modality::Shall),
            ("为应对停电，会前检查照明；应对措施见附录。", Modality::Statement),
        ] {
            assert_eq!(modality(text), demands, "{text}");
        }
    }
}
