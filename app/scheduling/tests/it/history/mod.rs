//! Many writers act at random and at once on the real database; afterwards the record of their answers is checked for double
//! bookings, and the tables for what must always hold. In the manner of Jepsen: the checker trusts no table for the first
//! and no answer for the second.

mod checker;
mod stage;
mod truths;
mod writer;

use checker::double_bookings;
use stage::Stage;
use std::sync::Arc;
use tokio::task::JoinSet;
use writer::Writer;

/// Everybody acts `times` times; the seeds differ from writer to writer and from round to round, and are the same in every
/// run. How their calls interleave is up to the machine.
#[expect(clippy::expect_used, reason = "a writer that panicked has failed the test")]
async fn play(stage: &Arc<Stage>, round: u64, writers: u64, times: usize) {
    let mut all = JoinSet::new();
    for seed in round * writers..(round + 1) * writers {
        let mut writer = Writer::new(Arc::clone(stage), seed);
        all.spawn(async move { writer.act(times).await });
    }
    while let Some(ended) = all.join_next().await {
        ended.expect("a writer");
    }
}

/// Acts that succeeded less than five times, and how often they did. Whole series succeed seldom beside so many who take single times:
/// between twelve and forty times in the runs that were looked at.
fn too_few(stage: &Stage) -> Vec<(&'static str, usize)> {
    let record = stage.record();
    [
        "take", "extend", "release", "retake", "send", "approve", "decline", "withdraw", "cancel", "move", "plan",
        "series", "shift", "end", "propose", "accept", "refuse", "join", "serve", "hand", "grab", "pass", "leave",
    ]
    .into_iter()
    .map(|act| (act, record.iter().filter(|done| done.what == act).count()))
    .filter(|(_, done)| *done < 5)
    .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_interleaving_of_32_writers_books_twice() {
    let stage = Arc::new(Stage::new(48, 32).await);
    play(&stage, 0, 32, 620).await;
    assert!(stage.calls() >= 10_000, "{} calls", stage.calls());
    // What interleaves badly succeeds seldom: the play goes on until it has seen enough of everything.
    for round in 1..6 {
        if too_few(&stage).is_empty() {
            break;
        }
        play(&stage, round, 32, 120).await;
    }
    assert_eq!(
        too_few(&stage),
        [],
        "succeeded too seldom: the play proves little about them"
    );
    let record = stage.record();
    assert_eq!(double_bookings(&record), []);
    truths::hold(&stage.clinic).await;
}

/// The proof that the test above tests something: with the constraint gone, the record itself shows the double bookings.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_the_constraint_the_record_shows_double_bookings() {
    let stage = Arc::new(Stage::new(12, 8).await);
    sqlx::query("ALTER TABLE scheduling.calendar_claim DROP CONSTRAINT calendar_claim_free")
        .execute(&stage.clinic.test.owner)
        .await
        .expect("dropped");
    play(&stage, 0, 8, 60).await;
    assert_ne!(double_bookings(&stage.record()), []);
}
