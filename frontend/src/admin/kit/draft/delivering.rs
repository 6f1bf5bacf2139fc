//! What is typed arrives at the server before something is done with it.

use std::pin::Pin;

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;

use super::{ByItself, Document, Draft, SaveState, Trouble};

/// Milliseconds until it is looked again whether what is under way was answered.
const LOOK_AGAIN: u32 = 50;

/// A way to have delivered what is typed on a page, whatever it is.
pub type Delivery = Callback<(), Pin<Box<dyn Future<Output = Result<(), Held>>>>>;

/// Why what is typed did not arrive.
#[derive(Debug, Clone, PartialEq)]
pub enum Held {
    /// A picture or a file is still to come into it.
    Waits,
    /// Somebody else has saved since.
    Conflict,
    /// This computer had kept it; its author has not said yet whether it is wanted.
    Kept,
    /// It was typed while the rest was sent.
    Typing,
    /// The server did not take it, or was not reached.
    Refused(Trouble),
}

impl Held {
    /// What to do about it.
    pub fn words(&self) -> String {
        match self {
            Self::Waits => "有一块的图片或文件还没传上：等它传完，或者上传文件；不要了就删掉这一块。".into(),
            Self::Conflict => {
                "这一页在您打开之后被别人改过。先在页面上定下来：“载入最新”，还是“用我的覆盖”。".into()
            }
            Self::Kept => {
                "页面上是以前留在这台电脑上的草稿，还没有保存。要用它，先点“保存”；不要了，点“放弃草稿”。"
                    .into()
            }
            Self::Typing => "刚才又写了新的内容，停一下就存好。".into(),
            Self::Refused(trouble) => trouble.sentence(),
        }
    }
}

impl<D: Document> Draft<D> {
    pub fn delivery(self) -> Delivery {
        Callback::new(move |()| {
            let way: Pin<Box<dyn Future<Output = Result<(), Held>>>> = Box::pin(self.deliver());
            way
        })
    }

    /// Sends what is typed here, if it is not there already, and waits for the answer.
    async fn deliver(self) -> Result<(), Held> {
        let SaveState { dirty, waits, busy, restored, trouble, conflict, by_itself, .. } =
            self.state;
        // What is under way may be from before the last words.
        while busy.try_get_untracked().unwrap_or_default() {
            TimeoutFuture::new(LOOK_AGAIN).await;
        }
        if waits.try_get_untracked().unwrap_or_default() {
            return Err(Held::Waits);
        }
        // Nothing to do either where the page was left.
        if !dirty.try_get_untracked().unwrap_or_default() {
            return Ok(());
        }
        if conflict.get_untracked() {
            return Err(Held::Conflict);
        }
        if restored.get_untracked().is_some() && by_itself.get_untracked() == ByItself::Never {
            return Err(Held::Kept);
        }
        self.send_now(false).await;
        if let Some(Some(trouble)) = trouble.try_get_untracked() {
            return Err(Held::Refused(trouble));
        }
        if conflict.try_get_untracked().unwrap_or_default() {
            return Err(Held::Conflict);
        }
        if dirty.try_get_untracked().unwrap_or_default() { Err(Held::Typing) } else { Ok(()) }
    }
}
