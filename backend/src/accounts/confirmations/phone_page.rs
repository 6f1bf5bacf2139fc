//! The page on the phone: who is about to sign in, from where, and whether that is wanted. No script.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use askama::Template;
use sea_orm::EntityTrait;
use serde::Deserialize;
use shared::{accounts::ClientKind, problem::Code, time};
use uuid::Uuid;

use super::{
    HERE,
    answering::{self, Answered},
    entity::confirmation,
    waiting,
};
use crate::{
    App, Result,
    accounts::{
        door::Door,
        entity::sign_in as sign_ins,
        people, spoken_code,
        visitor::{self, Visitor},
        wechat_sign_in::with_destination,
        who_to_ask::MessagePage,
    },
    http::{Page, page, redirect},
};

/// Where the link to it stands.
const BACK: &str = "/me";
const NEW_PASSWORD: &str = "/enter/own-password";

pub(super) fn plain(config: &mut web::ServiceConfig) {
    let one = format!("{HERE}/{{id}}");
    config
        .route(HERE, web::get().to(async |http, app| ask(http, app, None).await))
        .route(&one, web::get().to(ask_about))
        .route(&one, web::post().to(answer));
}

#[derive(Default, Deserialize)]
struct Form {
    #[serde(default)]
    number: String,
    #[serde(default)]
    answer: String,
}

#[derive(Template)]
#[template(path = "sign_in_confirmation.html")]
struct ConfirmationPage {
    name: String,
    staff_number: String,
    device: String,
    network: String,
    at: String,
    /// Where the form is sent.
    action: String,
    wrong: Option<&'static str>,
}

async fn ask_about(http: HttpRequest, app: web::Data<App>, id: web::Path<String>) -> HttpResponse {
    ask(http, app, Some(id.into_inner())).await
}

/// The confirmation of this name, or else the latest of whoever looks.
async fn ask(http: HttpRequest, app: web::Data<App>, id: Option<String>) -> HttpResponse {
    let here = id.as_ref().map_or_else(|| HERE.to_owned(), |id| format!("{HERE}/{id}"));
    respond(&http, &app, &here, async |visitor| match id.map(|it| it.parse::<Uuid>()).transpose() {
        Ok(id) => show(&app, visitor, id, None).await,
        Err(_) => nothing(),
    })
    .await
}

async fn answer(
    http: HttpRequest,
    app: web::Data<App>,
    id: web::Path<String>,
    form: Result<web::Form<Form>, actix_web::Error>,
) -> HttpResponse {
    let here = format!("{HERE}/{id}");
    // A form that is none of ours is an empty one.
    let form = form.map(web::Form::into_inner).unwrap_or_default();
    respond(&http, &app, &here, async |visitor| {
        let Ok(id) = id.parse::<Uuid>() else { return nothing() };
        if form.answer == "no" {
            return outcome(answering::decline(&app, visitor, id).await?);
        }
        let Some(number) = two_digits(&form.number) else {
            return show(&app, visitor, Some(id), Some("请填电脑上显示的两位数字")).await;
        };
        outcome(answering::confirm(&app, visitor, id, number).await?)
    })
    .await
}

/// What is no number at all was not meant as an answer.
fn two_digits(typed: &str) -> Option<i32> {
    let meant = spoken_code::meant(typed);
    let digits = meant.len() == 2 && meant.bytes().all(|it| it.is_ascii_digit());
    digits.then(|| meant.parse().ok())?
}

/// Lets those in who are signed in through WeChat.
async fn respond(
    http: &HttpRequest,
    app: &App,
    here: &str,
    then: impl AsyncFnOnce(&Visitor) -> Result<HttpResponse>,
) -> HttpResponse {
    visitor::respond(http, app, async |visitor| match visitor {
        Some(visitor) => allowed(app, &visitor, then).await,
        None => Ok(redirect(&with_destination(Door::WeChat.here(), here), Vec::new())),
    })
    .await
}

