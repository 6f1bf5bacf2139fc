//! What a lesson is made of: blocks, a video, or step cards.
//!
//! Authored once, shown by the phone, by the console's preview and by the server's own pages. Text
//! is plain everywhere but in [`Block::Paragraph`], whose inline HTML the server sanitises on
//! write; clients may show it as HTML only because of that.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    courses::LessonId,
    standards::{ClauseLinkId, ClauseQuote},
};

/// Bytes that one file of a lesson may take to be played, without another lesson that teaches the same
/// with pictures and text.
pub const HEAVY: u64 = 20 << 20;
/// Seconds of the longest silent loop of a step card.
pub const LONGEST_CLIP: u32 = 15;

ids! {
    /// 媒体文件编号
    MediaId
}

choices! {
    /// 课时形式
    LessonKind {
        Article "图文",
        Video "视频",
        Steps "动作解析",
        Slides "课件",
        Recording "录音讲解",
    }

    /// 提示框的语气
    NoticeTone { Tip "要点", Caution "注意", Danger "危险" }

    /// 上传文件的种类
    MediaKind { Image "图片", Video "视频", Audio "录音", Document "课件" }
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
    /// 课件
    Slides(SlideLesson),
    /// 录音讲解
    Recording(VideoLesson),
}

impl LessonContent {
    pub const fn kind(&self) -> LessonKind {
        match self {
            Self::Article { .. } => LessonKind::Article,
            Self::Video(_) => LessonKind::Video,
            Self::Steps(_) => LessonKind::Steps,
            Self::Slides(_) => LessonKind::Slides,
            Self::Recording(_) => LessonKind::Recording,
        }
    }

    /// An empty lesson of this kind, as the console starts it.
    pub fn empty(kind: LessonKind) -> Self {
        match kind {
            LessonKind::Article => Self::Article { blocks: Vec::new() },
            LessonKind::Video => Self::Video(VideoLesson::default()),
            LessonKind::Steps => Self::Steps(StepLesson::default()),
            LessonKind::Slides => Self::Slides(SlideLesson::default()),
            LessonKind::Recording => Self::Recording(VideoLesson::default()),
        }
    }

    /// 图文版: the lesson of the same course that teaches the same with pictures and text. Finishing it
    /// is finishing that lesson, and not this one.
    pub const fn twin(&self) -> Option<LessonId> {
        match self {
            Self::Article { .. } => None,
            Self::Video(it) | Self::Recording(it) => it.twin,
            Self::Steps(it) => it.twin,
            Self::Slides(it) => it.twin,
        }
    }

