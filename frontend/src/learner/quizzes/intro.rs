//! Before a quiz: its rules, as sentences.

use chrono::TimeDelta;
use leptos::{prelude::*, task::spawn_local};
use shared::{
    quizzes::{PastAttempt, Quiz, QuizId, ShowQuiz, StartAttempt},
    time::{clock_time, moment},
};

use super::super::Page;
use crate::{
    client::{Client, Trouble},
    clock, storage,
    ui::{
        ActionBar, BusyButton, Cell, Cells, Keep, Load, Loaded, Navigation, PageFrame, Shape, Tag,
        Tone, TroubleNote, name_page,
    },
};

#[component]
pub fn QuizPage(quiz: QuizId) -> impl IntoView {
    let load = Load::of(Keep::No, move || ShowQuiz { quiz });
    let parent = Signal::derive(move || {
        load.get().map_or(Page::Courses, |quiz| Page::Course(quiz.course)).to_string()
    });
    view! {
        <PageFrame title="测验" parent>
            <Loaded load children=show/>
        </PageFrame>
    }
}

fn show(quiz: Quiz) -> AnyView {
    clock::learn(quiz.now);
    name_page(&quiz.title);
    let rules = rules(&quiz).into_iter().map(|rule| view! { <li>{rule}</li> }).collect_view();
    view! {
        <h2 class="lesson-title">{quiz.title.clone()}</h2>
        <p class="lesson-note">{quiz.course_title.clone()}</p>
        <section class="rules">
            <h3>"答题前请看"</h3>
            <ul>{rules}</ul>
        </section>
        {past(&quiz.past)}
        <Begin quiz/>
    }
    .into_any()
}

fn rules(quiz: &Quiz) -> Vec<String> {
    let now = clock::now();
    let end = now + TimeDelta::minutes(quiz.minutes.into());
    let end = quiz.closes_at.map_or(end, |closes| closes.min(end));
    let left = quiz.attempts.saturating_sub(quiz.attempts_used);
    let mut rules = vec![
        format!("一共 {} 道题，{} 分及格（满分 100 分）。", quiz.questions, quiz.pass_mark),
        format!("时间 {} 分钟。现在开始，{} 结束。", quiz.minutes, clock_time(end)),
        "可以退出再进，时间不停。".into(),
        "每选一次就自动保存。没有网络也能接着答，答案存在手机里，恢复后自动上传。".into(),
        "到时间会自动交卷，已经保存的答案都算分。".into(),
        format!("每人可以考 {} 次，您还有 {left} 次。", quiz.attempts),
        format!("答案解析：{}。", quiz.release.label()),
    ];
    if let Some(closes) = quiz.closes_at {
        rules.push(format!("这场测验 {} 截止，过了就不能再考。", moment(closes, now)));
    }
    rules
}

fn past(past: &[PastAttempt]) -> Option<AnyView> {
    if past.is_empty() {
        return None;
    }
    let rows = past.iter().map(|attempt| {
        let (tone, text) = if attempt.passed { (Tone::Good, "及格") } else { (Tone::Wait, "没及格") };
        let value = view! { <Tag tone text/> }.into_any();
        let title = format!("{} 分", attempt.score);
        let note = moment(attempt.submitted_at, clock::now());
        view! { <Cell to=Page::Result(attempt.attempt) title note value shape=Shape::Medal/> }
    });
    let rows = rows.collect_view();
    Some(view! { <Cells title="以前的成绩">{rows}</Cells> }.into_any())
}

#[component]
fn Begin(quiz: Quiz) -> impl IntoView {
    let (client, navigation) = (Client::expect(), Navigation::expect());
    let (busy, trouble) = (RwSignal::new(false), RwSignal::new(None::<Trouble>));
    let id = quiz.id;
    let begin = Callback::new(move |()| {
        busy.set(true);
        spawn_local(async move {
            let request = StartAttempt { quiz: id, device: Some(storage::device()) };
            match client.call(request).await {
                Ok(attempt) => {
                    clock::learn(attempt.now);
                    navigation.go(&Page::Attempt(attempt.id).to_string());
                }
                Err(failed) => _ = trouble.try_set(Some(failed)),
            }
            busy.try_set(false);
        });
    });
    let closed = quiz.closes_at.is_some_and(|closes| closes <= clock::now());
    let button = if let Some(running) = quiz.running {
        view! { <a class="button" href=Page::Attempt(running).to_string()>"继续答题"</a> }.into_any()
    } else if closed {
        view! { <p class="action-words">"测验已经截止"</p> }.into_any()
    } else if quiz.attempts_used >= quiz.attempts {
        view! { <p class="action-words">"次数用完了。需要再考，请联系讲师。"</p> }.into_any()
    } else {
        let text = if quiz.past.is_empty() { "开始答题" } else { "再考一次" };
        view! { <BusyButton text doing="正在出卷…" busy on_press=begin/> }.into_any()
    };
    view! {
        {move || trouble.get().map(|trouble| view! { <TroubleNote trouble/> })}
        <ActionBar>{button}</ActionBar>
    }
}
