//! The server's half of WeCom (企业微信): the token of an application and who came with a code.

use serde_json::json;

use crate::{
    call::Call,
    one_time_codes::Purpose,
    random,
    reply::{Failure, Reply, ok_with},
};

const LIFETIME_SECONDS: i64 = 7200;

/// The one token of the application: the same until it is over.
#[derive(Default)]
pub struct CorpToken {
    value: String,
    valid_until: i64,
}

impl CorpToken {
    fn at(&mut self, now: i64) -> &str {
        if now >= self.valid_until {
            self.value = random::alphanumeric(214);
            self.valid_until = now + LIFETIME_SECONDS;
        }
        &self.value
    }

    /// 40014 for another one, 42001 for this one when it is over.
    fn check(&self, token: &str, now: i64) -> Result<(), Failure> {
        if self.value.is_empty() || self.value != token {
            return Err(Failure::new(40014, "invalid access_token"));
        }
        if now >= self.valid_until {
            return Err(Failure::new(42001, "access_token expired"));
        }
        Ok(())
    }
}

/// `GET /cgi-bin/gettoken`. Whatever is left of its life, the answer says two hours.
pub async fn get_token(call: Call) -> Reply {
    let app = &call.state.config.wecom;
    let corp_id = call.query("corpid").ok_or_else(|| Failure::new(41002, "corpid missing"))?;
    let secret = call.query("corpsecret").ok_or_else(|| Failure::new(41004, "secret missing"))?;
    if corp_id != app.corp_id {
        return Err(Failure::new(40013, "invalid corpid"));
    }
    if secret != app.secret {
        return Err(Failure::new(40001, "invalid credential"));
    }
    let now = call.now();
    let mut world = call.state.world();
    let token = world.corp_token.at(now);
    Ok(ok_with(json!({ "access_token": token, "expires_in": LIFETIME_SECONDS })))
}

/// `GET /cgi-bin/auth/getuserinfo`. A code that was used is as bad as any other: 40029.
pub async fn get_user_info(call: Call) -> Reply {
    let token =
        call.query("access_token").ok_or_else(|| Failure::new(41001, "access_token missing"))?;
    let now = call.now();
    let mut world = call.state.world();
    world.corp_token.check(token, now)?;
    let code = call.query("code").ok_or_else(|| Failure::new(41008, "missing code"))?;
    let (person, _) = world
        .codes
        .redeem(code, now, |purpose| purpose == Purpose::Wecom)
        .map_err(|_| Failure::new(40029, "invalid code"))?;
    Ok(ok_with(match person.userid() {
        Some(userid) => json!({ "userid": userid }),
        None => json!({ "openid": person.oa_openid, "external_userid": "" }),
    }))
}
