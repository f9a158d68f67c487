//! What becomes of changes that fail, alone and with others.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod turns;

use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use super::*;
use crate::store::sqlite::{
    connection::{WAL_LIMIT, open_reader, open_writer},
    migrations,
};

async fn rows(writer: &Writer) -> i64 {
    let count = |ground: &Ground<'_>| {
        Ok((
            ground
                .connection
                .query_row("SELECT count(*) FROM t", [], |r| r.get(0))?,
            vec![],
        ))
    };
    writer.write(None, count).await.unwrap()
}

fn insert(ground: &Ground<'_>) -> Result<((), Vec<Told>)> {
    ground
        .connection
        .execute_batch("INSERT INTO t VALUES (zeroblob(1000))")?;
    Ok(((), vec![]))
}

fn writer() -> (tempfile::TempDir, Writer) {
    let dir = tempfile::tempdir().unwrap();
    let mut connection = open_writer(&dir.path().join("x.db")).unwrap();
    migrations::apply(&mut connection).unwrap();
    connection.execute_batch("CREATE TABLE t (x)").unwrap();
    let fleet = Arc::new(Fleet::load(&connection).unwrap());
    (
        dir,
        Writer::start(connection, Clock::system(), fleet).unwrap(),
    )
}

#[tokio::test]
async fn a_change_that_fails_or_panics_takes_no_other_along() {
    let (_dir, writer) = writer();
    let failing = writer.write(None, |ground| {
        insert(ground)?;
        Err::<((), _), _>(StoreError::invalid("no"))
    });
    let panicking = writer.write(None, |ground| {
        insert(ground)?;
        assert!(ground.connection.is_autocommit(), "on purpose");
        Ok(((), vec![]))
    });
    let (failed, panicked, good) = tokio::join!(failing, panicking, writer.write(None, insert));
    assert!(matches!(failed, Err(StoreError::Invalid { .. })));
    assert!(matches!(panicked, Err(StoreError::Engine(_))));
    good.unwrap();
    assert_eq!(rows(&writer).await, 1);
}

#[tokio::test]
async fn a_full_disk_is_said_to_be_full_and_writing_goes_on_once_there_is_room() {
    let (_dir, writer) = writer();
    let bound = |pages: i64| {
        move |ground: &Ground<'_>| {
            let c = ground.connection;
            let used: i64 = c.pragma_query_value(None, "page_count", |row| row.get(0))?;
            c.pragma_update_and_check(None, "max_page_count", used + pages, |_| Ok(()))?;
            Ok(((), vec![]))
        }
    };
    writer.write(None, bound(5)).await.unwrap();
    let full = loop {
        if let Err(error) = writer.write(None, insert).await {
            break error;
        }
    };
    assert!(matches!(full, StoreError::Full), "{full:?}");
    let kept = rows(&writer).await;
    assert!(matches!(
        writer.write(None, insert).await,
        Err(StoreError::Full)
    ));
    writer.write(None, bound(5000)).await.unwrap();
    writer.write(None, insert).await.unwrap();
    assert_eq!(rows(&writer).await, kept + 1);
}

#[tokio::test]
async fn a_change_whose_transaction_a_full_disk_ended_is_said_to_be_full() {
    let (_dir, writer) = writer();
    let ended = writer.write(None, |ground| {
        insert(ground)?;
        ground.connection.execute_batch("ROLLBACK")?;
        Err::<((), _), _>(StoreError::Full)
    });
    assert!(matches!(ended.await, Err(StoreError::Full)));
    writer.write(None, insert).await.unwrap();
    assert_eq!(rows(&writer).await, 1);
}

#[tokio::test]
async fn a_change_whose_transaction_a_failed_read_ended_ends_all_writing() {
    let (dir, writer) = writer();
    let good = writer.write(None, insert);
    let failing = writer.write(None, |ground| {
        insert(ground)?;
        // As SQLite does where the disk fails it in the middle of a change.
        ground.connection.execute_batch("ROLLBACK")?;
        Err::<((), _), _>(StoreError::Engine("disk I/O error".into()))
    });
    let (good, failed, later) = tokio::join!(good, failing, writer.write(None, insert));
    failed.unwrap_err();
    assert!(later.is_err(), "nothing is written after it");
    let why = writer.ended().await;
    assert!(why.contains("disk I/O error"), "{why}");
    assert!(matches!(
        writer.write(None, insert).await,
        Err(StoreError::Unavailable(_))
    ));
    drop(writer);
    // What was acknowledged, and nothing else.
    let kept: i64 = open_reader(&dir.path().join("x.db"))
        .unwrap()
        .query_row("SELECT count(*) FROM t", [], |row| row.get(0))
        .unwrap();
    assert_eq!(kept, i64::from(good.is_ok()));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_wal_stays_within_its_bound_while_there_is_always_a_reader() {
    let (dir, writer) = writer();
    let path = dir.path().join("x.db");
    let enough = Arc::new(AtomicBool::new(false));
    let reading = || {
        let (path, enough) = (path.clone(), Arc::clone(&enough));
        thread::spawn(move || {
            let mut reader = open_reader(&path).unwrap();
            while !enough.load(Ordering::Relaxed) {
                let state = reader.transaction().unwrap();
                let _: i64 = state
                    .query_row("SELECT count(*) FROM t", [], |r| r.get(0))
                    .unwrap();
                thread::sleep(Duration::from_millis(10));
            }
        })
    };
    // Each begins in the middle of another one.
    let readers: Vec<_> = (0..4)
        .map(|_| {
            thread::sleep(Duration::from_millis(3));
            reading()
        })
        .collect();
    let megabyte = |ground: &Ground<'_>| {
        ground
            .connection
            .execute("INSERT INTO t VALUES (zeroblob(1000000))", [])?;
        Ok(((), vec![]))
    };
    let mut largest = 0;
    for _ in 0..300 {
        writer.write(None, megabyte).await.unwrap();
        let wal = std::fs::metadata(path.with_extension("db-wal"))
            .unwrap()
            .len();
        largest = largest.max(wal);
    }
    enough.store(true, Ordering::Relaxed);
    for reader in readers {
        reader.join().unwrap();
    }
    println!("the WAL had at most {largest} bytes");
    assert!(largest <= WAL_LIMIT.unsigned_abs(), "{largest}");
}

#[tokio::test]
async fn a_reader_that_stays_holds_up_no_change_for_long() {
    let (dir, writer) = writer();
    let path = dir.path().join("x.db");
    let mut reader = open_reader(&path).unwrap();
    let state = reader.transaction().unwrap();
    let _: i64 = state
        .query_row("SELECT count(*) FROM t", [], |r| r.get(0))
        .unwrap();
    let megabyte = |ground: &Ground<'_>| {
        ground
            .connection
            .execute("INSERT INTO t VALUES (zeroblob(1000000))", [])?;
        Ok(((), vec![]))
    };
    for _ in 0..80 {
        writer.write(None, megabyte).await.unwrap();
    }
    let rows_seen: i64 = state
        .query_row("SELECT count(*) FROM t", [], |r| r.get(0))
        .unwrap();
    assert_eq!(rows_seen, 0);
    drop(state);
    // Once it is gone, the WAL begins anew, and is cut back.
    for _ in 0..80 {
        writer.write(None, megabyte).await.unwrap();
    }
    let wal = std::fs::metadata(path.with_extension("db-wal"))
        .unwrap()
        .len();
    assert!(wal <= WAL_LIMIT.unsigned_abs(), "{wal}");
}
