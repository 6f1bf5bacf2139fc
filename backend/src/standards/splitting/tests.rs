use proptest::prelude::*;
use shared::standards::console::ClauseKind::{Appendix, Article, Chapter, Item, Paragraph, Table};

use super::*;

fn lines(text: &str) -> Vec<Line> {
    text.lines().map(Line::of).collect()
}

/// Depth, kind, number, title and text of each.
fn told(text: &str) -> Vec<(i32, ClauseKind, String, String, String)> {
    let told = |it: Proposed| (it.depth, it.kind, it.number, it.title, it.text);
    split(&lines(text)).into_iter().map(told).collect()
}

fn clause(
    depth: i32,
    kind: ClauseKind,
    number: &str,
    title: &str,
    text: &str,
) -> (i32, ClauseKind, String, String, String) {
    (depth, kind, number.into(), title.into(), text.into())
}

#[test]
fn a_standard_is_split_into_chapters_clauses_items_and_tables() {
    let text = "示例会议服务规范\n2023-05-01 发布\n前　言\n本文件由示例组归口。\n1 范围\n本文件规定了会议服务。\n\
        4 基本要求\n4.1 人员\n4.1.1 服务人员应符合下列要求：\na) 持证上岗；\nb) 仪容符合下列要求：\n1) 指甲不超出指尖；\n\
        2) 不戴戒指；\nc) 穿软底鞋。\n4.1.2 登高作业应使用梯子，高度不应超过\n3.5 m 以上的登高作业应两人进行。\n\
        4.1.3 配备应符合表1的规定。\n表1 服务人员配备\n人数 | 服务人员\n20人及以下 | 不少于1人\n注：备班人员另计。\n\
        附录A\n（资料性）\n会场布置\nA.1 形式\nA.1.1 可采用课桌式。";
    assert_eq!(
        told(text),
        [
            clause(0, Chapter, "", "前言", "本文件由示例组归口。"),
            clause(0, Chapter, "1", "范围", "本文件规定了会议服务。"),
            clause(0, Chapter, "4", "基本要求", ""),
            clause(1, Article, "4.1", "人员", ""),
            clause(2, Article, "4.1.1", "", "服务人员应符合下列要求："),
            clause(3, Item, "a)", "", "持证上岗；"),
            clause(3, Item, "b)", "", "仪容符合下列要求："),
            clause(4, Item, "1)", "", "指甲不超出指尖；"),
            clause(4, Item, "2)", "", "不戴戒指；"),
            clause(3, Item, "c)", "", "穿软底鞋。"),
            clause(
                2,
                Article,
                "4.1.2",
                "",
                "登高作业应使用梯子，高度不应超过\n3.5 m 以上的登高作业应两人进行。"
            ),
            clause(2, Article, "4.1.3", "", "配备应符合表1的规定。\n注：备班人员另计。"),
            clause(3, Table, "表1", "服务人员配备", "人数 | 服务人员\n20人及以下 | 不少于1人"),
            clause(0, Appendix, "附录A", "会场布置", ""),
            clause(1, Article, "A.1", "形式", ""),
            clause(2, Article, "A.1.1", "", "可采用课桌式。"),
        ]
    );
}

#[test]
fn a_regulation_is_split_into_chapters_articles_and_items() {
    let text = "第一章 总则\n第一条 为规范管理，制定本办法。\n第二条 培训应当遵守下列规定：\n（一）先培训后上岗；\n\
        （二）定期复训。\n第二章 管理\n第一节 职责\n第三条 各单位应当建立台账。";
    assert_eq!(
        told(text),
        [
            clause(0, Chapter, "第一章", "总则", ""),
            clause(1, Article, "第一条", "", "为规范管理，制定本办法。"),
            clause(1, Article, "第二条", "", "培训应当遵守下列规定："),
            clause(2, Item, "（一）", "", "先培训后上岗；"),
            clause(2, Item, "（二）", "", "定期复训。"),
            clause(0, Chapter, "第二章", "管理", ""),
            clause(1, Article, "第一节", "职责", ""),
            clause(2, Article, "第三条", "", "各单位应当建立台账。"),
        ]
    );
}

#[test]
fn an_official_paper_is_split_as_it_is_numbered() {
    let text =
        "一、总体要求\n（一）工作目标\n1. 全员持证。\n2. 全程记录。\n（1）纸质记录；\n二、保障措施";
    assert_eq!(
        told(text),
        [
            clause(0, Chapter, "一、", "总体要求", ""),
            clause(1, Article, "（一）", "工作目标", ""),
            clause(2, Paragraph, "1.", "", "全员持证。"),
            clause(2, Paragraph, "2.", "", "全程记录。"),
            clause(3, Item, "(1)", "", "纸质记录；"),
            clause(0, Chapter, "二、", "保障措施", ""),
        ]
    );
}

#[test]
fn a_table_of_contents_is_no_clause() {
    let text =
        "目次\n前言………………Ⅱ\n1 范围………………1\n2 术语\t3\n1 范围\n本文件适用于会议。\n2 术语\n2.1 会议";
    let numbers: Vec<_> = told(text).into_iter().map(|it| it.2).collect();
    assert_eq!(numbers, ["1", "2", "2.1"]);
}

