//! Writes that wait for an attempt which somebody else has locked.

use sea_orm::{ConnectionTrait, Database, DatabaseConnection, Statement, TransactionTrait};
use shared::{
    authoring::QuizSettings,
    problem::{Code, Problem},
    quizzes::*,
};

use crate::{prepared::*, scene::World};

/// Returns once a call waits for a lock.
async fn somebody_waits(db: &DatabaseConnection) {
    let waiting = "SELECT count(*) FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event_type = 'Lock'";
    loop {
        let ask = Statement::from_string(db.get_database_backend(), waiting);
        let count: i64 = db.query_one_raw(ask).await.unwrap().unwrap().try_get_by_index(0).unwrap();
        if count > 0 {
            return;
        }
    }
}

/// What a call answers that begins in time and gets the attempt an hour later.
async fn after_an_hour<T>(
    world: &World,
    call: impl Future<Output = Result<T, Problem>>,
) -> Result<T, Problem> {
    world.set_clock_ahead(0).await;
    let outside = Database::connect(world.app.config.database_url()).await.unwrap();
    let holding = outside.begin().await.unwrap();
    holding.execute_unprepared("SELECT 1 FROM attempts FOR UPDATE").await.unwrap();
    let an_hour_passes = async {
        somebody_waits(&outside).await;
        world.set_clock_ahead(3600).await;
        holding.commit().await.unwrap();
    };
    futures_util::join!(call, an_hour_passes).0
}

#[actix_web::test]
async fn a_write_that_waited_past_the_end_is_late() {
    let Some(world) = World::with_a_clock_of_its_own().await else { return };
    let quiz = published(&world, QuizSettings::default()).await.1;
    let ming = world.person("wangxiuying").await;
    let attempt = start(&ming, quiz).await;
    let saving = ming.call(save(&attempt, all_right(&attempt, 1)));
    let refused = after_an_hour(&world, saving).await.unwrap_err();
    assert_eq!(refused.code, Code::AnswerLate);
    let taking = ming.call(TakeOverAttempt { attempt: attempt.id, device: device(2) });
    let refused = after_an_hour(&world, taking).await.unwrap_err();
    assert_eq!(refused.code, Code::AnswerLate);
    let handing_in = ming.call(submit(&attempt, all_right(&attempt, 1)));
    let handed_in = after_an_hour(&world, handing_in).await.unwrap();
    assert_eq!(handed_in.reason, SubmitReason::Timeout);
    assert_eq!(handed_in.late_ignored, [1, 2, 3]);
}
