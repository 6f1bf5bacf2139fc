use shared::{
    content::{MediaId, Picture},
    standards::{
        ClauseId, ClauseKey, Modality, StandardVersionId,
        console::{ClauseForce, ClauseKind},
    },
};
use uuid::Uuid;

use super::*;

fn clauses(texts: &[(i32, &str, &str)]) -> Vec<clause::Model> {
    let clause = |(at, (depth, number, text)): (i32, &(i32, &str, &str))| clause::Model {
        id: ClauseId(Uuid::now_v7()),
        version_id: StandardVersionId(Uuid::nil()),
        key: ClauseKey(Uuid::now_v7()),
        parent_id: None,
        position: at,
        depth: *depth,
        kind: ClauseKind::Article,
        number: (*number).into(),
        title: String::new(),
        text: (*text).into(),
        force: ClauseForce::Normative,
        modality: Modality::Shall,
        must: true,
        line: 0,
        lines: 1,
        pictures: None,
    };
    (0..).zip(texts).map(clause).collect()
}

fn paired(old: &[(i32, &str, &str)], new: &[(i32, &str, &str)]) -> Vec<Option<usize>> {
    pair(&said(&clauses(old)), &said(&clauses(new)))
}

#[test]
fn what_stayed_changed_moved_came_and_went_is_told_apart() {
    let old = [
        (1, "6.1", "茶杯应摆放在右上角，杯柄向右呈四十五度。"),
        (1, "6.2", "会前三十分钟应完成设备调试。"),
        (1, "6.3", "服务人员应在会前十五分钟到岗迎候。"),
        (1, "6.4", "会后应清点桌签并交回主办处室。"),
    ];
    let new = [
        (1, "6.1", "茶杯应摆放在右上角，杯柄向右呈四十五度。"),
        (1, "6.2", "涉密会议应设置手机存放柜，并由专人看管。"),
        (1, "6.3", "会前六十分钟应完成设备调试。"),
        (1, "6.4", "服务人员应在会前十五分钟到岗迎候。"),
    ];
    assert_eq!(paired(&old, &new), [Some(0), None, Some(1), Some(2)]);
}

#[test]
fn items_are_told_apart_by_what_they_hang_on() {
    let old =
        [(1, "4.1", "应符合："), (2, "a)", "持证；"), (1, "4.2", "应检查："), (2, "a)", "灯；")];
    let new =
        [(1, "4.1", "应符合："), (2, "a)", "有证；"), (1, "4.2", "应检查："), (2, "a)", "灯；")];
    assert_eq!(paired(&old, &new), [Some(0), Some(1), Some(2), Some(3)]);
}

#[test]
fn a_number_that_says_something_else_is_another_clause() {
    let old = [(1, "5.1", "地面应使用中性清洁剂，每日拖洗两次。")];
    let new = [(1, "5.1", "夜间巡查间隔不应超过两小时并做好记录。")];
    assert_eq!(paired(&old, &new), [None]);
}

#[test]
fn blanks_and_widths_are_no_change() {
    let [old, new] = [&[(1, "5.1", "应 使用Ａ级清洁剂")], &[(1, "5.2", "应使用A级清洁剂")]]
        .map(|it| clauses(it));
    assert!(is_same(&old[0], &new[0]));
    let informative = clause::Model { force: ClauseForce::Informative, ..new[0].clone() };
    assert!(!is_same(&old[0], &informative));
}

pub fn kept(hash: &str, caption: &str) -> clause::KeptPicture {
    let picture = Picture {
        media: MediaId(Uuid::now_v7()),
        alt: "谁都看得见".into(),
        caption: caption.into(),
        width: 1,
        height: 1,
    };
    clause::KeptPicture { picture, hash: hash.into() }
}

pub fn showing(text: &str, pictures: Option<Vec<clause::KeptPicture>>) -> clause::Model {
    let clause = clauses(&[(1, "6.1", text)]).remove(0);
    clause::Model { pictures: pictures.map(clause::Pictures), ..clause }
}

#[test]
fn a_caption_is_the_same_in_the_text_and_below_its_picture() {
    let caption = "图1 茶杯的位置";
    let among = "茶杯应摆放在右上角。\n图1 茶杯的位置\n杯柄应向右。";
    let at_the_end = "茶杯应摆放在右上角。\n杯柄应向右。\n图1　茶杯的位置";
    let without = "茶杯应摆放在右上角。\n杯柄应向右。";
    let before_pictures = showing(among, None);
    let with = showing(without, Some(vec![kept("a", caption)]));
    let lost = showing(at_the_end, Some(Vec::new()));
    for (old, new) in [(&before_pictures, &with), (&before_pictures, &lost), (&lost, &with)] {
        assert!(is_same(old, new) && is_same(new, old), "{} {}", old.text, new.text);
    }
    assert!(is_same(&before_pictures, &showing(at_the_end, None)));
    let other = showing(&among.replace("位置", "摆法"), None);
    assert!(!is_same(&before_pictures, &other), "both say what theirs is called");
    let other = showing(&at_the_end.replace("位置", "摆法"), Some(Vec::new()));
    assert!(!is_same(&lost, &other) && !is_same(&with, &other));
    let more = showing(without, Some(vec![kept("a", caption), kept("b", "图2 杯柄")]));
    assert!(!is_same(&lost, &more), "one that nobody knew of");
    let said = showing("茶杯应摆放在左上角。\n杯柄应向右。", Some(vec![kept("a", caption)]));
    assert!(!is_same(&before_pictures, &said), "a sentence is one");
}

#[test]
fn a_clause_that_shows_something_else_is_not_the_same_where_both_were_read_with_pictures() {
    let with = |pictures| showing("茶杯应摆放在右上角。", pictures);
    let one = with(Some(vec![kept("a", "图1 摆放")]));
    assert!(is_same(&one, &with(Some(vec![kept("a", "图 1　摆放")]))), "another copy of the file");
    assert!(!is_same(&one, &with(Some(vec![kept("b", "图1 摆放")]))), "another file");
    assert!(!is_same(&one, &with(Some(vec![kept("a", "图1 收回")]))), "another caption");
    assert!(!is_same(&one, &with(Some(Vec::new()))) && !is_same(&with(Some(Vec::new())), &one));
    assert!(is_same(&with(None), &one) && is_same(&one, &with(None)), "nobody knows");
}

#[test]
fn where_there_is_no_more_time_pairs_of_characters_have_to_do() {
    let said = |text: &str| said(&clauses(&[(1, "4.1", text)])).remove(0);
    let old = said("登高作业应由两人进行，一人操作，一人监护，梯子应放稳");
    let new = said("登高作业应由三人进行，一人操作，一人监护，梯子应放稳");
    let over = Instant::now();
    let quick = alike(&old, &new, over);
    assert!((0.8..1.0).contains(&quick), "{quick}");
    assert!(alike(&old, &said("会议室的灯光应提前半小时打开检查"), over) < 0.1);
}
