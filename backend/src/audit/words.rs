//! What the details of a record are called on the screen.

use sea_orm::ActiveEnum;
use shared::{accounts::Role, problem::Code};

use super::Fact;

/// What each detail is called; the code itself where nobody thought of it.
const NAMES: [(&str, &str); 63] = [
    ("after", "之后"),
    ("approved", "通过"),
    ("assignment", "任务编号"),
    ("before", "之前"),
    ("bytes", "字节"),
    ("chapter", "章节"),
    ("clauses", "条款数"),
    ("client", "登录方式"),
    ("course", "课程"),
    ("courses", "课程数"),
    ("due", "截止日期"),
    ("event", "事件"),
    ("expires", "到期"),
    ("from", "生效日期"),
    ("grant", "授权编号"),
    ("id_card_changed", "身份证号有变"),
    ("import", "名册导入"),
    ("keys", "带答案"),
    ("kind", "类别"),
    ("level", "等级"),
    ("lights", "五化的灯"),
    ("links", "链接数"),
    ("name_changed", "名字有变"),
    ("number", "第几次"),
    ("object", "对象"),
    ("organization", "单位"),
    ("organization_after", "调入单位"),
    ("organization_before", "调出单位"),
    ("outcome", "结果"),
    ("owner", "负责人"),
    ("page", "第几页"),
    ("parent", "上级单位"),
    ("parent_after", "现上级单位"),
    ("parent_before", "原上级单位"),
    ("people", "人数"),
    ("person", "人员"),
    ("phone_changed", "手机号有变"),
    ("position", "排第几"),
    ("post", "岗位"),
    ("post_after", "现岗位"),
    ("post_before", "原岗位"),
    ("proof", "凭据"),
    ("questions", "题数"),
    ("quiz", "测验"),
    ("reason", "原因"),
    ("role", "角色"),
    ("rows", "行数"),
    ("scope", "范围"),
    ("scope_id", "范围编号"),
    ("skip_bad", "跳过有误的行"),
    ("slot", "课件"),
    ("stage", "阶段"),
    ("standard", "标准"),
    ("state", "状态"),
    ("team_after", "现班组"),
    ("team_before", "原班组"),
    ("times", "该地址第几次"),
    ("times_together", "全部地址第几次"),
    ("to", "到"),
    ("unscheduled", "取消了哪一版的定时发布"),
    ("until", "到哪天"),
    ("what", "哪一项"),
    ("with_leavers", "同时办离岗"),
];

pub fn name(code: &str) -> &str {
    NAMES.iter().find(|(known, _)| *known == code).map_or(code, |(_, name)| name)
}

pub fn value(fact: &Fact) -> String {
    match fact {
        Fact::Nothing => "无".into(),
        Fact::Yes(true) => "是".into(),
        Fact::Yes(false) => "否".into(),
        Fact::Number(number) => number.to_string(),
        Fact::Text(text) => word(text.as_str()).into(),
        Fact::Many(facts) => facts.iter().map(value).collect::<Vec<_>>().join("、"),
    }
}

/// Codes that people know by another word.
fn word(code: &str) -> &str {
    if let Some(refusal) = Code::ALL.iter().find(|it| it.as_str() == code) {
        return refusal.title();
    }
    if let Ok(role) = Role::try_from_value(&code.to_owned()) {
        return role.label();
    }
    match code {
        "phone" => "手机号",
        "bound_phone" => "手机微信",
        "id_card" => "身份证号",
        "invitation" => "邀请码",
        "unionid" => "同一个微信",
        "password" => "用户名和密码",
        "mini_program" => "微信小程序",
        "official_account" => "微信",
        "wecom" => "企业微信",
        "kiosk" => "工号和密码",
        "web_view" => "小程序里的网页",
        "learner" => "本人",
        "timeout" => "到时自动",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted_so_that_none_is_there_twice() {
        assert!(NAMES.is_sorted_by(|one, other| one.0 < other.0));
    }

    #[test]
    fn values_are_said_in_words_where_there_are_some() {
        assert_eq!(value(&Role::Auditor.into()), "审计管理员");
        assert_eq!(value(&Code::NotAllowed.into()), Code::NotAllowed.title());
        assert_eq!(value(&vec![1_u8, 2].into()), "1、2");
        assert_eq!(value(&"who_knows".into()), "who_knows");
        assert_eq!((name("role"), name("who_knows")), ("角色", "who_knows"));
    }
}
