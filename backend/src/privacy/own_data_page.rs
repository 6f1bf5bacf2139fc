//! `/privacy/my-data`: everything about oneself, to read, and as a file to keep.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{
        StatusCode,
        header::{CACHE_CONTROL, ContentDisposition, DispositionParam, DispositionType},
    },
    web,
};
use askama::Template;
use shared::problem::{Code, Problem};

use super::{
    own_data::{self, Section},
    page::respond,
};
use crate::{
    App, Error, Result,
    accounts::{MessagePage, visitor::Visitor},
    http::{Page, page, redirect},
};

const SIGN_IN: &str = "/enter/wechat?to=%2Fprivacy%2Fmy-data";

pub(super) fn plain(config: &mut web::ServiceConfig) {
    config
        .route("/privacy/my-data", web::get().to(read))
        .route("/privacy/my-data.json", web::get().to(download));
}

#[derive(Template)]
#[template(path = "privacy_my_data.html")]
struct OwnDataPage {
    made_at: String,
    sections: Vec<Section>,
}

async fn read(http: HttpRequest, app: web::Data<App>) -> HttpResponse {
    respond(&http, &app, async |visitor| {
        let Some(visitor) = visitor else { return Ok(redirect(SIGN_IN, Vec::new())) };
        match taken(&app, visitor).await {
            Ok(own_data::OwnData { made_at, sections, .. }) => {
                page(Page::new(StatusCode::OK, OwnDataPage { made_at, sections }))
            }
            Err(Error::Refused(problem)) => refused(&problem),
            Err(broken @ Error::Broken(_)) => Err(broken),
        }
    })
    .await
}

async fn download(http: HttpRequest, app: web::Data<App>) -> HttpResponse {
    respond(&http, &app, async |visitor| {
        let Some(visitor) = visitor else { return Ok(redirect(SIGN_IN, Vec::new())) };
        match taken(&app, visitor).await {
            Ok(data) => file(&data),
            Err(Error::Refused(problem)) => refused(&problem),
            Err(broken @ Error::Broken(_)) => Err(broken),
        }
    })
    .await
}

async fn taken(app: &App, visitor: &Visitor) -> Result<own_data::OwnData> {
    let sign_in = visitor.actor.sign_in.ok_or(Code::NotSignedIn)?;
    own_data::take(app, visitor.actor, visitor.person, sign_in).await
}

fn file(data: &own_data::OwnData) -> Result<HttpResponse> {
    let disposition = ContentDisposition {
        disposition: DispositionType::Attachment,
        parameters: vec![DispositionParam::Filename("my-data.json".into())],
    };
    Ok(HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header(disposition)
        .content_type("application/json; charset=utf-8")
        .body(serde_json::to_vec_pretty(data)?))
}

fn refused(problem: &Problem) -> Result<HttpResponse> {
    let (text, steps) = match problem.code {
        Code::StepUpRequired => (
            "这里是公用电脑也能打开的网页，看全部资料前要确认是您本人。".into(),
            vec!["用手机微信打开，到“我的 → 隐私说明”里看", "或者退出登录，重新登录后马上来看"],
        ),
        _ => (problem.sentence(), Vec::new()),
    };
    let status = StatusCode::from_u16(problem.code.status()).unwrap_or(StatusCode::FORBIDDEN);
    let action = Some(("返回", "/privacy".into()));
    let message = MessagePage { title: "现在还不能看".into(), text, steps, action };
    page(Page::new(status, message))
}
