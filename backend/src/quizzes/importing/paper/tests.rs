use shared::{
    authoring::{OptionDraft, QuestionDraft},
    quizzes::QuestionKind::{Multiple, Single, TrueFalse},
};

use super::{asked::bare_explanation, *};

/// A question as one line: its kind, its stem and its options, a `*` before those that are right.
fn said(question: &QuestionDraft) -> String {
    let option = |it: &OptionDraft| format!("{}{}", if it.correct { "*" } else { "" }, it.text);
    let options: Vec<String> = question.options.iter().map(option).collect();
    format!("{}|{}|{}", question.kind.label(), question.stem, options.join(" "))
}

fn all(text: &str) -> Vec<String> {
    let read = read(text).unwrap();
    assert_eq!(read.problems, [], "{text}");
    read.questions.iter().map(|it| said(&it.1)).collect()
}

fn problems(text: &str) -> Vec<String> {
    let read = read(text).unwrap();
    read.problems.into_iter().map(|it| format!("{} {}", it.row, it.message)).collect()
}

#[test]
fn a_paper_with_its_key_in_the_brackets_is_read_under_its_headings() {
    let text = "会议服务培训测试题\n姓名：______ 得分：______\n\
        一、单项选择题（每题 5 分，共 10 分）\n\
        1. 会前（ A ）分钟检查话筒。\nA. 30\tB. 10\tC. 5\tD. 不用\n\
        2、茶杯的把手朝（Ｂ）。\nA、左\nB、右\n\
        二、多选题\n\
        1．哪些要先备好？（ABD）\nA．茶杯　B．桌签　C．快递　D．投影\n\
        三、判断题（对的打√，错的打×）\n\
        1. 桌签可以放歪。（×）\n（√）2. 地湿要放牌子。\n";
    let read = read(text).unwrap();
    let found: Vec<String> = read.questions.iter().map(|it| said(&it.1)).collect();
    assert_eq!(
        found,
        [
            "单选题|会前（　）分钟检查话筒。|*30 10 5 不用",
            "单选题|茶杯的把手朝（　）。|左 *右",
            "多选题|哪些要先备好？（　）|*茶杯 *桌签 快递 *投影",
            "判断题|桌签可以放歪。（　）|正确 *错误",
            "判断题|地湿要放牌子。（　）|*正确 错误",
        ]
    );
    assert_eq!(read.questions[0].0, 4);
}

#[test]
fn the_key_may_stand_below_the_question_with_its_reason() {
    let text = "1. 先做什么？\nA. 放牌子 B. 开窗\n答案：A\n解析：人才知道地滑。\n第二行原因\n\
        2. 消毒液怎么配？ A.1:500 B.1:50\n【答案】A 【解析】看标签。\n\
        3. [判断题] 可以混用。\n正确答案：错，会放出毒气。";
    assert_eq!(
        all(text),
        [
            "单选题|先做什么？|*放牌子 开窗",
            "单选题|消毒液怎么配？|*1:500 1:50",
            "判断题|可以混用。|正确 *错误",
        ]
    );
    let read = read(text).unwrap();
    let why = |at: usize| read.questions[at].1.explanation.as_str();
    assert_eq!(why(0), "人才知道地滑。\n第二行原因");
    assert_eq!((why(1), why(2)), ("看标签。", "会放出毒气。"));
}

#[test]
fn the_key_may_stand_at_the_end_kind_by_kind() {
    let text = "一、单选题\n1. 甲？\nA. 一\nB. 二\n2. 乙？\nA. 一\nB. 二\n\
        二、多选题\n1. 丙？\nA. 一\nB. 二\nC. 三\n\
        三、判断题\n1. 丁。\n2. 戊。\n\
        参考答案\n一、单选题：1-2 BA\n二、多选题\n1. AC 解析：看第二条。\n三、判断题 1.√ 2.×";
    assert_eq!(
        all(text),
        [
            "单选题|甲？|一 *二",
            "单选题|乙？|*一 二",
            "多选题|丙？|*一 二 *三",
            "判断题|丁。|*正确 错误",
            "判断题|戊。|正确 *错误",
        ]
    );
    assert_eq!(read(text).unwrap().questions[2].1.explanation, "看第二条。");
}

