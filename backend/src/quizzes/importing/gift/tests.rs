use shared::quizzes::QuestionKind::{Multiple, Single, TrueFalse};

use super::*;

/// The one question of a text.
fn one(text: &str) -> QuestionDraft {
    let read = read(text).unwrap();
    assert_eq!(read.problems, [], "{text}");
    assert_eq!(read.questions.len(), 1, "{text}");
    read.questions.into_iter().next().unwrap().1
}

/// What the options say, with a `*` before those that are right.
fn options(question: &QuestionDraft) -> Vec<String> {
    let option = |it: &shared::authoring::OptionDraft| {
        format!("{}{}", if it.correct { "*" } else { "" }, it.text)
    };
    question.options.iter().map(option).collect()
}

/// The only thing that is wrong with a text.
fn trouble(text: &str) -> QuestionProblem {
    let read = read(text).unwrap();
    assert_eq!((read.questions.len(), read.problems.len()), (0, 1), "{text}: {:?}", read.problems);
    read.problems.into_iter().next().unwrap()
}

#[test]
fn a_choice_with_one_right_option_has_its_remarks_in_the_explanation() {
    let question = one(
        "::第一题:: 先做什么？{\n  =放牌子 # 对了\n  ~开窗#吹不干\n  ~ 关灯\n####人才知道地滑。\n}",
    );
    assert_eq!((question.kind, &*question.stem), (Single, "先做什么？"));
    assert_eq!(options(&question), ["*放牌子", "开窗", "关灯"]);
    assert_eq!(question.explanation, "人才知道地滑。\n“放牌子”：对了\n“开窗”：吹不干");
}

#[test]
fn options_that_all_have_to_be_chosen_share_the_points() {
    for text in [
        "有害的有？{~%50%灯管 ~%50%电池 ~%-100%果皮 ####有害}",
        "有害的有？{~%70%灯管 ~%30%电池 ~果皮 ####有害}",
        "有害的有？{~%50.0%灯管\n~%50.0%电池\n~%0%果皮 ####有害}",
    ] {
        let question = one(text);
        assert_eq!(question.kind, Multiple, "{text}");
        assert_eq!(options(&question), ["*灯管", "*电池", "果皮"], "{text}");
    }
    let thirds = one("有害的有？{~%33.333%甲 ~%33.333%乙 ~%33.333%丙 ~丁 ####有害}");
    assert_eq!((thirds.kind, options(&thirds)[2].as_str()), (Multiple, "*丙"));
}

#[test]
fn the_only_right_option_may_say_that_it_gets_all_points() {
    for text in
        ["先做什么？{=%100%放牌子 ~开窗 ####因为}", "先做什么？{~%100%放牌子 ~%-50%开窗 ####因为}"]
    {
        let question = one(text);
        assert_eq!(
            (question.kind, options(&question)),
            (Single, vec!["*放牌子".into(), "开窗".into()])
        );
    }
}

#[test]
fn a_statement_is_right_or_wrong() {
    for (answer, right) in [("T", 0), ("TRUE", 0), ("true", 0), ("F", 1), ("FALSE", 1), ("错", 1)]
    {
        let question = one(&format!("湿手可以拔插头。{{{answer}####擦干再拔}}"));
        assert_eq!(question.kind, TrueFalse, "{answer}");
        assert!(
            question.options[right].correct && !question.options[1 - right].correct,
            "{answer}"
        );
    }
    let question = one("湿手可以拔插头。{FALSE#会触电#说得对}");
    assert_eq!(question.explanation, "说得对\n会触电");
}

#[test]
fn answers_inside_a_sentence_leave_a_gap() {
    assert_eq!(one("先放{=牌子 ~椅子 ####对}，再拖。").stem, "先放____，再拖。");
}

#[test]
fn a_sign_with_a_backslash_means_itself() {
    let question = one(r"算\: 1+1\=2 \{对\} \\ \n 吗？{=a\~b ~c\=d\#e ####\#1}");
    assert_eq!(question.stem, "算: 1+1=2 {对} \\\n吗？");
    assert_eq!(options(&question), ["*a~b", "c=d#e"]);
    assert_eq!(question.explanation, "#1");
}

