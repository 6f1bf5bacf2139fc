//! 字号 and 关怀版 as the phone's app wrote them into a cookie, so that what the server draws is no
//! smaller than what the app does.

use actix_web::HttpRequest;

/// The app's step, from 0, with a `c` behind it in 关怀版.
const COOKIE: &str = "fingertip_look";

/// What the style sheet knows each by; of the first step it needs to know nothing.
const CLASSES: [(&str, &str); 7] = [
    ("1", "large"),
    ("2", "larger"),
    ("3", "largest"),
    ("0c", "care"),
    ("1c", "large care"),
    ("2c", "larger care"),
    ("3c", "largest care"),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look(&'static str);

impl Look {
    pub const NORMAL: Self = Self("");

    pub fn of(http: &HttpRequest) -> Self {
        let chosen = http.cookie(COOKIE);
        let chosen = chosen.as_ref().map_or("", |it| it.value());
        let known = CLASSES.iter().find(|(value, _)| *value == chosen);
        Self(known.map_or("", |(_, class)| class))
    }

    pub(super) const fn class(self) -> &'static str {
        self.0
    }
}