    /// The same, to be changed. An article has no room for one: it is what others have as theirs.
    pub const fn twin_mut(&mut self) -> Option<&mut Option<LessonId>> {
        match self {
            Self::Article { .. } => None,
            Self::Video(it) | Self::Recording(it) => Some(&mut it.twin),
            Self::Steps(it) => Some(&mut it.twin),
            Self::Slides(it) => Some(&mut it.twin),
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
    /// 表格. Rows from the top, each as long as the others; the first names the columns.
    Table { rows: Vec<Vec<String>> },
    /// 图片组. [`GALLERY_LEAST`] to [`GALLERY_MOST`] pictures, of which a phone shows one at a time.
    Gallery { pictures: Vec<Picture> },
    /// 条文引用. Where a clause that the lesson is linked to is shown; what it says is not written here.
    Clause {
        link: ClauseLinkId,
        /// Known of the link, and filled in for those who read; absent where they see no such link.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        quote: Option<ClauseQuote>,
    },
    /// 附件
    Attachment(Attachment),
    /// 短视频
    Video(ShortVideo),
}

/// How many pictures a 图片组 has at least: fewer are a 图片.
pub const GALLERY_LEAST: usize = 2;
/// How many it has at most: nobody swipes further.
pub const GALLERY_MOST: usize = 9;

/// How many rows a table has at most, the one that names the columns among them.
pub const TABLE_ROWS: usize = 100;
/// How many columns a table has at most: a phone shows two or three at a time.
pub const TABLE_COLUMNS: usize = 10;

/// 图片
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
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

impl Picture {
    /// The sizes in which it can be fetched, as a `srcset`: the server has smaller ones of what is wider.
    pub fn srcset(&self) -> String {
        let url = media_url(self.media);
        let smaller = [360, 720, 1080].into_iter().filter(|width| *width < self.width);
        let smaller = smaller.map(|width| format!("{url}/w{width} {width}w"));
        let whole = format!("{url} {}w", self.width);
        smaller.chain([whole]).collect::<Vec<_>>().join(",")
    }
}

/// 附件: a PDF to be taken along
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Attachment {
    pub media: MediaId,
    /// What it is called, without an ending.
    pub name: String,
    /// Its size; known of the file.
    #[serde(default)]
    pub bytes: u64,
}

/// 短视频: within a text, watched or not
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShortVideo {
    pub media: MediaId,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub caption: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub poster: Option<Picture>,
    /// Length in seconds; known of the file.
    #[serde(default)]
    pub seconds: u32,
    /// Bytes that playing it takes. This and what follows is known of the file, and filled in for
    /// those who learn.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub bytes: u64,
    /// Whether a picture of it was taken, where no other stands for it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub pictured: bool,
}

/// 视频课时, or 录音讲解课时
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[expect(clippy::struct_excessive_bools, reason = "each is a rule or a fact of its own")]
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
    /// Bytes that playing it takes. This and what follows is known of the file, and filled in for
    /// those who learn.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub bytes: u64,
    /// Whether a picture of the video was taken, where no other stands for it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub pictured: bool,
    /// Whether it has subtitles.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub subtitled: bool,
    /// What the subtitles are called beside the file, which a revision says once and for all: their text
    /// never changes under this name. Empty where they were taken away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subtitles: Option<String>,
    /// As [`LessonContent::twin`] says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub twin: Option<LessonId>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks with a reference")]
const fn is_zero(number: &u64) -> bool {
    *number == 0
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks with a reference")]
const fn is_none(number: &u32) -> bool {
    *number == 0
}

/// 课件课时
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SlideLesson {
    /// Absent until a PDF is uploaded; such a lesson cannot be published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub media: Option<MediaId>,
    /// How many pages it has, each at [`page_url`].
    pub pages: u32,
    /// Size of the first page in pixels, so that the others have room while they load.
    pub width: u32,
    pub height: u32,
    /// Bytes of all pages; known of the file, and filled in for those who learn.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub bytes: u64,
    /// As [`LessonContent::twin`] says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub twin: Option<LessonId>,
}

/// 动作解析课时
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StepLesson {
    /// 开始之前要备好的物品
    #[serde(default)]
    pub materials: Vec<String>,
    pub cards: Vec<StepCard>,
    /// As [`LessonContent::twin`] says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub twin: Option<LessonId>,
}

/// 步骤卡
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StepCard {
    pub title: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<Picture>,
    /// Shown instead of the picture, which stands for it until it plays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clip: Option<Clip>,
    /// 要点
    pub key_points: Vec<String>,
    /// 质量标准, with a number wherever there is one
    pub quality: String,
    /// 用时 in seconds; 0 where nobody said.
    #[serde(default, skip_serializing_if = "is_none")]
    pub seconds: u32,
    /// 常见错误
    pub mistakes: Vec<String>,
    /// 安全提示
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub safety: String,
}

/// 循环短片: a video that plays over and over without sound, [`LONGEST_CLIP`] seconds at most
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Clip {
    pub media: MediaId,
    /// Length in seconds.
    pub seconds: u32,
    /// Bytes that playing it takes. This and what follows is known of the file, and filled in for
    /// those who learn.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub bytes: u64,
    /// Whether a picture of it was taken.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub pictured: bool,
}

endpoints! {
    POST "/api/media/{media}/links" SignedIn MakeMediaLink => MediaLink;
}

/// 生成限时链接
///
/// To a file that the caller may see, for a program that cannot sign in.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MakeMediaLink {
    pub media: MediaId,
    /// What was made of it, as `360p`, `poster` or `page-1`; absent: the file itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// 限时链接
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MediaLink {
    pub url: String,
    /// It ends with the caller's sign-in, too.
    pub expires_at: chrono::DateTime<chrono::Utc>,
}

/// Where a file is served from.
pub fn media_url(media: MediaId) -> String {
    format!("/media/{media}")
}

/// Where a page of courseware is served from, counted from 1.
pub fn page_url(media: MediaId, page: u32) -> String {
    format!("/media/{media}/page-{page}")
}
