//! Lays 岗位学习路径 of the sample courses: what a newcomer learns first, and what helps later.

use std::collections::HashMap;

use shared::courses::CourseId;

use super::SeededCast;
use crate::{App, Result, learning};

/// Posts by name, with the folders of their courses.
const PATHS: [(&str, &[&str]); 6] = [
    ("会务服务", &["conference", "doing-exam", "managing-briefing"]),
    ("卫生保洁", &["cleaning", "doing-hygiene", "managing-briefing"]),
    ("设施设备", &["facilities", "doing-handover"]),
    ("绿化养护", &["greening", "managing-clauses"]),
    ("安全保卫", &["security", "doing-handover", "leading-incident"]),
    ("机关食堂", &["canteen", "doing-hygiene"]),
];

pub(super) async fn lay(
    app: &App,
    cast: &SeededCast,
    courses: &HashMap<String, CourseId>,
) -> Result<()> {
    let path = |(post, slugs): (&str, &[&str])| {
        (cast.posts[post], slugs.iter().map(|slug| courses[*slug]).collect())
    };
    let paths: Vec<(_, Vec<_>)> = PATHS.into_iter().map(path).collect();
    app.db
        .write(move |tx| {
            Box::pin(async move {
                for (post, ordered) in paths {
                    learning::lay_path(tx, post, ordered).await?;
                }
                Ok(())
            })
        })
        .await
}
