//! What is told of a story.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use proto_types::{ImageDigest, ReportedContainer};

use super::{FEW, Images, Knowledge, Plan, plan};
use crate::{
    podman::{Listed, Listing},
    report::story::{Step, Story},
    seen::Seen,
};

fn digest(byte: u8) -> ImageDigest {
    ImageDigest::from_bytes([byte; 32])
}

/// What is seen where these containers are listed: ID, name, whether it runs.
fn seen(containers: &[(&str, &str, bool)]) -> Seen {
    let listed = |(id, name, running): &(&str, &str, bool)| Listed {
        id: (*id).to_owned(),
        container: ReportedContainer {
            name: (*name).to_owned(),
            image_name: "x".to_owned(),
            image_digest: digest(1),
        },
        running: *running,
    };
    let listing = Listing {
        containers: containers.iter().map(listed).collect(),
        ..Listing::default()
    };
    let mut seen = Seen::default();
    seen.add(0, "podman", Ok(listing));
    seen
}

/// A story of these steps: ID, name, whether it started.
fn story(steps: &[(&str, &str, bool)]) -> Story {
    let mut story = Story::default();
    for (id, name, running) in steps {
        let (id, image_name) = ((*id).to_owned(), "x".to_owned());
        let running = *running;
        let step = Step {
            id,
            image_name,
            running,
        };
        story.add((0, (*name).to_owned()), step);
    }
    story
}

/// What is told, as in `+web -web`, with `all` at its end for a full report.
fn told(story: &Story, seen: &Seen, before: &Seen) -> String {
    let images = Images::new();
    said(&plan(
        story,
        &Knowledge {
            seen,
            before,
            images,
        },
    ))
}

fn said(plan: &Plan) -> String {
    let due = plan.due.iter();
    let sign = |running| if running { '+' } else { '-' };
    let mut words: Vec<String> = due
        .map(|due| format!("{}{}", sign(due.running), due.container.name))
        .collect();
    words.extend(plan.everything.then(|| "all".to_owned()));
    words.join(" ")
}

#[test]
fn a_start_and_a_stop_are_told_once_each() {
    let none = Seen::default();
    let runs = seen(&[("a", "web", true)]);
    assert_eq!(told(&story(&[("a", "web", true)]), &runs, &none), "+web");
    let stopped = seen(&[("a", "web", false)]);
    assert_eq!(
        told(&story(&[("a", "web", false)]), &stopped, &none),
        "-web"
    );
    assert_eq!(
        told(&story(&[("a", "web", false)]), &seen(&[]), &runs),
        "-web"
    );
}

#[test]
fn a_container_that_ended_before_anyone_looked_is_told_as_a_run() {
    let short = story(&[("a", "web", true), ("a", "web", false)]);
    let stopped = seen(&[("a", "web", false)]);
    assert_eq!(told(&short, &stopped, &Seen::default()), "+web -web");
    let only_start = story(&[("a", "web", true)]);
    assert_eq!(told(&only_start, &stopped, &Seen::default()), "+web -web");
}

#[test]
fn one_that_is_gone_is_told_by_the_image_that_its_name_means() {
    let short = story(&[("a", "web", true), ("a", "web", false)]);
    let (seen, before) = (seen(&[]), Seen::default());
    let mut known = Knowledge {
        seen: &seen,
        before: &before,
        images: Images::new(),
    };
    assert_eq!(known.unknown(&short).next(), Some((0, "x")));
    // Without one there is nothing that could be said.
    assert_eq!(said(&plan(&short, &known)), "all");
    known.images.insert((0, "x".to_owned()), digest(7));
    let plan = plan(&short, &known);
    assert_eq!(said(&plan), "+web -web");
    assert_eq!(plan.due.first().unwrap().container.image_digest, digest(7));
}

#[test]
fn a_restart_is_an_end_and_a_start() {
    let again = story(&[("a", "web", false), ("a", "web", true)]);
    let runs = seen(&[("a", "web", true)]);
    assert_eq!(told(&again, &runs, &Seen::default()), "-web +web");
    // Where the start is yet to be heard of, the listing says it.
    let ended = story(&[("a", "web", false)]);
    assert_eq!(told(&ended, &runs, &Seen::default()), "-web +web");
}

#[test]
fn the_end_of_a_container_does_not_end_another_of_its_name() {
    let replaced = story(&[("a", "web", false), ("b", "web", true)]);
    let runs = seen(&[("b", "web", true)]);
    let before = seen(&[("a", "web", true)]);
    assert_eq!(told(&replaced, &runs, &before), "-web +web");
}

#[test]
fn a_store_that_could_not_be_listed_whole_ends_nothing() {
    let started = story(&[("a", "web", true)]);
    let mut odd = seen(&[]);
    odd.whole.clear();
    let before = seen(&[("a", "web", true)]);
    assert_eq!(told(&started, &odd, &before), "+web");
}

#[test]
fn of_many_containers_everything_is_told_at_once_and_short_runs_one_by_one() {
    let names: Vec<String> = (0..=FEW).map(|number| format!("c{number}")).collect();
    let mut steps: Vec<_> = names
        .iter()
        .map(|name| (name.as_str(), name.as_str(), true))
        .collect();
    let listed = seen(&steps);
    assert_eq!(told(&story(&steps), &listed, &Seen::default()), "all");
    steps.push(("c0", "c0", false));
    let listed: Vec<_> = names
        .iter()
        .map(|name| (name.as_str(), name.as_str(), name != "c0"))
        .collect();
    assert_eq!(
        told(&story(&steps), &seen(&listed), &Seen::default()),
        "+c0 all"
    );
    // What can't be listed whole ends nothing: then each end is told by itself.
    let mut odd = seen(&listed);
    odd.missing.push("odd".to_owned());
    let all = told(&story(&steps), &odd, &Seen::default());
    assert!(all.contains("-c0") && all.ends_with("all"), "{all}");
}
