//! Closing an organisation, and taking it into use again.

use leptos::prelude::*;
use shared::organizations::keeping::{
    CloseOrganization, OrganizationNode, OrganizationTree, ReopenOrganization,
};

use crate::admin::kit::{AskFirst, Doing, Load};

#[component]
pub fn Closing(
    node: OrganizationNode,
    /// The tree that it stands in.
    load: Load<OrganizationTree>,
    on_close: Callback<()>,
) -> impl IntoView {
    let doing = Doing::new();
    let OrganizationNode { id, name, closed, .. } = node;
    let reopen = move |_| {
        let reopened = load.after(ReopenOrganization { organization: id });
        doing.run(reopened, move |()| on_close.run(()));
    };
    let close = Callback::new(move |()| {
        let closed = load.after(CloseOrganization { organization: id });
        doing.run(closed, move |()| on_close.run(()));
    });
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
            <AskFirst
                label="停用这个单位"
                class="c-button c-button--danger"
                title=format!("停用“{name}”？")
                text="停用后不能再往里进人，以前的学习和实训记录都还在。以后可以重新启用。"
                yes="停用"
                doing
                on_yes=close
            />
        </section>
    }
    .into_any()
}
