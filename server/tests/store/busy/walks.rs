//! Walks through the pages of an answer.

use std::{
    collections::BTreeSet,
    sync::{Arc, atomic::Ordering},
};

use assetmon_server::store::query::FindQuery;
use jiff::SignedDuration;
use proto_types::{
    During, Field, FindRequest, FindResponse, FindResult, GroupBy, ListContainers, ListImages, Op,
};

use super::{Busy, writers::Chance};
use crate::{common::fleet::*, pages::rows_of};

/// Walks until it is over.
pub async fn walk(busy: Arc<Busy>, number: u64) {
    let mut chance = Chance(5000 + number * 104_729);
    while !busy.over.load(Ordering::Relaxed) {
        let limit = 3 + chance.below(20);
        match chance.below(8) {
            0 => containers(&busy, ListContainers::default(), limit).await,
            1 => {
                let then = ListContainers {
                    at: Some(busy.fleet.now()),
                    ..ListContainers::default()
                };
                containers(&busy, then, limit).await;
            }
            2 => images(&busy, limit).await,
            3 => groups(&busy, &mut chance, limit).await,
            4 => streamed(&busy, question(&busy, &mut chance), limit).await,
            _ => results(&busy, question(&busy, &mut chance), limit).await,
        }
        busy.walks.fetch_add(1, Ordering::Relaxed);
    }
}

/// A question about now, about a moment or about a time that goes on.
fn question(busy: &Busy, chance: &mut Chance) -> FindRequest {
    let now = busy.fleet.now();
    let request = match chance.below(4) {
        0 => named("all"),
        1 => one(Field::Name, Op::Prefix, "one"),
        2 => one(Field::Host, Op::Eq, "host1"),
        _ => one(Field::Container, Op::Glob, "c[12]"),
    };
    match chance.below(6) {
        0 => FindRequest {
            at: Some(now),
            ..request
        },
        1 => FindRequest {
            at: Some(now + SignedDuration::from_hours(1)),
            ..request
        },
        2 => FindRequest {
            during: Some(During {
                from: now - SignedDuration::from_millis(50),
                to: now + SignedDuration::from_hours(1),
            }),
            ..request
        },
        _ => request,
    }
}

fn is_of_now(request: &FindRequest) -> bool {
    request.at.is_none() && request.during.is_none()
}

/// Whether rows are as many as every page said, and, of what runs now, none of them twice. A
/// container may have run twice before on the same image, since the same time.
fn agree((what, of_now): (&str, bool), totals: &[u64], rows: &[String]) {
    assert!(
        totals.iter().all(|total| *total == totals[0]),
        "{what}: the total moved: {totals:?}"
    );
    assert_eq!(
        rows.len() as u64,
        totals[0],
        "{what}: rows were lost or added"
    );
    if of_now {
        let distinct: BTreeSet<&String> = rows.iter().collect();
        assert_eq!(distinct.len(), rows.len(), "{what}: rows came twice");
    }
}

fn text(row: &FindResult) -> String {
    format!(
        "{} {} {} {} {} {}",
        row.name, row.version, row.host, row.container, row.image_digest, row.running_since
    )
}

async fn page(
    busy: &Busy,
    request: &FindRequest,
    cursor: Option<String>,
    limit: u64,
) -> FindResponse {
    let request = FindRequest {
        limit: Some(limit),
        cursor,
        ..request.clone()
    };
    busy.fleet.find(request).await
}

async fn results(busy: &Busy, request: FindRequest, limit: u64) {
    let (mut totals, mut rows, mut untils) = (Vec::new(), Vec::new(), Vec::new());
    let mut cursor = None;
    loop {
        let page = page(busy, &request, cursor, limit).await;
        totals.push(page.total);
        let results = page.results.unwrap();
        rows.extend(results.iter().map(text));
        untils.extend(results.into_iter().filter_map(|row| row.until));
        cursor = page.next_cursor;
        if cursor.is_none() {
            break;
        }
    }
    agree(
        (&format!("{request:?}"), is_of_now(&request)),
        &totals,
        &rows,
    );
    if is_of_now(&request) {
        assert_eq!(untils, [], "what runs now has not ended");
    }
}

/// The pages of a stream after the first page, which says how many rows there are.
async fn streamed(busy: &Busy, request: FindRequest, limit: u64) {
    let first = page(busy, &request, None, limit).await;
    let mut rows: Vec<String> = first.results.unwrap().iter().map(text).collect();
    let query = FindQuery::new(FindRequest {
        limit: Some(limit * 2),
        cursor: first.next_cursor,
        ..request.clone()
    })
    .unwrap();
    let (mut rest, mut is_done) = (None, query.cursor.is_none());
    while !is_done {
        let (store, now) = (&busy.fleet.store, busy.fleet.now());
        let piece = store.find_lines(query.clone(), rest, now).await.unwrap();
        rows.extend(rows_of(&piece).iter().map(text));
        is_done = piece.rest.is_none();
        rest = piece.rest;
    }
    let what = format!("streamed {request:?}");
    agree((&what, is_of_now(&request)), &[first.total], &rows);
}

async fn groups(busy: &Busy, chance: &mut Chance, limit: u64) {
    let by = [GroupBy::Host, GroupBy::Version, GroupBy::Image];
    let request = FindRequest {
        group_by: Some(by[chance.below(3) as usize]),
        ..question(busy, chance)
    };
    let (mut totals, mut rows, mut cursor) = (Vec::new(), Vec::new(), None);
    let (mut sums, mut counted) = (Vec::new(), 0);
    loop {
        let page = page(busy, &request, cursor, limit).await;
        totals.push(page.total);
        sums.push(page.summary.containers);
        for group in page.groups.unwrap() {
            counted += group.containers;
            rows.push(group.key);
        }
        cursor = page.next_cursor;
        if cursor.is_none() {
            break;
        }
    }
    agree(
        (&format!("{request:?}"), is_of_now(&request)),
        &totals,
        &rows,
    );
    assert!(
        sums.iter().all(|sum| *sum == sums[0]),
        "{request:?}: {sums:?}"
    );
    // A container is on one host and on one image.
    if matches!(request.group_by, Some(GroupBy::Host | GroupBy::Image)) {
        assert_eq!(counted, sums[0], "{request:?}");
    }
}

async fn containers(busy: &Busy, mut request: ListContainers, limit: u64) {
    request.limit = Some(limit);
    let (mut totals, mut rows) = (Vec::new(), Vec::new());
    loop {
        let page = busy.fleet.containers(request.clone()).await;
        totals.push(page.total);
        rows.extend(page.containers.iter().map(|row| {
            let until = row.until.filter(|_| request.at.is_none());
            assert_eq!(until, None, "what runs now has not ended");
            format!("{} {} {}", row.host, row.name, row.running_since)
        }));
        request.cursor = page.next_cursor;
        if request.cursor.is_none() {
            break;
        }
    }
    request.cursor = None;
    agree(
        (&format!("{request:?}"), request.at.is_none()),
        &totals,
        &rows,
    );
}

async fn images(busy: &Busy, limit: u64) {
    let mut request = ListImages {
        running: Some(true),
        limit: Some(limit),
        ..ListImages::default()
    };
    let (mut totals, mut rows) = (Vec::new(), Vec::new());
    loop {
        let page = busy.fleet.store.images(request.clone(), busy.fleet.now());
        let page = page.await.unwrap();
        totals.push(page.total);
        rows.extend(page.images.iter().map(|image| image.digest.to_string()));
        request.cursor = page.next_cursor;
        if request.cursor.is_none() {
            break;
        }
    }
    agree(("images", true), &totals, &rows);
}
