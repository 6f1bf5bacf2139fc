//! Writes that wait for an attempt which somebody else has locked.

use shared::{authoring::QuizSettings, problem::Code, quizzes::*};

use crate::{prepared::*, scene::World};

#[actix_web::test]
async fn a_write_that_waited_past_the_end_is_late() {
    let Some(world) = World::with_a_clock_of_its_own().await else { return };
    let quiz = published(&world, QuizSettings::default()).await.1;
    let ming = world.person("wangxiuying").await;
    let attempt = start(&ming, quiz).await;
    let saving = ming.call(save(&attempt, all_right(&attempt, 1)));
    let refused = world.after_an_hour("attempts", saving).await.unwrap_err();
    assert_eq!(refused.code, Code::AnswerLate);
    let taking = ming.call(TakeOverAttempt { attempt: attempt.id, device: device(2) });
    let refused = world.after_an_hour("attempts", taking).await.unwrap_err();
    assert_eq!(refused.code, Code::AnswerLate);
    let handing_in = ming.call(submit(&attempt, all_right(&attempt, 1)));
    let handed_in = world.after_an_hour("attempts", handing_in).await.unwrap();
    assert_eq!(handed_in.reason, SubmitReason::Timeout);
    assert_eq!(handed_in.late_ignored, [1, 2, 3]);
}
