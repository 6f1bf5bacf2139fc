//! What goes wrong at WeChat.

use uuid::Uuid;
use wechat_sandbox::{Fault, Sandbox};

pub const SEND: &str = "/cgi-bin/message/subscribe/send";

/// The next so many messages meet WeChat as it is on a bad day, in no order.
pub fn inject(wechat: &Sandbox, calls: u64) {
    for _ in 0..calls {
        wechat.inject(SEND, any(), 1);
    }
}

/// 20 % gateway errors, 10 % without an answer, 5 % daily quota, 5 % bad token; the others are
/// answered after a while.
fn any() -> Fault {
    match below(100) {
        0..20 => Fault::Status { status: 502 },
        20..30 => Fault::Hang,
        30..35 => Fault::Errcode { errcode: 45009, errmsg: None },
        35..40 => Fault::Errcode { errcode: 40001, errmsg: None },
        _ => Fault::Delay { millis: below(200) },
    }
}

/// Any number below the limit.
pub fn below(limit: u64) -> u64 {
    let random = Uuid::new_v4().as_u128() % u128::from(limit.max(1));
    u64::try_from(random).unwrap_or_default()
}
