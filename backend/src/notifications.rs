//! 站内信, and WeChat's subscribe messages on top of it.
//!
//! The inbox is the truth: each message is in it exactly once. Sending through WeChat is a job that
//! nobody waits for and that needs the person's consent, one for each message.

mod audience;
mod choices;
mod credits;
pub mod entity;
mod inbox;
mod push;

use shared::{api::*, notifications::*, page::Page};

pub use audience::{course_assigned, remind_of_sessions, wechat_changed};
pub use choices::{forget_old_choices, heed};
pub use inbox::unread;
pub use push::{Push, Sending, deliver};

use crate::{
    Result,
    http::{Api, Ctx},
};

pub fn routes(api: &mut Api) {
    api.on(list_inbox).on(read_inbox_message).on(list_subscriptions).on(record_subscribe_choice);
}

async fn list_inbox(ctx: Ctx<SignedIn>, request: ListInbox) -> Result<Page<InboxMessage>> {
    inbox::list(ctx.app.db.read(), ctx.caller.person, request.cursor).await
}

async fn read_inbox_message(ctx: Ctx<SignedIn>, request: ReadInboxMessage) -> Result<()> {
    inbox::mark_read(&ctx.app, ctx.caller.person, request.message).await
}

async fn list_subscriptions(ctx: Ctx<SignedIn>, _: ListSubscriptions) -> Result<Vec<Subscription>> {
    credits::list(&ctx.app, ctx.caller.person).await
}

async fn record_subscribe_choice(
    ctx: Ctx<SignedIn>,
    request: RecordSubscribeChoice,
) -> Result<Vec<Subscription>> {
    choices::report(&ctx.app, ctx.caller.person, request.template, request.accepted).await?;
    credits::list(&ctx.app, ctx.caller.person).await
}
