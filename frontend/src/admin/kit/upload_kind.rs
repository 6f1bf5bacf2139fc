//! What may be uploaded in the console, and what can be told of a file before a byte is sent.

use shared::{
    media::UPLOADS,
    problem::{Code, Problem},
};
use web_sys::File;

/// What may be uploaded here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UploadKind {
    Picture,
    Video,
    /// 录音
    Recording,
    /// 课件
    Slides,
    /// 花名册
    Roster,
}

impl UploadKind {
    pub(super) const fn accept(self) -> &'static str {
        match self {
            Self::Picture => "image/jpeg,image/png,image/webp",
            Self::Video => "video/mp4,video/quicktime,.mkv,.avi,.mov",
            Self::Recording => ".mp3,.m4a",
            Self::Slides => ".pdf,.pptx,.ppt,.docx,.doc",
            Self::Roster => ".xlsx,.csv",
        }
    }

    pub(super) const fn path(self) -> &'static str {
        match self {
            Self::Picture => "/api/console/media",
            Self::Video | Self::Recording | Self::Slides => UPLOADS,
            Self::Roster => "/api/console/roster/imports",
        }
    }

    /// Under which name it is remembered where it goes on after a stop.
    pub(super) const fn resumed_as(self) -> Option<&'static str> {
        match self {
            Self::Picture | Self::Roster => None,
            Self::Video => Some("video"),
            Self::Recording => Some("recording"),
            Self::Slides => Some("slides"),
        }
    }

    /// What can be told before a byte is sent.
    pub(super) fn refuse(self, file: &File) -> Option<Problem> {
        let name = file.name().to_lowercase();
        // Windows calls a CSV file one of Excel's: for tables the name says more than the type.
        let known =
            self.accept().split(',').any(|kind| kind == file.type_() || name.ends_with(kind));
        let table = |detail| Problem::from(Code::NotASheet).detail(detail);
        let (limit, wrong, too_large) = match self {
            Self::Picture => (5 << 20, Code::NotAPicture.into(), Code::UploadTooLarge.into()),
            Self::Video => (500 << 20, Code::NotAVideo.into(), Code::UploadTooLarge.into()),
            Self::Recording => (100 << 20, Code::NotAudio.into(), Code::UploadTooLarge.into()),
            Self::Slides => (100 << 20, Code::NotADocument.into(), Code::UploadTooLarge.into()),
            Self::Roster => (
                10 << 20,
                table("请上传 .xlsx 或 .csv 文件；旧的 .xls 请在 Excel 里另存为 .xlsx"),
                table("文件超过了 10 MB，请拆成几个文件"),
            ),
        };
        if !known {
            Some(wrong)
        } else if file.size() > f64::from(limit) {
            Some(too_large)
        } else {
            None
        }
    }
}
