//! What every page of the console is built from. Knows no domain.

mod ask_first;
mod chart;
mod chart_layout;
mod crop;
mod doing;
mod download;
mod draft;
mod drag;
mod errors;
mod fields;
mod filter_select;
mod groups;
mod guard;
mod item_tools;
mod items;
mod keep;
mod load;
mod modal;
mod phone;
mod picture;
mod qr;
mod rested;
mod resume;
mod save_bar;
mod script;
mod search_field;
mod table;
mod time_fields;
mod trouble_note;
mod upload;
mod upload_kind;

pub use ask_first::AskFirst;
pub use chart::{Chart, Counts, Series};
pub use crop::CropPanel;
pub use doing::Doing;
pub use download::DownloadLink;
pub use draft::{Answer, ByItself, Delivery, Document, Draft, Form, Held, SaveState, Versioned};
pub use drag::DragHandle;
pub use errors::{FieldErrors, show_first as show_first_error};
pub use fields::{AreaField, SelectField, TextField, fresh_id};
pub use filter_select::{FilterSelect, organization_choices, post_choices};
pub use groups::{CheckGroup, RadioGroup, Tick};
pub use guard::LeaveGuard;
pub use item_tools::ItemTools;
pub use items::{Item, Items};
pub use keep::{DraftOwner, is_kept, key_of};
pub use load::{Load, Opened, Shown, SignedInAgain};
pub use modal::{Drawer, Notice, Panel, Question};
pub use phone::{Drawn, Phone};
pub use picture::{PictureField, PictureFields};
pub use qr::QrDrawing;
pub use rested::rested;
pub use save_bar::{SaveBar, SaveNotes};
pub use script::Script;
pub use search_field::SearchField;
pub use table::{Pager, Places, Table, places_of};
pub use time_fields::{
    date_of, instant_of, instant_text, number_of, number_or_nothing, number_text, today,
};
pub use trouble_note::TroubleNote;
pub use upload::{FileButton, UploadButton, reading, send_picture};
pub use upload_kind::UploadKind;

use leptos::prelude::*;

/// Calls the page by a name, in the browser's tab and history.
pub fn name_page(title: &str) {
    document().set_title(&format!("{title} · 指尖教学管理台"));
}

/// Splits what was written one entry a line; empty lines do not count.
pub fn lines_of(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}
