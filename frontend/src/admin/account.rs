//! 账号安全: the own password and the second factor.

mod own_password;
mod second_factor;
mod set_up;

use leptos::prelude::*;

use super::kit::name_page;

#[component]
pub fn AccountPage() -> impl IntoView {
    name_page("账号安全");
    view! {
        <header class="c-head"><h1 class="c-head__title">"账号安全"</h1></header>
        <second_factor::SecondFactor/>
        <own_password::OwnPassword/>
    }
}
