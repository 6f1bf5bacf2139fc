//! The chain grows by one record after the other, whoever seals and whatever breaks off.

use backend::audit::{chain as hashes, checkpoints};
use chrono::TimeDelta;
use futures_util::future::join_all;

use super::*;

/// Whether every link follows the one before.
fn is_linked(chain: &[log::Model]) -> bool {
    let mut prev = hashes::START.to_vec();
    chain.iter().zip(1..).all(|(it, seq)| {
        let follows = it.seq == seq && it.prev == prev;
        prev.clone_from(&it.hash);
        follows && it.hash == hashes::link(seq, &it.prev, &it.canonical)
    })
}

scene!(what_was_recorded_is_sealed_once_and_in_one_chain, |world| async move {
    act(&world, 3).await;
    let waiting = recorded(&world).await.len();
    assert_eq!(sealed(&world).await, waiting as u64);
    assert_eq!(sealed(&world).await, 0);
    act(&world, 2).await;
    assert_eq!(
        sealed(&world).await,
        2,
        "another server goes on at once, whatever the first is doing"
    );
    let chain = chain(&world).await;
    assert_eq!(chain.len(), waiting + 2);
    assert!(is_linked(&chain));
    assert!(recorded(&world).await.is_empty());
});

scene!(several_servers_that_seal_at_once_never_fork_the_chain, |world| async move {
    let servers: Vec<_> = (0..4).map(|_| Uuid::now_v7()).collect();
    for _ in 0..5 {
        act(&world, 20).await;
        let all = join_all(servers.iter().map(|it| seal(&world.app, *it))).await;
        assert!(all.iter().all(Result::is_ok));
    }
    let chain = chain(&world).await;
    assert!(chain.len() >= 100);
    assert!(is_linked(&chain));
});

scene!(what_does_not_commit_leaves_no_record, |world| async move {
    let before = recorded(&world).await.len();
    let failing = world.app.db.write(|tx| {
        Box::pin(async move {
            let now = chrono::DateTime::UNIX_EPOCH;
            let act = Actor::SYSTEM.did(Event::ServerStarted, Object::INSTALLATION);
            audit::record(tx, &act, now).await?;
            Err::<(), _>(shared::problem::Code::Busy.into())
        })
    });
    failing.await.unwrap_err();
    assert_eq!(recorded(&world).await.len(), before);
});

scene!(a_batch_that_breaks_off_is_sealed_by_the_next, |world| async move {
    act(&world, 3).await;
    // The second record of the batch cannot be stored, so none of them is.
    let waiting = pending::Entity::find().order_by_asc(pending::Column::Id);
    let second = waiting.all(world.app.db.read()).await.unwrap()[1].clone();
    act_of(&world, &second).await;
    sealed(&world).await;
    insert_pending(&world, second).await;
    act(&world, 1).await;
    let before = chain(&world).await.len();
    seal(&world.app, Uuid::now_v7()).await.unwrap_err();
    assert_eq!(chain(&world).await.len(), before, "all or nothing");
    let twice = chain(&world).await[0].id;
    delete_pending(&world, twice).await;
    assert!(is_linked(&chain(&world).await));
});

/// A record that is waiting, moved to the front of an empty queue.
async fn act_of(world: &World, only: &pending::Model) {
    let id = only.id;
    let write = world.app.db.write(move |tx| {
        Box::pin(async move {
            use sea_orm::{ColumnTrait, QueryFilter};
            pending::Entity::delete_many().filter(pending::Column::Id.ne(id)).exec(tx).await?;
            Ok(())
        })
    });
    write.await.unwrap();
}

async fn insert_pending(world: &World, row: pending::Model) {
    let write = world.app.db.write(move |tx| {
        Box::pin(async move {
            use sea_orm::{ActiveModelTrait, IntoActiveModel};
            let row = row.into_active_model().reset_all();
            pending::Entity::insert(row).exec_without_returning(tx).await?;
            Ok(())
        })
    });
    write.await.unwrap();
}

async fn delete_pending(world: &World, id: Uuid) {
    let write = world.app.db.write(move |tx| {
        Box::pin(async move {
            pending::Entity::delete_by_id(id).exec(tx).await?;
            Ok(())
        })
    });
    write.await.unwrap();
}

scene!(a_checkpoint_is_signed_every_minute_or_every_thousand_records, |world| async move {
    let (server, path) = (Uuid::now_v7(), checkpoints::file(&world.app.config.data_dir));
    let lines = || std::fs::read_to_string(&path).map_or(0, |it| it.lines().count());
    act(&world, 1).await;
    seal(&world.app, server).await.unwrap();
    let first = lines();
    assert_eq!(first, 1);
    act(&world, 5).await;
    seal(&world.app, server).await.unwrap();
    assert_eq!(lines(), first, "neither a minute nor a thousand records");
    many(&world, 1000).await;
    seal(&world.app, server).await.unwrap();
    assert_eq!(lines(), first + 1);
    let last = checkpoints::latest(world.app.db.read()).await.unwrap().unwrap();
    assert_eq!(last.seq, chain(&world).await.last().unwrap().seq);
    seal(&world.app, server).await.unwrap();
    assert_eq!(lines(), first + 1, "nothing new");
});

/// Records many acts in one transaction.
pub async fn many(world: &World, times: usize) {
    let write = world.app.db.write(move |tx| {
        Box::pin(async move {
            let act = Actor::SYSTEM.did(Event::ServerStarted, Object::INSTALLATION);
            let now = chrono::DateTime::UNIX_EPOCH + TimeDelta::days(20_000);
            audit::record_all(tx, &vec![act; times], now).await
        })
    });
    write.await.unwrap();
}
