//! Calls the API. The only file that knows HTTP.

use std::pin::Pin;

use gloo_timers::callback::Timeout;
use js_sys::{Object, Promise, Reflect};
use leptos::prelude::*;
use serde::de::DeserializeOwned;
use shared::{
    accounts::RefreshSignIn,
    api::{Endpoint, Outgoing, encode},
    problem::{Code, FieldProblem, Problem},
};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::{AbortController, Headers, RequestInit, Response};

use crate::{clock, json};

/// How long an answer may take before the network counts as lost, in milliseconds.
const PATIENCE: u32 = 20_000;

/// The text of an answer.
type Answer = Result<String, Trouble>;

/// Why a call gave no answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Trouble {
    /// Nothing reached the server, or nothing came back: not the server's fault, nor the person's.
    Offline,
    /// The server refused, and says why.
    Refused(Box<Problem>),
}

impl Trouble {
    /// What to tell the person.
    pub fn sentence(&self) -> String {
        match self {
            Self::Offline => "网络没连上，请看看信号，再试一次".into(),
            Self::Refused(problem) => problem.sentence(),
        }
    }

    /// The server's reason; none where there is no network.
    pub fn code(&self) -> Option<Code> {
        match self {
            Self::Offline => None,
            Self::Refused(problem) => Some(problem.code),
        }
    }

    /// What is wrong with which field of the request.
    pub fn fields(&self) -> &[FieldProblem] {
        match self {
            Self::Offline => &[],
            Self::Refused(problem) => &problem.fields,
        }
    }

    /// Whether the person has to sign in first.
    pub fn is_signed_out(&self) -> bool {
        matches!(self.code(), Some(Code::NotSignedIn | Code::SignInExpired))
    }

    /// Whether the same call may well succeed a little later.
    pub fn passes(&self) -> bool {
        match self.code() {
            None | Some(Code::Busy | Code::Internal | Code::BodyTooSlow | Code::TooManyTries) => {
                true
            }
            Some(_) => false,
        }
    }
}

impl From<Problem> for Trouble {
    fn from(problem: Problem) -> Self {
        Self::Refused(Box::new(problem))
    }
}

impl From<Code> for Trouble {
    fn from(code: Code) -> Self {
        Problem::from(code).into()
    }
}

/// The way to the server. Cookies sign the calls; an expired sign-in is renewed on the way.
#[derive(Clone, Copy)]
pub struct Client {
    /// Whether the last call reached the server.
    pub online: RwSignal<bool>,
    renewal: StoredValue<Option<Promise>, LocalStorage>,
    on_signed_out: fn(),
}

impl Client {
    /// Makes the client known to everything below. `on_signed_out` is called when the sign-in is
    /// over and cannot be renewed: it leads to a page that signs in.
    pub fn provide(on_signed_out: fn()) -> Self {
        let client = Self {
            online: RwSignal::new(true),
            renewal: StoredValue::new_local(None),
            on_signed_out,
        };
        provide_context(client);
        client
    }

    pub fn expect() -> Self {
        expect_context()
    }

    pub async fn call<E: Endpoint>(self, request: E) -> Result<E::Response, Trouble> {
        let text = self.text(encode(&request)).await?;
        read(&text)
    }

    /// The answer as it came, for those who keep it. Boxed, because whoever waits for it would
    /// otherwise carry a copy of the whole state machine.
    pub fn text(self, outgoing: Outgoing) -> Pin<Box<dyn Future<Output = Answer>>> {
        Box::pin(async move {
            match self.exchange(&outgoing).await {
                Err(trouble) if trouble.is_signed_out() => {
                    self.renew().await?;
                    self.exchange(&outgoing).await
                }
                #[cfg(feature = "admin")]
                Err(trouble) if trouble.code() == Some(Code::StepUpRequired) => {
                    if proof::given().await { self.exchange(&outgoing).await } else { Err(trouble) }
                }
                answer => answer,
            }
        })
    }

