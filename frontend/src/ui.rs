//! The component kit of the phone app: what pages are built from. Knows no domain.
//!
//! The styles of each piece stand in `style/ui.css`.

mod act;
mod banner;
mod button;
mod cell;
mod dialog;
mod field;
pub mod html;
mod icon;
mod load;
mod look;
mod navigation;
mod overlay;
mod page;
mod pages;
mod progress;
mod states;
mod tab_bar;
mod toast;
mod wake;

pub use act::Act;
pub use banner::{Tone, banner};
pub use button::{action_bar, action_words, busy_button, button, chip, link_button};
pub use cell::{Cell, cells, tag};
pub use dialog::{Dialog, sheet};
pub use field::{Field, text_input};
pub use icon::{Shape, icon};
pub use load::{Keep, Load};
pub use look::{Look, TextSize};
pub use navigation::Navigation;
pub use overlay::Overlay;
pub use page::{Parent, name_page, page_frame};
pub use pages::pages;
pub use progress::progress;
pub use states::{empty, note, trouble_note};
pub use tab_bar::{Tab, tab_bar};
pub use toast::Toast;
pub use wake::on_wake;
