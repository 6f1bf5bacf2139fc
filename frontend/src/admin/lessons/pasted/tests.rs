use proptest::prelude::*;
use rstest::rstest;

use super::{Piece, read};

/// Pieces as lines, to be compared at a glance.
fn told(html: &str) -> Vec<String> {
    read(html).into_iter().map(line).collect()
}

fn line(piece: Piece) -> String {
    match piece {
        Piece::Heading(text) => format!("# {text}"),
        Piece::Paragraph(html) => html,
        Piece::List { ordered, items } => {
            format!("{}{}", if ordered { "1. " } else { "* " }, items.join(" / "))
        }
        Piece::Table(rows) => {
            let rows: Vec<_> = rows.iter().map(|row| row.join(",")).collect();
            format!("| {}", rows.join(" / "))
        }
        Piece::Picture { source, alt } => {
            format!("[{}] {alt}", source.chars().take(22).collect::<String>())
        }
    }
}

/// As Word for Windows puts it on the clipboard, cut to what matters.
const WORD: &str = include_str!("samples/word.html");
/// As WPS does.
const WPS: &str = include_str!("samples/wps.html");

#[test]
fn what_word_copies_keeps_headings_lists_tables_and_pictures() {
    assert_eq!(
        told(WORD),
        [
            "# 会议室保洁作业规程（示例）",
            "# 一、准备",
            "进门先<strong>断电</strong>，再开窗通风 <em>10 min</em>。详见<a href=\"https://example.cn/a?b=1&amp;c=2\">规范</a>",
            "1. 备红布 2 块 / 备蓝布 2 块 – 布要拧到不滴水 / 按 1:500 配消毒液",
            "* 不湿手碰插座 / 不混用抹布",
            "# 二、抹布颜色",
            "| 颜色,擦什么,多久换 / 红,马桶\n便池,每 3 次 / 蓝,桌面,",
            "[file:///C:/Users/ADMIN] 四色抹布",
            "[data:image/png;base64,] ",
            "第一行<br>第二行",
        ]
    );
}

#[test]
fn what_wps_copies_keeps_headings_lists_tables_and_pictures() {
    assert_eq!(
        told(WPS),
        [
            "# 厨房交接班",
            "接班前看三样：<strong>台面</strong>、炉灶、冷柜。",
            "1. 看温度记录 / 看留样",
            "| 项目,要求 / 冷柜,0～4 ℃ / ,",
            "[data:image/jpeg;base64] 留样柜",
        ]
        .map(|it| it.replace(" / ,", ""))
    );
}

#[rstest]
#[case::one_paragraph_is_inline("<p class=MsoNormal>断<b>电</b></p>", "断<strong>电</strong>")]
#[case::no_tags_at_all("先断电", "先断电")]
#[case::a_bold_that_is_none("<b style='font-weight:normal'>断电</b>", "断电")]
#[case::a_bold_by_its_style(
    "<span style='color:red;font-weight:700'>断</span>电",
    "<strong>断</strong>电"
)]
#[case::words_that_look_like_tags("<p>3 &lt; 5 &amp; a<b</p>", "3 &lt; 5 &amp; a")]
#[case::a_comparison("3 < 5", "3 &lt; 5")]
#[case::a_link_that_runs("<a href='javascript:alert(1)'>点</a>", "点")]
#[case::a_script("好<script>alert('<p>')</script>的<style>p{}</style>", "好的")]
#[case::what_is_hidden("好<span style='display:none'>密</span>", "好")]
#[case::lines_that_the_file_wraps("先断电，\r\n再开窗\nin time\nnow", "先断电，再开窗 in time now")]
#[case::blanks_that_indent("<p>&nbsp;&nbsp;\u{3000}先断电<o:p></o:p></p>", "先断电")]
#[case::entities(
    "&#x6e29;&#24230; 60&#8451; &bogus; &#xffffffff; &",
    "温度 60℃ &amp;bogus; &amp;#xffffffff; &amp;"
)]
#[case::a_picture_as_a_dot(
    "<p><span style='mso-list:Ignore'><img src='file:///a.png'></span>断电</p>",
    "断电"
)]
#[case::a_new_page("上<br style='page-break-before:always'>下", "上下")]
fn a_paragraph_keeps_its_words_and_its_marks(#[case] html: &str, #[case] kept: &str) {
    assert_eq!(told(html), [kept]);
}

