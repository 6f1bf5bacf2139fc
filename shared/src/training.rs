//! 实训场次: enrolment and check-in.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{accounts::PersonId, courses::CourseId, page::Page};

mod site;

pub use site::*;

endpoints! {
    GET    "/api/training-sessions"                                SignedIn   ListTrainingSessions => Page<TrainingSessionCard>;
    GET    "/api/training-sessions/{session}"                      SignedIn   ShowTrainingSession  => TrainingSession;
    PUT    "/api/training-sessions/{session}/enrollment"           SignedIn   Enroll               => TrainingSessionCard;
    DELETE "/api/training-sessions/{session}/enrollment"           SignedIn   CancelEnrollment     => TrainingSessionCard;
    GET    "/api/training-sessions/{session}/check-in-code"        Instructor ShowCheckInCode      => CheckInCode;
    GET    "/api/training-sessions/{session}/attendance"           Attending  ShowAttendance       => Attendance;
    GET    "/api/training-sessions/{session}/site"                 Attending  ShowSessionSite      => SessionSite;
    PUT    "/api/training-sessions/{session}/attendance/{person}"  Instructor CheckInByHand        => Attendance;
    GET    "/api/training-sessions/{session}/candidates"           Instructor FindCandidates       => Vec<Attendee>;
    POST   "/api/check-ins/begin"                                  SignedIn   BeginCheckIn         => CheckInTicket;
    POST   "/api/check-ins/complete"                               SignedIn   CompleteCheckIn      => CheckedIn;
}

ids! {
    /// 实训场次编号
    TrainingSessionId
}

choices! {
    /// 场次状态
    SessionState { Planned "待开始", Open "签到中", Ended "已结束", Cancelled "已取消" }

    /// 签到方式
    CheckInMethod { Scan "扫码", TypedCode "输入签到码", ByHand "讲师补签" }

    /// 查询哪些场次
    SessionFilter {
        /// Enrolled in, or open for enrolment; not over.
        Upcoming "可参加的",
        /// Enrolled in, past and to come.
        Mine "我报名的",
        /// Taught by the caller, past and to come.
        Teaching "我授课的",
    }
}

/// 查询实训场次
#[derive(Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ListTrainingSessions {
    /// Absent means `upcoming`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filter: Option<SessionFilter>,
    /// The `next` of the page before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

/// 查看实训场次
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShowTrainingSession {
    pub session: TrainingSessionId,
}

/// 报名
///
/// Safe to repeat. Never more people than seats.
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Enroll {
    pub session: TrainingSessionId,
}

/// 取消报名
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CancelEnrollment {
    pub session: TrainingSessionId,
}

/// 查看签到码
///
/// For the projector: the codes of the next three minutes, so that a short network loss does not
/// stop the queue.
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShowCheckInCode {
    pub session: TrainingSessionId,
}

/// 查看到场情况
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShowAttendance {
    pub session: TrainingSessionId,
}

/// 讲师补签
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CheckInByHand {
    pub session: TrainingSessionId,
    pub person: PersonId,
    /// Why, in at least two characters: 手机没电.
    pub reason: String,
}

/// 查找可以补签的人
///
/// For those who came without being enrolled: at most 20 active people who are not in yet.
#[derive(Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FindCandidates {
    pub session: TrainingSessionId,
    /// Part of a name or of a staff number: 2 to 30 characters.
    pub search: String,
}

/// 扫码，开始签到
///
/// Judges the code at the moment of the scan; what follows may be slow.
#[derive(PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BeginCheckIn {
    /// The URL or token of the code on the wall, or the six digits below it.
    pub code: String,
}

impl std::fmt::Debug for BeginCheckIn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("BeginCheckIn").finish_non_exhaustive()
    }
}

/// 完成签到
///
/// Safe to repeat: somebody who is in stays in, with the first time.
#[derive(PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CompleteCheckIn {
    pub ticket: String,
}

impl std::fmt::Debug for CompleteCheckIn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CompleteCheckIn").finish_non_exhaustive()
    }
}

/// 实训场次卡片
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TrainingSessionCard {
    pub id: TrainingSessionId,
    pub title: String,
    pub place: String,
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    /// 讲师姓名
    pub instructor: String,
    pub seats: i32,
    /// Seats taken.
    pub taken: i32,
    pub state: SessionState,
    /// Whether the caller is enrolled.
    pub enrolled: bool,
    /// When the caller was checked in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checked_in_at: Option<DateTime<Utc>>,
    /// When check-in opens.
    pub check_in_opens_at: DateTime<Utc>,
}

/// 实训场次
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TrainingSession {
    #[serde(flatten)]
    pub card: TrainingSessionCard,
    /// 要带什么、注意什么
    pub notes: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub course: Option<SessionCourse>,
    /// Whether the caller may show the code and check people in.
    pub teaching: bool,
    pub now: DateTime<Utc>,
}

/// 场次对应的课程
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SessionCourse {
    pub id: CourseId,
    pub title: String,
}

/// 大屏幕签到码
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CheckInCode {
    pub session: TrainingSessionId,
    pub title: String,
    pub place: String,
    pub now: DateTime<Utc>,
    /// Check-in is open from here …
    pub opens_at: DateTime<Utc>,
    /// … to here.
    pub closes_at: DateTime<Utc>,
    pub codes: Vec<TimedCode>,
    pub enrolled: u32,
    pub present: u32,
}

/// 某一时段的签到码
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TimedCode {
    pub from: DateTime<Utc>,
    pub until: DateTime<Utc>,
    /// What the QR code says.
    pub url: String,
    /// For broken cameras: six digits.
    pub digits: String,
}

impl std::fmt::Debug for TimedCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TimedCode").finish_non_exhaustive()
    }
}

/// 签到凭条
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CheckInTicket {
    pub ticket: String,
    /// Complete the check-in before this.
    pub expires_at: DateTime<Utc>,
    pub session: TrainingSessionId,
    pub title: String,
    pub place: String,
    /// Already in since then; there is nothing left to do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checked_in_at: Option<DateTime<Utc>>,
}

impl std::fmt::Debug for CheckInTicket {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CheckInTicket").finish_non_exhaustive()
    }
}

/// 签到结果
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CheckedIn {
    pub session: TrainingSessionId,
    pub title: String,
    pub place: String,
    /// 本人姓名
    pub name: String,
    pub checked_in_at: DateTime<Utc>,
    /// The person had been checked in before.
    pub repeated: bool,
}

/// 到场情况
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Attendance {
    pub session: TrainingSessionId,
    pub title: String,
    pub now: DateTime<Utc>,
    /// Everyone enrolled, and everyone checked in without being enrolled.
    pub people: Vec<Attendee>,
}

/// 参训人员
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Attendee {
    pub person: PersonId,
    pub name: String,
    /// 工号
    pub staff_number: String,
    /// 单位名称
    pub organization: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checked_in_at: Option<DateTime<Utc>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<CheckInMethod>,
    /// Why the instructor checked them in by hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}
