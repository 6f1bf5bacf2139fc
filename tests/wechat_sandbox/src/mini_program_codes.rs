//! `POST /wxa/getwxacodeunlimit`: a picture on success, JSON on failure.

use actix_web::HttpResponse;
use serde::Deserialize;
use serde_json::Value;

use crate::{
    call::Call,
    code_picture::{self, Rgb},
    config::AccountKind,
    reply::Failure,
};

const LONGEST_SCENE: usize = 32;
const SCENE_SYMBOLS: &str = "!#$&'()*+,/:;=?@-._~";

#[derive(Deserialize)]
struct CodeRequest {
    #[serde(default)]
    scene: String,
    page: Option<String>,
    #[serde(default = "yes")]
    check_path: bool,
    #[serde(default = "release")]
    env_version: String,
    #[serde(default = "usual_width")]
    width: u32,
    line_color: Option<Value>,
    #[serde(default)]
    is_hyaline: bool,
}

fn yes() -> bool {
    true
}

fn release() -> String {
    "release".to_owned()
}

fn usual_width() -> u32 {
    430
}

/// Whether a scene or a link query may contain this character as it is.
pub fn is_scene_character(c: char) -> bool {
    c.is_ascii_alphanumeric() || SCENE_SYMBOLS.contains(c)
}

/// Draws the code of a page and a scene.
pub async fn get_unlimited(call: Call) -> Result<HttpResponse, Failure> {
    call.require_token_of(AccountKind::MiniProgram)?;
    let body = call.json_object().map_err(|failure| match failure.errcode {
        47001 if serde_json::from_slice::<Value>(call.raw_body()).is_err() => {
            Failure::new(40169, "invalid length for scene, or the data is not json string")
        }
        _ => failure,
    })?;
    let request: CodeRequest =
        serde_json::from_value(body).map_err(|_| Failure::new(40097, "invalid args"))?;
    check(&call, &request)?;
    let page = request.page.as_deref().unwrap_or("pages/index/index");
    let text = format!("mini-program:{page}?scene={}", request.scene);
    let colour = line_colour(request.line_color.as_ref())?;
    let picture = code_picture::draw(&text, request.width, colour, request.is_hyaline)
        .map_err(|_| Failure::new(-1, "system error"))?;
    let content_type = if request.is_hyaline { "image/png" } else { "image/jpeg" };
    Ok(HttpResponse::Ok().content_type(content_type).body(picture))
}

fn check(call: &Call, request: &CodeRequest) -> Result<(), Failure> {
    let length = request.scene.chars().count();
    if length == 0 || length > LONGEST_SCENE {
        return Err(Failure::new(
            40169,
            "invalid length for scene, or the data is not json string",
        ));
    }
    if !request.scene.chars().all(is_scene_character) {
        return Err(Failure::new(40129, "invalid scene"));
    }
    if request.scene.contains("scancode_time") {
        return Err(Failure::new(85096, "scancode_time is reserved"));
    }
    if !["release", "trial", "develop"].contains(&request.env_version.as_str())
        || !(280..=1280).contains(&request.width)
    {
        return Err(Failure::new(40097, "invalid args"));
    }
    let page = request.page.as_deref().unwrap_or_default();
    let malformed = page.starts_with('/') || page.contains('?');
    let unreleased = request.check_path && !page.is_empty() && !call.state.config.has_page(page);
    if malformed || unreleased {
        return Err(Failure::new(41030, "invalid page"));
    }
    Ok(())
}

/// `{r,g,b}` with decimal numbers, as numbers or as text; black if it is left out.
fn line_colour(value: Option<&Value>) -> Result<Rgb, Failure> {
    let Some(value) = value else { return Ok([0, 0, 0]) };
    let part = |name: &str| {
        let part = &value[name];
        let number = part.as_u64().or_else(|| part.as_str().and_then(|text| text.parse().ok()));
        number
            .and_then(|number| u8::try_from(number).ok())
            .ok_or_else(|| Failure::new(40097, "invalid args"))
    };
    Ok([part("r")?, part("g")?, part("b")?])
}
