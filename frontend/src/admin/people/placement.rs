//! Moving somebody, taking them off post and on again.

use leptos::{prelude::*, task::spawn_local, web_sys};
use shared::{
    accounts::PersonId,
    organizations::OrganizationId,
    roster::{ListTeams, PlacePerson, RosterCard, RosterPerson, Team},
};

use crate::{
    admin::kit::{
        FieldErrors, RadioGroup, SelectField, TextField, TroubleNote, date_of,
        organization_choices, post_choices, show_first_error, today,
    },
    client::{Client, Trouble},
};

#[derive(Clone, Copy)]
pub struct PlacementFields {
    organization: RwSignal<String>,
    team: RwSignal<String>,
    post: RwSignal<String>,
    active: RwSignal<bool>,
    from: RwSignal<String>,
    errors: FieldErrors,
    start: RwSignal<Option<[String; 5]>>,
}

impl PlacementFields {
    pub fn new() -> Self {
        let text = || RwSignal::new(String::new());
        Self {
            organization: text(),
            team: text(),
            post: text(),
            active: RwSignal::new(true),
            from: text(),
            errors: FieldErrors::new(),
            start: RwSignal::new(None),
        }
    }

    pub fn fill(self, card: &RosterCard) {
        self.organization.set(card.organization.id.to_string());
        self.team.set(card.team.as_ref().map(|it| it.id.to_string()).unwrap_or_default());
        self.post.set(card.post.as_ref().map(|it| it.id.to_string()).unwrap_or_default());
        self.active.set(card.active);
        self.from.set(today().to_string());
        self.errors.set(Vec::new());
        self.start.set(Some(untrack(|| self.typed())));
    }

    fn typed(self) -> [String; 5] {
        let active = self.active.get().to_string();
        [self.organization.get(), self.team.get(), self.post.get(), active, self.from.get()]
    }

    pub fn dirty(self) -> Signal<bool> {
        Signal::derive(move || self.start.get().is_some_and(|start| start != self.typed()))
    }

    fn read(self, person: PersonId) -> Option<PlacePerson> {
        let Some(from) = date_of(&self.from.get_untracked()) else {
            self.errors.set_one("from", "请选择哪一天起生效");
            return None;
        };
        Some(PlacePerson {
            person,
            organization: self.organization.get_untracked().parse().ok()?,
            team: self.team.get_untracked().parse().ok(),
            post: self.post.get_untracked().parse().ok(),
            active: self.active.get_untracked(),
            from,
        })
    }
}

#[component]
pub fn PlacementForm(
    person: PersonId,
    fields: PlacementFields,
    on_saved: Callback<RosterPerson>,
) -> impl IntoView {
    let client = Client::expect();
    let (busy, trouble) = (RwSignal::new(false), RwSignal::new(None::<Trouble>));
    let errors = fields.errors;
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let Some(request) = fields.read(person) else {
            show_first_error();
            return;
        };
        busy.set(true);
        spawn_local(async move {
            let answer = client.call(request).await;
            if busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(person) => {
                    trouble.set(None);
                    on_saved.run(person);
                }
                Err(failed) => {
                    errors.set(failed.fields().to_vec());
                    trouble.set(Some(failed));
                    show_first_error();
                }
            }
        });
    };
    let unchanged = move || !fields.dirty().get();
    view! {
        <form class="c-form" on:submit=submit novalidate=true>
            {move || trouble.get().map(|trouble| view! { <TroubleNote trouble/> })}
            <Controls fields/>
            <div class="c-form__foot">
                <button type="submit" class="c-button c-button--primary" disabled=move || busy.get() || unchanged()>
                    {move || if busy.get() { "正在保存…" } else { "保存" }}
                </button>
            </div>
        </form>
    }
}

#[component]
fn Controls(fields: PlacementFields) -> impl IntoView {
    let PlacementFields { organization, team, post, active, from, errors, .. } = fields;
    let none = |words: &str| (String::new(), words.to_owned());
    let posts = post_choices();
    let posts = Signal::derive(move || [vec![none("没有岗位")], posts.get()].concat());
    let teams = team_choices(organization, team);
    view! {
        <SelectField label="单位" value=organization choices=organization_choices() error=errors.signal("organization")/>
        <div class="c-pair">
            <SelectField label="班组" optional=true value=team choices=teams error=errors.signal("team")/>
            <SelectField label="岗位" optional=true value=post choices=posts error=errors.signal("post")/>
        </div>
        <RadioGroup
            label="状态"
            chosen=active
            choices=vec![(true, "在岗"), (false, "离岗")]
            hint="离岗后马上不能登录；记录都留着，返岗时改回来就行"
            error=errors.signal("active")
        />
        <TextField label="从哪一天起" kind="date" value=from hint="可以选以后的日期，到那天才变；没到以前什么都不变" error=errors.signal("from")/>
    }
}

/// The teams of the organisation chosen; another organisation's team is let go.
fn team_choices(
    organization: RwSignal<String>,
    team: RwSignal<String>,
) -> Signal<Vec<(String, String)>> {
    let client = Client::expect();
    let teams = RwSignal::new(Vec::<Team>::new());
    Effect::new(move |before: Option<String>| {
        let this = organization.get();
        if before.is_some_and(|before| !before.is_empty() && before != this) {
            team.set(String::new());
        }
        if let Ok(organization) = this.parse::<OrganizationId>() {
            spawn_local(async move {
                if let Ok(found) = client.call(ListTeams { organization }).await {
                    let _ = teams.try_set(found);
                }
            });
        }
        this
    });
    Signal::derive(move || {
        let all = teams.get().into_iter().map(|it| (it.id.to_string(), it.name));
        std::iter::once((String::new(), "没有班组".to_owned())).chain(all).collect()
    })
}