#[rstest]
#[case::nested("<ul><li>一<ul><li>甲</li><li>乙</li></ul></li><li>二</li></ul>", &["* 一 – 甲 – 乙 / 二"])]
#[case::paragraphs_in_entries("<ol><li><p>一</p><p>续</p></li><li><p>二</p></li></ol>段", &["1. 一 续 / 二", "段"])]
#[case::two_lists("<ul><li>一</ul><ol><li>二</ol>", &["* 一", "1. 二"])]
#[case::entries_without_a_list("<li>一<li>二", &["* 一 / 二"])]
#[case::a_list_that_never_ends("<ol><li>一<h2>题</h2><p>段", &["1. 一", "# 题", "段"])]
#[case::a_picture_in_an_entry("<ul><li>一<img src=a.png alt=图></li><li>二</li></ul>", &["* 一 / 二", "[a.png] 图"])]
fn lists_keep_their_entries(#[case] html: &str, #[case] kept: &[&str]) {
    assert_eq!(told(html), kept);
}

#[test]
fn a_list_that_is_too_long_becomes_two() {
    let html = format!("<ul>{}</ul>", "<li>条</li>".repeat(70));
    let lengths: Vec<_> = read(&html)
        .into_iter()
        .map(|it| if let Piece::List { items, .. } = it { items.len() } else { 0 })
        .collect();
    assert_eq!(lengths, [50, 20]);
}

#[rstest]
#[case::cells_over_several(
    "<table><tr><th colspan=2>名</th><th>数</th></tr><tr><td rowspan=2>甲</td><td>一</td><td>1</td></tr>\
     <tr><td>二</td><td>2</td></tr></table>",
    &["| 名,,数 / 甲,一,1 / ,二,2"]
)]
#[case::a_table_in_a_cell("<table><tr><td>外<table><tr><td>内<td>里</table></td><td>旁</td></tr></table>", &["| 外\n内 里,旁"])]
#[case::a_frame_around_words("<table><tr><td><p>只是框</p></td></tr></table>", &["只是框"])]
#[case::cells_without_rows("<table><td>一<td>二</table>", &["| 一,二"])]
#[case::rows_without_a_table("<tr><td>一</td></tr>", &["一"])]
#[case::a_caption("<table><caption>表 1</caption><tr><td>一<td>二</tr></table>", &["表 1", "| 一,二"])]
#[case::a_table_that_never_ends("<table><tr><td>一<td>二", &["| 一,二"])]
#[case::paragraphs_in_cells("<table><tr><td><p>一</p><ul><li>甲</li></ul><h2>题</h2></td><td></td></tr></table>", &["| 一\n甲\n题,"])]
fn tables_keep_their_cells(#[case] html: &str, #[case] kept: &[&str]) {
    assert_eq!(told(html), kept);
}

#[test]
fn tables_stay_within_what_a_lesson_may_have_and_lose_no_word() {
    let wide = format!("<table><tr>{}</tr></table>", "<td>格</td>".repeat(15));
    let Some(Piece::Table(rows)) = read(&wide).pop() else { panic!("a table") };
    assert_eq!((rows[0].len(), rows[0][9].as_str()), (10, "格 格 格 格 格 格"));
    let long =
        format!("<table><tr><td>名<td>数</tr>{}</table>", "<tr><td>甲<td>1</tr>".repeat(150));
    let heights: Vec<_> = read(&long)
        .into_iter()
        .map(|it| {
            if let Piece::Table(rows) = it {
                (rows.len(), rows[0][0].clone())
            } else {
                (0, String::new())
            }
        })
        .collect();
    assert_eq!(heights, [(100, "名".to_owned()), (52, "名".to_owned())]);
    let hostile = "<table><tr><td colspan=4294967295 rowspan=99999999999>一</table>";
    assert_eq!(told(hostile).len(), 1);
}

proptest! {
    #[test]
    fn whatever_is_pasted_is_read(html in ".{0,400}") {
        drop(read(&html));
    }

    #[test]
    fn however_tags_are_mixed_up_every_word_is_kept(
        parts in prop::collection::vec(prop::sample::select(vec![
            "<p>", "</p>", "<h1>", "</h1>", "<ul>", "</ul>", "<ol>", "<li>", "</li>", "<table>",
            "</table>", "<tr>", "<td>", "</td>", "</tr>", "<b>", "</b>", "<span style='mso-list:l0 level2'>",
            "<p style='mso-list:l0 level1 lfo1'>", "<br>", "<img src=x>", "<a href='https://a.cn'>", "</a>", "字",
        ]), 0..60),
    ) {
        let html = parts.concat();
        let pieces: String = read(&html).into_iter().map(line).collect();
        prop_assert!(pieces.matches('字').count() >= html.matches('字').count(), "{html} became {pieces}");
    }
}

#[test]
fn what_is_broken_many_times_is_read_in_no_time() {
    for html in ["<a \"", "<style>", "<!--", "</", "<b>", "<ul><li>", "<table><tr><td>", "&#"] {
        drop(read(&html.repeat(50_000)));
    }
}
