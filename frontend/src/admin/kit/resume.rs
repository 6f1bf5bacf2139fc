//! Sends a large file piece by piece, so that it goes on where it stopped, after a lost network and
//! after the page was loaded anew: tus 1.0.

use std::{cell::Cell, rc::Rc};

use gloo_timers::future::TimeoutFuture;
use js_sys::Promise;
use serde::{Deserialize, Serialize};
use shared::{
    accounts::ShowMe,
    authoring::MediaFile,
    media::{ShowUpload, UPLOADS, UploadState},
    problem::{Code, Problem},
};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, File, ProgressEvent, XmlHttpRequest};

use crate::{
    client::{Client, Trouble},
    storage,
};

const PIECE: f64 = 5.0 * 1024.0 * 1024.0;

/// Tries of a piece before the officer is asked: two minutes without a network.
const TRIES: u32 = 6;
const SECOND: u32 = 1000;

/// An upload that this browser began.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Unfinished {
    upload: String,
    /// What the file is recognised by.
    print: String,
    pub name: String,
}

/// The upload of this kind that was not finished.
pub fn unfinished(kind: &str) -> Option<Unfinished> {
    storage::read_json(&slot(kind))
}

fn slot(kind: &str) -> String {
    storage::of_owner("upload:", kind)
}

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Told {
    /// Bytes.
    Sent(f64),
    /// Per cent.
    Checking(u32),
}

/// Whether somebody stopped it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Stop {
    #[default]
    Not,
    ForNow,
    ForGood,
}

/// A file on its way.
#[derive(Clone)]
pub struct Resuming {
    client: Client,
    file: File,
    slot: String,
    stop: Rc<Cell<Stop>>,
    request: XmlHttpRequest,
}

struct Reply {
    status: u16,
    text: String,
}

impl Resuming {
    pub fn new(client: Client, kind: &str, file: File) -> Result<Self, Trouble> {
        let request = XmlHttpRequest::new().map_err(broken)?;
        Ok(Self { client, file, slot: slot(kind), stop: Rc::default(), request })
    }

    /// What has arrived stays there.
    pub fn pause(&self) {
        self.end(Stop::ForNow);
    }

    pub fn cancel(&self) {
        self.end(Stop::ForGood);
    }

    fn end(&self, how: Stop) {
        self.stop.set(how);
        // Aborting what is not under way does nothing.
        let _ = self.request.abort();
    }

    /// Sends what the server has not yet; nothing where somebody stopped it.
    pub async fn run(
        &self,
        told: impl Fn(Told) + Clone + 'static,
    ) -> Result<Option<MediaFile>, Trouble> {
        // Renews a sign-in that ran out while the officer was writing.
        self.client.call(ShowMe {}).await?;
        let upload = self.find().await?;
        let mut tries = 0;
        let mut at = self.offset(&upload).await?;
        while at < self.file.size() && self.stop.get() == Stop::Not {
            match self.piece(&upload, at, told.clone()).await {
                Ok(next) => (at, tries) = (next, 0),
                Err(_) if self.stop.get() != Stop::Not => {}
                Err(trouble) if tries < TRIES && goes_on(&trouble) => {
                    tries += 1;
                    TimeoutFuture::new(SECOND << tries).await;
                    if trouble.is_signed_out() {
                        self.client.call(ShowMe {}).await?;
                    }
                    at = self.offset(&upload).await.unwrap_or(at);
                }
                Err(trouble) => return Err(trouble),
            }
        }
        if self.stop.get() == Stop::ForGood {
            storage::forget(&self.slot);
            // Where it does not arrive, the server forgets the upload by itself.
            let _ = self.exchange("DELETE", &upload, &[], None).await;
        }
        if self.stop.get() == Stop::Not {
            self.checked(&upload, told).await.map(Some)
        } else {
            Ok(None)
        }
    }

    /// The upload that was begun of this file, or a new one.
    async fn find(&self) -> Result<String, Trouble> {
        let print =
            format!("{}/{}/{}", self.file.name(), self.file.size(), self.file.last_modified());
        if let Some(begun) = storage::read_json::<Unfinished>(&self.slot)
            && begun.print == print
            && self.offset(&begun.upload).await.is_ok()
        {
            return Ok(begun.upload);
        }
        let length = self.file.size().to_string();
        let reply = self.exchange("POST", UPLOADS, &[("upload-length", &length)], None).await?;
        check(&reply)?;
        let upload = self.header("location").ok_or(Code::Internal)?;
        let begun = Unfinished { upload: upload.clone(), print, name: self.file.name() };
        storage::write_json(&self.slot, &begun);
        Ok(upload)
    }

