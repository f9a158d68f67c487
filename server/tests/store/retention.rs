//! Retention: what ended long ago is dropped, and nothing that an answer stands on.

use std::time::Instant;

use assetmon_server::{clock::Clock, retention, store::Step};
use jiff::SignedDuration;
use proto_types::{Field, ImageState, Op, ScanOutcome};

use crate::common::{at, deb, fleet::*, image, partial};

async fn drop_all(fleet: &Fleet, oldest_kept: i64) {
    fleet.drop_older(at(oldest_kept)).await;
}

#[tokio::test]
async fn what_ended_before_is_dropped_and_what_goes_on_stays() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    fleet
        .run(&web, &[("a", 1), ("b", 2)], &[deb("x", "1")])
        .await;
    fleet.pass(100);
    fleet.full(&web, &[("b", 2)]).await;
    drop_all(&fleet, 100).await;
    assert_eq!(fleet.live_at(at(50)).await, ["web/a", "web/b"]);
    drop_all(&fleet, 101).await;
    assert_eq!(fleet.live_at(at(50)).await, ["web/b"]);
    assert!(fleet.store.image(image(1), fleet.now()).await.is_err());
    assert_eq!(fleet.find(named("x")).await.total, 1);
}

#[tokio::test]
async fn the_artifacts_and_names_of_what_is_dropped_go_with_it() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    let kept = [deb("kept", "1")];
    fleet.run(&web, &[("b", 2)], &kept).await;
    fleet.run(&web, &[("a", 1)], &[deb("xz-utils", "1")]).await;
    fleet.pass(100);
    fleet.full(&web, &[("b", 2)]).await;
    drop_all(&fleet, 101).await;
    let path = fleet.folder().join("assetmon.db");
    let count: i64 = rusqlite::Connection::open(&path)
        .unwrap()
        .query_row("SELECT sum(count) FROM artifact_block", [], |row| {
            row.get(0)
        })
        .unwrap();
    assert_eq!(count, 1);
    assert_eq!(fleet.image(2).await.artifacts, kept);
}

#[tokio::test]
async fn an_image_that_runs_again_while_it_is_dropped_is_scanned_again() {
    let held: Vec<_> = (0..2500).map(|n| deb(&format!("x{n}"), "1")).collect();
    for steps in 0..9 {
        let (fleet, [web]) = Fleet::of(["web"]).await;
        fleet.run(&web, &[("a", 1)], &held).await;
        fleet.pass(100);
        fleet.full(&web, &[]).await;
        for _ in 0..steps {
            fleet.store.drop_older(at(101), 0).await.unwrap();
        }
        fleet.full(&web, &[("a", 1)]).await;
        let found = fleet.find(one(Field::Name, Op::Prefix, "x")).await;
        assert!(
            found.total == 2500 || !found.coverage.complete,
            "{} found after {steps} steps, and said to be all",
            found.total
        );
        fleet.run(&web, &[("a", 1)], &held).await;
        let image = fleet.image(1).await;
        assert_eq!(image.summary.state, ImageState::Complete);
        assert_eq!(image.artifacts.len(), 2500);
    }
}

#[tokio::test]
async fn no_generation_from_before_an_image_was_dropped_keeps_a_later_scan_out() {
    for steps in 0..9 {
        let (fleet, [web]) = Fleet::of(["web"]).await;
        for _ in 0..3 {
            fleet.full(&web, &[("a", 1)]).await;
            fleet.pass(1800);
        }
        let old = fleet.full(&web, &[("a", 1)]).await.leases.remove(0);
        let some = partial(1, &[deb("a", "1")]);
        fleet.upload(&web, &old, some).await.unwrap();
        fleet.pass(86_400);
        fleet.full(&web, &[]).await;
        fleet.pass(1);
        for _ in 0..steps {
            fleet.store.drop_older(fleet.now(), 0).await.unwrap();
        }
        let new = fleet.full(&web, &[("a", 1)]).await.leases.remove(0);
        let both = [deb("a", "1"), deb("vulnerable", "1")];
        let outcome = fleet.upload(&web, &new, partial(1, &both)).await;
        assert_eq!(outcome.unwrap(), ScanOutcome::Stored, "after {steps} steps");
        refused(fleet.upload(&web, &old, partial(1, &[])).await);
        assert_eq!(fleet.find(named("vulnerable")).await.total, 1);
    }
}

