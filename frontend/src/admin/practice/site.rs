//! 场次模板: what each session of the course has on site.

use leptos::prelude::*;
use shared::practice::{SITE_ROWS, SiteCheckIn, tally};

use super::{
    fields::{PracticeValue, errors_of},
    rows::Rows,
    site_fields::{MATERIALS, NeedFields, STATIONS, SiteFields},
};
use crate::admin::kit::{
    AreaField, FieldErrors, ItemTools, Items, RadioGroup, TextField, number_of,
};

#[component]
pub fn SiteForm(
    fields: SiteFields,
    errors: FieldErrors,
    current: Memo<PracticeValue>,
) -> impl IntoView {
    let check_in = std::iter::once((None, "还没定"))
        .chain(SiteCheckIn::ALL.iter().map(|it| (Some(*it), it.label())))
        .collect();
    view! {
        <section class="c-card" aria-label="场次模板">
            <header class="c-card__head"><h2 class="c-card__title">"场次模板"</h2></header>
            <p class="c-quiet">"每一场实训，现场都照这里备：几个工位、几人一组、每人用多少材料、开练前讲哪些安全事项。"</p>
            <div class="c-pair">
                <div>
                    <Needs needs=fields.stations errors words=&OF_STATIONS/>
                    <TextField label="每组几个人" value=fields.group_size error=errors.signal("practice.site.group_size")/>
                </div>
                <div>
                    <Needs needs=fields.materials errors words=&OF_MATERIALS/>
                    <Tally current/>
                </div>
            </div>
            <AreaField
                label="安全交底"
                hint="开练前由现场责任人讲给大家听，一行一条"
                rows=3
                value=fields.safety
                error=errors.signal("practice.site.safety")
            />
            <div class="c-pair">
                <RadioGroup label="签到方式" chosen=fields.check_in choices=check_in error=errors.signal("practice.site.check_in")/>
                <TextField label="现场责任人" hint="写名字或职务，例如“保洁领班”" value=fields.responsible error=errors.signal("practice.site.responsible")/>
            </div>
        </section>
    }
}

/// What is said of a list, and of its entries.
struct Words {
    /// Its path in the request.
    list: &'static str,
    title: &'static str,
    add: &'static str,
    what: &'static str,
    name: &'static str,
    amount: &'static str,
    /// The path of the amount in an entry.
    field: &'static str,
    measured: bool,
}

const OF_STATIONS: Words = Words {
    list: STATIONS,
    title: "工位",
    add: "＋ 加一个工位",
    what: "个工位",
    name: "练什么",
    amount: "几分钟",
    field: ".minutes",
    measured: false,
};
const OF_MATERIALS: Words = Words {
    list: MATERIALS,
    title: "量化实训材料",
    add: "＋ 加一样材料",
    what: "样材料",
    name: "材料",
    amount: "每人",
    field: ".per_head",
    measured: true,
};

#[component]
fn Needs(needs: Items<NeedFields>, errors: FieldErrors, words: &'static Words) -> impl IntoView {
    view! {
        <h3 class="c-subtitle">{words.title}</h3>
        <Rows
            rows=needs list=words.list errors most=SITE_ROWS add=words.add make=NeedFields::default
            row=move |key, need| view! { <Need needs key need errors words/> }
        />
    }
}

#[component]
fn Need(
    needs: Items<NeedFields>,
    key: u32,
    need: NeedFields,
    errors: FieldErrors,
    words: &'static Words,
) -> impl IntoView {
    let NeedFields { name, amount, unit } = need;
    let error = errors_of(errors, needs, key, words.list);
    let filled = Signal::derive(move || name.with(|it| !it.trim().is_empty()));
    view! {
        <li class="c-item c-need">
            <TextField label=words.name value=name error=error(".name")/>
            <TextField label=words.amount value=amount error=error(words.field)/>
            {words.measured.then(|| view! { <TextField label="单位" value=unit error=error(".unit")/> })}
            <ItemTools items=needs key what=words.what filled/>
        </li>
    }
}

/// How much of each material so many people need.
#[component]
fn Tally(current: Memo<PracticeValue>) -> impl IntoView {
    let heads = RwSignal::new("24".to_owned());
    let told = move || {
        let heads = number_of(&heads.get());
        current.with(|it| tally(&it.practice.site.materials, heads))
    };
    view! {
        <TextField label="按几个人算一算" kind="number" min="1" max="1000" value=heads/>
        <p class="c-quiet" role="status">{told}</p>
    }
}
