//! Pages: page by page, an answer is the same as in one piece.

use assetmon_server::store::{
    query::{FindQuery, Lines},
    secret::SecretHash,
};
use proto_types::{
    Field, FindRequest, FindResult, ImageDigest, ListContainers, ListImages, Op, RunningContainer,
    ScanStatus,
};

use crate::common::{at, complete, deb, fleet::*, image, partial, sbom, scan, started, stopped};

/// Every row of a question, asked for in pages of `limit`.
pub async fn in_pages(fleet: &Fleet, request: &FindRequest, limit: u64) -> Vec<FindResult> {
    let mut request = FindRequest {
        limit: Some(limit),
        ..request.clone()
    };
    let mut rows = Vec::new();
    loop {
        let answer = fleet.find(request.clone()).await;
        let page = answer.results.unwrap();
        assert!(page.len() as u64 <= limit);
        assert_eq!(answer.truncated, answer.next_cursor.is_some());
        rows.extend(page);
        match answer.next_cursor {
            Some(cursor) => request.cursor = Some(cursor),
            None => return rows,
        }
    }
}

/// The rows of a page of lines.
pub fn rows_of(page: &Lines) -> Vec<FindResult> {
    let lines = page.text.split(|byte| *byte == b'\n');
    let lines = lines.filter(|line| !line.is_empty());
    lines
        .map(|line| serde_json::from_slice(line).unwrap())
        .collect()
}

/// Every row of a question, as a stream reads them.
pub async fn in_chunks(fleet: &Fleet, request: &FindRequest, chunk: usize) -> Vec<FindResult> {
    let mut query = FindQuery::new(request.clone()).unwrap();
    query.limit = chunk;
    let (mut rows, mut rest) = (Vec::new(), None);
    loop {
        let store = &fleet.store;
        let piece = store.find_lines(query.clone(), rest, fleet.now()).await;
        let piece = piece.unwrap();
        rows.extend(rows_of(&piece));
        rest = piece.rest;
        if rest.is_none() {
            return rows;
        }
    }
}

/// Every container of a list, asked for in pages of `limit`.
pub async fn containers_in_pages(
    fleet: &Fleet,
    mut request: ListContainers,
    limit: u64,
) -> Vec<RunningContainer> {
    request.limit = Some(limit);
    let mut containers = Vec::new();
    loop {
        let page = fleet.containers(request.clone()).await;
        containers.extend(page.containers);
        match page.next_cursor {
            Some(cursor) => request.cursor = Some(cursor),
            None => return containers,
        }
    }
}

async fn fleet() -> Fleet {
    let (fleet, [web, db]) = Fleet::of(["web", "db"]).await;
    let held = [deb("x", "1"), deb("x", "2"), deb("y", "1")];
    fleet
        .run(&web, &[("a", 1), ("b", 2), ("c", 1)], &held)
        .await;
    fleet.run(&db, &[("a", 2), ("d", 3)], &held).await;
    fleet
}

#[tokio::test]
async fn pages_of_any_size_hold_the_same_rows_once_each() {
    let fleet = fleet().await;
    for request in [
        FindRequest::default(),
        named("x"),
        one(Field::Host, Op::Eq, "web"),
        one(Field::Container, Op::Ne, "a"),
    ] {
        let all = fleet.find(FindRequest {
            limit: Some(0),
            ..request.clone()
        });
        let all = all.await.results.unwrap();
        assert!(all.len() > 3);
        for size in 1..=all.len() as u64 + 1 {
            assert_eq!(in_pages(&fleet, &request, size).await, all);
            assert_eq!(in_chunks(&fleet, &request, size as usize).await, all);
        }
    }
}

#[tokio::test]
async fn a_page_holds_100_rows_where_nothing_is_said_and_all_for_0() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    let held: Vec<_> = (0..150).map(|n| deb(&format!("x{n}"), "1")).collect();
    fleet.run(&web, &[("a", 1)], &held).await;
    let some = fleet.find(FindRequest::default()).await;
    assert_eq!((some.results.unwrap().len(), some.total), (100, 150));
    assert!(some.truncated);
    let all = fleet.find(FindRequest {
        limit: Some(0),
        ..FindRequest::default()
    });
    assert_eq!(all.await.results.unwrap().len(), 150);
}

