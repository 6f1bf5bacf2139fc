//! The page where somebody sets a password with the code of their team leader: no script, a few
//! kilobytes.

use std::cell::RefCell;

use actix_web::{HttpRequest, HttpResponse, cookie::Cookie, http::StatusCode, web};
use askama::Template;
use serde::Deserialize;
use shared::problem::{Code, Problem};

use super::{rules, setting};
use crate::{
    App, Error, Result,
    accounts::{
        binding, cookies, fingerprint,
        one_time_codes::{self, Purpose},
        sign_in, spoken_code, wechat_sign_in,
    },
    audit::{self, Actor, Event, Object, ObjectKind},
    http::{Page, client_address, page, redirect, refuse},
};

const HERE: &str = "/enter/password";

/// Characters of a 工号 or a code; more than either has.
const LONGEST: usize = 64;

pub(super) fn plain(config: &mut web::ServiceConfig) {
    config.route(HERE, web::get().to(ask)).route(HERE, web::post().to(answer));
}

#[derive(Debug, Deserialize)]
struct Going {
    /// Where in the app to go afterwards.
    to: Option<String>,
}

#[derive(Default, Deserialize)]
struct Form {
    #[serde(default)]
    staff_number: String,
    #[serde(default)]
    code: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    again: String,
}

#[derive(Template)]
#[template(path = "password.html")]
struct PasswordPage {
    staff_number: String,
    code: String,
    /// What is wrong with what was typed.
    wrong: Option<String>,
    /// Where the form is sent.
    action: String,
}

async fn ask(http: HttpRequest, query: web::Query<Going>) -> HttpResponse {
    let to = wechat_sign_in::local_path(query.into_inner().to);
    show(&http, &to, &Form::default(), None)
}

async fn answer(
    http: HttpRequest,
    app: web::Data<App>,
    query: web::Query<Going>,
    form: Result<web::Form<Form>, actix_web::Error>,
) -> HttpResponse {
    let to = wechat_sign_in::local_path(query.into_inner().to);
    // A form that is none of ours is an empty one.
    let form = form.map(web::Form::into_inner).unwrap_or_default();
    let actor = Actor::at(client_address(&http, &app.config.trusted_proxies));
    let failed = actor.was_refused(Event::SignInFailed, Object::unknown(ObjectKind::Person));
    match audit::watched(&app, failed, let_in(&app, actor, &form).await).await {
        Ok(set) => redirect(&to, set),
        Err(Error::Refused(problem)) => show(&http, &to, &form, Some(*problem)),
        Err(broken @ Error::Broken(_)) => refuse(&http, broken),
    }
}

/// Sets the password and signs in.
async fn let_in(app: &App, actor: Actor, form: &Form) -> Result<Vec<Cookie<'static>>> {
    let address = actor.address.map(|it| it.to_string()).unwrap_or_default();
    binding::count(app, format!("password-code:address:{address}"), 300).await?;
    let (staff_number, code) = checked(form)?;
    let number = fingerprint(&staff_number);
    binding::count(app, format!("password-code:number:{number}"), 20).await?;
    let hash = one_time_codes::hash_of(app, Purpose::Password, &code);
    let now = app.clock.now(app.db.read()).await?;
    let person = one_time_codes::holder(app.db.read(), &hash, &staff_number, |_| true, now).await?;
    let password = form.password.clone();
    setting::set(app, actor, person, password, setting::Proof::Code(hash)).await?;
    let tokens = sign_in::begin_with_password(app, actor, person).await?;
    let set = RefCell::default();
    cookies::give(&app.config, &tokens, |cookie| Vec::push(&mut set.borrow_mut(), cookie));
    Ok(set.into_inner())
}

/// The staff number and the code that were meant; what is wrong with the password alone is told
/// before anything is looked up.
fn checked(form: &Form) -> Result<(String, String)> {
    let mut problem = Problem::from(Code::InvalidRequest);
    let (staff_number, code) =
        (spoken_code::plain(&form.staff_number), spoken_code::meant(&form.code));
    for (field, value, words) in
        [("staff_number", &staff_number, "请填写工号"), ("code", &code, "请填写队长给您的码")]
    {
        match value.chars().count() {
            0 => problem = problem.field(field, words),
            1..=LONGEST => {}
            _ => problem = problem.field(field, "太长了，请检查一下"),
        }
    }
    if let Err(easy) = rules::check(&form.password, rules::least(false), &[]) {
        problem.fields.extend(easy.fields);
    } else if form.password != form.again {
        problem = problem.field("again", "两次填的密码不一样，请再填一次");
    }
    if !problem.fields.is_empty() {
        return Err(problem.into());
    }
    // What the database cannot even be asked for is nobody's.
    if staff_number.chars().any(char::is_control) {
        return Err(Code::BindingRefused.into());
    }
    Ok((staff_number, code))
}

/// The form, with what was typed still in it but for the passwords.
fn show(http: &HttpRequest, to: &str, form: &Form, wrong: Option<Problem>) -> HttpResponse {
    let status = wrong.as_ref().map_or(200, |it| it.code.status());
    let content = PasswordPage {
        staff_number: form.staff_number.clone(),
        code: form.code.clone(),
        wrong: wrong.map(|it| words(&it)),
        action: format!("{HERE}?to={}", wechat_sign_in::percent_encode(to)),
    };
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::FORBIDDEN);
    page(Page::new(status, content)).unwrap_or_else(|error| refuse(http, error))
}

fn words(problem: &Problem) -> String {
    match problem.code {
        Code::BindingRefused => {
            "工号和码对不上，或者码用过了、过了半小时。请看清再填一次，还是不行请队长给您一个新的码"
                .into()
        }
        _ => problem.sentence(),
    }
}
