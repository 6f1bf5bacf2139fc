//! Training sessions: planning and finding them, seats, and checking in.
#![expect(clippy::unwrap_used, reason = "a scene stops where it fails")]

#[macro_use]
mod scene;
mod written;

#[path = "training/browser.rs"]
mod browser;
#[path = "training/by_hand.rs"]
mod by_hand;
#[path = "training/candidates.rs"]
mod candidates;
#[path = "training/check_in.rs"]
mod check_in;
#[path = "training/pages.rs"]
mod pages;
#[path = "training/planning.rs"]
mod planning;
#[path = "training/records.rs"]
mod records;
#[path = "training/seats.rs"]
mod seats;
#[path = "training/site.rs"]
mod site;
#[path = "training/stage.rs"]
mod stage;
#[path = "training/tickets.rs"]
mod tickets;
#[path = "training/typed_code.rs"]
mod typed_code;
#[path = "training/visibility.rs"]
mod visibility;
