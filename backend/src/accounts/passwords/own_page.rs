//! The page where somebody whom WeChat vouches for sets the own password.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use askama::Template;
use serde::Deserialize;
use shared::problem::{Code, Problem};

use super::{setting, through_wechat};
use crate::{
    App, Error, Result,
    accounts::{
        door::Door,
        people,
        visitor::{self, Visitor},
        wechat_sign_in::with_destination,
        who_to_ask::MessagePage,
    },
    http::{Page, page, redirect},
};

const HERE: &str = "/enter/own-password";

/// Where the link to it stands.
const BACK: &str = "/me";

pub(super) fn plain(config: &mut web::ServiceConfig) {
    config.route(HERE, web::get().to(ask)).route(HERE, web::post().to(answer));
}

#[derive(Default, Deserialize)]
struct Form {
    #[serde(default)]
    password: String,
    #[serde(default)]
    again: String,
}

#[derive(Template)]
#[template(path = "own_password.html")]
struct OwnPasswordPage {
    /// What to sign in with beside the password.
    staff_number: String,
    wrong: Option<String>,
}

async fn ask(http: HttpRequest, app: web::Data<App>) -> HttpResponse {
    respond(&http, &app, async |visitor| show(&app, visitor, None).await).await
}

async fn answer(
    http: HttpRequest,
    app: web::Data<App>,
    form: Result<web::Form<Form>, actix_web::Error>,
) -> HttpResponse {
    // A form that is none of ours is an empty one.
    let form = form.map(web::Form::into_inner).unwrap_or_default();
    respond(&http, &app, async |visitor| match set(&app, visitor, form).await {
        Ok(()) => done(&app, visitor).await,
        Err(Error::Refused(problem)) => show(&app, visitor, Some(&problem)).await,
        Err(broken @ Error::Broken(_)) => Err(broken),
    })
    .await
}

/// Lets those in who are signed in through WeChat.
async fn respond(
    http: &HttpRequest,
    app: &App,
    then: impl AsyncFnOnce(&Visitor) -> Result<HttpResponse>,
) -> HttpResponse {
    visitor::respond(http, app, async |visitor| match visitor {
        Some(visitor) => allowed(app, &visitor, then).await,
        None => Ok(redirect(&with_destination(Door::WeChat.here(), HERE), Vec::new())),
    })
    .await
}

async fn allowed(
    app: &App,
    visitor: &Visitor,
    then: impl AsyncFnOnce(&Visitor) -> Result<HttpResponse>,
) -> Result<HttpResponse> {
    let sign_in = visitor.actor.sign_in.ok_or(Code::NotSignedIn)?;
    if through_wechat(app, sign_in).await? {
        return then(visitor).await;
    }
    let message = MessagePage {
        title: "请在微信里设置".into(),
        text: "登录密码要在微信里改，这样别人改不了。".into(),
        steps: vec!["在手机微信里打开指尖教学", "点“我的 → 电脑登录密码”"],
        action: Some(("返回", BACK.into())),
    };
    page(Page::new(StatusCode::FORBIDDEN, message))
}

async fn set(app: &App, visitor: &Visitor, form: Form) -> Result<()> {
    if form.password != form.again {
        let problem = Problem::from(Code::InvalidRequest);
        return Err(problem.field("again", "两次填的密码不一样，请再填一次").into());
    }
    let proof = setting::Proof::Own { keep: None };
    setting::set(app, visitor.actor, visitor.person, form.password, proof).await
}

async fn show(app: &App, visitor: &Visitor, wrong: Option<&Problem>) -> Result<HttpResponse> {
    let staff_number = people::staff_number(app.db.read(), visitor.person).await?;
    let status = wrong.map_or(200, |it| it.code.status());
    let content = OwnPasswordPage { staff_number, wrong: wrong.map(Problem::sentence) };
    page(Page::new(StatusCode::from_u16(status).unwrap_or(StatusCode::FORBIDDEN), content))
}

async fn done(app: &App, visitor: &Visitor) -> Result<HttpResponse> {
    let staff_number = people::staff_number(app.db.read(), visitor.person).await?;
    let message = MessagePage {
        title: "密码设好了".into(),
        text: format!(
            "在电脑上打开 {}，用工号 {staff_number} 和这个密码登录。",
            app.config.public_base
        ),
        steps: vec!["公用电脑用完请点“退出登录”", "15 分钟没人用，电脑上会自动退出"],
        action: Some(("返回", BACK.into())),
    };
    page(Page::new(StatusCode::OK, message))
}
