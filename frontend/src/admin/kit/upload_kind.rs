//! What may be uploaded in the console, and what can be told of a file before a byte is sent.

use shared::{
    authoring::LARGEST_QUESTION_FILE,
    courses::CourseId,
    media::UPLOADS,
    organizations::OrganizationId,
    packages::LARGEST_PACKAGE,
    problem::{Code, Problem},
    standards::StandardId,
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
    /// Questions for the quiz of this course
    Questions(CourseId),
    /// The text of a new version of a standard
    Standard(StandardId),
    /// 课程包, of which a course of this organisation is made
    Package(Option<OrganizationId>),
}

impl UploadKind {
    pub(super) const fn accept(self) -> &'static str {
        match self {
            Self::Picture => "image/jpeg,image/png,image/webp",
            Self::Video => "video/mp4,video/quicktime,.mkv,.avi,.mov",
            Self::Recording => ".mp3,.m4a",
            Self::Slides => ".pdf,.pptx,.ppt,.docx,.doc",
            Self::Roster => ".xlsx,.csv",
            Self::Questions(_) => ".xlsx,.csv,.docx,.txt,.gift",
            Self::Standard(_) => ".docx,.pdf,.md,.txt",
            Self::Package(_) => ".zip",
        }
    }

    pub(super) fn path(self) -> String {
        match self {
            Self::Picture => "/api/console/media".into(),
            Self::Video | Self::Recording | Self::Slides => UPLOADS.into(),
            Self::Roster => "/api/console/roster/imports".into(),
            Self::Questions(course) => format!("/api/console/courses/{course}/quiz/imports"),
            Self::Standard(standard) => format!("/api/console/standards/{standard}/versions"),
            Self::Package(None) => "/api/console/course-packages".into(),
            Self::Package(Some(owner)) => {
                format!("/api/console/course-packages?organization={owner}")
            }
        }
    }

    /// Under which name it is remembered where it goes on after a stop.
    pub(super) const fn resumed_as(self) -> Option<&'static str> {
        match self {
            Self::Picture
            | Self::Roster
            | Self::Questions(_)
            | Self::Standard(_)
            | Self::Package(_) => None,
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
        let standard = |detail| Problem::from(Code::NotAStandard).detail(detail);
        let package = |detail| Problem::from(Code::NotACoursePackage).detail(detail);
        let (limit, wrong, too_large): (u32, Problem, Problem) = match self {
            Self::Picture => (5 << 20, Code::NotAPicture.into(), Code::UploadTooLarge.into()),
            Self::Video => (500 << 20, Code::NotAVideo.into(), Code::UploadTooLarge.into()),
            Self::Recording => (100 << 20, Code::NotAudio.into(), Code::UploadTooLarge.into()),
            Self::Slides => (100 << 20, Code::NotADocument.into(), Code::UploadTooLarge.into()),
            Self::Roster => (
                10 << 20,
                table("请上传 .xlsx 或 .csv 文件；旧的 .xls 请在 Excel 里另存为 .xlsx"),
                table("文件超过了 10 MB，请拆成几个文件"),
            ),
            Self::Questions(_) => (
                LARGEST_QUESTION_FILE,
                table(
                    "请选 .xlsx、.csv、Word 试卷（.docx）或者 GIFT 文本（.txt）；旧的 .xls、.doc 请另存为 .xlsx、.docx",
                ),
                table("文件超过了 2 MB，请去掉图片，或者拆成几份"),
            ),
            Self::Standard(_) => (
                20 << 20,
                standard("请上传 Word（.docx）、PDF、Markdown 或纯文本；旧的 .doc 请另存为 .docx"),
                standard("文件超过了 20 MB，请在 Word 里压缩图片，或者分成几个文件"),
            ),
            Self::Package(_) => (
                u32::try_from(LARGEST_PACKAGE).unwrap_or(u32::MAX),
                package("请选从课程页“导出课程包”下载的 .zip"),
                package("课程包太大了，请先把大的视频从课里拿掉，导入以后再传"),
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