    /// How far the server has it.
    async fn offset(&self, upload: &str) -> Result<f64, Trouble> {
        let reply = self.exchange("HEAD", upload, &[], None).await?;
        check(&reply)?;
        self.reached()
    }

    fn reached(&self) -> Result<f64, Trouble> {
        let offset = self.header("upload-offset").and_then(|it| it.parse().ok());
        offset.ok_or_else(|| Code::Internal.into())
    }

    async fn piece(
        &self,
        upload: &str,
        at: f64,
        told: impl Fn(Told) + 'static,
    ) -> Result<f64, Trouble> {
        let end = (at + PIECE).min(self.file.size());
        let piece = self.file.slice_with_f64_and_f64(at, end).map_err(broken)?;
        let moved = Closure::<dyn Fn(ProgressEvent)>::new(move |event: ProgressEvent| {
            told(Told::Sent(at + event.loaded()));
        });
        let sending = self.request.upload().map_err(broken)?;
        sending.set_onprogress(Some(moved.as_ref().unchecked_ref()));
        let headers = [
            ("upload-offset", at.to_string()),
            ("content-type", "application/offset+octet-stream".to_owned()),
        ];
        let headers = headers.each_ref().map(|(name, value)| (*name, value.as_str()));
        let reply = self.exchange("PATCH", upload, &headers, Some(&piece)).await;
        sending.set_onprogress(None);
        check(&reply?)?;
        self.reached()
    }

    /// Waits until the file was looked into.
    async fn checked(&self, upload: &str, told: impl Fn(Told)) -> Result<MediaFile, Trouble> {
        let id = upload.rsplit('/').next().and_then(|it| it.parse().ok()).ok_or(Code::Internal)?;
        loop {
            let standing = self.client.call(ShowUpload { upload: id }).await?;
            match standing.state {
                UploadState::Receiving | UploadState::Checking => {
                    told(Told::Checking(standing.progress));
                    TimeoutFuture::new(SECOND + SECOND / 2).await;
                }
                UploadState::Done | UploadState::Refused => {
                    storage::forget(&self.slot);
                    let refusal = standing.refusal().unwrap_or_else(|| Code::UnknownFile.into());
                    return standing.file.ok_or_else(|| refusal.into());
                }
            }
        }
    }

    async fn exchange(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<&Blob>,
    ) -> Result<Reply, Trouble> {
        let request = &self.request;
        let send = async {
            request.open(method, path)?;
            request.set_request_header("tus-resumable", "1.0.0")?;
            for (name, value) in headers {
                request.set_request_header(name, value)?;
            }
            let ended = Promise::new(&mut |done, _| request.set_onloadend(Some(&done)));
            request.send_with_opt_blob(body)?;
            JsFuture::from(ended).await
        };
        send.await.map_err(broken)?;
        let text = request.response_text().map_err(broken)?.unwrap_or_default();
        Ok(Reply { status: request.status().map_err(broken)?, text })
    }

    fn header(&self, name: &str) -> Option<String> {
        self.request.get_response_header(name).ok().flatten()
    }
}

fn check(reply: &Reply) -> Result<(), Trouble> {
    match reply.status {
        0 => Err(Trouble::Offline),
        200..300 => Ok(()),
        // An answer to HEAD has no words.
        404 => Err(Code::NotFound.into()),
        401 if reply.text.is_empty() => Err(Code::SignInExpired.into()),
        _ => Err(serde_json::from_str::<Problem>(&reply.text)
            .unwrap_or_else(|_| Code::Internal.into())
            .into()),
    }
}

/// Whether the same may well succeed a little later.
fn goes_on(trouble: &Trouble) -> bool {
    let again = [Code::UploadOutOfStep, Code::UploadBusy, Code::UploadDamaged, Code::MalformedBody];
    trouble.passes()
        || trouble.is_signed_out()
        || trouble.code().is_some_and(|it| again.contains(&it))
}

/// The browser refused to do what it always can.
fn broken(_: JsValue) -> Trouble {
    Code::Internal.into()
}
