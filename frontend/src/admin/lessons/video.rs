//! A video lesson, or a recording: the file, its picture, its key points, its subtitles.

use leptos::prelude::*;
use shared::{
    authoring::MediaFile,
    content::{MediaId, VideoLesson},
};

use super::{file_field::FileField, file_notes::FileNotes};
use crate::admin::kit::{
    AreaField, FieldErrors, PictureField, PictureFields, Tick, UploadKind, lines_of,
};

#[derive(Clone, Copy)]
pub struct VideoFields {
    file: RwSignal<Option<MediaId>>,
    /// Length in seconds.
    seconds: RwSignal<u32>,
    poster: PictureFields,
    key_points: RwSignal<String>,
    in_order: RwSignal<bool>,
    normal_speed: RwSignal<bool>,
}

impl VideoFields {
    pub fn new() -> Self {
        Self {
            file: RwSignal::new(None),
            seconds: RwSignal::new(0),
            poster: PictureFields::new(None),
            key_points: RwSignal::new(String::new()),
            in_order: RwSignal::new(false),
            normal_speed: RwSignal::new(false),
        }
    }

    pub fn fill(self, video: VideoLesson) {
        self.file.set(video.media);
        self.seconds.set(video.seconds);
        self.poster.fill(video.poster);
        self.key_points.set(video.key_points.join("\n"));
        self.in_order.set(video.in_order);
        self.normal_speed.set(video.normal_speed);
    }

    pub fn read(self) -> VideoLesson {
        VideoLesson {
            media: self.file.get(),
            seconds: self.seconds.get(),
            poster: self.poster.read(),
            key_points: lines_of(&self.key_points.get()),
            in_order: self.in_order.get(),
            normal_speed: self.normal_speed.get(),
            ..VideoLesson::default()
        }
    }
}

/// What is said of a video, and of sound without pictures.
struct Words {
    what: &'static str,
    kind: UploadKind,
    picture: &'static str,
    rule: &'static str,
}

const VIDEO: Words = Words {
    what: "视频",
    kind: UploadKind::Video,
    picture: "视频封面",
    rule: "MP4，不超过 500 MB；断网或关掉网页后选同一个文件会接着传。几分钟一段最好，手机流量也省。",
};
const RECORDING: Words = Words {
    what: "录音",
    kind: UploadKind::Recording,
    picture: "配图",
    rule: "MP3 或 M4A，不超过 100 MB。手机录的就可以，一段讲一件事。",
};

#[component]
pub fn VideoForm(
    fields: VideoFields,
    errors: FieldErrors,
    /// Whether it is sound only.
    #[prop(optional)]
    recording: bool,
) -> impl IntoView {
    let words: &'static Words = if recording { &RECORDING } else { &VIDEO };
    view! {
        <MovingField fields errors words/>
        {move || fields.file.get().map(|media| view! { <FileNotes media video={!recording}/> })}
        <PictureField
            label=words.picture
            hint="开始播放之前显示；16:9 的横图"
            fields=fields.poster
            error=errors.signal("content.poster.media")
            alt_error=errors.signal("content.poster.alt")
        />
        <AreaField
            label="要点"
            hint="一行一条，显示在播放器下面，不开声音也能学"
            rows=4
            value=fields.key_points
            error=errors.signal("content.key_points")
        />
        <Tick words="没看过的地方不能拖过去" chosen=fields.in_order/>
        <Tick words="不能加速播放（平时最快 1.5 倍）" chosen=fields.normal_speed/>
    }
}

/// What was uploaded, and the button for another.
#[component]
fn MovingField(fields: VideoFields, errors: FieldErrors, words: &'static Words) -> impl IntoView {
    let Words { what, kind, rule, .. } = *words;
    let done = Callback::new(move |file: MediaFile| {
        fields.seconds.set(file.seconds);
        fields.file.set(Some(file.id));
    });
    let button = Signal::derive(move || {
        let verb = if fields.file.get().is_some() { "换一个" } else { "上传" };
        format!("{verb}{what}")
    });
    let state = Signal::derive(move || match fields.file.get() {
        Some(_) => {
            let seconds = fields.seconds.get();
            format!("已上传，时长 {} 分 {:02} 秒；右边可以播放。", seconds / 60, seconds % 60)
        }
        None => format!("还没有{what}。没有{what}的课时不能发布。"),
    });
    let (label, error) = (format!("{what}文件"), errors.signal("content.media"));
    view! { <FileField label kind state button on_done=done error rule=rule.to_owned()/> }
}
