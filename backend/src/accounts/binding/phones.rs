//! Whose phone it is, as WeChat vouches for its number.

use shared::{
    accounts::PersonId,
    problem::{Code, Problem},
};

use crate::{App, Error, Result, accounts::people, roster};

/// The active person on the roster with the number behind a code of the phone number button.
///
/// # Errors
/// `wechat_code_invalid` where the button has to be pressed again, `wechat_unavailable`, and
/// `unknown_person` for everybody else.
pub(super) async fn person(app: &App, code: &str, openid: &str) -> Result<PersonId> {
    let phone = app.wechat.phone_number(code, Some(openid)).await?;
    if phone.country_code != "86" {
        return Err(unknown());
    }
    let person = roster::person_of_phone(app, &phone.number).await?.ok_or_else(unknown)?;
    people::active_name(app.db.read(), person).await?.ok_or_else(unknown)?;
    Ok(person)
}

/// The roster has no such number, or the number alone is not enough.
pub(super) fn unknown() -> Error {
    let problem = Problem::from(Code::UnknownPerson);
    problem.detail("请队长给您一个邀请码，用姓名、工号和邀请码绑定").into()
}