#[tokio::test]
async fn what_stops_or_starts_between_two_pages_changes_nothing_in_them() {
    let fleet = fleet().await;
    let mut request = FindRequest {
        limit: Some(2),
        ..named("x")
    };
    let all = in_pages(&fleet, &request, 100).await;
    let first = fleet.find(request.clone()).await;
    fleet.pass(1);
    let hosts = fleet.store.hosts(fleet.now()).await.unwrap().hosts;
    assert_eq!(hosts.len(), 2);
    let web = assetmon_server::store::HostIdentity {
        id: 1,
        name: "web".to_owned(),
        // The first host's code and token are the first two secrets.
        proof: SecretHash::of("secret 1"),
    };
    fleet.full(&web, &[("e", 1)]).await;
    request.cursor = first.next_cursor;
    let rest = in_pages_from(&fleet, request).await;
    let rows: Vec<_> = first.results.unwrap().into_iter().chain(rest).collect();
    let names = |rows: &[FindResult]| -> Vec<String> {
        rows.iter()
            .map(|row| format!("{} {} {}", row.version, row.host, row.container))
            .collect()
    };
    assert_eq!(names(&rows), names(&all));
}

async fn in_pages_from(fleet: &Fleet, mut request: FindRequest) -> Vec<FindResult> {
    let mut rows = Vec::new();
    loop {
        let answer = fleet.find(request.clone()).await;
        rows.extend(answer.results.unwrap());
        match answer.next_cursor {
            Some(cursor) => request.cursor = Some(cursor),
            None => return rows,
        }
    }
}

/// How the pages of an answer, of two rows each, stand to the first one: every total, and the
/// containers of all rows. Between the first two pages something happens.
async fn walked(
    fleet: &Fleet,
    request: FindRequest,
    between: impl AsyncFnOnce(),
) -> (Vec<u64>, Vec<String>) {
    let mut request = FindRequest {
        limit: Some(2),
        ..request
    };
    let (mut totals, mut rows, mut between) = (Vec::new(), Vec::new(), Some(between));
    loop {
        let page = fleet.find(request.clone()).await;
        totals.push(page.total);
        let results = page.results.unwrap();
        rows.extend(results.into_iter().map(|row| row.container));
        let Some(cursor) = page.next_cursor else {
            return (totals, rows);
        };
        request.cursor = Some(cursor);
        if let Some(between) = between.take() {
            between().await;
        }
    }
}

#[tokio::test]
async fn what_happens_in_the_moment_of_the_first_page_changes_nothing_in_the_later_ones() {
    let held = [deb("x", "1")];
    let (fleet, [web, db]) = Fleet::of(["web", "db"]).await;
    fleet
        .run(&web, &[("a", 1), ("b", 1), ("c", 1)], &held)
        .await;
    let (totals, rows) = walked(&fleet, named("x"), async || {
        // Within the millisecond.
        fleet.run(&db, &[("new", 1)], &[]).await;
        fleet.full(&web, &[("a", 1)]).await;
    })
    .await;
    assert_eq!((totals, rows.join(" ")), (vec![3, 3], "a b c".to_owned()));
}

#[tokio::test]
async fn an_sbom_that_arrives_between_two_pages_is_not_in_the_later_ones() {
    let (fleet, [web, db]) = Fleet::of(["web", "db"]).await;
    fleet
        .run(&web, &[("a", 1), ("b", 1), ("c", 1)], &[deb("x", "1")])
        .await;
    // Runs already, and is scanned later.
    let lease = fleet.full(&db, &[("d", 2)]).await.leases.remove(0);
    fleet.pass(1);
    let (totals, rows) = walked(&fleet, named("x"), async || {
        fleet.pass(1);
        let sbom = complete(2, &[deb("x", "2"), deb("x", "1")]);
        fleet.upload(&db, &lease, sbom).await.unwrap();
    })
    .await;
    assert_eq!((totals, rows.join(" ")), (vec![3, 3], "a b c".to_owned()));
}

#[tokio::test]
async fn pages_about_what_many_images_hold_stand_for_one_moment_too() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    // So many that they are read in one go.
    for number in 0..=500_u16 {
        let mut bytes = [0; 32];
        bytes[..2].copy_from_slice(&number.to_be_bytes());
        let mut update = started(&format!("c{number:03}"), 1);
        update.container.image_digest = ImageDigest::from_bytes(bytes);
        let lease = fleet.update(&web, update).await.unwrap().leases.remove(0);
        let mut held = scan(1, &[deb("x", "1")], ScanStatus::Complete);
        held.image.digest = lease.image_digest;
        fleet.upload(&web, &lease, sbom(held)).await.unwrap();
    }
    let mut request = FindRequest {
        limit: Some(300),
        ..named("x")
    };
    let all = in_pages(&fleet, &request, 1_000).await;
    let first = fleet.find(request.clone()).await;
    for number in [3, 400] {
        let ends = stopped(&format!("c{number:03}"), 1);
        fleet.update(&web, ends).await.unwrap();
    }
    fleet.update(&web, started("new", 1)).await.unwrap();
    request.cursor = first.next_cursor;
    let second = fleet.find(request).await;
    assert_eq!((first.total, second.total), (501, 501));
    assert_eq!(second.summary, first.summary);
    let rows = first.results.into_iter().chain(second.results).flatten();
    assert_eq!(rows.collect::<Vec<_>>(), all);
}

