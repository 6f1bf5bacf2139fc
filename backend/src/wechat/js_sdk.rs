//! Signatures for pages of ours in WeChat's browser, which let them scan with WeChat's scanner.

use secrecy::ExposeSecret;
use shared::{
    api::SignedIn,
    problem::{Code, Problem},
    wechat::{JsSdkSignature, SignJsSdk},
};

use super::{
    SOMEBODY_WAITS, WeChat, page_ticket::PageTicket, sign_in::unavailable, signature,
    token::Source, wire::Failure, within,
};
use crate::{
    Error, Result,
    http::{Api, Ctx},
    keys::random_token,
};

/// The longest address that is signed.
const LONGEST: usize = 2_000;

pub fn routes(api: &mut Api) {
    api.on(sign_js_sdk);
}

async fn sign_js_sdk(ctx: Ctx<SignedIn>, request: SignJsSdk) -> Result<JsSdkSignature> {
    if !is_page_of(&ctx.app.config.public_base, &request.url) {
        return Err(Problem::from(Code::InvalidRequest).field("url", "不是本站的页面").into());
    }
    let timestamp = ctx.app.clock.process_now().timestamp();
    ctx.app.wechat.page_signature(&request.url, timestamp).await
}

/// Whether it is the address of a page of this host, as a browser writes it: whatever else is signed
/// could use WeChat in our name.
fn is_page_of(public_base: &str, url: &str) -> bool {
    let rest = url.strip_prefix(public_base);
    let ours = rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?', '#']));
    ours && url.len() <= LONGEST && url.bytes().all(|it| it.is_ascii_graphic())
}

impl WeChat {
    /// What the page at this address shows WeChat.
    ///
    /// # Errors
    /// `WechatUnavailable`, also where there is no official account.
    pub async fn page_signature(&self, url: &str, timestamp: i64) -> Result<JsSdkSignature> {
        let app_id = self.official_account()?.app_id.clone();
        let nonce = random_token();
        let ticket = self.0.page_tickets.current(within(SOMEBODY_WAITS)).await.map_err(refused)?;
        let signature = signature::of_page(ticket.value.expose_secret(), &nonce, timestamp, url);
        Ok(JsSdkSignature { app_id, timestamp, nonce, signature })
    }
}

fn refused(failure: Failure) -> Error {
    match failure {
        Failure::Refused(refusal) => unavailable(PageTicket::PATH, &refusal),
        _ => Code::WechatUnavailable.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::is_page_of;

    #[test]
    fn only_addresses_of_our_own_host_are_signed() {
        const BASE: &str = "https://learn.example.cn";
        let of = |rest: &str| is_page_of(BASE, &format!("{BASE}{rest}"));
        for ours in ["", "/", "/check-in", "/check-in?from=singlemessage&isappinstalled=0", "/#t=x"]
        {
            assert!(of(ours), "{ours}");
        }
        for theirs in [
            ".evil.cn/",
            "@evil.cn/",
            ":8443/",
            "evil",
            "/课程",
            "/ a",
            "/a\n&jsapi_ticket=x",
            &format!("/{}", "a".repeat(2_000)),
        ] {
            assert!(!of(theirs), "{theirs}");
        }
        for other in
            ["http://learn.example.cn/", "https://evil.cn/", "HTTPS://LEARN.EXAMPLE.CN/", ""]
        {
            assert!(!is_page_of(BASE, other), "{other}");
        }
    }
}
