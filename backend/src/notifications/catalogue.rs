//! Whether the configured templates suit what is sent: WeChat's catalogue against our keys.
//!
//! What does not fit is told once clearly, here and in the console, and messages of that kind wait:
//! sending them would be refused one by one.

use std::{collections::BTreeSet, time::Duration};

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::OnConflict};
use shared::{deliveries::TemplateState, notifications::NotificationKind};

use super::{
    credits,
    entity::message_template::{self, Column},
};
use crate::{App, Result, db::Connection, wechat::MessageTemplate};

/// Until the catalogue is read again, where everything fits.
const AGAIN: Duration = Duration::from_hours(1);
/// The same where something does not, so that mending it in WeChat's console shows soon.
const UNTIL_MENDED: Duration = Duration::from_mins(5);
/// The same where it could not be read.
const UNTIL_READ: Duration = Duration::from_mins(1);

/// The keys that a kind's template must have, in the order of its values; see `WeChatConfig`.
pub(super) const fn keys(kind: NotificationKind) -> [&'static str; 3] {
    match kind {
        NotificationKind::CourseAssigned
        | NotificationKind::TeamDigest
        | NotificationKind::RevisionWaiting
        | NotificationKind::RevisionDecided
        | NotificationKind::StandardChanged
        | NotificationKind::EnquiryAsked => ["thing1", "thing2", "date3"],
        NotificationKind::SessionSoon => ["thing1", "date2", "thing3"],
        // No template has room for it.
        NotificationKind::WechatChanged | NotificationKind::EnquiryAnswered => ["", "", ""],
    }
}

/// Reads the catalogue now and then for as long as the process lives. Nobody waits for it.
pub async fn keep_templates_checked(app: App) {
    if configured(&app).is_empty() {
        return;
    }
    loop {
        let wait = match check_templates(&app).await {
            Ok(Some(true)) => AGAIN,
            Ok(Some(false)) => UNTIL_MENDED,
            Ok(None) => UNTIL_READ,
            Err(error) => {
                tracing::error!(error = format!("{error:#}"), "templates cannot be checked");
                UNTIL_READ
            }
        };
        tokio::time::sleep(wait).await;
    }
}

/// Compares the configured templates with WeChat's catalogue and writes down what does not fit.
/// Whether everything does; nothing where WeChat did not tell.
pub async fn check_templates(app: &App) -> Result<Option<bool>> {
    let Some(catalogue) = app.wechat.message_templates().await? else { return Ok(None) };
    let now = app.clock.now(app.db.read()).await?;
    let checked = configured(app).into_iter().map(|(kind, id)| compared(kind, id, &catalogue, now));
    let checked: Vec<message_template::Model> = checked.collect();
    for row in &checked {
        if let Some(problem) = &row.problem {
            let (kind, template) = (row.kind.label(), &row.template);
            tracing::error!(kind, template, problem, "a message template does not fit");
        }
    }
    let fits = checked.iter().all(|it| it.problem.is_none());
    note(app, checked).await?;
    Ok(Some(fits))
}

fn configured(app: &App) -> Vec<(NotificationKind, String)> {
    let template = |kind: &NotificationKind| {
        Some((*kind, credits::template(&app.config.wechat, *kind)?.to_owned()))
    };
    NotificationKind::ALL.iter().filter_map(template).collect()
}

fn compared(
    kind: NotificationKind,
    id: String,
    catalogue: &[MessageTemplate],
    now: DateTime<Utc>,
) -> message_template::Model {
    let found = catalogue.iter().find(|it| it.id == id);
    let problem = match found {
        None => Some("小程序后台没有这个编号的模板".to_owned()),
        Some(found) => mismatch(keys(kind), &found.keys),
    };
    let title = found.map(|it| it.title.clone()).unwrap_or_default();
    message_template::Model { kind, template: id, title, problem, checked_at: now }
}

fn mismatch(ours: [&str; 3], theirs: &[String]) -> Option<String> {
    let there: BTreeSet<&str> = theirs.iter().map(String::as_str).collect();
    if there == BTreeSet::from(ours) {
        return None;
    }
    Some(format!("模板的关键词是 {}，应该是 {}", theirs.join("、"), ours.join("、")))
}

async fn note(app: &App, checked: Vec<message_template::Model>) -> Result<()> {
    app.db
        .write(move |tx| {
            Box::pin(async move {
                for row in checked {
                    let mut again = OnConflict::column(Column::Kind);
                    again.update_columns([
                        Column::Template,
                        Column::Title,
                        Column::Problem,
                        Column::CheckedAt,
                    ]);
                    let row = message_template::ActiveModel {
                        kind: Set(row.kind),
                        template: Set(row.template),
                        title: Set(row.title),
                        problem: Set(row.problem),
                        checked_at: Set(row.checked_at),
                    };
                    message_template::Entity::insert(row)
                        .on_conflict(again)
                        .exec_without_returning(tx)
                        .await?;
                }
                Ok(())
            })
        })
        .await
}

/// Whether a template is known not to suit what would be sent with it.
pub(super) async fn is_unfit(
    db: &Connection,
    kind: NotificationKind,
    template: &str,
) -> Result<bool> {
    let found = message_template::Entity::find_by_id(kind)
        .filter(Column::Template.eq(template))
        .filter(Column::Problem.is_not_null())
        .one(db)
        .await?;
    Ok(found.is_some())
}

/// The configured templates, and what is known of them.
pub async fn template_states(app: &App) -> Result<Vec<TemplateState>> {
    let known = message_template::Entity::find().all(app.db.read()).await?;
    let state = |(kind, template): (NotificationKind, String)| {
        let known = known.iter().find(|it| it.kind == kind && it.template == template);
        TemplateState {
            kind,
            title: known.map(|it| it.title.clone()).filter(|it| !it.is_empty()),
            problem: known.and_then(|it| it.problem.clone()),
            checked_at: known.map(|it| it.checked_at),
            template,
        }
    };
    Ok(configured(app).into_iter().map(state).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(theirs: &[&str]) -> Option<String> {
        let theirs: Vec<String> = theirs.iter().map(|it| (*it).to_owned()).collect();
        mismatch(keys(NotificationKind::SessionSoon), &theirs)
    }

    #[test]
    fn a_template_fits_with_exactly_our_keys_in_any_order() {
        assert_eq!(problem(&["thing1", "date2", "thing3"]), None);
        assert_eq!(problem(&["thing3", "thing1", "date2"]), None);
        for theirs in [
            &["thing1", "date2"][..],
            &["thing1", "time2", "thing3"],
            &["thing1", "date2", "thing3", "thing4"],
        ] {
            let problem = problem(theirs).unwrap();
            assert!(problem.contains(&theirs.join("、")), "{problem}");
            assert!(problem.contains("应该是 thing1、date2、thing3"), "{problem}");
        }
    }
}
