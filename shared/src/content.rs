//! What a lesson is made of: blocks, a video, or step cards.
//!
//! Authored once, shown by the phone, by the console's preview and by the server's own pages. Text
//! is plain everywhere but in [`Block::Paragraph`], whose inline HTML the server sanitises on
//! write; clients may show it as HTML only because of that.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

ids! {
    /// 媒体文件编号
    MediaId
}

choices! {
    /// 课时形式
    LessonKind { Article "图文", Video "视频", Steps "动作解析" }

    /// 提示框的语气
    NoticeTone { Tip "要点", Caution "注意", Danger "危险" }

    /// 上传文件的种类
    MediaKind { Image "图片", Video "视频" }
}

/// 课时内容
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum LessonContent {
    /// 图文
    Article { blocks: Vec<Block> },
    /// 视频
    Video(VideoLesson),
    /// 动作解析
    Steps(StepLesson),
}

impl LessonContent {
    pub const fn kind(&self) -> LessonKind {
        match self {
            Self::Article { .. } => LessonKind::Article,
            Self::Video(_) => LessonKind::Video,
            Self::Steps(_) => LessonKind::Steps,
        }
    }

    /// An empty lesson of this kind, as the console starts it.
    pub fn empty(kind: LessonKind) -> Self {
        match kind {
            LessonKind::Article => Self::Article { blocks: Vec::new() },
            LessonKind::Video => Self::Video(VideoLesson::default()),
            LessonKind::Steps => Self::Steps(StepLesson::default()),
        }
    }
}

/// 图文中的一块
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "block", rename_all = "snake_case", deny_unknown_fields)]
pub enum Block {
    /// 标题
    Heading { text: String },
    /// 段落. Inline HTML of `strong em a br` only.
    Paragraph { html: String },
    /// 图片
    Picture(Picture),
    /// 提示框
    Notice { tone: NoticeTone, text: String },
    /// 列表
    List { ordered: bool, items: Vec<String> },
}

/// 图片
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Picture {
    pub media: MediaId,
    /// What the picture shows, for those who do not see it.
    pub alt: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub caption: String,
    /// Size in pixels, so that the page does not jump while the picture loads.
    pub width: u32,
    pub height: u32,
}

/// 视频课时
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VideoLesson {
    /// Absent until an MP4 is uploaded; such a lesson cannot be published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub media: Option<MediaId>,
    /// Length in seconds.
    pub seconds: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub poster: Option<Picture>,
    /// 要点 under the video, so that it can be learnt without sound.
    pub key_points: Vec<String>,
    /// What was not watched yet cannot be skipped.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub in_order: bool,
    /// It cannot be watched faster than it was made.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub normal_speed: bool,
}

/// 动作解析课时
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StepLesson {
    /// 开始之前要备好的物品
    #[serde(default)]
    pub materials: Vec<String>,
    pub cards: Vec<StepCard>,
}

/// 步骤卡
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StepCard {
    pub title: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<Picture>,
    /// 要点
    pub key_points: Vec<String>,
    /// 质量标准, with a number wherever there is one
    pub quality: String,
    /// 常见错误
    pub mistakes: Vec<String>,
    /// 安全提示
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub safety: String,
}

/// Where a file is served from.
pub fn media_url(media: MediaId) -> String {
    format!("/media/{media}")
}
