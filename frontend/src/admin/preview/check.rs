//! 随堂自测 as the phone shows it: the questions, and once handed in what was right.
//!
//! The phone gets it as a page of the server's; this is the same, with nobody to hand it in to.

use leptos::prelude::*;
use shared::{
    authoring::{LessonChecks, OptionDraft, QuestionDraft, ShowLessonChecks},
    courses::LessonId,
    quizzes::QuestionKind,
};

use crate::{
    admin::kit::{Drawn, Load, Shown},
    ui::{
        button,
        html::{Html, div, field_of, h2, input, label, li, live, many, none, p, span, strong, ul},
    },
};

/// What leads to the questions, below a lesson that has some.
#[component]
pub fn CheckDoor(lesson: LessonId, on_press: Callback<()>) -> impl IntoView {
    let load = Load::of(move || ShowLessonChecks { lesson });
    let count = Memo::new(move |_| load.value.with(|it| it.as_ref().map_or(0, count_of)));
    let door = move || door(count.get_untracked(), on_press);
    move || (count.get() > 0).then(|| view! { <Drawn draw=door/> })
}

/// The same, of so many questions.
pub fn door(count: usize, on_press: Callback<()>) -> Html {
    let words = format!("做一做（{count} 道题）");
    many([
        p("hint").text("看完做几道题，做完这一课才算学完。"),
        button("button", &words, move || on_press.run(())),
    ])
}

fn count_of(checks: &LessonChecks) -> usize {
    checks.questions.len()
}

/// The questions as they are saved.
#[component]
pub fn CheckScreen(lesson: LessonId) -> impl IntoView {
    let load = Load::of(move || ShowLessonChecks { lesson });
    view! {
        <Shown load children=|it: LessonChecks| {
            view! { <Drawn draw=move || check(&it.title, &it.questions)/> }.into_any()
        }/>
    }
}

/// What was chosen of each question, and whether it was handed in.
#[derive(Clone, Copy)]
struct Answers {
    chosen: RwSignal<Vec<Vec<bool>>>,
    handed_in: RwSignal<bool>,
}

/// All of a lesson's questions; nothing that is chosen here is kept.
pub fn check(title: &str, questions: &[QuestionDraft]) -> Html {
    let empty = questions.iter().map(|it| vec![false; it.options.len()]).collect();
    let answers = Answers { chosen: RwSignal::new(empty), handed_in: RwSignal::new(false) };
    let count = questions.len();
    let (all, title) = (questions.to_vec(), title.to_owned());
    let shown = live(move || {
        let handed_in = answers.handed_in.get();
        let hint = if handed_in { "" } else { "答错没关系，交了就能看到为什么。" };
        let note = p("lesson-note").text(format!("{title}，{count} 道题。{hint}"));
        let one = |(place, it): (usize, &QuestionDraft)| {
            let body =
                if handed_in { verdict(it, place, answers) } else { open(it, place, answers) };
            div("check-question").with(head(it, place)).with(body)
        };
        let questions = all.iter().enumerate().map(one);
        let last = if handed_in {
            button("button button-plain", "再做一遍", move || answers.begin_again())
        } else {
            button("button", "交上去", move || answers.handed_in.set(true))
        };
        div("").with(note).all(questions).with(div("check-question").with(last))
    });
    many([h2("lesson-title").text("做一做"), shown])
}

impl Answers {
    fn choose(self, place: usize, at: usize, on: bool, several: bool) {
        self.chosen.update(|all| {
            for (other, it) in all[place].iter_mut().enumerate() {
                *it = if other == at { on } else { several && *it };
            }
        });
    }

    fn begin_again(self) {
        self.chosen.update(|all| all.iter_mut().for_each(|it| it.fill(false)));
        self.handed_in.set(false);
    }
}

fn head(it: &QuestionDraft, place: usize) -> Html {
    let several = if is_multiple(it) { "，可以选几个" } else { "" };
    let number = format!("第 {} 题　{}{several}", place + 1, it.kind.label());
    many([p("lesson-note").text(number), p("").with(strong("").text(&it.stem))])
}

fn is_multiple(it: &QuestionDraft) -> bool {
    it.kind == QuestionKind::Multiple
}

fn open(it: &QuestionDraft, place: usize, answers: Answers) -> Html {
    let several = is_multiple(it);
    let name = format!("check-{place}");
    let choice = |(at, option): (usize, &OptionDraft)| {
        let tick = input("")
            .attr("type", if several { "checkbox" } else { "radio" })
            .attr("name", &name)
            .on("change", move |event| {
                answers.choose(place, at, field_of(&event).checked(), several);
            });
        label("check-pick").with(tick).with(span("").text(&option.text))
    };
    div("").all(it.options.iter().enumerate().map(choice))
}

fn verdict(it: &QuestionDraft, place: usize, answers: Answers) -> Html {
    let chosen = answers.chosen.with_untracked(|all| all[place].clone());
    let right = it.options.iter().map(|option| option.correct);
    let correct = right.eq(chosen.iter().copied());
    let lines = it.options.iter().zip(&chosen).map(|(option, chosen)| {
        let line = if option.correct {
            li("").with(strong("").text(&option.text)).text("（正确答案）")
        } else {
            li("").text(&option.text)
        };
        if *chosen { line.text("　← 您选的") } else { line }
    });
    let told = if correct { "✓ 答对了。" } else { "✗ 没答对。" };
    let class = if correct { "check-right" } else { "check-wrong" };
    let explanation = match it.explanation.as_str() {
        "" => none(),
        text => p("").text(text),
    };
    let lines = ul("check-lines").all(lines);
    div("").with(lines).with(p(class).with(strong("").text(told))).with(explanation)
}
