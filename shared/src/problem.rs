//! The one error every API call can answer with, as `application/problem+json` (RFC 9457).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// 出错信息
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema, thiserror::Error)]
#[error("{title}")]
pub struct Problem {
    /// A URI reference that names the kind of problem: `/problems/<code>`.
    #[serde(rename = "type")]
    pub kind: String,
    /// What to tell the user, in Chinese, as it is.
    pub title: String,
    pub status: u16,
    pub code: Code,
    /// What is particular to this case, in Chinese: how long to wait, whom to ask.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// What is wrong with which field of the request.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldProblem>,
    /// Tell the office this number when asking for help.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
}

/// 某一项填写有误
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FieldProblem {
    /// The field's path in the request, as `questions[2].options`.
    pub field: String,
    /// What to do, in Chinese.
    pub message: String,
}

impl Problem {
    #[must_use]
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    #[must_use]
    pub fn field(mut self, field: impl Into<String>, message: impl Into<String>) -> Self {
        self.fields.push(FieldProblem { field: field.into(), message: message.into() });
        self
    }

    /// Everything a person should read: the title, then what is particular to the case.
    pub fn sentence(&self) -> String {
        let mut text = self.title.clone();
        for part in self.detail.iter().chain(self.fields.iter().map(|it| &it.message)) {
            text.push_str(part_separator(&text));
            text.push_str(part);
        }
        text
    }
}

fn part_separator(text: &str) -> &'static str {
    if text.ends_with(['。', '！', '？']) { "" } else { "。" }
}

impl From<Code> for Problem {
    fn from(code: Code) -> Self {
        Self {
            kind: format!("/problems/{}", code.as_str()),
            title: code.title().into(),
            status: code.status(),
            code,
            detail: None,
            fields: Vec::new(),
            request_id: None,
        }
    }
}

macro_rules! codes {
    ($( $code:ident $name:literal $status:literal $title:literal; )+) => {
        /// Every way a call can fail. Codes are part of the API: add, never rename.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum Code { $( #[doc = $title] $code, )+ }

        impl Code {
            pub const ALL: &[Self] = &[$( Self::$code, )+];

            /// The code as it travels.
            pub const fn as_str(self) -> &'static str {
                match self { $( Self::$code => $name, )+ }
            }

            /// The HTTP status it is answered with.
            pub const fn status(self) -> u16 {
                match self { $( Self::$code => $status, )+ }
            }

            /// What to tell the user.
            pub const fn title(self) -> &'static str {
                match self { $( Self::$code => $title, )+ }
            }
        }
    };
}

