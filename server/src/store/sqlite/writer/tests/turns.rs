//! Whose turn it is, and what becomes of what can't be written or nobody waits for.

use std::{
    sync::{Mutex, mpsc},
    time::Instant,
};

use super::*;

/// What was made, in which commit, by whom.
type Made = Arc<Mutex<Vec<(i64, Whose)>>>;

/// Keeps the thread busy until what this answers is let go of.
async fn hold(writer: &Arc<Writer>) -> mpsc::Sender<()> {
    let (holds, held) = mpsc::channel::<()>();
    let (begins, begun) = oneshot::channel();
    let writer = Arc::clone(writer);
    tokio::spawn(async move {
        let change = move |_: &Ground<'_>| {
            let _ = begins.send(());
            let _ = held.recv();
            // What comes behind it is in groups of its own.
            thread::sleep(Duration::from_millis(110));
            Ok(((), vec![]))
        };
        writer.write(None, change).await
    });
    begun.await.unwrap();
    holds
}

/// Lets a change wait that takes so long.
async fn wait(
    writer: &Arc<Writer>,
    made: &Made,
    (whose, takes): (Whose, Duration),
) -> tokio::task::JoinHandle<Result<()>> {
    let before = writer.waiting.count();
    let (by, made) = (Arc::clone(writer), Arc::clone(made));
    let waits = tokio::spawn(async move {
        let change = move |ground: &Ground<'_>| {
            made.lock().unwrap().push((ground.commit.seq, whose));
            thread::sleep(takes);
            Ok(((), vec![]))
        };
        by.write(whose, change).await
    });
    while writer.waiting.count() == before && !waits.is_finished() {
        tokio::task::yield_now().await;
    }
    waits
}

const AT_ONCE: Duration = Duration::ZERO;

#[tokio::test]
async fn one_hosts_volley_waits_behind_everybody_elses_turn() {
    let (_dir, writer) = writer();
    let (writer, made) = (Arc::new(writer), Made::default());
    let holds = hold(&writer).await;
    let mut all = Vec::new();
    for whose in [Some(1), Some(1), Some(1), None, None, Some(2), Some(2)] {
        all.push(wait(&writer, &made, (whose, AT_ONCE)).await);
    }
    drop(holds);
    for one in all {
        one.await.unwrap().unwrap();
    }
    let made = made.lock().unwrap();
    let whose: Vec<_> = made.iter().map(|(_, whose)| *whose).collect();
    let turns = [Some(1), None, None, Some(2), Some(1), Some(2), Some(1)];
    assert_eq!(whose, turns);
    let first = made[0].0;
    let commits: Vec<_> = made.iter().map(|(commit, _)| commit - first).collect();
    assert_eq!(commits, [0, 0, 0, 0, 1, 1, 2]);
}

#[tokio::test]
async fn a_commit_that_has_taken_long_takes_no_more_along() {
    let (_dir, writer) = writer();
    let (writer, made) = (Arc::new(writer), Made::default());
    let holds = hold(&writer).await;
    let mut all = Vec::new();
    for host in 0..3 {
        let long = Duration::from_millis(110);
        all.push(wait(&writer, &made, (Some(host), long)).await);
    }
    drop(holds);
    for one in all {
        one.await.unwrap().unwrap();
    }
    let made = made.lock().unwrap();
    assert!(made.windows(2).all(|two| two[0].0 < two[1].0), "{made:?}");
}

#[tokio::test]
async fn a_host_has_so_many_changes_wait_and_what_it_left_is_not_made() {
    let (_dir, writer) = writer();
    let (writer, made) = (Arc::new(writer), Made::default());
    let holds = hold(&writer).await;
    let mut left = Vec::new();
    for _ in 0..waiting::OF_HOST {
        left.push(wait(&writer, &made, (Some(1), AT_ONCE)).await);
    }
    let refused = wait(&writer, &made, (Some(1), AT_ONCE)).await;
    assert!(matches!(refused.await.unwrap(), Err(StoreError::Busy(_))));
    for one in left {
        one.abort();
        let _ = one.await;
    }
    let other = wait(&writer, &made, (Some(2), AT_ONCE)).await;
    drop(holds);
    other.await.unwrap().unwrap();
    // Once this one's turn has come, so has that of all that waited before it.
    let last = wait(&writer, &made, (Some(1), AT_ONCE)).await;
    last.await.unwrap().unwrap();
    let made = made.lock().unwrap();
    let whose: Vec<_> = made.iter().map(|(_, whose)| *whose).collect();
    assert_eq!(whose, [Some(2), Some(1)]);
}

#[tokio::test]
async fn whatever_waits_while_another_program_holds_the_database_is_told_so_at_once() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("x.db");
    let mut connection = open_writer(&path).unwrap();
    migrations::apply(&mut connection).unwrap();
    connection.execute_batch("CREATE TABLE t (x)").unwrap();
    connection.busy_timeout(Duration::from_millis(200)).unwrap();
    let fleet = Arc::new(Fleet::load(&connection).unwrap());
    let writer = Arc::new(Writer::start(connection, Clock::system(), fleet).unwrap());
    let other = Connection::open(&path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let begun = Instant::now();
    let all = [Some(1), Some(1), None, Some(2), Some(3), None].map(|whose| {
        let writer = Arc::clone(&writer);
        tokio::spawn(async move { writer.write(whose, insert).await })
    });
    for one in all {
        let said = one.await.unwrap().unwrap_err().to_string();
        assert!(said.contains("locked by another program"), "{said}");
    }
    // Not one after the other.
    assert!(begun.elapsed() < Duration::from_millis(1_000));
    writer.check().unwrap();
    drop(other);
    writer.write(None, insert).await.unwrap();
    assert_eq!(rows(&writer).await, 1);
}
