//! Choosing people by name, and whole teams by one who is in them.

use leptos::{prelude::*, task::spawn_local};
use shared::{
    accounts::PersonId,
    roster::{ListRoster, RosterCard, TeamId},
};

use crate::{
    admin::kit::{TextField, TroubleNote},
    client::{Client, Trouble},
};

/// Who was chosen, with what they are called.
#[derive(Clone, Copy)]
pub struct Named {
    pub people: RwSignal<Vec<(PersonId, String)>>,
    pub teams: RwSignal<Vec<(TeamId, String)>>,
}

impl Named {
    pub fn nobody() -> Self {
        Self { people: RwSignal::new(Vec::new()), teams: RwSignal::new(Vec::new()) }
    }

    /// Tracked.
    pub fn people(self) -> Vec<PersonId> {
        self.people.with(|it| it.iter().map(|(id, _)| *id).collect())
    }

    /// Tracked.
    pub fn teams(self) -> Vec<TeamId> {
        self.teams.with(|it| it.iter().map(|(id, _)| *id).collect())
    }
}

#[component]
pub fn NamedField(named: Named) -> impl IntoView {
    let client = Client::expect();
    let words = RwSignal::new(String::new());
    let found = RwSignal::new(None::<Vec<RosterCard>>);
    let trouble = RwSignal::new(None::<Trouble>);
    let find = move |_| {
        let words = Some(words.get_untracked()).filter(|it| !it.trim().is_empty());
        if words.is_none() {
            return;
        }
        let request = ListRoster { words, active: Some(true), ..ListRoster::default() };
        spawn_local(async move {
            let answer = client.call(request).await;
            if found.is_disposed() {
                return;
            }
            trouble.set(answer.map(|page| found.set(Some(page.items))).err());
        });
    };
    view! {
        <TextField label="点名，或者找一个班组的人" hint="写姓名或工号，再点“查找”" value=words/>
        <button type="button" class="c-button" on:click=find>"查找"</button>
        {move || trouble.get().map(|trouble| view! { <TroubleNote trouble/> })}
        <div class="c-chips" aria-live="polite">
            {move || found.get().map(|cards| results(cards, named))}
        </div>
        <div class="c-chips">{move || chosen(named)}</div>
    }
}

/// Each person found, and the team of each.
fn results(cards: Vec<RosterCard>, named: Named) -> AnyView {
    if cards.is_empty() {
        return view! { <p class="c-quiet">"没有找到这个人"</p> }.into_any();
    }
    let buttons = cards.into_iter().take(10).map(|card| {
        let (id, name) = (card.id, card.name);
        let label = format!("＋ {name}（{}）", card.organization.name);
        let add = move |_| add(named.people, id, name.clone());
        let team = card.team.map(|team| {
            let label = format!("＋ 整个{}", team.name);
            let add = move |_| self::add(named.teams, team.id, team.name.clone());
            view! { <button type="button" class="c-tool" on:click=add>{label}</button> }
        });
        view! { <button type="button" class="c-tool" on:click=add>{label}</button>{team} }
    });
    buttons.collect_view().into_any()
}

fn chosen(named: Named) -> AnyView {
    let people = named.people.get().into_iter().map(|(id, name)| {
        let remove = move |_| named.people.update(|list| list.retain(|it| it.0 != id));
        view! { <button type="button" class="c-tool" on:click=remove>{format!("{name} ✕")}</button> }
    });
    let teams = named.teams.get().into_iter().map(|(id, name)| {
        let remove = move |_| named.teams.update(|list| list.retain(|it| it.0 != id));
        view! { <button type="button" class="c-tool" on:click=remove>{format!("{name} ✕")}</button> }
    });
    (people.collect_view(), teams.collect_view()).into_any()
}

fn add<T: PartialEq + Send + Sync + 'static>(
    list: RwSignal<Vec<(T, String)>>,
    id: T,
    name: String,
) {
    list.update(|list| {
        if list.iter().all(|it| it.0 != id) {
            list.push((id, name));
        }
    });
}