#[tokio::test]
async fn pages_about_the_future_stand_for_one_moment_too() {
    let held = [deb("x", "1")];
    let ahead = |from| proto_types::During {
        from: at(from),
        to: at(9_000),
    };
    for (moment, range) in [(Some(at(9_000)), None), (None, Some(ahead(-5)))] {
        let (fleet, [web]) = Fleet::of(["web"]).await;
        fleet
            .run(&web, &[("a", 1), ("b", 1), ("c", 1)], &held)
            .await;
        let request = FindRequest {
            at: moment,
            during: range,
            ..named("x")
        };
        let (totals, rows) = walked(&fleet, request, async || {
            fleet.pass(10);
            fleet.full(&web, &[("a", 1), ("d", 1)]).await;
        })
        .await;
        assert_eq!((totals, rows.join(" ")), (vec![3, 3], "a b c".to_owned()));
    }
}

#[tokio::test]
async fn a_glitch_of_the_clock_unpins_no_pages() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    fleet.pass(10 * 365 * 86_400);
    fleet
        .run(&web, &[("a", 1), ("b", 1)], &[deb("x", "1")])
        .await;
    fleet.pass(-10 * 365 * 86_400);
    fleet.run(&web, &[("a", 1), ("b", 1), ("c", 1)], &[]).await;
    let (totals, rows) = walked(&fleet, named("x"), async || {
        fleet.pass(10);
        fleet.full(&web, &[("a", 1), ("b", 1), ("d", 1)]).await;
    })
    .await;
    assert_eq!((totals, rows.join(" ")), (vec![3, 3], "a b c".to_owned()));
}

#[tokio::test]
async fn later_pages_say_of_the_whole_what_the_first_one_said() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    fleet
        .run(&web, &[("a", 1), ("b", 1)], &[deb("x", "1")])
        .await;
    fleet.pass(100);
    let mut request = FindRequest {
        limit: Some(1),
        ..named("x")
    };
    let first = fleet.find(request.clone()).await;
    fleet.pass(50);
    fleet.full(&web, &[]).await;
    fleet.pass(50);
    request.cursor = first.next_cursor;
    let second = fleet.find(request).await;
    assert_eq!(second.summary, first.summary);
    assert_eq!(second.as_of, first.as_of);
    assert_eq!(second.results.unwrap()[0].until, None);
}

#[tokio::test]
async fn the_pages_of_lists_stand_for_the_moment_of_the_first_one() {
    let (fleet, [web, db]) = Fleet::of(["web", "db"]).await;
    let held = [deb("x", "1")];
    fleet
        .run(&web, &[("a", 1), ("b", 2), ("c", 3)], &held)
        .await;
    let mut running = ListImages {
        running: Some(true),
        limit: Some(1),
        ..Default::default()
    };
    let mut containers = ListContainers {
        limit: Some(1),
        ..Default::default()
    };
    let first = fleet
        .store
        .images(running.clone(), fleet.now())
        .await
        .unwrap();
    running.cursor = first.next_cursor;
    let listed = fleet.containers(containers.clone()).await;
    containers.cursor = listed.next_cursor;
    fleet.full(&web, &[("c", 4)]).await;
    fleet.full(&db, &[("z", 5)]).await;
    containers.limit = Some(0);
    running.limit = Some(0);
    let rest = fleet.containers(containers).await;
    let names: Vec<_> = rest.containers.iter().map(|one| &*one.name).collect();
    assert_eq!((rest.total, names), (3, vec!["b", "c"]));
    assert!(rest.containers.iter().all(|one| one.until.is_none()));
    let rest = fleet.store.images(running, fleet.now()).await.unwrap();
    let digests: Vec<_> = rest.images.iter().map(|one| one.digest).collect();
    assert_eq!((rest.total, digests), (3, vec![image(2), image(3)]));
}

#[tokio::test]
async fn pages_lose_nothing_that_began_before_the_clock_was_set_back() {
    let fleet = fleet().await;
    fleet.pass(-86_400);
    let request = named("x");
    let all = fleet.find(request.clone()).await.results.unwrap();
    assert_eq!(all.len(), 10);
    assert_eq!(in_pages(&fleet, &request, 1).await, all);
    assert_eq!(in_chunks(&fleet, &request, 3).await, all);
    let listed = ListContainers {
        limit: Some(1),
        ..Default::default()
    };
    let first = fleet.containers(listed.clone()).await;
    let second = fleet.containers(ListContainers {
        cursor: first.next_cursor,
        ..listed
    });
    assert_eq!(second.await.containers.len(), 1);
}

