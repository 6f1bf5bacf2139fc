//! How many people a choice of posts, organisations, teams and names means.

use leptos::{prelude::*, task::spawn_local};
use shared::{
    authoring::CountAudience,
    organizations::{OrganizationId, PostId},
};

use super::named::Named;
use crate::client::Client;

/// What is known of the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Nobody is chosen yet.
    NoChoice,
    Counting,
    People(u32),
    /// The server did not say.
    Unknown,
}

/// Counts anew whenever the choice changes.
pub fn audience(
    posts: Signal<Vec<PostId>>,
    organizations: Signal<Vec<OrganizationId>>,
) -> RwSignal<Audience> {
    audience_of(posts, organizations, Named::nobody())
}

/// The same, with teams and people besides.
pub fn audience_of(
    posts: Signal<Vec<PostId>>,
    organizations: Signal<Vec<OrganizationId>>,
    named: Named,
) -> RwSignal<Audience> {
    let (client, newest) = (Client::expect(), StoredValue::new(0_u32));
    let audience = RwSignal::new(Audience::NoChoice);
    Effect::new(move || {
        let choice = CountAudience {
            posts: posts.get(),
            organizations: organizations.get(),
            teams: named.teams(),
            people: named.people(),
        };
        newest.update_value(|it| *it += 1);
        let this = newest.get_value();
        if choice == CountAudience::default() {
            audience.set(Audience::NoChoice);
            return;
        }
        audience.set(Audience::Counting);
        spawn_local(async move {
            let counted = client.call(choice).await;
            // The page may be gone, or the choice another one by now.
            if newest.try_get_value() == Some(this) {
                audience.set(counted.map_or(Audience::Unknown, |it| Audience::People(it.people)));
            }
        });
    });
    audience
}
