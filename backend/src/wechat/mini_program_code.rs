//! Pictures to scan that open the mini-program.

use serde_json::{Value, json};
use shared::problem::{Code, Problem};

use super::{
    NOBODY_WAITS, WeChat, reply,
    sign_in::unavailable,
    wire::{Call, Failure, LONGEST_PICTURE},
    within,
};
use crate::{Error, Result};

const PATH: &str = "/wxa/getwxacodeunlimit";
const LONGEST_SCENE: usize = 32;
const SCENE_SYMBOLS: &str = "!#$&'()*+,/:;=?@-._~";

impl WeChat {
    /// A round code (JPEG or PNG) that opens a page of the released mini-program with this scene:
    /// permanent, and unlimited in number.
    ///
    /// # Errors
    /// `InvalidRequest` for a scene or page WeChat would not take, `WechatUnavailable`.
    pub async fn mini_program_code(&self, scene: &str, page: &str) -> Result<Vec<u8>> {
        self.mini_program()?;
        check(scene, page)?;
        let body = json!({ "scene": scene, "page": page, "env_version": "release" });
        let call = Call { longest: LONGEST_PICTURE, ..Call::post(PATH, &body) };
        let deadline = within(NOBODY_WAITS);
        self.0.ask_with_token(&self.0.pictures, &call, deadline, picture).await.map_err(refused)
    }
}

fn check(scene: &str, page: &str) -> Result<()> {
    let mut problem = Problem::from(Code::InvalidRequest);
    let known = |c: char| c.is_ascii_alphanumeric() || SCENE_SYMBOLS.contains(c);
    if scene.is_empty() || scene.len() > LONGEST_SCENE || !scene.chars().all(known) {
        problem = problem.field("scene", "只能用 1 到 32 个字母、数字和常用符号");
    }
    if page.is_empty() || page.starts_with('/') || page.contains(['?', '#']) {
        problem = problem.field("page", "写成 pages/index/index 的样子，不带开头的斜杠和参数");
    }
    if problem.fields.is_empty() { Ok(()) } else { Err(problem.into()) }
}

/// The picture, known by its first bytes; the content type is not promised. A failure is JSON.
fn picture(body: &[u8]) -> Result<Vec<u8>, Failure> {
    const JPEG: &[u8] = b"\xff\xd8\xff";
    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";
    if body.starts_with(JPEG) || body.starts_with(PNG) {
        return Ok(body.to_vec());
    }
    // A success without a picture is no answer either.
    reply::read::<Value>(body).and(Err(Failure::NoAnswer))
}

fn refused(failure: Failure) -> Error {
    match failure {
        Failure::Refused(refusal) => unavailable(PATH, &refusal),
        Failure::Resting | Failure::NotSent | Failure::NotTaken | Failure::NoAnswer => {
            Code::WechatUnavailable.into()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scene_and_a_page_are_as_wechat_takes_them() {
        assert!(check("s=0198af!#$&'()*+,/:;=?@-._~", "pages/session/index").is_ok());
        for (scene, page) in [
            ("", "pages/index/index"),
            ("a b", "pages/index/index"),
            ("100%", "pages/index/index"),
            ("签到", "pages/index/index"),
            ("012345678901234567890123456789012", "pages/index/index"),
            ("a", ""),
            ("a", "/pages/index/index"),
            ("a", "pages/index/index?b=1"),
        ] {
            let refused = check(scene, page).unwrap_err();
            assert_eq!(refused.code(), Some(Code::InvalidRequest), "{scene} {page}");
        }
    }

    #[test]
    fn only_what_begins_like_a_picture_is_one() {
        assert!(picture(b"\xff\xd8\xff\xe0rest").is_ok());
        assert!(picture(b"\x89PNG\r\n\x1a\nrest").is_ok());
        assert_eq!(picture(b"<svg/>"), Err(Failure::NoAnswer));
        assert_eq!(picture(br#"{"errcode":0}"#), Err(Failure::NoAnswer));
        assert!(matches!(picture(br#"{"errcode":41030}"#), Err(Failure::Refused(_))));
    }
}
