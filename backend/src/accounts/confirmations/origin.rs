//! Where a sign-in comes from, in words that its person can judge.

use std::net::IpAddr;

/// Systems by what their browsers call themselves; Android calls itself Linux too.
const SYSTEMS: [(&str, &str); 7] = [
    ("Windows", "Windows 电脑"),
    ("Android", "安卓手机"),
    ("iPhone", "苹果手机"),
    ("iPad", "苹果平板"),
    ("Macintosh", "苹果电脑"),
    ("CrOS", "Chromebook 电脑"),
    ("Linux", "Linux 电脑"),
];

/// Browsers likewise, those that call themselves another's name first.
const BROWSERS: [(&str, &str); 8] = [
    ("MicroMessenger", "微信"),
    ("Edg", "Edge 浏览器"),
    ("QQBrowser", "QQ 浏览器"),
    ("OPR", "Opera 浏览器"),
    ("Firefox", "火狐浏览器"),
    ("HeadlessChrome", "Chrome 浏览器"),
    ("Chrome", "Chrome 浏览器"),
    ("Safari", "Safari 浏览器"),
];

/// A browser by what it calls itself: nothing of that text, which anybody can choose, is shown.
pub(super) fn device(agent: &str) -> String {
    let known = |names: &[(&str, &'static str)]| {
        names.iter().find(|(name, _)| agent.contains(name)).map(|(_, words)| *words)
    };
    match (known(&SYSTEMS), known(&BROWSERS)) {
        (Some(system), Some(browser)) => format!("{system}，{browser}"),
        (Some(only), None) | (None, Some(only)) => only.into(),
        (None, None) => "认不出的设备".into(),
    }
}

/// The network of an address: enough to tell the own office from elsewhere.
pub(super) fn network(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => {
            let [a, b, c, _] = address.octets();
            format!("{a}.{b}.{c}.*")
        }
        IpAddr::V6(address) => {
            let [a, b, c, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:*")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_called_what_people_call_it() {
        for (agent, words) in [
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) \
                 Chrome/120.0.0.0 Safari/537.36 Edg/120.0.0.0",
                "Windows 电脑，Edge 浏览器",
            ),
            (
                "Mozilla/5.0 (Linux; Android 10; V1981A) AppleWebKit/537.36 (KHTML, like Gecko) \
                 Chrome/86.0.4240.99 Mobile Safari/537.36 MicroMessenger/8.0.2",
                "安卓手机，微信",
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like \
                 Gecko) Version/17.0 Safari/605.1.15",
                "苹果电脑，Safari 浏览器",
            ),
            ("您的同事，请确认", "认不出的设备"),
            ("", "认不出的设备"),
        ] {
            assert_eq!(device(agent), words, "{agent}");
        }
    }

    #[test]
    fn the_last_part_of_an_address_is_hidden() {
        for (address, shown) in [
            ("203.0.113.77", "203.0.113.*"),
            ("::ffff:203.0.113.77", "203.0.113.*"),
            ("2001:db8:85a3::8a2e:370:7334", "2001:db8:85a3:*"),
        ] {
            assert_eq!(network(address.parse().unwrap()), shown);
        }
    }
}
