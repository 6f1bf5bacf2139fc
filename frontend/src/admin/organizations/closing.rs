//! Closing an organisation, and taking it into use again.

use leptos::prelude::*;
use shared::organizations::keeping::{CloseOrganization, OrganizationNode, ReopenOrganization};

use crate::admin::kit::{Doing, Question};

#[component]
pub fn Closing(node: OrganizationNode, on_done: Callback<()>) -> impl IntoView {
    let (asking, doing) = (RwSignal::new(false), Doing::new());
    let OrganizationNode { id, name, closed, .. } = node;
    let reopen = move |_| {
        doing.call(ReopenOrganization { organization: id }, move |()| on_done.run(()));
    };
    let close = Callback::new(move |()| {
        doing.call(CloseOrganization { organization: id }, move |()| on_done.run(()));
    });
    let stay = Callback::new(move |()| asking.set(false));
    if closed {
        return view! {
            <section>
                <h3 class="c-subtitle">"这个单位停用了"</h3>
                {doing.note()}
                <button type="button" class="c-button" disabled=doing.busy on:click=reopen>"重新启用"</button>
            </section>
        }
        .into_any();
    }
    view! {
        <section>
            <h3 class="c-subtitle">"停用"</h3>
            <p class="c-quiet">"不再合作的单位可以停用。要先把人调走，班组、课程和实训也都停了才行。"</p>
            <button type="button" class="c-button c-button--danger" on:click=move |_| asking.set(true)>"停用这个单位"</button>
            {move || asking.get().then(|| view! {
                <Question
                    title=format!("停用“{name}”？")
                    text="停用后不能再往里进人，以前的学习和实训记录都还在。以后可以重新启用。"
                    yes="停用"
                    danger=true
                    busy=doing.busy
                    on_yes=close
                    on_no=stay
                >
                    {doing.note()}
                </Question>
            })}
        </section>
    }
    .into_any()
}
