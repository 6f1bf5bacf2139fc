use shared::standards::{
    ClauseId, ClauseKey, Modality, StandardVersionId,
    console::{ClauseForce, ClauseKind},
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
