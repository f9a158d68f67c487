//! `find` in the past: at a moment, and during a range.

use proto_types::{During, Field, FindRequest, Op, TimelineRequest, Timestamp};

use crate::common::{at, deb, fleet::*, image};

fn at_time(moment: Timestamp) -> FindRequest {
    FindRequest {
        at: Some(moment),
        ..named("x")
    }
}

fn during(from: i64, to: i64) -> FindRequest {
    FindRequest {
        during: Some(During {
            from: at(from),
            to: at(to),
        }),
        ..named("x")
    }
}

/// `web` ran `a` from 0 to 100, and runs `b` since 50.
async fn fleet() -> Fleet {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    fleet.run(&web, &[("a", 1)], &[deb("x", "1")]).await;
    fleet.pass(50);
    fleet.run(&web, &[("a", 1), ("b", 1)], &[]).await;
    fleet.pass(50);
    fleet.full(&web, &[("b", 1)]).await;
    fleet.pass(100);
    fleet
}

#[tokio::test]
async fn at_a_moment_finds_what_ran_then() {
    let fleet = fleet().await;
    for (seconds, containers) in [
        (-1, 0),
        (0, 1),
        (49, 1),
        (50, 2),
        (99, 2),
        (100, 1),
        (200, 1),
    ] {
        let answer = fleet.find(at_time(at(seconds))).await;
        assert_eq!(answer.total, containers, "at {seconds}");
        assert_eq!(answer.summary.containers, containers);
        assert_eq!(answer.as_of, at(seconds));
    }
}

#[tokio::test]
async fn during_a_range_finds_what_ran_at_any_moment_of_it() {
    let fleet = fleet().await;
    for (from, to, containers) in [
        (-9, 0, 0),
        (-9, 1, 1),
        (0, 50, 1),
        (0, 51, 2),
        (99, 100, 2),
        (100, 101, 1),
        (150, 999, 1),
    ] {
        let answer = fleet.find(during(from, to)).await;
        assert_eq!(answer.total, containers, "from {from} to {to}");
    }
}

#[tokio::test]
async fn a_result_of_the_past_says_until_when_it_ran() {
    let fleet = fleet().await;
    let rows = fleet.find(during(0, 200)).await.results.unwrap();
    let times: Vec<_> = rows
        .iter()
        .map(|row| (row.container.as_str(), row.running_since, row.until))
        .collect();
    assert_eq!(times, [("a", at(0), Some(at(100))), ("b", at(50), None)]);
}

#[tokio::test]
async fn the_summary_says_when_it_first_and_last_ran_however_long_ago() {
    let fleet = fleet().await;
    let now = fleet.find(named("x")).await.summary;
    assert_eq!(
        (now.first_seen, now.last_seen),
        (Some(at(0)), Some(at(200)))
    );
    fleet.store.remove_host("web".to_owned()).await.unwrap();
    fleet.pass(1000);
    let gone = fleet.find(named("x")).await;
    assert_eq!(gone.total, 0);
    assert_eq!(gone.summary.first_seen, Some(at(0)));
    assert_eq!(gone.summary.last_seen, Some(at(200)));
    let never = fleet.find(named("y")).await.summary;
    assert_eq!((never.first_seen, never.last_seen), (None, None));
}

#[tokio::test]
async fn when_it_first_and_last_ran_is_the_same_however_the_image_is_named() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    fleet.run(&web, &[("a", 1)], &[deb("x", "1")]).await;
    fleet.pass(100);
    fleet.full(&web, &[]).await;
    fleet.pass(100);
    let digest = image(1).to_string();
    for (op, value) in [(Op::Eq, digest.as_str()), (Op::Prefix, &digest[..20])] {
        let answer = fleet.find(one(Field::ImageDigest, op, value)).await;
        assert_eq!(answer.total, 0, "{op}");
        let seen = (answer.summary.first_seen, answer.summary.last_seen);
        assert_eq!(seen, (Some(at(0)), Some(at(100))), "{op}");
    }
}

