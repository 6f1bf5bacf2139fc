//! Between a paragraph's form and `editor.js`, which is loaded when the first paragraph opens.

use js_sys::Array;
use leptos::{
    html,
    prelude::*,
    task::spawn_local,
    wasm_bindgen::{JsCast, JsValue, prelude::Closure},
};
use web_sys::File;

use super::pasted::{self, Piece};
use crate::admin::kit::Script;

/// What was pasted into a paragraph and is more than words.
pub struct Pasted {
    /// What stands before it in the paragraph, and behind it.
    pub before: String,
    pub after: String,
    pub parts: Vec<Part>,
}

pub enum Part {
    Piece(Piece),
    /// A picture that came along.
    File {
        file: File,
        alt: String,
    },
    /// One that did not.
    Lost {
        alt: String,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Loading,
    Open,
    Failed,
}

/// One paragraph being written.
#[derive(Clone, Copy)]
pub struct RichText {
    pub host: NodeRef<html::Div>,
    pub state: RwSignal<State>,
    /// The marks of the chosen words, and where their link leads.
    pub marks: RwSignal<String>,
    pub address: RwSignal<String>,
    value: RwSignal<String>,
    on_paste: Callback<Pasted>,
    opened: StoredValue<Option<Opened>, LocalStorage>,
}

/// What came with the HTML.
struct Beside {
    /// Files of pictures.
    files: Array,
    /// The pictures that the HTML only names, in their order: a file, or null where that is of no use.
    pictures: Array,
}

type OnPaste = dyn Fn(String, String, String, Array, Array) -> bool;

/// An editor and what it tells of.
struct Opened {
    script: Script,
    editor: Script,
    _changed: Closure<dyn Fn(String)>,
    _stands: Closure<dyn Fn(String, String)>,
    _pasted: Closure<OnPaste>,
}

impl Drop for Opened {
    fn drop(&mut self) {
        self.editor.call("close", &[]);
    }
}

impl RichText {
    pub fn open(value: RwSignal<String>, on_paste: Callback<Pasted>) -> Self {
        let rich = Self {
            host: NodeRef::new(),
            state: RwSignal::new(State::Loading),
            marks: RwSignal::default(),
            address: RwSignal::default(),
            value,
            on_paste,
            opened: StoredValue::new_local(None),
        };
        rich.start();
        rich
    }

    /// Loads what it takes, and again after a failure.
    pub fn start(self) {
        self.state.set(State::Loading);
        spawn_local(async move {
            let script = Script::load("editor", "richText").await;
            // The page may have been left in the meantime.
            let Some(Some(host)) = self.host.try_get_untracked() else { return };
            let opened = script.and_then(|script| self.open_in(&host, script));
            let state = if opened.is_some() { State::Open } else { State::Failed };
            self.opened.set_value(opened);
            self.state.set(state);
        });
    }

    fn open_in(self, host: &JsValue, script: Script) -> Option<Opened> {
        let Self { value, marks, address, .. } = self;
        let changed = Closure::<dyn Fn(String)>::new(move |html| drop(value.try_set(html)));
        let stands = Closure::<dyn Fn(String, String)>::new(move |has, leads| {
            let _ = marks.try_set(has);
            let _ = address.try_set(leads);
        });
        let pasted =
            Closure::<OnPaste>::new(move |html: String, before, after, files, pictures| {
                self.paste(&html, [before, after], &Beside { files, pictures })
            });
        let editor = script.make(
            "open",
            &[
                host.clone(),
                "段落文字".into(),
                value.get_untracked().into(),
                changed.as_ref().clone(),
                stands.as_ref().clone(),
                pasted.as_ref().clone(),
            ],
        )?;
        Some(Opened { script, editor, _changed: changed, _stands: stands, _pasted: pasted })
    }

    fn call(self, name: &str, argument: &str) {
        self.opened.with_value(|opened| {
            opened.as_ref().and_then(|it| it.editor.call(name, &[argument.into()]))
        });
    }

    pub fn toggle(self, mark: &str) {
        self.call("toggle", mark);
    }

    /// Gives the chosen words a link; without an address, takes theirs away.
    pub fn link(self, address: &str) {
        self.call("link", address);
    }

    /// Takes what is pasted, unless there is nothing to be read in it.
    fn paste(self, html: &str, [before, after]: [String; 2], beside: &Beside) -> bool {
        let pieces = pasted::read(html);
        if let [Piece::Paragraph(words)] = pieces.as_slice() {
            self.call("insert", words);
            return true;
        }
        let parts = if pieces.is_empty() {
            let files = beside.files.iter().filter_map(as_file);
            files.map(|file| Part::File { file, alt: String::new() }).collect()
        } else {
            self.parts(pieces, beside)
        };
        if parts.is_empty() {
            return false;
        }
        self.on_paste.run(Pasted { before, after, parts });
        true
    }

    /// Finds the files of the pictures: inside the HTML, named by it in the order of those that came with
    /// it, or beside it, where one was copied alone.
    fn parts(self, pieces: Vec<Piece>, beside: &Beside) -> Vec<Part> {
        let pictures = pieces.iter().filter(|it| matches!(it, Piece::Picture { .. })).count();
        let mut alone = beside.files.iter().filter_map(as_file).filter(|_| pictures == 1);
        let named = pieces.iter().filter(|it| it.is_named_picture()).count();
        // Where some are missing, nobody knows which.
        let all = usize::try_from(beside.pictures.length()).is_ok_and(|it| it == named);
        let mut in_order = beside.pictures.iter().filter(|_| all);
        let inside = |source: &str| {
            let arguments = [source.into()];
            let file = |opened: &Opened| as_file(opened.script.call("fileOf", &arguments)?);
            self.opened.with_value(|opened| opened.as_ref().and_then(file))
        };
        let mut part = |piece: Piece| {
            let named = piece.is_named_picture();
            match piece {
                Piece::Picture { source, alt } => {
                    let file =
                        if named { in_order.next().and_then(as_file) } else { inside(&source) };
                    match file.or_else(|| alone.next()) {
                        Some(file) => Part::File { file, alt },
                        None => Part::Lost { alt },
                    }
                }
                piece => Part::Piece(piece),
            }
        };
        pieces.into_iter().map(&mut part).collect()
    }
}

fn as_file(value: JsValue) -> Option<File> {
    value.dyn_into().ok()
}
