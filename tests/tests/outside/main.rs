//! What those who never saw the code rely on: names and addresses, headers, limits, and that no
//! input, however bad, breaks the server.

mod bad_input;
mod bodies;
mod contract;
mod headers;
mod names;
mod web_apps;
