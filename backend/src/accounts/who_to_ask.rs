//! Pages for those whom signing in through WeChat did not let in: what happened and whom to ask.

use actix_web::http::StatusCode;
use askama::Template;
use shared::problem::{Code, Problem};

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
pub(super) fn refused(problem: &Problem, again: String) -> (StatusCode, MessagePage) {
    let code = problem.code;
    let steps = match code {
        Code::WechatUnavailable => vec!["不是您的手机有问题，等一分钟再点“再试一次”"],
        Code::WechatBlocked => vec!["请联系培训办公室，换一种方式登录"],
        _ => vec!["点“再试一次”", "还是不行，请退出微信重新打开"],
    };
    let status = StatusCode::from_u16(code.status()).unwrap_or(StatusCode::FORBIDDEN);
    let page = MessagePage {
        title: title(code).into(),
        text: problem.sentence(),
        steps,
        action: Some(("再试一次", again)),
    };
    (status, page)
}

const fn title(code: Code) -> &'static str {
    match code {
        Code::WechatUnavailable => "微信暂时没有回应",
        _ => "没有登录成功",
    }
}
