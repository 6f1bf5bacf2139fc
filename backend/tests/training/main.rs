//! Training sessions: planning and finding them, seats, and checking in.

#[macro_use]
#[path = "../scene/mod.rs"]
mod scene;

mod browser;
mod by_hand;
mod check_in;
mod pages;
mod planning;
mod records;
mod seats;
mod stage;
mod tickets;
mod typed_code;
mod visibility;
