//! What is known of an uploaded video or recording: how far it is made ready for phones, and its
//! subtitles.

use std::time::Duration;

use leptos::{prelude::*, task::spawn_local};
use shared::{
    content::MediaId,
    media::{MediaStanding, MediaState, SaveSubtitles, ShowMediaFile, ShowUploadSpace},
};

use crate::{
    admin::kit::{AreaField, LeaveGuard, Load, TroubleNote},
    client::{Client, Trouble},
};

/// How often to look how far the conversion is.
const LOOK: Duration = Duration::from_secs(3);

#[component]
pub fn FileNotes(media: MediaId, video: bool) -> impl IntoView {
    let looks = RwSignal::new(0_u32);
    let load = Load::of(move || {
        looks.track();
        ShowMediaFile { media }
    });
    let space = Load::of(|| ShowUploadSpace {});
    let working =
        move || load.value.with(|it| it.as_ref().is_some_and(|it| it.state == MediaState::Working));
    let look = move || {
        if working() {
            looks.update(|it| *it += 1);
        }
    };
    if let Ok(looking) = set_interval_with_handle(look, LOOK) {
        on_cleanup(move || looking.clear());
    }
    let text = RwSignal::new(None::<String>);
    Effect::new(move || {
        let kept = load.value.with(|it| it.as_ref().map(|it| it.subtitles.clone()));
        if text.with_untracked(Option::is_none) {
            text.set(kept);
        }
    });
    let converts = move || space.value.with(|it| it.is_none_or(|it| it.converts_videos));
    view! {
        {move || video.then(|| load.value.get().map(|standing| view! {
            <p class="c-quiet" role="status">{sentence(&standing, converts())}</p>
        }))}
        {move || text.get().map(|text| view! { <Subtitles media text/> })}
    }
}

fn sentence(standing: &MediaStanding, converts: bool) -> String {
    let megabytes = |bytes: u64| bytes.div_ceil(1 << 20);
    let whole = megabytes(standing.file.bytes);
    match (standing.state, standing.light_bytes) {
        (MediaState::Working, _) => {
            format!(
                "正在为手机转换 {}%，可以先去写别的；现在发布，手机先播放原文件。",
                standing.progress
            )
        }
        (MediaState::Failed, _) => standing.trouble.clone().unwrap_or_default(),
        (MediaState::Ready, Some(light)) => {
            format!("手机看的是转换后的版本，约 {} MB（原文件 {whole} MB）。", megabytes(light))
        }
        (MediaState::Ready, None) if converts => format!("原文件已经够小，约 {whole} MB。"),
        (MediaState::Ready, None) => {
            format!("服务器没有安装转换程序，手机直接播放原文件，约 {whole} MB。")
        }
    }
}

#[component]
fn Subtitles(media: MediaId, text: String) -> impl IntoView {
    let client = Client::expect();
    let kept = RwSignal::new(text.clone());
    let text = RwSignal::new(text);
    let dirty = Signal::derive(move || text.with(|it| kept.with(|kept| it != kept)));
    let (trouble, saved) = (RwSignal::new(None::<Trouble>), RwSignal::new(false));
    let save = move |_| {
        spawn_local(async move {
            let answer = client.call(SaveSubtitles { media, text: text.get_untracked() }).await;
            match answer {
                Ok(standing) => {
                    kept.set(standing.subtitles.clone());
                    text.set(standing.subtitles);
                    trouble.set(None);
                    saved.set(true);
                }
                Err(failed) => trouble.set(Some(failed)),
            }
        });
    };
    view! {
        <AreaField
            label="字幕"
            optional=true
            hint="WebVTT 或 SRT，可以直接粘贴。每句先写时间“00:00:01.000 --> 00:00:04.000”，下一行写字。保存后草稿里就换上；学员看的先不变，提交新的一版、评审发布以后才换"
            rows=3
            value=text
        />
        {move || trouble.get().map(|trouble| view! { <TroubleNote trouble/> })}
        <p>
            <button type="button" class="c-button c-button--small" on:click=save>"保存字幕"</button>
            {move || match (dirty.get(), saved.get()) {
                (true, _) => Some(" 字幕还没有保存"),
                (false, true) => Some(" 已保存"),
                (false, false) => None,
            }}
        </p>
        <LeaveGuard dirty lost=true/>
    }
}
