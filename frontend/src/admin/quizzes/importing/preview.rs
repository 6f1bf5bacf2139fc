//! What was understood, with ticks, and what was not, with where and why.

use leptos::prelude::*;
use shared::authoring::{
    AddQuestions, OptionDraft, QuestionDraft, QuestionPreview, QuestionProblem, ReadQuestion,
};

use super::Open;
use crate::{
    admin::{
        kit::{Doing, Held, Table},
        quizzes::document::versioned,
    },
    client::Client,
};

const COLUMNS: &[&str] = &["-导入", "#行", "题型", "题目", "解析"];

#[component]
pub fn Preview(draft: Open, preview: QuestionPreview, on_added: Callback<usize>) -> impl IntoView {
    let QuestionPreview { questions, problems, room } = preview;
    let room = usize::try_from(room).unwrap_or_default();
    // What is asked already is left out, unless the officer says otherwise.
    let mut left = room;
    let ticked = questions.iter().map(|it| {
        let on = it.same_as.is_none() && left > 0;
        left -= usize::from(on);
        on
    });
    let ticks = RwSignal::new(ticked.collect::<Vec<bool>>());
    let count = questions.len();
    let rows = questions.iter().cloned().enumerate();
    let rows = rows.map(|(at, read)| view! { <Row at read ticks/> }).collect_view();
    view! {
        <h3 class="c-subtitle">"第 3 步 看一遍，加进测验"</h3>
        <p role="status">{format!("读懂了 {count} 题，有 {} 处要改。", problems.len())}</p>
        <Problems problems/>
        {(count > 0).then(|| view! {
            <AllOrNone ticks/>
            <Table columns=COLUMNS>{rows}</Table>
            <Take draft questions ticks room on_added/>
        })}
    }
}

#[component]
fn Problems(problems: Vec<QuestionProblem>) -> impl IntoView {
    (!problems.is_empty()).then(|| {
        let lines = problems.into_iter().map(|it| {
            let column = it.column.map(|it| format!(" {}", it.label())).unwrap_or_default();
            view! { <li>{format!("第 {} 行{column}：{}", it.row, it.message)}</li> }
        });
        view! {
            <div class="c-note c-note--warn">
                <div class="c-note__text">
                    <p>"这些地方没有读懂。改好以后再选一次就行；不改也可以，下面读懂的题照样能加。"</p>
                    <ul class="c-list">{lines.collect_view()}</ul>
                </div>
            </div>
        }
    })
}

#[component]
fn AllOrNone(ticks: RwSignal<Vec<bool>>) -> impl IntoView {
    let set = move |on: bool| ticks.update(|it| it.fill(on));
    view! {
        <div class="c-actions">
            <button type="button" class="c-button c-button--small" on:click=move |_| set(true)>"全选"</button>
            <button type="button" class="c-button c-button--small" on:click=move |_| set(false)>"全不选"</button>
        </div>
    }
}

#[component]
fn Row(at: usize, read: ReadQuestion, ticks: RwSignal<Vec<bool>>) -> impl IntoView {
    let ReadQuestion { row, question, same_as, unexplained } = read;
    let options = question.options.into_iter().map(|OptionDraft { text, correct }| {
        let mark = correct.then(|| view! { <span class="c-word c-word--good">"答案"</span> });
        view! { <li>{text}" "{mark}</li> }
    });
    view! {
        <tr>
            <td>
                <label>
                    <input
                        type="checkbox"
                        prop:checked=move || ticks.with(|it| it.get(at).copied().unwrap_or_default())
                        on:change:target=move |event| ticks.update(|it| it[at] = event.target().checked())
                    />
                    <span class="c-out-of-sight">{format!("导入第 {row} 行的题")}</span>
                </label>
            </td>
            <td class="c-number">{row}</td>
            <td>{question.kind.label()}</td>
            <th scope="row" class="c-read">
                {question.stem}
                {same_as.map(|same| view! { " "<span class="c-word c-word--waiting">{format!("和{same}一样")}</span> })}
                <ul>{options.collect_view()}</ul>
            </th>
            <td class="c-read">
                {question.explanation}
                {unexplained.then(|| view! { " "<span class="c-word c-word--waiting">"解析要补"</span> })}
            </td>
        </tr>
    }
}

#[component]
fn Take(
    draft: Open,
    questions: Vec<ReadQuestion>,
    ticks: RwSignal<Vec<bool>>,
    room: usize,
    on_added: Callback<usize>,
) -> impl IntoView {
    let (doing, client, draft) = (Doing::new(), Client::expect(), draft.get_value());
    let questions = StoredValue::new(questions);
    let count = Memo::new(move |_| ticks.with(|it| it.iter().filter(|on| **on).count()));
    let take = move |_| {
        let questions: Vec<QuestionDraft> = ticks.with_untracked(|ticks| {
            let chosen = questions.get_value().into_iter().zip(ticks).filter(|(_, on)| **on);
            chosen.map(|(it, _)| it.question).collect()
        });
        let (course, taken) = (draft.document.course, questions.len());
        let change =
            async move { client.call(AddQuestions { course, questions }).await.map(versioned) };
        let grown = draft.grow(change, move |saved, server| draft.document.add(saved, server));
        let work = async move {
            grown.await?;
            // Also where nobody waits here any more.
            draft.document.desk.renew();
            Ok(())
        };
        doing.run(work, move |()| on_added.run(taken));
    };
    let full = move || count.get() > room;
    let state = draft.state;
    let waits = move || doing.busy.get() || state.busy.get() || state.conflict.get();
    view! {
        {move || full().then(|| view! {
            <p class="c-field__error" role="alert">
                {format!("一个测验最多 100 题，这里还能加 {room} 题，请去掉几个勾。")}
            </p>
        })}
        {move || state.conflict.get().then(|| view! {
            <p class="c-field__error" role="alert">{Held::Conflict.words()}</p>
        })}
        {doing.note()}
        <div class="c-form__foot">
            <button
                type="button"
                class="c-button c-button--primary"
                disabled=move || count.get() == 0 || full() || waits()
                on:click=take
            >
                {move || if doing.busy.get() { "正在加…".to_owned() } else { format!("加进测验（{} 题）", count.get()) }}
            </button>
        </div>
    }
}
