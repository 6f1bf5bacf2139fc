//! How far this server has got with an import. The transaction that brings it in is seen by nobody
//! else until it ends, so the number lives in memory; another server says only that it is at work.

use std::{
    collections::HashMap,
    sync::{
        Arc, LazyLock, Mutex, PoisonError,
        atomic::{AtomicU32, Ordering},
    },
};

use shared::roster::RosterImportId;

static RUNNING: LazyLock<Mutex<HashMap<RosterImportId, Arc<AtomicU32>>>> =
    LazyLock::new(Mutex::default);

/// Work on an import; its number is gone when this is dropped.
pub struct Progress {
    import: Option<RosterImportId>,
    done: Arc<AtomicU32>,
}

impl Progress {
    pub fn begin(import: RosterImportId) -> Self {
        let done = Arc::<AtomicU32>::default();
        RUNNING.lock().unwrap_or_else(PoisonError::into_inner).insert(import, done.clone());
        Self { import: Some(import), done }
    }

    /// Work that nobody looks at.
    pub fn unseen() -> Self {
        Self { import: None, done: Arc::default() }
    }

    /// Some more rows are through.
    pub fn advance(&self, rows: usize) {
        self.done.fetch_add(u32::try_from(rows).unwrap_or_default(), Ordering::Relaxed);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(import) = self.import {
            RUNNING.lock().unwrap_or_else(PoisonError::into_inner).remove(&import);
        }
    }
}

/// How many rows are through, where this server is at it.
pub fn done(import: RosterImportId) -> Option<u32> {
    let running = RUNNING.lock().unwrap_or_else(PoisonError::into_inner);
    running.get(&import).map(|it| it.load(Ordering::Relaxed))
}
