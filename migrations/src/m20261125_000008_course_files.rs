//! Which files a course shows: whoever may see the course may fetch them.

use sea_orm_migration::{
    prelude::*,
    sea_orm::{ConnectionTrait, JsonValue, Statement, prelude::Uuid},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLE: &str = "
    CREATE TABLE course_files (
        course_id uuid NOT NULL REFERENCES courses (id),
        media_id uuid NOT NULL REFERENCES media (id),
        PRIMARY KEY (course_id, media_id)
    );
    CREATE INDEX course_files_media ON course_files (media_id);
";

/// What names files: a course's cover, and its lessons.
const WRITTEN: &str = "
    SELECT id AS course_id, CAST(cover AS text) AS written FROM courses WHERE cover IS NOT NULL
    UNION ALL
    SELECT course_id, CAST(content AS text) AS written FROM lessons
";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        db.execute_unprepared(TABLE).await?;
        let backend = manager.get_database_backend();
        for row in db.query_all_raw(Statement::from_string(backend, WRITTEN)).await? {
            let course: Uuid = row.try_get("", "course_id")?;
            let written: String = row.try_get("", "written")?;
            let mut files = Vec::new();
            named(&written.parse().unwrap_or(JsonValue::Null), &mut files);
            for file in files {
                let known = Query::select()
                    .expr(Expr::val(course))
                    .column("id")
                    .from("media")
                    .and_where(Expr::col("id").eq(file))
                    .to_owned();
                let mut insert = Query::insert();
                insert.into_table("course_files").columns(["course_id", "media_id"]);
                insert.select_from(known).map_err(|error| DbErr::Custom(error.to_string()))?;
                insert.on_conflict(OnConflict::new().do_nothing().to_owned());
                db.execute(&insert).await?;
            }
        }
        Ok(())
    }

    /// A transaction on SQLite too, where it is not the default.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// Every file that is named anywhere in a text.
fn named(value: &JsonValue, files: &mut Vec<Uuid>) {
    match value {
        JsonValue::Object(fields) => {
            for (name, value) in fields {
                if name == "media" {
                    files.extend(value.as_str().and_then(|it| it.parse::<Uuid>().ok()));
                }
                named(value, files);
            }
        }
        JsonValue::Array(items) => items.iter().for_each(|item| named(item, files)),
        _ => {}
    }
}
