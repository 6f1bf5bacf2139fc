//! Sends a file to the server. The one call the typed client cannot make: `fetch` does not tell
//! how much of a body is sent, and an upload of minutes must.

use js_sys::Promise;
use leptos::{
    wasm_bindgen::{JsCast, JsValue, prelude::Closure},
    web_sys::{File, FormData, ProgressEvent, XmlHttpRequest},
};
use shared::{
    accounts::ShowMe,
    problem::{Code, Problem},
};
use wasm_bindgen_futures::JsFuture;

use crate::client::{Client, Trouble};

/// How an upload ended.
#[derive(Debug)]
pub enum Sent {
    /// With the text of the answer.
    Done(String),
    Cancelled,
}

/// An upload that can be cancelled.
#[derive(Clone)]
pub struct Sending {
    request: XmlHttpRequest,
    cancelled: std::rc::Rc<std::cell::Cell<bool>>,
}

impl Sending {
    pub fn new() -> Result<Self, Trouble> {
        let request = XmlHttpRequest::new().map_err(broken)?;
        Ok(Self { request, cancelled: std::rc::Rc::default() })
    }

    pub fn cancel(&self) {
        self.cancelled.set(true);
        // Aborting what is not under way does nothing.
        let _ = self.request.abort();
    }

    /// Sends the file to `path`; `progress` hears the bytes sent and their total.
    pub async fn run(
        &self,
        client: Client,
        path: &str,
        file: &File,
        progress: impl Fn(f64, f64) + 'static,
    ) -> Result<Sent, Trouble> {
        // Renews a sign-in that ran out while the officer was writing: an upload is not repeated.
        client.call(ShowMe {}).await?;
        let progress = Closure::<dyn Fn(ProgressEvent)>::new(move |event: ProgressEvent| {
            progress(event.loaded(), event.total());
        });
        let upload = self.request.upload().map_err(broken)?;
        upload.set_onprogress(Some(progress.as_ref().unchecked_ref()));
        self.send(path, file).await.map_err(broken)?;
        if self.cancelled.get() {
            return Ok(Sent::Cancelled);
        }
        self.answer().map(Sent::Done)
    }

    async fn send(&self, path: &str, file: &File) -> Result<(), JsValue> {
        let form = FormData::new()?;
        form.append_with_blob_and_filename("file", file, &file.name())?;
        self.request.open("POST", path)?;
        let ended = Promise::new(&mut |done, _| self.request.set_onloadend(Some(&done)));
        self.request.send_with_opt_form_data(Some(&form))?;
        JsFuture::from(ended).await?;
        Ok(())
    }

    fn answer(&self) -> Result<String, Trouble> {
        let status = self.request.status().map_err(broken)?;
        let text = self.request.response_text().map_err(broken)?.unwrap_or_default();
        match status {
            0 => Err(Trouble::Offline),
            200..300 => Ok(text),
            // A proxy in between refuses in its own words.
            413 => Err(Code::UploadTooLarge.into()),
            _ => Err(serde_json::from_str::<Problem>(&text)
                .unwrap_or_else(|_| Code::Internal.into())
                .into()),
        }
    }
}

/// The browser refused to do what it always can.
fn broken(_: JsValue) -> Trouble {
    Code::Internal.into()
}
