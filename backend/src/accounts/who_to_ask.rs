//! Pages for those whom signing in through WeChat did not let in: what happened and whom to ask.

use actix_web::http::StatusCode;
use askama::Template;
use shared::problem::{Code, Problem};

use super::door::Door;

/// A page of one message and one way on.
#[derive(Template)]
#[template(path = "message.html")]
pub struct MessagePage {
    pub title: String,
    pub text: String,
    /// What to do, one step a line.
    pub steps: Vec<&'static str>,
    /// The button: what it says and where it leads.
    pub action: Option<(&'static str, String)>,
}

/// The page for a refusal while signing in; `again` leads back to where the person was going.
pub(super) fn refused(door: Door, problem: &Problem, again: String) -> (StatusCode, MessagePage) {
    let code = problem.code;
    let steps = match code {
        // Only WeCom tells us that somebody is not one of us.
        Code::UnknownPerson => vec![
            "请单位的企业微信管理员把您加进通讯录，再点“再试一次”",
            "也可以在微信里打开，用微信登录",
            "不知道找谁，请问队长或培训办公室",
        ],
        Code::WechatUnavailable => vec!["不是您的手机有问题，等一分钟再点“再试一次”"],
        Code::WechatBlocked => vec!["请联系培训办公室，换一种方式登录"],
        _ if door == Door::Wecom => vec!["点“再试一次”", "还是不行，请退出企业微信重新打开"],
        _ => vec!["点“再试一次”", "还是不行，请退出微信重新打开"],
    };
    let status = StatusCode::from_u16(code.status()).unwrap_or(StatusCode::FORBIDDEN);
    let page = MessagePage {
        title: title(door, code),
        text: text(door, problem),
        steps,
        action: Some(("再试一次", again)),
    };
    (status, page)
}

fn title(door: Door, code: Code) -> String {
    match code {
        Code::WechatUnavailable => format!("{}暂时没有回应", door.name()),
        Code::UnknownPerson => "您还不是本单位企业微信的成员".into(),
        _ => "没有登录成功".into(),
    }
}

/// The sentences of the codes speak of WeChat.
fn text(door: Door, problem: &Problem) -> String {
    match (door, problem.code) {
        (Door::Wecom, Code::UnknownPerson) => "通讯录里没有您，所以不能用企业微信登录。".into(),
        (Door::Wecom, Code::WechatUnavailable) => {
            "企业微信那边暂时没有回应，请点“再试一次”。".into()
        }
        (Door::Wecom, Code::WechatCodeInvalid) => "企业微信登录没有成功，请再试一次。".into(),
        _ => problem.sentence(),
    }
}
