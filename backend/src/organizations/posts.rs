//! How posts are kept. They are the same for everybody, so only those who reach everything do.

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr,
};
use shared::{
    organizations::{
        keeping::{ManagedPost, PostList, SavePost},
        *,
    },
    problem::{Code, Problem},
};

use super::{
    entity::post,
    words::{refuse_in_use, refused, taken, tidy_name},
};
use crate::{
    Result,
    accounts::{self, Reach},
    audit::{self, Actor, Event},
    courses,
    db::{Connection, Transaction},
    error::OnUnique,
    roster,
};

/// Characters of a name, and of a code.
pub(super) const LONGEST_NAME: usize = 40;
const LONGEST_CODE: usize = 20;

/// Those in use, in their order.
pub(super) async fn in_use(db: &Connection) -> Result<Vec<post::Model>> {
    let find = post::Entity::find()
        .filter(post::Column::RetiredAt.is_null())
        .order_by_asc(post::Column::Position)
        .order_by_asc(post::Column::Code);
    Ok(find.all(db).await?)
}

/// All of them, the retired ones last.
pub(super) async fn list(db: &Connection, reach: &Reach) -> Result<PostList> {
    let people = accounts::people_by_post(db, reach).await?;
    let retired = post::Entity::find()
        .filter(post::Column::RetiredAt.is_not_null())
        .order_by_asc(post::Column::Code);
    let all = in_use(db).await?.into_iter().chain(retired.all(db).await?);
    let shown = |it: post::Model| ManagedPost {
        people: people.get(&it.id).copied().unwrap_or_default(),
        id: it.id,
        code: it.code,
        name: it.name,
        level: it.level,
        version: it.version,
        retired: it.retired_at.is_some(),
    };
    Ok(PostList { items: all.map(shown).collect(), editable: reach.is_everything() })
}

/// # Errors
/// `not_allowed` for whoever reaches a part only.
pub(super) fn refuse_partial(reach: &Reach) -> Result<()> {
    if reach.is_everything() {
        return Ok(());
    }
    let detail = "岗位是全局共用的，要由全局的经办来改，请联系培训办公室";
    Err(Problem::from(Code::NotAllowed).detail(detail).into())
}

pub(super) async fn refuse_taken(
    db: &Connection,
    name: &str,
    by_other_than: Option<PostId>,
) -> Result<()> {
    let named = post::Entity::find().filter(post::Column::Name.eq(name)).one(db).await?;
    match named.filter(|it| Some(it.id) != by_other_than) {
        None => Ok(()),
        Some(known) if known.retired_at.is_some() => {
            Err(refused("name", "已经有同名的岗位了，是停用的，可以在“岗位”里重新启用"))
        }
        Some(_) => Err(refused("name", "已经有同名的岗位了")),
    }
}

/// A code as it is typed, which no other post has.
pub(super) async fn free_code(
    db: &Connection,
    code: &str,
    by_other_than: Option<PostId>,
) -> Result<String> {
    let code = roster::tidy(code).to_uppercase();
    let sound = |it: char| it.is_ascii_alphanumeric() || it == '-';
    if code.is_empty() || code.len() > LONGEST_CODE || !code.chars().all(sound) {
        let message = format!("代码用字母、数字和横线，最多 {LONGEST_CODE} 个");
        return Err(refused("code", message));
    }
    let known = post::Entity::find().filter(post::Column::Code.eq(&code)).one(db).await?;
    if known.is_some_and(|it| Some(it.id) != by_other_than) {
        return Err(refused("code", "别的岗位已经用了这个代码"));
    }
    Ok(code)
}