#[test]
fn the_reason_of_several_letters_at_the_end_is_kept() {
    for said in ["A、C 解析：看标签。", "A,C。解析：看标签。", "A和C，【解析】看标签。"]
    {
        let text = format!("1. 甲？\nA. 一\nB. 二\nC. 三\n参考答案\n1. {said}");
        assert_eq!(all(&text), ["多选题|甲？|*一 二 *三"], "{said}");
        let question = &read(&text).unwrap().questions[0].1;
        assert_eq!(question.explanation, "看标签。", "{said}");
        assert!(!is_unexplained(question), "{said}");
    }
    let several = "1. 甲？\nA. 一\nB. 二\n2. 乙？\nA. 一\nB. 二\n参考答案\n1-2 BA 解析：都看标签。";
    assert_eq!(all(several), ["单选题|甲？|一 *二", "单选题|乙？|*一 二"]);
}

#[test]
fn a_key_that_may_mean_two_questions_means_none() {
    let text = "一、单选题\n1. 甲？\nA. 一\nB. 二\n二、判断题\n1. 丁。\n参考答案\n1. A 2. B";
    let found = problems(text);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].starts_with("2 没有找到答案"), "{found:?}");
    assert!(found[1].starts_with("6 没有找到答案"), "{found:?}");
    let twice = "1. 甲？\nA. 一\nB. 二\n参考答案\n1. A\n1. B";
    assert!(problems(twice)[0].starts_with("1 没有找到答案"));
}

#[test]
fn lines_that_count_something_begin_no_question() {
    let text = "1. 抹布多久换？（A）\n30 分钟一次的说法对吗\n1.5 米以内呢\n（1）客房\n（2）大厅\nA. 一天\nB. 一周";
    let read = read(text).unwrap();
    assert_eq!(read.questions.len(), 1, "{read:?}");
    assert_eq!(read.questions[0].1.stem.lines().count(), 5);
}

#[test]
fn what_is_no_option_stays_in_the_stem() {
    let text = "1. 含有 A、B 两种成分的是（B）\nA. 甲\nB. 乙\nC. 丙，\n含糖";
    assert_eq!(all(text), ["单选题|含有 A、B 两种成分的是（　）|甲 *乙 丙，含糖"]);
}

#[test]
fn what_is_not_asked_here_and_what_is_wrong_is_said_with_its_line() {
    for (text, said) in [
        (
            "一、填空题\n1. 会前____分钟到。\n答案：30",
            "2 填空题还不能导入，这里只收单选题、多选题、判断题",
        ),
        (
            "一、综合题\n1. 说说怎么擦。\n答案：略",
            "2 综合题还不能导入，这里只收单选题、多选题、判断题",
        ),
        ("1. 甲？（A）\nA. 一\nB. 二\n答案：B", "1 题目括号里写的和下面的答案不一样，请留一个"),
        ("1. 甲？\nA. 一\nB. 二\n答案：D", "1 答案里有 D，可是没有选项 D"),
        ("一、单选题\n1. 甲？（AB）\nA. 一\nB. 二", "2 单选题要有且只有一个正确选项"),
    ] {
        assert_eq!(problems(text), [said], "{text}");
    }
    assert!(problems("1. 甲？\nA. 一\nB. 二")[0].starts_with("1 没有找到答案"));
    assert!(problems("一、判断题\n1. 甲。")[0].starts_with("2 没有找到答案：判断题"));
}

#[test]
fn a_question_without_a_reason_says_what_is_right() {
    let text = "1. 哪些？（AB）\nA. 一\nB. 二\nC. 三\n2. 对吗（对）";
    let read = read(text).unwrap();
    let why: Vec<&str> = read.questions.iter().map(|it| it.1.explanation.as_str()).collect();
    assert_eq!(why, ["正确答案：一；二。", "这句话是正确的。"]);
    assert_eq!([Multiple, TrueFalse], [read.questions[0].1.kind, read.questions[1].1.kind]);
    let long = OptionDraft { text: "长".repeat(200), correct: true };
    let said = bare_explanation(Single, &[long.clone(), long.clone(), long]);
    assert!(said.chars().count() <= 500);
}

