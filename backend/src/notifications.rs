//! 站内信, and WeChat's subscribe messages on top of it.
//!
//! The inbox is the truth: each message is in it exactly once. Sending through WeChat is a job that
//! nobody waits for and that needs the person's consent, one for each message.

mod account;
mod address;
mod audience;
mod authoring;
mod catalogue;
mod choices;
mod credits;
mod digest;
mod due;
pub mod entity;
mod erasing;
mod inbox;
mod own_data;
mod push;
mod settings;
mod waivers;

use shared::{api::*, notifications::*, page::Page};

pub use account::account_changed;
pub use audience::{
    course_assigned, enquiry_answered, enquiry_asked, remind_of_sessions, wechat_changed,
};
pub use authoring::{
    RevisionName, artefact_returned, link_returned, links_wait, publication_called_off,
    publication_held, revision_decided, revision_waits, standard_changed,
};
pub use catalogue::{check_templates, keep_templates_checked, template_states};
pub use choices::{forget_old_choices, heed};
pub use digest::{tell_at as tell_team_leaders_at, tell_team_leaders};
pub use due::{remind_at as remind_of_due_at, remind_of_due};
pub use erasing::erase;
pub use inbox::unread;
pub use own_data::own_data;
pub use push::{NOBODY_KNOWS, Push, Sending, deliver};
pub use settings::switch_all_off;
pub use waivers::{WaiverName, waiver_ends};

use crate::{
    Result,
    http::{Api, Ctx},
};

pub fn routes(api: &mut Api) {
    api.on(list_inbox)
        .on(read_whole_inbox)
        .on(read_inbox_message)
        .on(list_subscriptions)
        .on(record_subscribe_choice)
        .on(show_notification_settings)
        .on(change_notification_setting);
}

async fn list_inbox(ctx: Ctx<SignedIn>, request: ListInbox) -> Result<Page<InboxMessage>> {
    inbox::list(ctx.app.db.read(), ctx.caller.person, request.cursor).await
}

async fn read_inbox_message(ctx: Ctx<SignedIn>, request: ReadInboxMessage) -> Result<()> {
    inbox::mark_read(&ctx.app, ctx.caller.person, request.message).await
}

async fn read_whole_inbox(ctx: Ctx<SignedIn>, request: ReadWholeInbox) -> Result<()> {
    inbox::mark_all_read(&ctx.app, ctx.caller.person, request.newest).await
}

async fn list_subscriptions(ctx: Ctx<SignedIn>, _: ListSubscriptions) -> Result<Vec<Subscription>> {
    credits::list_templates(&ctx.app, &ctx.caller).await
}

async fn record_subscribe_choice(
    ctx: Ctx<SignedIn>,
    request: RecordSubscribeChoice,
) -> Result<Vec<Subscription>> {
    choices::report(&ctx.app, ctx.caller.person, request.template, request.accepted).await?;
    credits::list_templates(&ctx.app, &ctx.caller).await
}

async fn show_notification_settings(
    ctx: Ctx<SignedIn>,
    _: ShowNotificationSettings,
) -> Result<NotificationSettings> {
    settings::show(&ctx.app, &ctx.caller).await
}

async fn change_notification_setting(
    ctx: Ctx<SignedIn>,
    request: ChangeNotificationSetting,
) -> Result<NotificationSettings> {
    settings::change(&ctx.app, ctx.caller.person, request).await?;
    settings::show(&ctx.app, &ctx.caller).await
}
