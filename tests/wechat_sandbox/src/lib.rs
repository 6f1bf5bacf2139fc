//! A local WeChat: the server APIs of one mini-program and one official account, and WeCom's sign-in
//! of one application, close enough to the real ones that a client which works here works there, and
//! one which is sloppy fails here first.
//!
//! It speaks real HTTP on a loopback port. Tests start it with [`Sandbox::start`]; the demo starts the
//! binary of the same name. Time, faults and people's decisions are under the caller's control, by the
//! methods of [`Sandbox`] or by JSON under `/_sandbox/`.

mod authorisation;
mod call;
mod call_log;
mod callback;
mod callback_event;
mod callback_seal;
mod clock;
mod code_picture;
mod config;
mod consents;
mod control;
mod credentials;
mod date_text;
mod demo;
mod fault_effects;
mod faults;
mod gateway;
mod links;
mod login;
mod message_values;
mod messages;
mod mini_program_codes;
mod one_time_codes;
mod overview;
mod page_tickets;
mod people;
mod phone;
mod random;
mod reply;
mod routes;
mod sandbox;
mod sent_messages;
mod session_keys;
mod state;
mod templates;
mod token_keeper;
mod tokens;
mod user_tokens;
mod web_authorisation;
mod web_identity;
mod wecom;

pub use call_log::CallRecord;
pub use callback::{Callback, Delivery, Format};
pub use config::{Account, AccountKind, SandboxConfig, Template, TemplateLine, WecomApp};
pub use faults::{Fault, FaultRule};
pub use one_time_codes::Scope;
pub use people::{OUTSIDER, SNAPSHOT_PERSON, STRANGER, SandboxPerson};
pub use sandbox::Sandbox;
pub use sent_messages::SentMessage;
pub use session_keys::session_key_signature;
