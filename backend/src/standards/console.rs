//! The officer's side: everybody who keeps standards, writes courses or reviews links.

use shared::{
    accounts::Role,
    api::Officer,
    standards::{StandardId, StandardVersionId, console::*},
    time::local_date,
};

use super::{
    carrying, catalogue, changes,
    confirming::{self, Origins},
    coverage, difference, impact, links, orphans, picking, picturing, places, posts, proposal,
    removing, rereading, stages, standing, versions,
};
use crate::{
    Result,
    accounts::Reach,
    audit::{Event, write},
    courses,
    http::{Api, Ctx},
};

pub(super) fn routes(api: &mut Api) {
    api.on(list).on(add).on(show).on(save).on(remove);
    api.on(show_version).on(save_version).on(discard).on(source).on(list_clauses);
    api.on(edit_proposal).on(confirm).on(read_again).on(set_stage).on(set_posts);
    api.on(list_changes).on(show_impact).on(carry).on(pick).on(list_places);
    api.on(list_links).on(link).on(save_link).on(submit_link).on(review_link).on(end_link);
    api.on(show_coverage).on(list_orphans);
    difference::routes(api);
}

fn reach(ctx: &Ctx<Officer>) -> Reach {
    ctx.caller.reach(Role::TrainingOfficer)
}

async fn shown(ctx: &Ctx<Officer>, id: StandardId) -> Result<Standard> {
    catalogue::show(ctx.app.db.read(), &reach(ctx), id).await
}

async fn version(ctx: &Ctx<Officer>, id: StandardVersionId) -> Result<StandardVersion> {
    let row = standing::find_seen(ctx.app.db.read(), &reach(ctx), id).await?;
    versions::show(ctx.app.db.read(), &reach(ctx), row).await
}

/// Lets through those who keep the standard. Whose it is never changes.
async fn keep(ctx: &Ctx<Officer>, id: StandardVersionId) -> Result<()> {
    standing::find_kept_version(ctx.app.db.read(), &reach(ctx), id).await.map(drop)
}

async fn list(ctx: Ctx<Officer>, request: ListStandards) -> Result<Vec<StandardCard>> {
    catalogue::list(ctx.app.db.read(), &reach(&ctx), request).await
}

async fn add(ctx: Ctx<Officer>, request: AddStandard) -> Result<Standard> {
    let whose = (reach(&ctx).owner(ctx.caller.organization)?, Some(ctx.caller.person));
    let id =
        write!(ctx, |tx, now| catalogue::add(tx, request.details, whose, now), |actor, id| actor
            .did(Event::StandardSaved, *id));
    shown(&ctx, id).await
}

async fn show(ctx: Ctx<Officer>, request: ShowStandard) -> Result<Standard> {
    shown(&ctx, request.standard).await
}

async fn save(ctx: Ctx<Officer>, request: SaveStandard) -> Result<Standard> {
    let id = request.standard;
    standing::find_kept(ctx.app.db.read(), &reach(&ctx), id).await?;
    write!(ctx, |tx, now| catalogue::save(tx, id, request.details), |actor, ()| actor
        .did(Event::StandardSaved, id));
    shown(&ctx, id).await
}

async fn remove(ctx: Ctx<Officer>, request: RemoveStandard) -> Result<()> {
    let id = request.standard;
    standing::find_kept(ctx.app.db.read(), &reach(&ctx), id).await?;
    write!(ctx, |tx, _now| removing::remove(tx, id), |actor, ()| actor
        .did(Event::StandardRemoved, id));
    Ok(())
}

async fn show_version(ctx: Ctx<Officer>, request: ShowVersion) -> Result<StandardVersion> {
    version(&ctx, request.version).await
}

async fn save_version(ctx: Ctx<Officer>, request: SaveVersion) -> Result<StandardVersion> {
    let id = request.version;
    keep(&ctx, id).await?;
    write!(ctx, |tx, now| versions::save(tx, request, now), |actor, ()| actor
        .did(Event::StandardVersionSaved, id));
    version(&ctx, id).await
}

