//! Answers WeChat's check of whose host this is: 业务域名, 网页授权域名, JS接口安全域名, and rules for
//! ordinary QR codes, which look in the folder of the code's address.

use actix_web::{
    HttpRequest, HttpResponse, guard,
    http::header::{self, HeaderValue},
    web,
};

use super::assets;
use crate::App;

/// The root, and the folder of the codes on the wall.
const PLACES: [&str; 2] = ["/{file:[A-Za-z0-9_-]+\\.txt}", "/c/{file:[A-Za-z0-9_-]+\\.txt}"];

pub(super) fn plain(config: &mut web::ServiceConfig) {
    for place in PLACES {
        config.service(web::resource(place).guard(guard::Get()).to(file));
    }
}

async fn file(http: HttpRequest, app: web::Data<App>) -> HttpResponse {
    let files = &app.config.wechat.domain_files;
    let Some(content) = files.content(http.match_info().query("file")) else {
        return assets::screen(http).await;
    };
    HttpResponse::Ok()
        .content_type("text/plain; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, HeaderValue::from_static("no-cache")))
        .body(content.to_owned())
}
