//! Courses enough to leaf through: copies of one that is published.

use anyhow::{Context, Result};
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, QueryResult, Statement,
    TransactionTrait, Value,
};
use uuid::Uuid;

/// Copies in one transaction.
const AT_ONCE: usize = 500;

/// Adds so many published courses, each with the chapters and lessons of the same one.
pub async fn add(db: &DatabaseConnection, count: usize) -> Result<()> {
    let model = Model::find(db).await?;
    let numbers: Vec<usize> = (0..count).collect();
    for some in numbers.chunks(AT_ONCE) {
        let tx = db.begin().await?;
        for number in some {
            model.copy(&tx, *number).await?;
        }
        tx.commit().await?;
    }
    Ok(())
}

/// The course that is copied.
struct Model {
    course: Uuid,
    revision: Uuid,
    /// Its chapters, each with its lessons.
    chapters: Vec<(Uuid, Vec<Uuid>)>,
    tables: Vec<Table>,
    /// All posts: each copy is for another one in turn.
    posts: Vec<Uuid>,
}

/// A table and its columns, whatever they are.
struct Table {
    name: &'static str,
    columns: Vec<String>,
}

const TABLES: [&str; 7] = [
    "courses",
    "course_revisions",
    "course_posts",
    "revision_posts",
    "chapters",
    "lessons",
    "revision_lessons",
];

impl Model {
    async fn find(db: &DatabaseConnection) -> Result<Self> {
        // Of one post, in whose place each copy has another.
        let query = "SELECT id, live_revision_id FROM courses WHERE status = 'published'
            AND (SELECT COUNT(*) FROM course_posts WHERE course_id = courses.id) = 1
            ORDER BY lessons DESC, id LIMIT 1";
        let row = ask(db, query, []).await?.pop().context("the demo has no course")?;
        let (course, revision) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
        let query = "SELECT DISTINCT chapter_id FROM revision_lessons WHERE revision_id = $1";
        let mut chapters = Vec::new();
        for row in ask(db, query, [Uuid::into(revision)]).await? {
            let chapter: Uuid = row.try_get_by_index(0)?;
            let query = "SELECT lesson_id FROM revision_lessons
                WHERE revision_id = $1 AND chapter_id = $2";
            let lessons = ask(db, query, [revision.into(), chapter.into()]).await?;
            let ids = lessons.iter().map(|it| it.try_get_by_index(0));
            chapters.push((chapter, ids.collect::<Result<_, _>>()?));
        }
        let mut tables = Vec::new();
        for name in TABLES {
            let row = ask(db, &format!("SELECT * FROM {name} LIMIT 1"), []).await?.pop();
            let row = row.with_context(|| format!("{name} is empty"))?;
            tables.push(Table { name, columns: row.column_names() });
        }
        let posts = ask(db, "SELECT id FROM posts ORDER BY id", []).await?;
        let posts = posts.iter().map(|it| it.try_get_by_index(0)).collect::<Result<_, _>>()?;
        Ok(Self { course, revision, chapters, tables, posts })
    }

    async fn copy(&self, tx: &DatabaseTransaction, number: usize) -> Result<()> {
        let (course, revision) = (Uuid::now_v7(), Uuid::now_v7());
        let title = Value::from(format!("课程 {number}（示例）"));
        let (of_course, of_revision) = (("course_id", self.course), ("revision_id", self.revision));
        let new_course = ("course_id", Value::from(course));
        let new_revision = ("revision_id", Value::from(revision));
        self.clone_row(
            tx,
            "courses",
            &[("id", self.course)],
            &[
                ("id", course.into()),
                ("live_revision_id", revision.into()),
                ("title", title.clone()),
            ],
        )
        .await?;
        self.clone_row(
            tx,
            "course_revisions",
            &[("id", self.revision)],
            &[("id", revision.into()), new_course.clone(), ("title", title)],
        )
        .await?;
        let post = ("post_id", Value::from(self.posts[number % self.posts.len()]));
        let values = [new_course.clone(), post.clone()];
        self.clone_row(tx, "course_posts", &[of_course], &values).await?;
        let values = [new_revision.clone(), post];
        self.clone_row(tx, "revision_posts", &[of_revision], &values).await?;
        for (chapter, lessons) in &self.chapters {
            let new = Uuid::now_v7();
            let values = [("id", new.into()), new_course.clone()];
            self.clone_row(tx, "chapters", &[("id", *chapter)], &values).await?;
            for lesson in lessons {
                let id = Value::from(Uuid::now_v7());
                let chapter = ("chapter_id", Value::from(new));
                let values = [("id", id.clone()), chapter.clone(), new_course.clone()];
                self.clone_row(tx, "lessons", &[("id", *lesson)], &values).await?;
                let values = [("lesson_id", id), chapter, new_course.clone(), new_revision.clone()];
                let of = [of_revision, ("lesson_id", *lesson)];
                self.clone_row(tx, "revision_lessons", &of, &values).await?;
            }
        }
        Ok(())
    }

    /// Copies the rows that have these values, with others in their place.
    async fn clone_row(
        &self,
        tx: &DatabaseTransaction,
        table: &str,
        of: &[(&str, Uuid)],
        others: &[(&str, Value)],
    ) -> Result<()> {
        let found = self.tables.iter().find(|it| it.name == table).context("no such table")?;
        let mut values: Vec<Value> = Vec::new();
        let mut place = |value: Value| {
            values.push(value);
            format!("${}", values.len())
        };
        let columns = found.columns.iter().map(|column| {
            let other = others.iter().find(|it| it.0 == column);
            other.map_or_else(|| column.clone(), |it| place(it.1.clone()))
        });
        let columns = columns.collect::<Vec<_>>().join(", ");
        let of = of.iter().map(|(column, value)| format!("{column} = {}", place((*value).into())));
        let of = of.collect::<Vec<_>>().join(" AND ");
        let names = found.columns.join(", ");
        let insert =
            format!("INSERT INTO {table} ({names}) SELECT {columns} FROM {table} WHERE {of}");
        let insert = Statement::from_sql_and_values(tx.get_database_backend(), insert, values);
        tx.execute_raw(insert).await?;
        Ok(())
    }
}

async fn ask<const N: usize>(
    db: &DatabaseConnection,
    query: &str,
    values: [Value; N],
) -> Result<Vec<QueryResult>> {
    let ask = Statement::from_sql_and_values(db.get_database_backend(), query, values);
    Ok(db.query_all_raw(ask).await?)
}