async fn discard(ctx: Ctx<Officer>, request: DiscardProposal) -> Result<()> {
    let id = request.version;
    keep(&ctx, id).await?;
    write!(ctx, |tx, now| versions::discard(tx, id), |actor, ()| actor
        .did(Event::StandardVersionDiscarded, id));
    Ok(())
}

async fn source(ctx: Ctx<Officer>, request: ShowSource) -> Result<Source> {
    let found = standing::find_seen(ctx.app.db.read(), &reach(&ctx), request.version).await?;
    versions::source(ctx.app.db.read(), found.id).await
}

async fn list_clauses(ctx: Ctx<Officer>, request: ListClauses) -> Result<Clauses> {
    let found = standing::find_seen(ctx.app.db.read(), &reach(&ctx), request.version).await?;
    versions::clauses(ctx.app.db.read(), &found, request.skip).await
}

async fn edit_proposal(ctx: Ctx<Officer>, request: EditProposal) -> Result<ProposalChange> {
    let id = request.version;
    keep(&ctx, id).await?;
    let what = match request.edit {
        ClauseEdit::Merge { .. } => "merge",
        ClauseEdit::Split { .. } => "split",
        ClauseEdit::Write { .. } => "write",
        ClauseEdit::Insert { .. } => "insert",
        ClauseEdit::Remove { .. } => "remove",
        ClauseEdit::Pictures { .. } | ClauseEdit::MovePicture { .. } => "pictures",
    };
    picturing::check(ctx.app.db.read(), &ctx.caller, &request.edit).await?;
    Ok(write!(ctx, |tx, now| proposal::edit(tx, request), |actor, _| actor
        .did(Event::StandardProposalEdited, id)
        .with("what", what)))
}

async fn confirm(ctx: Ctx<Officer>, request: ConfirmVersion) -> Result<StandardVersion> {
    let (id, by, stage) = (request.version, ctx.caller.person, request.stage);
    keep(&ctx, id).await?;
    let origins = Origins::find(ctx.app.db.read(), id).await?;
    write!(ctx, |tx, now| confirming::confirm(tx, &request, origins, by, now), |actor, ()| actor
        .did(Event::StandardConfirmed, id)
        .with("after", stage));
    version(&ctx, id).await
}

async fn read_again(ctx: Ctx<Officer>, request: ReadVersionAgain) -> Result<StandardVersion> {
    let id = request.version;
    keep(&ctx, id).await?;
    write!(ctx, |tx, now| rereading::begin(tx, id, now), |actor, ()| actor
        .did(Event::StandardReadAgain, id));
    version(&ctx, id).await
}

async fn set_stage(ctx: Ctx<Officer>, request: SetVersionStage) -> Result<StandardVersion> {
    let SetVersionStage { version: id, stage } = request;
    keep(&ctx, id).await?;
    write!(ctx, |tx, now| stages::set(tx, id, stage, now), |actor, ()| actor
        .did(Event::StandardStaged, id)
        .with("after", stage));
    version(&ctx, id).await
}

async fn set_posts(ctx: Ctx<Officer>, request: SetClausePosts) -> Result<Vec<ClauseRow>> {
    let clause = posts::find(ctx.app.db.read(), request.clause).await?;
    keep(&ctx, clause.version_id).await?;
    let given = request.posts.clone();
    Ok(write!(ctx, |tx, now| posts::set(tx, request), |actor, rows| actor
        .did(Event::ClausePostsSet, clause.id)
        .with("post", given)
        .with("clauses", rows.len())))
}

async fn list_changes(ctx: Ctx<Officer>, request: ListClauseChanges) -> Result<Vec<ClauseChange>> {
    let found = standing::find_seen(ctx.app.db.read(), &reach(&ctx), request.version).await?;
    changes::list(ctx.app.db.read(), &found).await
}

async fn show_impact(ctx: Ctx<Officer>, request: ShowImpact) -> Result<Impact> {
    let found = standing::find_seen(ctx.app.db.read(), &reach(&ctx), request.version).await?;
    let today = local_date(ctx.app.clock.now(ctx.app.db.read()).await?);
    Ok(impact::of(ctx.app.db.read(), &reach(&ctx), &found, today).await?.impact)
}

