//! Letting somebody in: a code with which they bind their WeChat.

use leptos::{prelude::*, task::spawn_local};
use shared::{
    accounts::{
        PersonId,
        binding::{Invitation, MakeInvitation},
    },
    time,
};

use crate::{
    admin::kit::{Notice, TroubleNote},
    client::{Client, Trouble},
};

#[component]
pub fn InvitationButton(person: PersonId, name: String) -> impl IntoView {
    let client = Client::expect();
    let (busy, trouble) = (RwSignal::new(false), RwSignal::new(None::<Trouble>));
    let made = RwSignal::new(None::<Invitation>);
    let ask = move |_| {
        busy.set(true);
        spawn_local(async move {
            let answer = client.call(MakeInvitation { person }).await;
            if busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(invitation) => {
                    trouble.set(None);
                    made.set(Some(invitation));
                }
                Err(failed) => trouble.set(Some(failed)),
            }
        });
    };
    let close = Callback::new(move |()| made.set(None));
    view! {
        <section>
            <h3 class="c-subtitle">"绑定微信"</h3>
            <p class="c-quiet">"没绑定的人、换了微信号的人，给本人一个邀请码，在本人手机上打开指尖教学填进去。"</p>
            {move || trouble.get().map(|trouble| view! { <TroubleNote trouble/> })}
            <button type="button" class="c-button c-button--small" disabled=busy on:click=ask>"给邀请码"</button>
            {move || made.get().map(|invitation| {
                let (first, second) = invitation.code.split_at(invitation.code.len() / 2);
                let code = format!("{first} {second}");
                let until = time::local(invitation.expires_at).format("%-m月%-d日 %H:%M");
                view! {
                    <Notice
                        title=format!("给{name}的邀请码")
                        text="只显示这一次，只能用一次。请本人填姓名、工号和这个码。"
                        on_close=close
                    >
                        <p class="c-head__title c-digits">{code}</p>
                        <p class="c-quiet">{format!("{until} 之前有效")}</p>
                    </Notice>
                }
            })}
        </section>
    }
}
