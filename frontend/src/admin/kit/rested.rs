//! What somebody writes, once they have stopped for a moment.

use std::time::Duration;

use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*};

/// How long nothing must change.
const REST: Duration = Duration::from_millis(300);

/// The same, once it has rested.
pub fn rested<T>(value: impl Fn() -> T + Send + Sync + 'static) -> ReadSignal<T>
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let (shown, show) = signal(untrack(&value));
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    let stop = move || {
        if let Some(Some(timer)) = waiting.try_get_value() {
            timer.clear();
        }
    };
    Effect::new(move |before: Option<()>| {
        let value = value();
        stop();
        if before.is_some() {
            let timer = set_timeout_with_handle(move || show.set(value), REST);
            waiting.set_value(timer.ok());
        }
    });
    on_cleanup(stop);
    shown
}
