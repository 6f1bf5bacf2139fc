//! 消息投递: what officers see of messages through WeChat and of dead jobs, and trying those again.

mod list;
mod numbers;
mod reasons;
mod retrying;

use shared::{api::Operator, deliveries::*, page::Page};

use crate::{
    Result,
    http::{Api, Ctx},
};

pub fn routes(api: &mut Api) {
    api.on(show_deliveries).on(list_dead_jobs).on(retry_dead_jobs).on(retry_dead_job);
}

async fn show_deliveries(ctx: Ctx<Operator>, _: ShowDeliveries) -> Result<Deliveries> {
    numbers::show(&ctx.app).await
}

async fn list_dead_jobs(ctx: Ctx<Operator>, request: ListDeadJobs) -> Result<Page<DeadJob>> {
    list::list(&ctx.app, request).await
}

async fn retry_dead_jobs(ctx: Ctx<Operator>, request: RetryDeadJobs) -> Result<Retried> {
    retrying::all(&ctx.app, ctx.actor(), request.kind).await
}

async fn retry_dead_job(ctx: Ctx<Operator>, request: RetryDeadJob) -> Result<Retried> {
    retrying::one(&ctx.app, ctx.actor(), request.job).await
}
