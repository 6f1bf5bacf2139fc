//! `POST /wxa/business/getuserphonenumber`

use serde::Deserialize;
use serde_json::json;

use crate::{
    call::Call,
    config::AccountKind,
    one_time_codes::Purpose,
    reply::{Failure, Reply, ok_with},
};

#[derive(Deserialize)]
struct PhoneNumberRequest {
    #[serde(default)]
    code: String,
    openid: Option<String>,
}

/// Exchanges the code of the phone button, once, for the person's number.
pub async fn get_user_phone_number(call: Call) -> Reply {
    call.require_token_of(AccountKind::MiniProgram)?;
    let request: PhoneNumberRequest = call.json()?;
    let now = call.now();
    let (person, _) = call
        .state
        .world()
        .codes
        .redeem(&request.code, now, |purpose| purpose == Purpose::PhoneNumber)
        .map_err(|_| Failure::new(40029, "invalid code"))?;
    // WeChat does not publish the error code of this case; 40003 is the sandbox's choice.
    if request.openid.is_some_and(|openid| openid != person.mini_openid) {
        return Err(Failure::new(40003, "invalid openid"));
    }
    let number = person.phone_number();
    Ok(ok_with(json!({
        "phone_info": {
            "phoneNumber": number.full,
            "purePhoneNumber": number.pure,
            "countryCode": number.country_code,
            "watermark": { "timestamp": now, "appid": call.state.config.mini_program.app_id },
        }
    })))
}