#[test]
fn numbers_that_do_not_count_up_are_text() {
    let text =
        "1 范围\n1.1 会议\n9.8 米每二次方秒是重力加速度\n1.2 培训\n1.1 重复的说法\n7 远处的数";
    let numbers: Vec<_> = told(text).into_iter().map(|it| it.2).collect();
    assert_eq!(numbers, ["1", "1.1", "1.2"]);
}

#[test]
fn broken_lines_are_joined_and_paragraphs_are_not() {
    let broken = |text: &str| Line { broken: true, ..Line::of(text) };
    let read = split(&[
        Line::of("4.1 服务人员应在会前三十分钟到岗，并按照检查表逐项检"),
        broken("查设备。"),
        broken("检查后签字。"),
    ]);
    assert!(read.is_empty() || read.len() == 1);
    let read = split(&[
        Line::of("1.1 服务人员应在会前三十分钟到岗，并按照检查表逐项检"),
        broken("查设备。"),
        broken("检查后签字。"),
    ]);
    assert_eq!(
        read[0].text,
        "服务人员应在会前三十分钟到岗，并按照检查表逐项检查设备。\n检查后签字。"
    );
}

#[test]
fn a_text_without_numbers_is_one_clause() {
    let read = told("会前检查设备。\n会后清场。");
    assert_eq!(read, [clause(0, Chapter, "", "正文", "会前检查设备。\n会后清场。")]);
    assert!(split(&[]).is_empty());
}

#[test]
fn what_is_informative_ends_with_its_chapter() {
    let force: Vec<_> = split(&lines(
        "前言\n说明。\n1 范围\n附录A（资料性）\n示例\nA.1 样式\n附录B（规范性） 检查表\nB.1 表单",
    ))
    .into_iter()
    .map(|it| (it.number, it.force == ClauseForce::Normative))
    .collect();
    let expected = [
        ("", false),
        ("1", true),
        ("附录A", false),
        ("A.1", false),
        ("附录B", true),
        ("B.1", true),
    ];
    assert_eq!(force, expected.map(|(number, normative)| (number.to_owned(), normative)));
}

/// A line with these pictures in it or below it.
fn with(text: &str, pictures: &[Option<usize>]) -> Line {
    let placed = |it: &Option<usize>| Placed { picture: *it, alt: String::new() };
    Line { pictures: pictures.iter().map(placed).collect(), ..Line::of(text) }
}

#[test]
fn a_picture_belongs_to_the_clause_whose_text_it_follows_and_its_caption_to_it() {
    let read = split(&[
        with("示例规范", &[Some(9)]),
        with("1 摆台", &[]),
        with("1.1 茶杯应摆在右上角。", &[Some(0)]),
        with("图1 茶杯的位置", &[]),
        with("图1给出了茶杯的位置。", &[]),
        with("1.2 会场可用课桌式。", &[Some(1), None]),
        with("图 2 没有读出来的", &[]),
        with("附录A", &[]),
        with("（资料性） 会场", &[Some(2)]),
    ]);
    let told = |it: &Proposed| {
        let pictures: Vec<_> =
            it.pictures.iter().map(|it| (it.picture, it.caption.clone())).collect();
        (it.number.clone(), it.text.clone(), pictures, it.unread, it.lines)
    };
    let clause = |number: &str, text: &str, pictures: Vec<(usize, String)>, unread, lines| {
        (number.to_owned(), text.to_owned(), pictures, unread, lines)
    };
    let first = "茶杯应摆在右上角。\n图1给出了茶杯的位置。";
    assert_eq!(
        read.iter().map(told).collect::<Vec<_>>(),
        [
            clause("1", "", vec![], 0, 1),
            clause("1.1", first, vec![(0, "图1 茶杯的位置".into())], 0, 3),
            clause("1.2", "会场可用课桌式。\n图 2 没有读出来的", vec![(1, String::new())], 1, 2),
            clause("附录A", "", vec![(2, String::new())], 0, 2),
        ]
    );
    let whole = split(&[with("会前检查。", &[Some(0)]), with("图1 检查", &[])]);
    assert_eq!((&*whole[0].text, &*whole[0].pictures[0].caption), ("会前检查。", "图1 检查"));
}

proptest! {
    /// Nothing that stands below the first number gets lost.
    #[test]
    fn every_line_is_in_a_clause(
        tail in prop::collection::vec("(第一条 |4\\.2 |a\\) |表1 |附录A |—— |一、|)[应会议检查人员，。]{1,30}", 0..30),
    ) {
        let mut text = vec!["1 范围".to_owned()];
        text.extend(tail);
        let read = split(&text.iter().map(Line::of).collect::<Vec<_>>());
        let all: String = read.iter().flat_map(|it| [it.number.as_str(), &it.title, &it.text]).collect();
        for line in &text {
            let kept = line.chars().filter(|it| "应会议检查人员，。".contains(*it)).collect::<String>();
            prop_assert!(all.replace('\n', "").contains(&kept), "{} in {}", line, all);
        }
        let deep = read.windows(2).all(|pair| pair[1].depth <= pair[0].depth + 3);
        prop_assert!(deep && read[0].depth == 0);
    }
}
