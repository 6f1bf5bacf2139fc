//! Files of lessons on their way in, and what is made of them for phones.
//!
//! The bytes travel by tus 1.0 (<https://tus.io>) to [`UPLOADS`]; what became of them is asked here.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    authoring::MediaFile,
    builds::CourseLink,
    content::MediaId,
    problem::{Code, Problem},
};

/// Where uploads are made, by `POST`; each then has an address of its own below.
pub const UPLOADS: &str = "/api/console/uploads";

/// Bytes of the largest file: a video.
pub const LARGEST_UPLOAD: u64 = 500 * 1024 * 1024;

endpoints! {
    GET "/api/console/uploads/{upload}/standing" Officer ShowUpload      => UploadStanding;
    GET "/api/console/upload-space"              Officer ShowUploadSpace => UploadSpace;
    GET "/api/console/media-files"               Officer ListMediaFiles  => MediaFiles;
    GET "/api/console/media/{media}"             Officer ShowMediaFile   => MediaStanding;
    DELETE "/api/console/media/{media}"          Officer RemoveMediaFile => ();
    PUT "/api/console/media/{media}/subtitles"   Officer SaveSubtitles   => MediaStanding;
}

ids! {
    /// 上传编号
    UploadId
}

choices! {
    /// 上传的状态
    UploadState {
        Receiving "正在上传",
        Checking "正在检查",
        Done "可以用了",
        Refused "不能用",
    }

    /// 为手机准备文件的状态
    MediaState {
        Working "正在转换",
        Ready "可以用了",
        /// What was uploaded can be used as it is.
        Failed "没有转换",
    }
}

/// 查看一次上传
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShowUpload {
    pub upload: UploadId,
}

/// 查看上传空间
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShowUploadSpace {}

/// 查询上传的文件
///
/// The caller's own and those of the organisations in reach, the largest first.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ListMediaFiles {
    /// Whether only those are asked for that no course uses.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unused: Option<bool>,
    /// Where the page before ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

/// 删除一个没有用到的文件
///
/// For good, with what was made of it.
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RemoveMediaFile {
    pub media: MediaId,
}

/// 查看一个文件
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShowMediaFile {
    pub media: MediaId,
}

/// 保存字幕
///
/// Of a video or a recording, as WebVTT; an empty text takes them away.
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SaveSubtitles {
    pub media: MediaId,
    pub text: String,
}

/// 一次上传
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct UploadStanding {
    pub id: UploadId,
    pub state: UploadState,
    /// Bytes.
    pub length: u64,
    pub received: u64,
    /// Per cent of the check.
    pub progress: u32,
    /// Why the file was refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trouble: Option<Code>,
    /// What is particular to this file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// The file, once it can be used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<MediaFile>,
    /// When what was not finished is thrown away.
    pub expires_at: DateTime<Utc>,
}

impl UploadStanding {
    /// Why the file was refused, as a call would have said it.
    pub fn refusal(&self) -> Option<Problem> {
        let problem = Problem::from(self.trouble?);
        Some(match &self.detail {
            Some(detail) => problem.detail(detail),
            None => problem,
        })
    }
}

/// 上传空间
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct UploadSpace {
    /// Bytes of the caller's files, of those on their way too.
    pub person_used: u64,
    pub person_limit: u64,
    /// Bytes of the files of the caller's organisation.
    pub organization_used: u64,
    pub organization_limit: u64,
    /// Whether videos are made smaller here, and whether any kind of video can be used.
    pub converts_videos: bool,
    /// Whether Word and PowerPoint files can be used as courseware.
    pub converts_office_files: bool,
}

/// 文件的情况
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MediaStanding {
    pub file: MediaFile,
    pub state: MediaState,
    /// Per cent of the conversion.
    pub progress: u32,
    /// Why it was not converted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trouble: Option<String>,
    /// Bytes of the version for phones, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub light_bytes: Option<u64>,
    /// Whether a picture of the video was taken, to be shown before it plays.
    pub has_poster: bool,
    /// Its subtitles, as WebVTT; empty where it has none.
    pub subtitles: String,
}

/// 上传的文件的一页
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MediaFiles {
    pub items: Vec<KeptFile>,
    /// How many there are on all pages.
    pub total: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// 上传的文件和用在哪里
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct KeptFile {
    pub file: MediaFile,
    /// 谁上传的; empty where nobody is known
    pub by: String,
    pub at: DateTime<Utc>,
    /// The courses that use it, in their draft or in any revision, as far as the caller sees them.
    pub used_in: Vec<CourseLink>,
    /// Whether courses use it that the caller does not see.
    pub used_elsewhere: bool,
    /// Whether clauses of standards show it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub used_in_standards: bool,
}

impl KeptFile {
    /// Whether it can be deleted.
    pub const fn is_unused(&self) -> bool {
        self.used_in.is_empty() && !self.used_elsewhere && !self.used_in_standards
    }
}