#[tokio::test]
async fn pages_bring_nothing_back_that_ended_before_the_clock_was_set_back() {
    let (fleet, [web, db]) = Fleet::of(["web", "db"]).await;
    fleet.run(&web, &[("a", 1)], &[deb("x", "1")]).await;
    fleet.run(&db, &[("b", 1), ("c", 1)], &[]).await;
    fleet.pass(1);
    fleet.full(&web, &[]).await;
    fleet.pass(-2);
    let all = fleet.find(named("x")).await.results.unwrap();
    assert_eq!(all.len(), 2);
    assert_eq!(in_pages(&fleet, &named("x"), 1).await, all);
}

#[tokio::test]
async fn after_the_clock_was_set_back_runs_come_in_the_order_in_which_they_began() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    fleet.run(&web, &[("x", 1)], &[deb("all", "1")]).await;
    fleet.pass(100);
    fleet.full(&web, &[]).await;
    fleet.pass(-150);
    // A run with a higher number that began before the other, both of which ran at one moment.
    fleet.full(&web, &[("x", 1)]).await;
    let listed = ListContainers {
        at: Some(at(50)),
        ..Default::default()
    };
    let containers = fleet.containers(listed.clone()).await.containers;
    let since = |row: &RunningContainer| row.running_since;
    assert_eq!(
        containers.iter().map(since).collect::<Vec<_>>(),
        [at(-50), at(0)]
    );
    assert_eq!(containers_in_pages(&fleet, listed, 1).await, containers);
    let question = FindRequest {
        at: Some(at(50)),
        ..named("all")
    };
    let rows = fleet.find(question.clone()).await.results.unwrap();
    let since = |row: &FindResult| row.running_since;
    assert_eq!(rows.iter().map(since).collect::<Vec<_>>(), [at(-50), at(0)]);
    assert_eq!(in_pages(&fleet, &question, 1).await, rows);
    assert_eq!(in_chunks(&fleet, &question, 1).await, rows);
}

#[tokio::test]
async fn a_page_that_ended_at_what_is_gone_is_followed_by_all_the_rest() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    let lease = fleet.full(&web, &[("a", 1)]).await.leases.remove(0);
    let some = partial(1, &[deb("x", "2"), deb("x", "1")]);
    fleet.upload(&web, &lease, some).await.unwrap();
    let mut request = FindRequest {
        limit: Some(1),
        ..one(Field::Host, Op::Eq, "web")
    };
    let first = fleet.find(request.clone()).await;
    assert_eq!(first.results.unwrap()[0].version, "2");
    let all = complete(1, &[deb("x", "1")]);
    fleet.upload(&web, &lease, all).await.unwrap();
    request.cursor = first.next_cursor;
    let rest = fleet.find(request).await.results.unwrap();
    assert_eq!(rest.len(), 1);
    assert_eq!(rest[0].version, "1");
}

#[tokio::test]
async fn containers_and_images_come_in_pages_too() {
    let fleet = fleet().await;
    let all = fleet.containers(ListContainers::default()).await;
    assert_eq!(all.total, 5);
    let containers = containers_in_pages(&fleet, ListContainers::default(), 2).await;
    assert_eq!(containers, all.containers);
    let mut request = ListImages {
        limit: Some(1),
        ..Default::default()
    };
    let mut images = Vec::new();
    loop {
        let page = fleet.store.images(request.clone(), fleet.now()).await;
        let page = page.unwrap();
        assert_eq!(page.total, 3);
        images.extend(page.images.into_iter().map(|image| image.digest));
        request.cursor = page.next_cursor;
        if request.cursor.is_none() {
            break;
        }
    }
    assert_eq!(images, [image(1), image(2), image(3)]);
}

#[tokio::test]
async fn a_cursor_that_is_not_from_the_list_is_refused() {
    let fleet = fleet().await;
    let other = fleet.containers(ListContainers {
        limit: Some(1),
        ..Default::default()
    });
    let other = other.await.next_cursor.unwrap();
    // As they were before commits had numbers.
    let of_before = hex::encode(r#"{"as_of":"2027-01-15T08:00:00Z","after":{"Count":1}}"#);
    for cursor in ["", "x", "00", "7b7d", &other, &of_before] {
        let request = FindRequest {
            cursor: Some(cursor.to_owned()),
            ..named("x")
        };
        let error = refused(fleet.ask(request).await).to_string();
        assert!(error.contains("cursor"), "{error}");
    }
}
