//! The demo world: its people, and courses that a real trainee could learn from.

mod courses;
mod files;
mod found;
mod paths;
mod people;
mod practice;
mod sessions;
mod sign_ins;
mod standards;

use sea_orm::{EntityTrait, PaginatorTrait};

use crate::{
    App, Result,
    audit::{self, Actor, Event, Object},
    training::entity::session,
};
pub use people::{SeededCast, cast};

/// Fills an empty database, or what is still missing where that was interrupted; any other database
/// is left alone.
///
/// The password is written down first; then each part comes as a whole, and what is there is not
/// made again: the people, each standard, each course, their links, the paths of the posts, and at
/// last the sessions, which say that all is there.
pub async fn seed(app: &App) -> Result<()> {
    if session::Entity::find().count(app.db.read()).await? > 0 {
        tracing::info!("the database is filled: nothing is seeded");
        return Ok(());
    }
    let cast = cast(app).await?;
    if cast.people.is_empty() {
        tracing::info!("the people in the database are not the demo's: nothing is seeded");
        return Ok(());
    }
    // Before the courses, which quote them.
    standards::bring_all(app, &cast).await?;
    let courses = courses::write(app, &cast).await?;
    standards::link_all(app, &cast, &courses).await?;
    paths::lay(app, &cast, &courses).await?;
    sessions::plan(app, &cast, &courses).await?;
    let act = Actor::SYSTEM.did(Event::DemoFilled, Object::INSTALLATION);
    audit::record_alone(app, act.with("courses", courses.len())).await?;
    tracing::info!(courses = courses.len(), "the demo world is filled");
    Ok(())
}
