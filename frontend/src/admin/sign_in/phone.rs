//! The word from the phone: a QR code and two digits, and asking every two seconds whether it came.

use std::time::Duration;

use leptos::{prelude::*, task::spawn_local};
use shared::{
    accounts::{
        Me,
        confirmations::{AskForConfirmation, AwaitConfirmation, ConfirmationAsked},
    },
    problem::Code,
};

use crate::{
    admin::kit::{QrDrawing, TroubleNote},
    client::{Client, Trouble},
};

const REFRESH: Duration = Duration::from_secs(2);

/// Asks at once, and again when asked to.
#[component]
pub fn PhoneForm(
    challenge: String,
    on_done: Callback<Me>,
    on_over: Callback<Trouble>,
) -> impl IntoView {
    let client = Client::expect();
    let asked = RwSignal::new(None::<ConfirmationAsked>);
    let (late, trouble) = (RwSignal::new(false), RwSignal::new(None::<Trouble>));
    let failed = Callback::new(move |failed: Trouble| {
        if failed.code() == Some(Code::SignInOver) {
            on_over.run(failed);
        } else {
            trouble.set(Some(failed));
        }
    });
    let again = challenge.clone();
    let ask = Callback::new(move |()| {
        asked.set(None);
        late.set(false);
        trouble.set(None);
        let request = AskForConfirmation { challenge: again.clone() };
        spawn_local(async move {
            match client.call(request).await {
                Ok(new) => drop(asked.try_set(Some(new))),
                Err(why) => drop(failed.try_run(why)),
            }
        });
    });
    ask.run(());
    let too_late = Callback::new(move |()| late.set(true));
    view! {
        <div class="c-form">
            {move || trouble.get().map(|trouble| view! { <TroubleNote trouble/> })}
            {move || asked.get().filter(|_| !late.get()).map(|asked| {
                let challenge = challenge.clone();
                view! { <Waiting challenge asked on_done on_late=too_late on_failed=failed/> }
            })}
            {move || late.get().then(|| view! { <p class="c-quiet" role="status">"两分钟过去了，还没有在手机上确认。"</p> })}
            {move || (late.get() || trouble.with(Option::is_some)).then(|| view! {
                <button type="button" class="c-button c-button--primary c-button--wide" on:click=move |_| ask.run(())>"再来一次"</button>
            })}
        </div>
    }
}

/// What is done on the phone, until it answers or time is up.
#[component]
fn Waiting(
    challenge: String,
    asked: ConfirmationAsked,
    on_done: Callback<Me>,
    on_late: Callback<()>,
    on_failed: Callback<Trouble>,
) -> impl IntoView {
    let client = Client::expect();
    let ConfirmationAsked { address, number, expires_in } = asked;
    let (busy, looks) = (RwSignal::new(false), StoredValue::new(0_u32));
    let look = move || {
        looks.update_value(|it| *it += 1);
        // One more than there is time for would be answered as if it had been declined.
        if looks.get_value() * 2 + 2 > expires_in {
            on_late.run(());
            return;
        }
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let request = AwaitConfirmation { challenge: challenge.clone() };
        spawn_local(async move {
            let answer = client.call(request).await;
            if busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(state) => {
                    if let Some(me) = state.me {
                        on_done.run(me);
                    }
                }
                // What the network did is asked again in two seconds.
                Err(failed) if failed.code().is_some() => on_failed.run(failed),
                Err(_) => {}
            }
        });
    };
    if let Ok(timer) = set_interval_with_handle(look, REFRESH) {
        on_cleanup(move || timer.clear());
    }
    view! {
        <ol class="c-how">
            <li>"打开手机微信的“扫一扫”，扫下面的码"</li>
            <li>"在手机上填这两位数字，点“确认登录”"</li>
        </ol>
        <QrDrawing text=address label="用手机微信扫的码"/>
        <p class="c-match" aria-label="要在手机上填的数字">{number}</p>
        <p class="c-quiet" role="status">"等您在手机上确认，两分钟内有效。扫不了，在手机上打开“我的 → 确认电脑登录”。"</p>
    }
}
