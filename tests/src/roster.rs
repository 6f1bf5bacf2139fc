//! Everybody on the roster gets a phone with WeChat on it.
//!
//! The demo binds only the named cast, and binding the others is not yet something a person can do,
//! so their identities go straight into the database before the server starts.

use anyhow::{Context, Result};
use sea_orm::{
    ConnectionTrait, Database, DatabaseConnection,
    sea_query::{Expr, ExprTrait, Query, SelectStatement},
};
use uuid::Uuid;
use wechat_sandbox::{SandboxConfig, SandboxPerson};

/// Gives a WeChat of the sandbox to everybody who has none. Their keys are their staff numbers in
/// lower case, as `d0101`.
pub async fn equip(database_url: &str, wechat: &mut SandboxConfig) -> Result<()> {
    let database = Database::connect(database_url).await.context("the seeded database")?;
    for number in staff_without_phone(&database).await? {
        let person = SandboxPerson::new(&number.to_lowercase(), &number, "", "13700000000");
        for (app_id, openid) in [
            (&wechat.official_account.app_id, &person.oa_openid),
            (&wechat.mini_program.app_id, &person.mini_openid),
        ] {
            bind(&database, &number, app_id, openid, &person.unionid).await?;
        }
        wechat.people.push(person);
    }
    database.close().await?;
    Ok(())
}

async fn staff_without_phone(database: &DatabaseConnection) -> Result<Vec<String>> {
    let bound = Query::select().column("person_id").from("wechat_identities").to_owned();
    let query = Query::select()
        .column("staff_number")
        .from("people")
        .and_where(Expr::col("id").not_in_subquery(bound))
        .to_owned();
    let rows = database.query_all(&query).await?;
    rows.iter().map(|row| Ok(row.try_get("", "staff_number")?)).collect()
}

async fn bind(
    database: &DatabaseConnection,
    staff_number: &str,
    app_id: &str,
    openid: &str,
    unionid: &str,
) -> Result<()> {
    let row: SelectStatement = Query::select()
        .expr(Expr::val(Uuid::now_v7()))
        .column("id")
        .expr(Expr::val(app_id))
        .expr(Expr::val(openid))
        .expr(Expr::val(unionid))
        .column("created_at")
        .from("people")
        .and_where(Expr::col("staff_number").eq(staff_number))
        .to_owned();
    let columns = ["id", "person_id", "app_id", "openid", "unionid", "bound_at"];
    let insert = Query::insert()
        .into_table("wechat_identities")
        .columns(columns)
        .select_from(row)?
        .to_owned();
    database.execute(&insert).await?;
    Ok(())
}