#[test]
fn only_what_has_numbered_questions_is_a_paper() {
    assert!(is_one("1. 甲？（A）\nA. 一\nB. 二"));
    assert!(is_one("(1) 甲。\n答案：对"));
    for text in ["", "随便写的一段话", "1. 第一条规定\n2. 第二条规定", "题型,题干,答案,解析"]
    {
        assert!(!is_one(text), "{text}");
    }
}

#[test]
fn what_may_be_meant_in_two_ways_is_never_taken() {
    let options = "A. 一\nB. 二\nC. 三";
    for (text, said) in [
        (format!("1. 甲？\n{options}\n答案：A\n乙？\n{options}\n答案：B"), "两次答案"),
        (format!("1. 甲？\n{options}\nA. 又一\nB. 又二\n答案：A"), "接不上"),
        ("1. 甲？\nA. 一\nB. 二\nB. 三\n答案：A".into(), "接不上"),
        (format!("1. 甲？\n{options}\n答案：A不对，应选B"), "没有找到答案"),
        (format!("1. 甲？\n{options}\n答案：A-C"), "没有找到答案"),
        (format!("1. 甲？\n{options}\n答案：BA"), "看不准"),
        (format!("1. 先（A），再（C）\n{options}"), "看不出"),
        (format!("1. 维生素（C）的作用是（　）\n{options}"), "看不出"),
        (format!("1. 甲？\n{options}\n2. 乙？\n{options}\n参考答案\n1、2：A B"), "没有找到答案"),
    ] {
        let found = problems(&text);
        assert!(!found.is_empty() && found.iter().all(|it| it.contains(said)), "{text}: {found:?}");
        assert!(read(&text).unwrap().questions.is_empty(), "{text}");
    }
}

#[test]
fn several_letters_are_one_answer_however_they_are_joined() {
    for said in ["A和C", "A；C", "A.C", "A、C", "A C", "AC。"] {
        let below = format!("1. 甲？\nA. 一\nB. 二\nC. 三\n答案：{said}");
        let at_the_end = format!("1. 甲？\nA. 一\nB. 二\nC. 三\n参考答案\n1. {said}");
        let texts = if said == "A.C" { vec![below] } else { vec![below, at_the_end] };
        for text in texts {
            assert_eq!(all(&text), ["多选题|甲？|*一 二 *三"], "{text}");
        }
    }
    let own = "1. 甲？\nA. 一\nB. 二\n正确答案：B 我的答案：A";
    assert_eq!(all(own), ["单选题|甲？|一 *二"]);
    let wide =
        "1. 甲？\nA. 一\nB. 二\n2. 乙？\nA. 一\nB. 二\n3. 丙。\n参考答案\n1∼2 BA 3. 正确答案：错误";
    assert_eq!(all(wide)[2], "判断题|丙。|正确 *错误");
    assert_eq!(all(wide)[..2], ["单选题|甲？|一 *二", "单选题|乙？|*一 二"]);
}

#[test]
fn lists_within_a_question_are_no_questions_and_later_sections_are() {
    let text = "一、单选题\n1. 甲？\nA. 一\nB. 二\n答案：A\n解析：\n1. 先关电\n2. 再擦\n\
        2. 乙？\nA. 一\nB. 二\n答案：B\n（二）多选题\n（AB）1. 丙？\nA. 一\nB. 二\nC. 三";
    let read = read(text).unwrap();
    let found: Vec<String> = read.questions.iter().map(|it| said(&it.1)).collect();
    // The second line of the list has the number of the next question, so that nobody can tell them apart.
    assert!(
        found.contains(&"多选题|丙？（　）|*一 *二 三".to_owned()),
        "{found:?} {:?}",
        read.problems
    );
    assert!(found.contains(&"单选题|甲？|*一 二".to_owned()), "{found:?}");
}

#[test]
fn questions_below_the_key_are_not_left_out_without_a_word() {
    let text = "1. 甲？\nA. 一\nB. 二\n参考答案\n1. A\n2. 乙？\nA. 一\nB. 二";
    assert!(problems(text).iter().any(|it| it.starts_with("7 答案后面")), "{:?}", problems(text));
}