/// The daily job, so many days in a row; how many rows it drops.
async fn days(fleet: &Fleet, days: usize) -> usize {
    let clock = Clock::turned_by(fleet.clock.clone());
    let mut dropped = 0;
    for _ in 0..days {
        fleet.pass(86_400);
        let keep = SignedDuration::from_hours(400 * 24);
        dropped += retention::once(fleet.store.as_ref(), &clock, keep)
            .await
            .unwrap();
    }
    dropped
}

#[tokio::test]
async fn a_clock_that_is_years_ahead_for_some_days_drops_nothing() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    fleet.full(&web, &[("a", 1)]).await;
    fleet.pass(10);
    fleet.full(&web, &[]).await;
    assert_eq!(days(&fleet, 30).await, 0);
    let years = 10 * 365 * 86_400;
    fleet.pass(years);
    let fleet = fleet.reopened();
    assert_eq!(days(&fleet, 6).await, 0);
    fleet.pass(-years);
    assert_eq!(days(&fleet, 30).await, 0);
    assert_eq!(fleet.live_at(at(5)).await, ["web/a"]);
}

#[tokio::test]
async fn what_is_old_by_a_clock_that_goes_its_way_is_dropped() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    fleet.full(&web, &[("a", 1)]).await;
    fleet.pass(10);
    fleet.full(&web, &[]).await;
    assert_eq!(days(&fleet, 400).await, 0);
    assert!(days(&fleet, 2).await > 0);
}

/// How many artifacts steps dropped, none of which looked at or wrote much.
fn dropped_by(steps: &[Step], most: usize) -> usize {
    let of_artifacts = steps.iter().filter(|step| step.looked > 0);
    let dropped = of_artifacts.map(|step| {
        assert!(step.looked <= 256 && step.dropped <= most, "{step:?}");
        step.dropped
    });
    dropped.sum()
}

#[tokio::test]
async fn a_step_of_the_daily_job_looks_at_few_rows_and_writes_fewer() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    // What a scan adds is a row, but for the large one, whose are ten.
    for number in 1..=60 {
        let one = [deb(&format!("x{number}"), "1")];
        fleet.run(&web, &[("a", number)], &one).await;
    }
    let many: Vec<_> = (0..10_240).map(|n| deb(&format!("y{n}"), "1")).collect();
    fleet.run(&web, &[("a", 61)], &many).await;
    assert_eq!(fleet.drop_older(at(0)).await, [Step::default()]);
    fleet.pass(100);
    let small = fleet.drop_older(fleet.now()).await;
    assert_eq!(dropped_by(&small, 4), 60);
    fleet.full(&web, &[]).await;
    fleet.pass(1);
    let large = fleet.drop_older(fleet.now()).await;
    assert_eq!(dropped_by(&large, 4 * 1_024), many.len());
}

#[tokio::test]
#[ignore = "takes a minute: cargo test --release -p assetmon-server --test store -- --ignored --nocapture a_step"]
async fn a_step_of_the_daily_job_holds_the_writer_for_moments() {
    const IMAGES: u8 = 100;
    let (fleet, [web]) = Fleet::of(["web"]).await;
    for number in 1..=IMAGES {
        let held: Vec<_> = (0..6_000)
            .map(|n| deb(&format!("x{number}-{n}"), "1"))
            .collect();
        fleet.run(&web, &[("a", number)], &held).await;
    }
    fleet.pass(100);
    // What one image holds stays.
    fleet.full(&web, &[("a", IMAGES)]).await;
    let (mut dropped, mut took, mut next) = (0, Vec::new(), Some(0));
    while let Some(from) = next {
        let begun = Instant::now();
        let step = fleet.store.drop_older(fleet.now(), from).await.unwrap();
        took.push(begun.elapsed());
        (dropped, next) = (dropped + step.dropped, step.next);
    }
    let longest = took.iter().max().unwrap();
    let steps = took.len();
    println!("{dropped} rows in {steps} steps, the longest {longest:?}");
}
