//! A list the officer edits.

use leptos::{
    prelude::*,
    reactive::owner::{Owner, WeakOwner},
};

/// One entry; its key stays the same while it moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Item<T> {
    pub key: u32,
    pub value: T,
}

/// A list whose entries can be added, moved and removed without losing what is typed in them.
pub struct Items<T: 'static> {
    list: RwSignal<Vec<Item<T>>>,
    next: StoredValue<u32>,
    /// The keys as they stood when the list was last sent, so that an error about "the third"
    /// stays with its entry when the entry moves.
    sent: RwSignal<Vec<u32>>,
    /// Entries made by a click belong to the page, not to the click.
    owner: StoredValue<Option<WeakOwner>>,
}

impl<T> Clone for Items<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Items<T> {}

impl<T: Copy + Send + Sync + 'static> Items<T> {
    pub fn new() -> Self {
        Self {
            list: RwSignal::new(Vec::new()),
            next: StoredValue::new(0),
            sent: RwSignal::new(Vec::new()),
            owner: StoredValue::new(Owner::current().map(|owner| owner.downgrade())),
        }
    }

    /// The entries in order.
    pub fn get(self) -> Vec<Item<T>> {
        self.list.get()
    }

    pub fn values(self) -> Vec<T> {
        self.list.with(|list| list.iter().map(|item| item.value).collect())
    }

    pub fn is_empty(self) -> bool {
        self.list.with(Vec::is_empty)
    }

    pub fn len(self) -> usize {
        self.list.with(Vec::len)
    }

    /// Adds an entry at the end.
    pub fn add(self, make: impl FnOnce() -> T) {
        let item = self.make(make);
        self.list.update(|list| list.push(item));
    }

    /// Adds an entry below another, and returns its key.
    pub fn add_below(self, key: u32, make: impl FnOnce() -> T) -> u32 {
        let item = self.make(make);
        self.list.update(|list| {
            let place = list.iter().position(|it| it.key == key).map_or(list.len(), |it| it + 1);
            list.insert(place, item);
        });
        item.key
    }

    /// Puts other entries in the place of all.
    pub fn replace<S>(self, sources: impl IntoIterator<Item = S>, make: impl Fn(S) -> T) {
        self.list.update(Vec::clear);
        self.sent.update(Vec::clear);
        for source in sources {
            self.add(|| make(source));
        }
    }

    pub fn remove(self, key: u32) {
        self.list.update(|list| list.retain(|item| item.key != key));
    }

    /// The entry of a key.
    pub fn item(self, key: u32) -> Option<Item<T>> {
        self.list.with_untracked(|list| list.iter().find(|it| it.key == key).copied())
    }

    /// Puts an entry that was removed where these begin now, and takes these out.
    pub fn put_back(self, item: Item<T>, instead_of: &[u32]) {
        self.list.update(|list| {
            let gone = |it: &Item<T>| instead_of.contains(&it.key);
            let place = list.iter().position(gone).unwrap_or(list.len());
            list.insert(place, item);
            list.retain(|it| !gone(it));
        });
    }

    /// Moves an entry one place up (-1) or down (1), where there is one.
    pub fn shift(self, key: u32, by: isize) {
        self.list.update(|list| {
            let Some(from) = list.iter().position(|item| item.key == key) else { return };
            let to = from.saturating_add_signed(by).min(list.len() - 1);
            list.swap(from, to);
        });
    }

    /// Puts an entry at a place among the others.
    pub fn put(self, key: u32, place: usize) {
        self.list.update(|list| {
            let Some(from) = list.iter().position(|item| item.key == key) else { return };
            let item = list.remove(from);
            list.insert(place.min(list.len()), item);
        });
    }

    /// Its place in the list, from 0.
    pub fn place(self, key: u32) -> usize {
        self.list.with(|list| list.iter().position(|item| item.key == key).unwrap_or_default())
    }

    pub fn is_last(self, key: u32) -> bool {
        self.list.with(|list| list.last().is_some_and(|item| item.key == key))
    }

    /// Remembers the order in which those entries that `go` travel to the server.
    pub fn mark_sent(self, go: impl Fn(T) -> bool) {
        let list = self.list.get_untracked();
        self.sent.set(list.iter().filter(|item| go(item.value)).map(|item| item.key).collect());
    }

    /// Its place when the list was last sent; absent for an entry added since.
    pub fn sent_place(self, key: u32) -> Option<usize> {
        self.sent.with(|sent| sent.iter().position(|it| *it == key))
    }

    fn make(self, make: impl FnOnce() -> T) -> Item<T> {
        let key = self.next.get_value();
        self.next.set_value(key + 1);
        let value = match self.owner.get_value().and_then(|owner| owner.upgrade()) {
            Some(owner) => owner.with(make),
            None => make(),
        };
        Item { key, value }
    }
}