#[tokio::test]
async fn a_timeline_is_the_same_however_its_runs_are_named() {
    let (fleet, [web, _db]) = Fleet::of(["web", "db"]).await;
    fleet.run(&web, &[("a", 1)], &[deb("x", "1")]).await;
    fleet.pass(100);
    fleet.run(&web, &[("a", 2)], &[deb("x", "2")]).await;
    fleet.pass(100);
    fleet.full(&web, &[]).await;
    fleet.pass(100);
    let timeline = async |field, op, value: &str| {
        let request = FindRequest {
            timeline: Some(TimelineRequest {
                range: During {
                    from: at(0),
                    to: at(300),
                },
                points: 4,
            }),
            ..one(field, op, value)
        };
        let points = fleet.find(request).await.timeline.unwrap();
        let counts: Vec<_> = points.into_iter().map(|point| point.containers).collect();
        counts
    };
    for (field, same, like) in [
        (Field::Host, "web", "w*"),
        (Field::Container, "a", "a*"),
        (Field::ImageName, "example.org/image1:1", "*1:1"),
    ] {
        let wanted = match field {
            Field::ImageName => [1, 0, 0, 0],
            _ => [1, 1, 0, 0],
        };
        assert_eq!(timeline(field, Op::Eq, same).await, wanted, "{field}");
        assert_eq!(timeline(field, Op::Glob, like).await, wanted, "{field}");
    }
    let digest = image(1).to_string();
    let named = timeline(Field::ImageDigest, Op::Eq, &digest).await;
    assert_eq!(named, [1, 0, 0, 0]);
}

#[tokio::test]
async fn a_range_that_ends_before_it_starts_is_refused() {
    let fleet = Fleet::new();
    refused(fleet.ask(during(5, 5)).await);
    refused(fleet.ask(during(5, 4)).await);
    let both = FindRequest {
        at: Some(at(0)),
        ..during(0, 1)
    };
    refused(fleet.ask(both).await);
}

#[tokio::test]
async fn times_at_the_ends_of_what_can_be_written_are_answered() {
    let fleet = fleet().await;
    for moment in [Timestamp::MIN, Timestamp::MAX, Timestamp::UNIX_EPOCH] {
        fleet.find(at_time(moment)).await;
    }
    let always = FindRequest {
        during: Some(During {
            from: Timestamp::MIN,
            to: Timestamp::MAX,
        }),
        ..named("x")
    };
    assert_eq!(fleet.find(always).await.total, 2);
}

#[tokio::test]
async fn what_is_said_of_all_times_is_the_same_however_the_question_is_worded() {
    let (fleet, [web, old]) = Fleet::of(["web", "old"]).await;
    fleet.run(&old, &[("o", 1)], &[deb("x", "1")]).await;
    fleet.pass(100);
    fleet.full(&old, &[]).await;
    fleet.run(&web, &[("a", 2)], &[deb("x", "2")]).await;
    fleet.pass(100);
    fleet.full(&web, &[]).await;
    fleet.pass(100);
    let timeline = TimelineRequest {
        range: During {
            from: at(0),
            to: at(300),
        },
        points: 7,
    };
    let (first, second) = (image(1).to_string(), image(2).to_string());
    let wordings = [
        (
            Field::ImageDigest,
            Op::Eq,
            &*first,
            Op::Prefix,
            &first[..20],
        ),
        (Field::ImageDigest, Op::Eq, &second, Op::Glob, &second),
        (Field::Host, Op::Eq, "old", Op::Regex, "^old$"),
        (Field::Container, Op::Eq, "a", Op::Glob, "a"),
        (
            Field::ImageName,
            Op::Eq,
            "example.org/image1:1",
            Op::Contains,
            "image1",
        ),
    ];
    for (field, op, value, like, pattern) in wordings {
        for name in [None, Some("x"), Some("y")] {
            for moment in [None, Some(at(50)), Some(at(150)), Some(at(250))] {
                let ask = async |op, value| {
                    let mut request = one(field, op, value);
                    let named = name.map(|name| matching(Field::Name, Op::Eq, name));
                    request.matches.extend(named);
                    request.at = moment;
                    let all = fleet.find(request.clone()).await.summary;
                    request.timeline = Some(timeline);
                    let both = fleet.find(request).await;
                    assert_eq!(both.summary, all, "{field} {op} at {moment:?}");
                    (all, both.timeline)
                };
                let (said, same) = (ask(op, value).await, ask(like, pattern).await);
                assert_eq!(said, same, "{field} {name:?} at {moment:?}");
            }
        }
    }
}
