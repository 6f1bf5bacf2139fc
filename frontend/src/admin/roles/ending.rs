//! Taking a role back.

use leptos::{prelude::*, task::spawn_local};
use shared::grants::{EndGrant, GrantCard};

use crate::{
    admin::kit::{Question, TroubleNote},
    client::{Client, Trouble},
};

#[component]
pub fn EndQuestion(grant: GrantCard, on_no: Callback<()>, on_ended: Callback<()>) -> impl IntoView {
    let client = Client::expect();
    let (busy, trouble) = (RwSignal::new(false), RwSignal::new(None::<Trouble>));
    let id = grant.id;
    let end = Callback::new(move |()| {
        busy.set(true);
        spawn_local(async move {
            let answer = client.call(EndGrant { grant: id }).await;
            if busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(()) => on_ended.run(()),
                Err(failed) => trouble.set(Some(failed)),
            }
        });
    });
    let (name, role) = (grant.person.name, grant.role.label());
    view! {
        <Question
            title=format!("收回{name}的{role}？")
            text=format!("范围：{}。收回后马上不能再用这个角色做事，做过的记录都留着。", grant.scope_name)
            yes="收回"
            danger=true
            busy
            on_yes=end
            on_no
        >
            {move || trouble.get().map(|trouble| view! { <TroubleNote trouble/> })}
        </Question>
    }
}
