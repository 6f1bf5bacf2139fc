//! The component kit of the phone app: what pages are built from. Knows no domain.
//!
//! The styles of each piece stand in `style/ui.css`.

mod action_bar;
mod banner;
mod cell;
mod dialog;
mod field;
mod icon;
mod load;
mod look;
mod more;
mod navigation;
mod overlay;
mod page;
mod progress;
mod states;
mod tab_bar;
mod toast;
mod wake;

pub use action_bar::{ActionBar, BusyButton};
pub use banner::{Banner, Tone};
pub use cell::{Cell, Cells, Tag};
pub use dialog::{Dialog, Sheet};
pub use field::TextField;
pub use icon::{Icon, Shape};
pub use load::{Keep, Load, Loaded};
pub use look::{Look, TextSize};
pub use more::pages;
pub use navigation::Navigation;
pub use overlay::Overlay;
pub use page::{PageFrame, name_page};
pub use progress::Progress;
pub use states::{Empty, Skeleton, TroubleNote};
pub use tab_bar::{Tab, TabBar};
pub use toast::Toast;
pub use wake::on_wake;
