//! How far the log can be trusted, in words.

use leptos::{prelude::*, task::spawn_local};
use shared::{
    audit::{AuditStanding, AuditVerified, ShowAuditStanding, VerifyAuditLog},
    time,
};

use crate::{
    admin::kit::{Load, Shown, TroubleNote},
    client::{Client, Trouble},
};

#[component]
pub fn StandingNote() -> impl IntoView {
    let load = Load::of(|| ShowAuditStanding {});
    view! {
        <Shown load children=move |standing: AuditStanding| {
            let (class, sentence) = said(&standing);
            view! {
                <div class=class role="status">
                    <p class="c-note__text">{sentence}</p>
                    <CheckNow load/>
                </div>
            }
            .into_any()
        }/>
    }
}

/// The class of the note and what it says.
fn said(standing: &AuditStanding) -> (&'static str, String) {
    let records = standing.records;
    let sealed = match standing.checkpoint {
        Some(it) => format!(
            "共 {records} 条记录，最近一个签名检查点在第 {} 条（{}）。",
            it.seq,
            time::stamp(it.at)
        ),
        None => format!("共 {records} 条记录，还没有签名检查点，一分钟内会有。"),
    };
    let (class, checked) = match standing.verified {
        None => ("c-note", "还没有核对过。".to_owned()),
        Some(AuditVerified { whole: true, seq: Some(seq), at }) => (
            "c-note c-note--good",
            format!("已核对到第 {seq} 条的检查点，没有被改动过（{}）。", time::stamp(at)),
        ),
        Some(AuditVerified { whole: true, seq: None, .. }) => {
            ("c-note", "记录前后相接，但还没有检查点可以作证。".to_owned())
        }
        Some(AuditVerified { whole: false, seq, at }) => {
            let from = seq.map_or_else(
                || "从头起就对不上".to_owned(),
                |seq| format!("只核对到第 {seq} 条的检查点"),
            );
            let sentence = format!(
                "日志被人改动过：{from}（{}）。请保留现场，马上联系系统管理员，用留在外面的检查点文件核对。",
                time::stamp(at)
            );
            ("c-note c-note--bad", sentence)
        }
    };
    (class, format!("{sealed}{checked}"))
}

#[component]
fn CheckNow(load: Load<AuditStanding>) -> impl IntoView {
    let client = Client::expect();
    let (busy, trouble) = (RwSignal::new(false), RwSignal::new(None::<Trouble>));
    let check = move |_| {
        busy.set(true);
        spawn_local(async move {
            let answer = client.call(VerifyAuditLog {}).await;
            if busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(standing) => {
                    trouble.set(None);
                    load.value.set(Some(standing));
                }
                Err(failed) => trouble.set(Some(failed)),
            }
        });
    };
    view! {
        <button type="button" class="c-button c-button--small" disabled=busy on:click=check>
            {move || if busy.get() { "正在核对…" } else { "现在核对" }}
        </button>
        {move || trouble.get().map(|trouble| view! { <TroubleNote trouble/> })}
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use shared::audit::AuditCheckpoint;

    use super::*;

    #[test]
    fn the_note_says_up_to_which_checkpoint_the_log_was_verified() {
        let at = DateTime::UNIX_EPOCH;
        let checkpoint = Some(AuditCheckpoint { seq: 7, at });
        let with = |whole, seq| {
            let verified = Some(AuditVerified { at, whole, seq });
            said(&AuditStanding { records: 9, checkpoint, verified })
        };
        let (class, words) = with(true, Some(7));
        assert!(class.contains("good") && words.contains("已核对到第 7 条的检查点"), "{words}");
        let (class, words) = with(false, Some(3));
        assert!(class.contains("bad") && words.contains("只核对到第 3 条"), "{words}");
        let (class, words) = with(true, None);
        assert!(!class.contains("good") && words.contains("还没有检查点可以作证"), "{words}");
    }
}
