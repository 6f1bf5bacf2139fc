//! One person: who they are, where they work and where they worked.

use leptos::{prelude::*, task::spawn_local};
use shared::{
    accounts::PersonId,
    roster::{
        Confidential, DisclosePerson, Membership, RosterCard, RosterPerson, ShowRosterPerson,
    },
};

use super::{
    erasing::Erasing,
    invitation::InvitationButton,
    placement::{PlacementFields, PlacementForm},
    planned::Planned,
};
use crate::{
    admin::kit::{Drawer, Load, Opened, TroubleNote},
    client::{Client, Trouble},
};

#[component]
pub fn PersonDrawer(
    person: PersonId,
    on_close: Callback<()>,
    /// Called when something about them changed.
    on_saved: Callback<()>,
) -> impl IntoView {
    let load = Load::of(move || ShowRosterPerson { person });
    let fields = PlacementFields::new();
    view! {
        <Drawer title="人员" on_close dirty=fields.dirty()>
            <Opened load children=move |shown: RosterPerson| {
                fields.fill(&shown.card);
                let history = RwSignal::new(shown.history);
                let planned = RwSignal::new(shown.planned);
                let (name, active) = (shown.card.name.clone(), shown.card.active);
                let (left, erased) = (RwSignal::new(!active), shown.erased);
                let saved = Callback::new(move |person: RosterPerson| {
                    fields.fill(&person.card);
                    left.set(!person.card.active);
                    history.set(person.history);
                    planned.set(person.planned);
                    on_saved.run(());
                });
                let gone = Callback::new(move |()| {
                    on_saved.run(());
                    on_close.run(());
                });
                view! {
                    <Facts card=shown.card/>
                    <Planned person planned on_saved=saved/>
                    {if erased {
                        view! { <p class="c-quiet">"个人资料已经注销。回来上班的话，请作为新人加进花名册。"</p> }.into_any()
                    } else {
                        view! { <PlacementForm person fields on_saved=saved/> }.into_any()
                    }}
                    {active.then(|| view! { <InvitationButton person name=name.clone()/> })}
                    <History history/>
                    {move || (left.get() && !erased).then(|| {
                        view! { <Erasing person name=name.clone() on_erased=gone/> }
                    })}
                }
                .into_any()
            }/>
        </Drawer>
    }
}

#[component]
fn Facts(card: RosterCard) -> impl IntoView {
    let RosterCard { id, name, staff_number, phone, id_card, .. } = card;
    view! {
        <dl class="c-facts">
            <div class="c-facts__item"><dt>"姓名"</dt><dd>{name}</dd></div>
            <div class="c-facts__item"><dt>"工号"</dt><dd class="c-digits">{staff_number}</dd></div>
            <Number person=id what=Confidential::Phone masked=phone/>
            <Number person=id what=Confidential::IdCard masked=id_card/>
        </dl>
    }
}

/// A number that is masked until somebody asks for it.
#[component]
fn Number(person: PersonId, what: Confidential, masked: Option<String>) -> impl IntoView {
    let client = Client::expect();
    let (full, busy) = (RwSignal::new(None::<String>), RwSignal::new(false));
    let trouble = RwSignal::new(None::<Trouble>);
    let ask = move |_| {
        busy.set(true);
        spawn_local(async move {
            let answer = client.call(DisclosePerson { person, what }).await;
            if busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(number) => full.set(Some(number.value)),
                Err(failed) => trouble.set(Some(failed)),
            }
        });
    };
    let known = masked.is_some();
    let text = move || full.get().or_else(|| masked.clone()).unwrap_or_else(|| "没有登记".into());
    view! {
        <div class="c-facts__item">
            <dt>{what.label()}</dt>
            <dd class="c-digits">
                {text}
                {move || (known && full.with(Option::is_none)).then(|| view! {
                    <button type="button" class="c-tool" disabled=busy on:click=ask>"显示完整号码"</button>
                })}
            </dd>
            {move || trouble.get().map(|trouble| view! { <TroubleNote trouble/> })}
        </div>
    }
}

#[component]
fn History(history: RwSignal<Vec<Membership>>) -> impl IntoView {
    let row = |stay: Membership| {
        let until = stay.to.map_or_else(|| "至今".to_owned(), |day| format!("到 {day}"));
        let place = [Some(stay.organization), stay.team, stay.post];
        let place = place.into_iter().flatten().collect::<Vec<_>>().join(" · ");
        view! { <li>{format!("{} 起，{until}：{place}", stay.from)}</li> }
    };
    view! {
        <section>
            <h3 class="c-subtitle">"经历"</h3>
            <p class="c-quiet">"调动以后，学习、测验和实训的记录都跟着本人，不会丢。"</p>
            <ul class="c-list">{move || history.get().into_iter().map(row).collect_view()}</ul>
        </section>
    }
}