#[test]
fn what_was_a_page_is_read_as_text() {
    let question = one(
        "[html]<p>哪些<b>有害</b>？</p><p>A &lt; B</p>{=<i>灯管</i> ~[plain]<果皮> ####因为<br>有害}",
    );
    assert_eq!(question.stem, "哪些有害？\nA < B");
    assert_eq!(options(&question), ["*灯管", "<果皮>"]);
    assert_eq!(question.explanation, "因为\n有害");
}

#[test]
fn lines_are_counted_and_remarks_left_out() {
    let text =
        "// 说明\n$CATEGORY: 保洁\n\n甲？{T####因为}\r\n\r\n\r\n// 又一句\n乙？\n{F####因为}\n";
    let read = read(text).unwrap();
    let rows: Vec<_> = read.questions.iter().map(|(row, it)| (*row, it.stem.as_str())).collect();
    assert_eq!(rows, [(4, "甲？"), (8, "乙？")]);
}

#[test]
fn what_is_not_understood_is_said_with_what_to_do() {
    for (text, says) in [
        ("只有题干", "没有答案"),
        ("甲？{=乙 ~丙", "没有关上"),
        ("甲？{T####因为}\n乙？{F####因为}", "两道题之间请空一行"),
        ("甲？{=乙 {~丙}", "两道题之间请空一行"),
        ("谈谈看法{}", "问答题"),
        ("一加一？{#2}", "填数字"),
        ("谁先下班？{=甲 =乙}", "填空题"),
        ("首都？{=加拿大->渥太华 =意大利->罗马}", "连线题"),
        ("甲？{乙 丙}", "看不懂"),
        ("甲？{=乙 ~%50%丙 ####因为}", "部分得分"),
        ("甲？{=%50%乙 ~丙 ####因为}", "部分得分"),
        ("甲？{=乙 =丙 ~丁 ####因为}", "选哪一个都算对"),
        ("甲？{=%100%乙 =%50%丙 ~丁 ####因为}", "选哪一个都算对"),
        ("甲？{~1+1=2 =3 ~4 ####因为}", "选哪一个都算对"),
        ("甲？{~%100%乙 ~%100%丙 ~丁 ####因为}", "加起来要是 100"),
        ("甲？{~%50%乙 ~丙 ####因为}", "加起来要是 100"),
        ("甲？{~%一半%乙 ~丙 ####因为}", "写数字"),
    ] {
        let trouble = trouble(text);
        assert!(trouble.message.contains(says), "{text}: {}", trouble.message);
        assert_eq!((trouble.row, trouble.column), (1, None), "{text}");
    }
    let long = format!("{}{{T####因为}}", "长".repeat(LONGEST));
    assert!(trouble(&long).message.contains("太长"));
}

#[test]
fn what_the_editor_would_not_save_is_refused_with_its_words() {
    let without = trouble("甲？{=乙 ~丙}");
    assert_eq!(without.column, Some(QuestionColumn::Explanation));
    assert!(without.message.contains("####"), "{}", without.message);
    let none_right = trouble("甲？{~乙 ~丙 ####因为}");
    assert_eq!(none_right.message, "单选题要有且只有一个正确选项");
    let long = trouble(&format!("{}{{T####因为}}", "长".repeat(501)));
    assert_eq!(long.column, Some(QuestionColumn::Stem));
}

#[test]
fn a_text_without_a_question_and_one_with_too_many_are_refused() {
    let many = "甲？{T####因为}\n\n".repeat(501);
    for (text, says) in [("// 空的 {}\n", "一道题也没有"), (&*many, "最多导入 500 题")]
    {
        let error = read(text).unwrap_err();
        let crate::Error::Refused(problem) = error else { panic!("{error}") };
        assert!(problem.detail.unwrap().contains(says));
    }
}