    /// Renews the sign-in; whoever asks while a renewal is under way waits for that one.
    async fn renew(self) -> Result<(), Trouble> {
        let running = self.renewal.with_value(Clone::clone);
        let promise = running.unwrap_or_else(|| {
            let promise = future_to_promise(async move {
                let answer = self.exchange(&encode(&RefreshSignIn::default())).await;
                self.renewal.set_value(None);
                // Once, however many wait: each of them would lead the browser elsewhere.
                if answer.as_ref().is_err_and(|trouble| !trouble.passes()) {
                    (self.on_signed_out)();
                }
                answer.map(|_| JsValue::NULL).map_err(|trouble| match trouble.code() {
                    None => JsValue::NULL,
                    // A server in trouble signs nobody out.
                    Some(_) if trouble.passes() => JsValue::from_str(Code::Busy.as_str()),
                    Some(code) => JsValue::from_str(code.as_str()),
                })
            });
            self.renewal.set_value(Some(promise.clone()));
            promise
        });
        match JsFuture::from(promise).await {
            Ok(_) => Ok(()),
            Err(reason) if reason.is_null() => Err(Trouble::Offline),
            Err(reason) if reason == Code::Busy.as_str() => Err(Code::Busy.into()),
            Err(_) => Err(Code::NotSignedIn.into()),
        }
    }

    async fn exchange(self, outgoing: &Outgoing) -> Answer {
        let answer = send(outgoing).await;
        // The app may be gone by now.
        let online = !matches!(answer, Err(Trouble::Offline));
        if self.online.try_get_untracked() == Some(!online) {
            self.online.set(online);
        }
        answer
    }
}

/// What some calls of the console want before: a fresh proof of who is at the screen.
#[cfg(feature = "admin")]
pub mod proof {
    use std::{cell::Cell, pin::Pin};

    /// Asks whoever is at the screen; whether the proof was given.
    pub type Ask = fn() -> Pin<Box<dyn Future<Output = bool>>>;

    thread_local! {
        static ASK: Cell<Option<Ask>> = const { Cell::new(None) };
    }

    /// Proofs are asked for in this way from now on.
    pub fn ask_by(ask: Ask) {
        ASK.set(Some(ask));
    }

    pub(super) async fn given() -> bool {
        match ASK.get() {
            Some(ask) => ask().await,
            None => false,
        }
    }
}

/// Reads an answer; `()` is sent as nothing or as `null`.
pub fn read<T: DeserializeOwned>(text: &str) -> Result<T, Trouble> {
    let text = if text.is_empty() { "null" } else { text };
    json::read(text).ok_or_else(|| Code::Internal.into())
}

async fn send(outgoing: &Outgoing) -> Answer {
    // Whatever a question asked ahead ran into, perhaps only its patience: it is asked once more.
    if let Some(ahead) = asked_ahead(&outgoing.target)
        && let Ok(answer) = heard(ahead).await
    {
        return answer;
    }
    let lost = |_| Trouble::Offline;
    let abort = AbortController::new().map_err(lost)?;
    let request = RequestInit::new();
    request.set_method(outgoing.method.as_str());
    request.set_signal(Some(&abort.signal()));
    let patience = Timeout::new(PATIENCE, move || abort.abort());
    if let Some(body) = &outgoing.body {
        let headers = Headers::new().map_err(lost)?;
        headers.set("content-type", "application/json").map_err(lost)?;
        request.set_headers(&headers);
        request.set_body(&JsValue::from_str(body));
    }
    let answer = heard(window().fetch_with_str_and_init(&outgoing.target, &request)).await;
    drop(patience);
    answer.map_err(lost)?
}

/// What the server answers; an error where that does not arrive whole.
async fn heard(sent: Promise) -> Result<Answer, JsValue> {
    let response = JsFuture::from(sent).await?.unchecked_into::<Response>();
    if let Ok(Some(date)) = response.headers().get("date") {
        clock::hear(&date);
    }
    let text = JsFuture::from(response.text()?).await?.as_string().unwrap_or_default();
    Ok(if response.ok() { Ok(text) } else { Err(refusal(response.status(), &text).into()) })
}

/// What `boot/ahead.js` asked while the app was on its way, for the first who asks the same.
fn asked_ahead(target: &str) -> Option<Promise> {
    let (name, target) = (JsValue::from_str("askedAhead"), JsValue::from_str(target));
    let asked = Reflect::get(&window(), &name).ok()?.dyn_into::<Object>().ok()?;
    let answer = Reflect::get(&asked, &target).ok()?.dyn_into().ok()?;
    Reflect::delete_property(&asked, &target).ok()?;
    Some(answer)
}

/// What the server says is wrong; a proxy in between says it in its own words.
fn refusal(status: u16, text: &str) -> Problem {
    json::read(text).unwrap_or_else(|| match status {
        413 => Code::BodyTooLarge.into(),
        502..=504 => Code::Busy.into(),
        _ => Code::Internal.into(),
    })
}
