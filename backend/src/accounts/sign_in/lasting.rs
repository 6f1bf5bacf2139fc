//! How long sign-ins last.

use chrono::{DateTime, TimeDelta, Utc};
use shared::accounts::ClientKind;

use crate::accounts::entity::sign_in;

/// How long a sign-in lasts at most.
pub(super) fn lives(client: ClientKind) -> TimeDelta {
    match client {
        ClientKind::OfficialAccount | ClientKind::MiniProgram | ClientKind::Wecom => {
            TimeDelta::days(30)
        }
        ClientKind::Password | ClientKind::Kiosk => TimeDelta::hours(8),
        ClientKind::WebView => TimeDelta::hours(2),
    }
}

/// How long a sign-in lasts that is not used: a PC is left behind signed in, a phone is not.
pub(super) fn idle(client: ClientKind) -> Option<TimeDelta> {
    match client {
        ClientKind::Password => Some(TimeDelta::minutes(30)),
        ClientKind::Kiosk => Some(TimeDelta::minutes(15)),
        ClientKind::OfficialAccount
        | ClientKind::MiniProgram
        | ClientKind::Wecom
        | ClientKind::WebView => None,
    }
}

/// When a sign-in that is used now ends by itself.
pub(in crate::accounts) fn expiry_after_use(
    it: &sign_in::Model,
    now: DateTime<Utc>,
) -> DateTime<Utc> {
    match idle(it.client) {
        Some(idle) => (it.created_at + lives(it.client)).min(now + idle),
        None => it.expires_at,
    }
}
