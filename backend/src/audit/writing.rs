//! How the console's verbs write.

/// Runs one verb in a transaction and records it there; the verb gets the transaction and the time,
/// the record whoever acts and what the verb answered.
macro_rules! write {
    ($ctx:expr, |$tx:ident, $now:ident| $verb:expr, |$actor:ident, $done:pat_param| $act:expr) => {{
        let (clock, $actor) = ($ctx.app.clock.clone(), $ctx.actor());
        $ctx.app
            .db
            .write(move |$tx| {
                Box::pin(async move {
                    let $now = clock.now($tx).await?;
                    let done = $verb.await?;
                    let $done = &done;
                    $crate::audit::record($tx, &$act, $now).await?;
                    Ok(done)
                })
            })
            .await?
    }};
}
pub(crate) use write;
