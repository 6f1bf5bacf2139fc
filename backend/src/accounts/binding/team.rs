//! Whom a team leader may help: the one query for it.

use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
    sea_query::SelectStatement,
};
use shared::{
    accounts::{
        PersonId, Role,
        binding::{ListTeam, TeamMember},
    },
    page::Page,
    problem::{Code, Problem},
};

use super::typed::{LONGEST, dense};
use crate::{
    Result,
    accounts::{
        Caller,
        entity::{person, role_grant, wechat_identity},
        people,
    },
    db::{Connection, cursor},
};

/// People a page.
const PAGE: usize = 50;

/// The active people whom the caller may help: an officer those in reach, a team leader those who
/// are led. A code for somebody is a way to what they may do: a team leader lets in nobody with a role
/// of their own, an officer nobody who may do more than an officer of the same reach.
fn visible(caller: &Caller) -> Select<person::Entity> {
    let reach = caller.reach(Role::TrainingOfficer);
    let mut beneath = vec![Role::TeamLeader, Role::Instructor];
    if reach.is_everything() {
        beneath.extend([Role::TrainingOfficer, Role::BaseManager]);
    }
    let as_officer = Condition::all()
        .add(reach.of_people())
        .add(person::Column::Id.not_in_subquery(holders_beyond(beneath)));
    let as_leader = Condition::all()
        .add(caller.reach(Role::TeamLeader).of_people())
        .add(person::Column::Id.not_in_subquery(holders_beyond(Vec::new())));
    person::Entity::find()
        .filter(person::Column::Active.eq(true))
        .filter(Condition::any().add(as_officer).add(as_leader))
}

/// Ids of those who hold another role than these.
fn holders_beyond(roles: Vec<Role>) -> SelectStatement {
    role_grant::Entity::find()
        .select_only()
        .column(role_grant::Column::PersonId)
        .filter(role_grant::Column::EndedAt.is_null())
        .filter(role_grant::Column::Role.is_not_in(roles))
        .into_query()
}

/// One of them.
///
/// # Errors
/// `not_found` for anybody else, and for nobody.
pub(in crate::accounts) async fn one(
    db: &Connection,
    caller: &Caller,
    id: PersonId,
) -> Result<PersonId> {
    let found = visible(caller).filter(person::Column::Id.eq(id)).one(db).await?;
    Ok(found.ok_or(Code::NotFound)?.id)
}

/// Those without WeChat, or those who are looked for, by staff number.
///
/// # Errors
/// `invalid_request` for a search that is too long, or a cursor that is none.
pub(super) async fn list(
    db: &Connection,
    caller: &Caller,
    request: ListTeam,
) -> Result<Page<TeamMember>> {
    let bound = wechat_identity::Entity::find()
        .select_only()
        .column(wechat_identity::Column::PersonId)
        .into_query();
    let search = request.search.map(|it| dense(&it)).filter(|it| !it.is_empty());
    let mut find = visible(caller).filter(match search {
        Some(search) => people::named(checked(&search)?),
        None => Condition::all().add(person::Column::Id.not_in_subquery(bound)),
    });
    if let Some(cursor) = request.cursor {
        let after = cursor::read(&cursor, |parts| read_number(&parts.part::<String>()?))?;
        find = find.filter(person::Column::StaffNumber.gt(after));
    }
    let rows = find.order_by_asc(person::Column::StaffNumber).limit(PAGE as u64 + 1);
    let mut rows = rows.all(db).await?;
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let next = rows.last().filter(|_| more).map(|it| cursor::write(&[write_number(it)]));
    Ok(Page { items: members(db, rows).await?, next })
}

fn checked(search: &str) -> Result<&str> {
    if search.chars().count() <= LONGEST && !search.chars().any(char::is_control) {
        return Ok(search);
    }
    Err(Problem::from(Code::InvalidRequest).field("search", "请输入姓名或工号").into())
}

/// Staff numbers may have blanks, the parts of a cursor may not.
fn write_number(person: &person::Model) -> String {
    let number = person.staff_number.as_bytes();
    percent_encoding::percent_encode(number, percent_encoding::NON_ALPHANUMERIC).to_string()
}

fn read_number(part: &str) -> Option<String> {
    let number = percent_encoding::percent_decode_str(part).decode_utf8().ok()?.into_owned();
    // What PostgreSQL cannot compare with.
    (!number.contains('\0')).then_some(number)
}

async fn members(db: &Connection, rows: Vec<person::Model>) -> Result<Vec<TeamMember>> {
    let ids: Vec<PersonId> = rows.iter().map(|it| it.id).collect();
    let bound: Vec<PersonId> = wechat_identity::Entity::find()
        .select_only()
        .column(wechat_identity::Column::PersonId)
        .filter(wechat_identity::Column::PersonId.is_in(ids))
        .into_tuple()
        .all(db)
        .await?;
    let organizations = crate::organizations::organization_names(db).await?;
    let member = |row: person::Model| TeamMember {
        id: row.id,
        name: row.name,
        staff_number: row.staff_number,
        organization: organizations.get(&row.organization_id).cloned().unwrap_or_default(),
        bound: bound.contains(&row.id),
    };
    Ok(rows.into_iter().map(member).collect())
}
