//! The phone number that somebody agreed to show.

use serde::Deserialize;
use serde_json::{Value, json};
use shared::problem::{Code, Problem};

use super::{
    SOMEBODY_WAITS, WeChat,
    reply::{self, Refusal},
    sign_in::{plausible, unavailable},
    wire::{Call, Failure, once_more_if_busy},
    within,
};
use crate::{Error, Result};

const PATH: &str = "/wxa/business/getuserphonenumber";

/// A phone number; printed as nothing, so that no log ever holds one.
#[derive(Clone, PartialEq, Eq)]
pub struct PhoneNumber {
    /// As `86`.
    pub country_code: String,
    /// Without the country code.
    pub number: String,
}

impl std::fmt::Debug for PhoneNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PhoneNumber")
    }
}

#[derive(Deserialize)]
struct Answer {
    phone_info: PhoneInfo,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PhoneInfo {
    pure_phone_number: String,
    /// Text by the documents, a number in older answers.
    country_code: Value,
    watermark: Watermark,
}

#[derive(Deserialize)]
struct Watermark {
    appid: String,
}

impl WeChat {
    /// The number behind a code of the phone number button. With an openid WeChat checks that the
    /// code is that person's.
    ///
    /// # Errors
    /// `WechatCodeInvalid` where the button has to be pressed again, `WechatUnavailable`.
    pub async fn phone_number(&self, code: &str, openid: Option<&str>) -> Result<PhoneNumber> {
        let app_id = &self.mini_program()?.app_id;
        let mut body = json!({ "code": plausible(code)? });
        if let Some(openid) = openid {
            body["openid"] = openid.into();
        }
        let call = Call::post(PATH, &body);
        let deadline = within(SOMEBODY_WAITS);
        // A code is good for one exchange, so only a busy WeChat is asked again.
        let ask = || self.0.ask_with_token(&self.0.people, &call, deadline, reply::read);
        let answer: Answer = once_more_if_busy(ask).await.map_err(refused)?;
        let info = answer.phone_info;
        if info.watermark.appid != *app_id {
            return Err(press_again());
        }
        let country_code = match info.country_code {
            Value::String(text) => text,
            other => other.to_string(),
        };
        Ok(PhoneNumber { country_code, number: info.pure_phone_number })
    }
}

fn press_again() -> Error {
    Problem::from(Code::WechatCodeInvalid).detail("请再点一次“获取手机号”").into()
}

fn refused(failure: Failure) -> Error {
    let Failure::Refused(refusal) = failure else { return Code::WechatUnavailable.into() };
    match refusal.errcode {
        Refusal::BUSY | 40001 | 40013 | 40014 | 42001 | 44990 | 44991 | 45009 | 45011 | 48001 => {
            unavailable(PATH, &refusal)
        }
        // WeChat does not publish every code of this call, as for another person's openid.
        _ => press_again(),
    }
}