/// Changes a post and its place among the others.
///
/// # Errors
/// `not_found`, `version_conflict`, or `invalid_request` naming the field that will not do.
pub(super) async fn save(
    tx: &Transaction,
    actor: Actor,
    request: SavePost,
    now: DateTime<Utc>,
) -> Result<Post> {
    let before = find(tx, request.post).await?;
    if before.version != request.version {
        return Err(Code::VersionConflict.into());
    }
    let name = tidy_name(&request.name, LONGEST_NAME)?;
    refuse_taken(tx, &name, Some(before.id)).await?;
    let code = free_code(tx, &request.code, Some(before.id)).await?;
    let act = actor.did(Event::PostEdited, before.id).with("name_changed", name != before.name);
    let act = act.with("level", request.level).with("position", request.position);
    post::Entity::update_many()
        .col_expr(post::Column::Name, Expr::value(name))
        .col_expr(post::Column::Code, Expr::value(code))
        .col_expr(post::Column::Level, Expr::value(request.level))
        .col_expr(post::Column::Version, Expr::value(before.version + 1))
        .filter(post::Column::Id.eq(before.id))
        .exec(tx)
        .await
        .on_unique(taken())?;
    if before.retired_at.is_none() {
        put_at(tx, before.id, request.position).await?;
    }
    audit::record(tx, &act, now).await?;
    Ok(find(tx, before.id).await?.into())
}

async fn find(db: &Connection, id: PostId) -> Result<post::Model> {
    Ok(post::Entity::find_by_id(id).one(db).await?.ok_or(Code::NotFound)?)
}

/// Puts a post at a place, from 1, and numbers all anew.
async fn put_at(tx: &Transaction, id: PostId, position: i32) -> Result<()> {
    let mut order: Vec<_> = in_use(tx).await?.into_iter().map(|it| it.id).collect();
    order.retain(|it| *it != id);
    let place = usize::try_from(position.saturating_sub(1)).unwrap_or_default();
    order.insert(place.min(order.len()), id);
    for (number, id) in (1_i32..).zip(order) {
        post::Entity::update_many()
            .col_expr(post::Column::Position, Expr::value(number))
            .filter(post::Column::Id.eq(id))
            .filter(post::Column::Position.ne(number))
            .exec(tx)
            .await?;
    }
    Ok(())
}

/// Retires a post that nobody has and no course is for; a retired one stays so.
///
/// # Errors
/// `not_found`, `in_use`.
pub(super) async fn retire(
    tx: &Transaction,
    actor: Actor,
    id: PostId,
    now: DateTime<Utc>,
) -> Result<()> {
    let found = post::Entity::find_by_id(id).lock_exclusive().one(tx).await?;
    if found.ok_or(Code::NotFound)?.retired_at.is_some() {
        return Ok(());
    }
    let people = accounts::people_with_post(tx, id).await?;
    let uses = [(people, "人在这个岗位"), (courses::for_post(tx, id).await?, "门课程给这个岗位学")];
    refuse_in_use(&uses, "请先给他们换岗位，或者改课程")?;
    set_retired(tx, id, Some(now)).await?;
    audit::record(tx, &actor.did(Event::PostRetired, id), now).await
}

/// Takes a post into use again, at the end.
pub(super) async fn restore(
    tx: &Transaction,
    actor: Actor,
    id: PostId,
    now: DateTime<Utc>,
) -> Result<()> {
    if find(tx, id).await?.retired_at.is_none() {
        return Ok(());
    }
    set_retired(tx, id, None).await?;
    let last = post::Entity::find().filter(post::Column::RetiredAt.is_null()).count(tx).await?;
    put_at(tx, id, i32::try_from(last).unwrap_or(i32::MAX)).await?;
    audit::record(tx, &actor.did(Event::PostRestored, id), now).await
}

async fn set_retired(tx: &Transaction, id: PostId, at: Option<DateTime<Utc>>) -> Result<()> {
    let version = post::Column::Version;
    post::Entity::update_many()
        .col_expr(post::Column::RetiredAt, Expr::value(at))
        .col_expr(version, sea_orm::ExprTrait::add(Expr::col(version), 1))
        .filter(post::Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}
