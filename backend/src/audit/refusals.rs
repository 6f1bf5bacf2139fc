//! What was refused has no transaction of its own to be recorded in, and whoever is refused may try
//! again a million times: the log must not fill the disk.
//!
//! In ten minutes each address leaves twenty records of a kind, and all addresses together two
//! thousand; beyond that only every doubling is recorded, with how many there were by then. So nobody
//! is hidden, and a flood of any size costs a few dozen records an address.

use std::{net::IpAddr, time::Duration};

use super::{Act, record_alone};
use crate::{App, Result};

const WINDOW: Duration = Duration::from_mins(10);

/// Records of a kind in a window: of one address, of all together.
const EACH: u64 = 20;
const TOGETHER: u64 = 2000;

/// Records what somebody was not let do. A failure to write it is logged: the refusal stands anyway.
pub async fn refused(app: &App, act: Act) {
    let Some(act) = counted(app, act).await else { return };
    if let Err(error) = record_alone(app, act).await {
        tracing::error!(error = format!("{error:#}"), "a refusal could not be recorded");
    }
}

/// The act with how often it happened, or nothing where it happens too often to be written each time.
async fn counted(app: &App, act: Act) -> Option<Act> {
    let event = sea_orm::ActiveEnum::to_value(&act.event);
    let from = act.actor.address.map(network).unwrap_or_default();
    let here = app.cache.count(&format!("audit:{event}:{from}"), WINDOW).await;
    if !is_written(here, EACH) {
        return None;
    }
    let all = app.cache.count(&format!("audit:{event}"), WINDOW).await;
    if !is_written(all, TOGETHER) {
        return None;
    }
    let act = if here > EACH { act.with("times", here) } else { act };
    Some(if all > TOGETHER { act.with("times_together", all) } else { act })
}

const fn is_written(count: u64, freely: u64) -> bool {
    count <= freely || count.is_power_of_two()
}

/// Whoever has one IPv6 address has the 2⁶⁴ beside it too.
fn network(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}")
        }
    }
}

/// Passes an answer on; where it is a refusal, records why.
pub async fn watched<T>(app: &App, act: Act, answer: Result<T>) -> Result<T> {
    if let Err(error) = &answer
        && let Some(code) = error.code()
    {
        refused(app, act.with("reason", code)).await;
    }
    answer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_leaves_a_few_records_and_its_size() {
        let written = |tries| (1..=tries).filter(|it| is_written(*it, EACH)).count();
        assert_eq!((written(1), written(20), written(31), written(32)), (1, 20, 20, 21));
        assert_eq!(written(1_000_000), 35);
    }

    #[test]
    fn neighbours_in_one_ipv6_network_count_as_one() {
        let of = |text: &str| network(text.parse().unwrap());
        assert_eq!(of("2001:db8::1"), of("2001:db8::ffff:2"));
        assert_ne!(of("2001:db8::1"), of("2001:db8:0:1::1"));
        assert_ne!(of("10.0.0.1"), of("10.0.0.2"));
    }
}
