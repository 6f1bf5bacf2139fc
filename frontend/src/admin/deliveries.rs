//! 消息投递: what became of messages through WeChat, and what was given up.

mod dead;
mod numbers;
mod retrying;
mod templates;

use leptos::prelude::*;
use shared::deliveries::{Deliveries, ShowDeliveries};

use self::{dead::DeadJobs, numbers::Numbers, templates::Templates};
use super::kit::{Load, Shown, name_page};

#[component]
pub fn DeliveriesPage() -> impl IntoView {
    name_page("消息投递");
    let load = Load::of(|| ShowDeliveries {});
    let again = RwSignal::new(0);
    let refresh = Callback::new(move |()| {
        load.reload();
        again.update(|it| *it += 1);
    });
    view! {
        <header class="c-head">
            <h1 class="c-head__title">"消息投递"</h1>
            <button type="button" class="c-button" on:click=move |_| refresh.run(())>"刷新"</button>
        </header>
        <p class="c-quiet">
            "每条消息都先进本人的“消息”，不会丢。本人允许过微信提醒的，再由微信发一次；这里看微信那一次怎么样了。"
        </p>
        <Shown load children=|deliveries: Deliveries| view! {
            <Templates templates=deliveries.templates/>
            <Numbers kinds=deliveries.kinds/>
        }.into_any()/>
        <DeadJobs again on_retried=Callback::new(move |()| load.reload())/>
    }
}
