//! The stage of a confirmed version: what a change of it brings is said before it is made.

use leptos::prelude::*;
use shared::standards::{
    StandardVersionId, VersionStage,
    console::{ListClauseLinks, SetVersionStage, StandardVersion},
};

use crate::admin::{
    address::{choice_of, name_of},
    kit::{Doing, Load, Question, SelectField},
};

#[component]
pub fn Stage(
    id: StandardVersionId,
    now: VersionStage,
    load: Load<StandardVersion>,
) -> impl IntoView {
    let (stage, doing) = (RwSignal::new(name_of(&now)), Doing::new());
    let asking = RwSignal::new(None::<VersionStage>);
    let choices: Vec<_> =
        VersionStage::ALL.iter().map(|it| (name_of(it), it.label().to_owned())).collect();
    let set = Callback::new(move |stage: VersionStage| {
        let request = SetVersionStage { version: id, stage };
        doing.call(request, move |changed| {
            asking.set(None);
            load.value.set(Some(changed));
        });
    });
    let ask = move |_| {
        if let Some(stage) = choice_of(&stage.get_untracked()).filter(|it| *it != now) {
            asking.set(Some(stage));
        }
    };
    view! {
        <SelectField label="状态" value=stage choices/>
        <button type="button" class="c-button" disabled=doing.busy on:click=ask>"改变状态"</button>
        {move || asking.get().map(|stage| view! {
            <Question
                title=format!("把状态从“{}”改成“{}”？", now.label(), stage.label())
                text=brings(now, stage) yes="改变状态" danger=stage == VersionStage::Withdrawn busy=doing.busy
                on_yes=Callback::new(move |()| set.run(stage))
                on_no=Callback::new(move |()| asking.set(None))
            >
                {doing.note()}
                {(stage == VersionStage::Withdrawn).then(|| view! { <Concerned id/> })}
            </Question>
        })}
    }
}

fn brings(from: VersionStage, to: VersionStage) -> &'static str {
    match (from, to) {
        (VersionStage::Withdrawn, VersionStage::Current) => {
            "这一版重新生效，废止日期清空；当时因为废止而待复审的链接恢复原样。"
        }
        (_, VersionStage::Withdrawn) => {
            "不注日期引用这一版的链接都要复审，覆盖情况里不再有它。废止错了，可以再改回“现行”。"
        }
        (_, VersionStage::Current) => {
            "这一版立即生效；原来现行的版本随即废止，它的链接要复审或移过来。"
        }
        _ => "课程引用的链接按标准的新状态处理。",
    }
}

/// How many links a withdrawal makes wait.
#[component]
fn Concerned(id: StandardVersionId) -> impl IntoView {
    let load = Load::of(move || ListClauseLinks {
        version: Some(id),
        dated: Some(false),
        ..ListClauseLinks::default()
    });
    move || match load.value.get() {
        Some(page) if page.total == 0 => {
            view! { <p>{"您看得到的课程里，没有链接受影响。".to_owned()}</p> }
        }
        Some(page) => {
            view! { <p>{format!("您看得到的课程里，有 {} 处链接会待复审。", page.total)}</p> }
        }
        None => view! { <p>{"正在数有多少处链接…".to_owned()}</p> },
    }
}
