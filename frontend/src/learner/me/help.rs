//! 帮助: the questions people ask.

use super::Page;
use crate::ui::{
    Parent,
    html::{Html, details, many, p, summary},
    page_frame,
};

const QUESTIONS: [(&str, &str); 6] = [
    (
        "没有网络能学吗？",
        "看过的图文和步骤卡没有网也能看。图片和视频要先下载：打开课程，到最下面点“下载到手机”；没有这个按钮的，换手机浏览器打开。学习进度先存在手机里，有网了自动上传。",
    ),
    (
        "答题时断网了怎么办？",
        "接着答就行。答案先存在手机里，一有网就自动上传；结束前传上来的才算分。到时间会自动交卷。",
    ),
    ("答题时能退出吗？", "可以退出再进，答案都在，但时间不停。"),
    (
        "签到码扫不出来？",
        "让手机离大屏幕远一点、对正，或者在“签到”里输入码下面的 6 个数字。手机没电，请讲师帮您补签。",
    ),
    (
        "换手机了怎么办？",
        "用原来的微信号打开就行，学习记录都在。换了微信号，请队长在“班组”里给您一个邀请码。",
    ),
    ("字太小看不清？", "在“我的 → 字号和关怀版”里调大。"),
];

pub fn help_page() -> Html {
    let questions = QUESTIONS.map(|(question, answer)| {
        details("help").with(summary("").text(question)).with(p("").text(answer))
    });
    let text = "还有问题，请找队长或培训办公室。页面上有“编号”的，把编号一起告诉他们。";
    let content = many(questions).with(p("hint").text(text));
    page_frame("帮助", Parent::new(Page::Me), content)
}