codes! {
    // The request itself
    MalformedBody      "malformed_body"       400 "提交的内容读不出来，请刷新页面后再试一次";
    InvalidRequest     "invalid_request"      422 "有几处需要改一改";
    NotFound           "not_found"            404 "内容不存在或已被撤下，请返回上一页看看";
    MethodNotAllowed   "method_not_allowed"   405 "不支持这样操作，请刷新页面后再试";
    BodyTooLarge       "body_too_large"       413 "内容太大了，请分几次提交";
    BodyTooSlow        "body_too_slow"        408 "网络太慢，内容没有传完，请再试一次";
    UnsupportedBody    "unsupported_body"     415 "提交的格式不支持，请刷新页面后再试";
    TooManyTries       "too_many_tries"       429 "试的次数太多了，请过一会儿再试";
    ForeignOrigin      "foreign_origin"       403 "请从指尖教学的页面里操作";
    VersionConflict    "version_conflict"     409 "这份内容刚被别人改过，请刷新后再改，您写的文字还在";
    // Signing in
    NotSignedIn        "not_signed_in"        401 "请先登录";
    SignInExpired      "sign_in_expired"      401 "登录过期了，正在为您重新登录";
    WrongPassword      "wrong_password"       401 "用户名或密码不对，请检查大小写后再试";
    SecondFactorWrong  "second_factor_wrong"  401 "验证码不对或者用过了，请等手机上换一个新的再填";
    SignInOver         "sign_in_over"         401 "这次登录没有完成，请重新填用户名和密码";
    StepUpRequired     "step_up_required"     403 "这一步要再确认一次是您本人";
    WechatCodeInvalid  "wechat_code_invalid"  401 "微信登录没有成功，请返回重新打开一次";
    WechatBlocked      "wechat_blocked"       403 "微信暂时不让这个账号登录，请换一种方式登录或联系培训办公室";
    UnknownPerson      "unknown_person"       403 "花名册里还没有您的微信，请把姓名和工号告诉队长或培训办公室";
    BindingRefused     "binding_refused"      403 "姓名、工号和邀请码对不上，请看清邀请码再填一次；还是不行，请队长给您一个新的邀请码";
    BindingOver        "binding_over"         409 "等得太久了，请返回重新打开一次，再填邀请码";
    WechatUnavailable  "wechat_unavailable"   503 "微信那边暂时没有回应，请点“重试”";
    NotAllowed         "not_allowed"          403 "您的角色不能做这件事，需要的话请联系培训办公室";
    // Courses
    CourseIncomplete   "course_incomplete"    422 "课程还不能发布，请先补齐下面几处";
    RevisionPending    "revision_pending"     409 "这门课有一版正在校核或等着发布，先等它发布或退回";
    RevisionUnchanged  "revision_unchanged"   409 "和学员正在看的版本一样，没有要提交的改动";
    RevisionNotApproved "revision_not_approved" 409 "还没有评审通过的版本，请先提交校核";
    GateClosed         "gate_closed"          422 "岗位技能课的五化还没有达标，先补齐或者办豁免";
    RevisionMoved      "revision_moved"       409 "这一版已经不在这一步了，请刷新后再看";
    SecondPersonNeeded "second_person_needed" 409 "这一步要换一位同事来做";
    NobodyMatches      "nobody_matches"       422 "选的岗位或单位里没有人，请重新选择";
    NotAVideo          "not_a_video"          422 "这不是手机能播放的 MP4 视频，请用 H.264 编码的 MP4";
    NotAPicture        "not_a_picture"        422 "这不是能用的图片，请上传 JPG、PNG 或 WebP";
    NotAudio           "not_audio"            422 "这不是手机能播放的录音，请上传 MP3 或 M4A";
    NotADocument       "not_a_document"       422 "这份课件打不开，请导出成 PDF 再上传";
    NotSubtitles       "not_subtitles"        422 "字幕读不出来，请按 WebVTT 的格式写";
    UnknownFile        "unknown_file"         422 "这种文件不能用，请上传图片、MP4 视频、MP3 或 M4A 录音、PDF 课件";
    UploadTooLarge     "upload_too_large"     413 "文件太大了，图片不超过 5 MB，视频不超过 500 MB，录音和课件不超过 100 MB";
    UploadOutOfStep    "upload_out_of_step"   409 "上传没有接上，请点“继续上传”";
    UploadBusy         "upload_busy"          423 "这个文件正在上传，请等几秒再继续";
    UploadDamaged      "upload_damaged"       460 "这一段在路上坏了，会自动重传";
    UploadVersion      "upload_version"       412 "上传的方式不对，请刷新页面后再试";
    QuotaReached       "quota_reached"        413 "上传空间用完了，请到“课程 › 文件和空间”删掉不用的文件，或联系管理员";
    StorageFull        "storage_full"         507 "服务器的空间满了，请联系管理员";
    NotACoursePackage  "not_a_course_package" 422 "这个课程包不能导入";
    InUse              "in_use"               409 "现在还不能停用或删除";
    // The roster, and other tables
    NotASheet          "not_a_sheet"          422 "这份文件读不出来";
    ImportUnready      "import_unready"       409 "这次导入还不能这样做，请等它检查完再试";
    RowsUnmended       "rows_unmended"        409 "还有几行没有改好，请改好或者选择跳过它们";
    RosterChanged      "roster_changed"       409 "检查之后花名册又有变动，请重新检查一遍再写入";
    // Standards
    NotAStandard       "not_a_standard"       422 "这份标准读不出来";
    StandardExists     "standard_exists"      409 "这个标准号或年号已经登记过了，请在列表里找它";
    VersionUnready     "version_unready"      409 "这个版本现在不能这样做，请刷新后看看它的状态";
    ReviewOwn          "review_own"           403 "自己写的要请另一个人复核";
    // Quizzes
    QuizClosed         "quiz_closed"          409 "测验现在不开放";
    AttemptLimit       "attempt_limit"        409 "测验次数已经用完，请联系讲师";
    AttemptOver        "attempt_over"         409 "这份答卷已经交了，不能再改";
    AnswerLate         "answer_late"          409 "时间到了，这次的答案没有算进去，之前保存的都在";
    AttemptElsewhere   "attempt_elsewhere"    409 "您在另一台手机上接着答了，这台已停止保存";
    AttemptUnfinished  "attempt_unfinished"   409 "答卷还没有交，交卷后才能看结果";
    // Training sessions
    SessionFull        "session_full"         409 "名额已满，请看看其他场次";
    SessionOver        "session_over"         409 "这场实训已经结束或取消";
    NotEnrolled        "not_enrolled"         409 "您没有报名这一场";
    CheckInNotOpen     "check_in_not_open"    409 "还没到签到时间";
    CheckInCodeStale   "check_in_code_stale"  409 "这个码过期了，请对着大屏幕上的新码再扫一次";
    CheckInCodeWrong   "check_in_code_wrong"  409 "签到码不对，请看大屏幕再输一次";
    TicketSpent        "ticket_spent"         409 "这次签到没来得及完成，请再扫一次码";
    // Everything else
    Busy               "busy"                 503 "现在人太多了，请等几秒再试";
    Internal           "internal"             500 "服务器出了点问题，请稍后再试；您填写的内容还在";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_travels_under_the_name_of_its_table_row() {
        for code in Code::ALL {
            let travelled = serde_json::to_value(code).expect("a code serializes");
            assert_eq!(travelled, code.as_str());
        }
    }

    #[test]
    fn a_sentence_joins_what_a_person_should_read() {
        let problem = Problem::from(Code::CheckInNotOpen).detail("14:00 开始签到");
        assert_eq!(problem.sentence(), "还没到签到时间。14:00 开始签到");
    }
}