/// A browser that was signed in with the password cannot vouch for the password.
async fn allowed(
    app: &App,
    visitor: &Visitor,
    then: impl AsyncFnOnce(&Visitor) -> Result<HttpResponse>,
) -> Result<HttpResponse> {
    let sign_in = visitor.actor.sign_in.ok_or(Code::NotSignedIn)?;
    let wechat = [ClientKind::MiniProgram, ClientKind::OfficialAccount, ClientKind::WebView];
    let row = sign_ins::Entity::find_by_id(sign_in).one(app.db.read()).await?;
    if wechat.contains(&row.ok_or(Code::NotSignedIn)?.client) {
        return then(visitor).await;
    }
    message(
        StatusCode::FORBIDDEN,
        "请在手机微信里确认",
        "电脑登录要在您手机的微信里确认，这样别人冒充不了。",
        vec!["打开手机微信的“扫一扫”", "扫电脑上的码"],
        ("返回", BACK),
    )
}

async fn show(
    app: &App,
    visitor: &Visitor,
    id: Option<Uuid>,
    wrong: Option<&'static str>,
) -> Result<HttpResponse> {
    let db = app.db.read();
    let now = app.clock.now(db).await?;
    let Some(found) = waiting::of_person(db, visitor.person, id, now).await? else {
        return nothing();
    };
    let staff_number = people::staff_number(db, visitor.person).await?;
    let confirmation::Model { id, device, network, created_at, .. } = found;
    let content = ConfirmationPage {
        name: visitor.name.clone(),
        staff_number,
        device,
        network,
        at: time::moment(created_at, now),
        action: format!("{HERE}/{id}"),
        wrong,
    };
    let status = if wrong.is_some() { StatusCode::BAD_REQUEST } else { StatusCode::OK };
    page(Page::new(status, content))
}

fn outcome(answered: Answered) -> Result<HttpResponse> {
    match answered {
        Answered::Confirmed => message(
            StatusCode::OK,
            "确认好了",
            "请看电脑，几秒钟就进去了。",
            vec!["用完请在电脑上点“退出登录”"],
            ("返回", BACK),
        ),
        Answered::Mistaken => message(
            StatusCode::FORBIDDEN,
            "数字不对，没有登录",
            "填的数字和电脑上的不一样，这次登录已经取消。",
            vec!["是您自己在登录：在电脑上重新填密码，再来一次", "不是您在登录：请马上换一个密码"],
            ("换密码", NEW_PASSWORD),
        ),
        Answered::Declined => message(
            StatusCode::OK,
            "已经拦下了",
            "那台电脑没有登进去。有人知道您的密码，请马上换一个。",
            vec!["也请把这件事告诉培训办公室"],
            ("换密码", NEW_PASSWORD),
        ),
        Answered::Nothing => nothing(),
    }
}

/// The same for what is somebody else's, was answered, took too long, or never was.
fn nothing() -> Result<HttpResponse> {
    message(
        StatusCode::NOT_FOUND,
        "没有等您确认的登录",
        "可能过了两分钟，或者已经确认过了。",
        vec!["在电脑上重新登录，点“用手机微信确认”", "两分钟内用微信扫电脑上的码"],
        ("返回", BACK),
    )
}

fn message(
    status: StatusCode,
    title: &str,
    text: &str,
    steps: Vec<&'static str>,
    (label, to): (&'static str, &str),
) -> Result<HttpResponse> {
    let action = Some((label, to.to_owned()));
    page(Page::new(status, MessagePage { title: title.into(), text: text.into(), steps, action }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_digits_are_a_number_however_they_are_typed() {
        for (typed, number) in [
            ("42", Some(42)),
            (" 4 2 ", Some(42)),
            ("４２", Some(42)),
            ("", None),
            ("4", None),
            ("042", None),
            ("-4", None),
            ("四二", None),
        ] {
            assert_eq!(two_digits(typed), number, "{typed}");
        }
    }
}
