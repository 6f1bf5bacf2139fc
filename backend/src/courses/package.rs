//! 课程包: a course as a zip, to be taken to another organisation or another installation.
//!
//! - [`gathering`] makes of a revision what a package says ([`format`]); [`packing`] writes the zip,
//!   one file after the other, and [`download`] hands it out.
//! - [`unpacking`] trusts nothing of a zip, [`checking`] nothing of what it says; [`importing`] takes
//!   its files in as uploads are, and makes a new draft in one transaction, or nothing.
//! - [`copying`] does both, without a browser in between.

mod checking;
mod citing;
mod copying;
mod download;
mod format;
mod gathering;
mod importing;
mod packing;
mod refusal;
mod unpacking;
mod upload;
mod writing;

use actix_web::web;
use shared::problem::Code;
use tokio::sync::{Semaphore, SemaphorePermit};

use crate::{
    Result,
    http::{Api, refuse},
};

/// Packages on their way at once: each may take as much of the disk as the largest one.
static PLACES: Semaphore = Semaphore::const_new(4);

/// # Errors
/// `busy` while all are taken.
fn place() -> Result<SemaphorePermit<'static>> {
    Ok(PLACES.try_acquire().map_err(|_| Code::Busy)?)
}

pub(super) fn routes(api: &mut Api) {
    api.on(copying::copy_course);
}

/// `GET /api/console/courses/{course}/package` and `POST /api/console/course-packages` with the file
/// in the one part `file`, answered with an `ImportedCourse`; for officers.
pub(super) fn plain(config: &mut web::ServiceConfig) {
    config
        .route("/api/console/courses/{course}/package", web::get().to(download::download))
        .service(
            web::resource("/api/console/course-packages")
                .route(web::post().to(upload::upload))
                .default_service(web::to(async |http| refuse(&http, Code::MethodNotAllowed))),
        );
}