async fn carry(ctx: Ctx<Officer>, request: CarryLinks) -> Result<LinksCarried> {
    let (id, reach) = (request.version, reach(&ctx));
    standing::find_seen(ctx.app.db.read(), &reach, id).await?;
    Ok(write!(ctx, |tx, now| carrying::carry(tx, id, &reach, now), |actor, done| actor
        .did(Event::ClauseLinksCarried, id)
        .with("links", done.carried)))
}

async fn pick(ctx: Ctx<Officer>, request: PickClauses) -> Result<Vec<ClauseChoice>> {
    picking::pick(ctx.app.db.read(), request).await
}

async fn list_places(ctx: Ctx<Officer>, request: ListLinkPlaces) -> Result<Vec<PlaceChoice>> {
    let db = ctx.app.db.read();
    let course = courses::find_managed(db, &reach(&ctx), request.course).await?;
    places::list(db, course.id).await
}

async fn list_links(ctx: Ctx<Officer>, request: ListClauseLinks) -> Result<ClauseLinks> {
    links::list(ctx.app.db.read(), &ctx.caller, &reach(&ctx), request).await
}

async fn link(ctx: Ctx<Officer>, request: LinkClause) -> Result<ClauseLink> {
    let db = ctx.app.db.read();
    let place = links::Place::of(db, &request.target).await?;
    courses::find_managed(db, &reach(&ctx), place.course).await?;
    let (by, course) = (ctx.caller.person, place.course);
    let id = write!(ctx, |tx, now| links::add(tx, request, place, by, now), |actor, id| actor
        .did(Event::ClauseLinked, *id)
        .with("course", course));
    links::show(ctx.app.db.read(), &ctx.caller, &reach(&ctx), id).await
}

async fn save_link(ctx: Ctx<Officer>, request: SaveClauseLink) -> Result<ClauseLink> {
    let (id, by) = (request.link, ctx.caller.person);
    links::find_managed(ctx.app.db.read(), &reach(&ctx), id).await?;
    write!(ctx, |tx, now| links::save(tx, request, by, now), |actor, ()| actor
        .did(Event::ClauseLinkSaved, id));
    links::show(ctx.app.db.read(), &ctx.caller, &reach(&ctx), id).await
}

async fn submit_link(ctx: Ctx<Officer>, request: SubmitClauseLink) -> Result<ClauseLink> {
    let (id, by) = (request.link, ctx.caller.person);
    links::find_managed(ctx.app.db.read(), &reach(&ctx), id).await?;
    write!(ctx, |tx, now| links::submit_and_tell(tx, id, by, now), |actor, ()| actor
        .did(Event::ClauseLinkSubmitted, id));
    links::show(ctx.app.db.read(), &ctx.caller, &reach(&ctx), id).await
}

async fn review_link(ctx: Ctx<Officer>, request: ReviewClauseLink) -> Result<ClauseLink> {
    let ReviewClauseLink { link: id, approve, reason } = request;
    links::find_managed(ctx.app.db.read(), &reach(&ctx), id).await?;
    let by = ctx.caller.person;
    let returned = (!approve).then_some(reason);
    write!(
        ctx,
        |tx, now| links::review_and_tell(tx, (id, returned.as_deref()), by, now),
        |actor, ()| actor.did(Event::ClauseLinkReviewed, id).with("approved", approve)
    );
    links::show(ctx.app.db.read(), &ctx.caller, &reach(&ctx), id).await
}

async fn end_link(ctx: Ctx<Officer>, request: EndClauseLink) -> Result<()> {
    let id = request.link;
    links::find_managed(ctx.app.db.read(), &reach(&ctx), id).await?;
    write!(ctx, |tx, now| links::end(tx, id, now), |actor, ()| actor
        .did(Event::ClauseLinkEnded, id));
    Ok(())
}

async fn show_coverage(ctx: Ctx<Officer>, _: ShowCoverage) -> Result<Coverage> {
    coverage::coverage(ctx.app.db.read()).await
}

async fn list_orphans(ctx: Ctx<Officer>, request: ListOrphans) -> Result<Orphans> {
    orphans::list(ctx.app.db.read(), &reach(&ctx), request).await
}
