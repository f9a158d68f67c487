//! Reports: what runs, as far as it can be taken.

use std::collections::HashSet;

use proto_types::{ContainerReport, FullReport, LeftOut, ReportedContainer, Runtime, Unseen};

use super::{
    left_out::Pile,
    names::cut,
    refused::{Refused, too_long},
};
use crate::bounds;

/// A full report without the containers that are over a bound, and what was left out. Where
/// there is any of it the report isn't complete: what is left out may still run, so the report
/// ends nothing.
///
/// # Errors
/// [`Refused`] where its `seq` can't be counted on from.
pub fn full_report(mut report: FullReport) -> Result<(FullReport, Option<LeftOut>), Refused> {
    check_seq(report.seq)?;
    report.scanner = report.scanner.map(cut);
    report.machine = report.machine.filter(|mark| is_mark(mark));
    report.unseen = unseen(report.unseen);
    let mut left_out = Pile::default();
    let mut names = HashSet::new();
    report.containers.retain(|container| {
        let odd = match odd(container) {
            None if names.len() == bounds::CONTAINERS => Some(format!(
                "the report lists more containers than the {} that are taken",
                bounds::CONTAINERS
            )),
            None if !names.insert(container.name.clone()) => {
                Some("the report lists another container of that name before it".to_owned())
            }
            odd => odd,
        };
        match odd {
            None => true,
            Some(reason) => {
                left_out.add(&container.name, reason);
                false
            }
        }
    });
    let left_out = left_out.told();
    report.complete &= left_out.is_none();
    Ok((report, left_out))
}

/// An update of one container, which is all that there is of it.
///
/// # Errors
/// [`Refused`] naming what is over its bound.
pub fn container_report(mut report: ContainerReport) -> Result<ContainerReport, Refused> {
    check_seq(report.seq)?;
    if let Some(odd) = odd(&report.container) {
        return Err(Refused(format!("the container can't be taken: {odd}")));
    }
    report.scanner = report.scanner.map(cut);
    report.machine = report.machine.filter(|mark| is_mark(mark));
    Ok(report)
}

/// Whether a machine can be known by this mark; what can't be one is left out.
const fn is_mark(mark: &str) -> bool {
    !mark.is_empty() && mark.len() <= bounds::MACHINE
}

/// What keeps a container from being taken.
fn odd(container: &ReportedContainer) -> Option<String> {
    let most = bounds::CONTAINER_NAME;
    if container.name.is_empty() {
        return Some("it has no name".to_owned());
    }
    [
        ("its name", &container.name),
        ("its image_name", &container.image_name),
    ]
    .into_iter()
    .find(|(_, text)| text.len() > most)
    .map(|(what, text)| too_long(what, text, most))
}

/// What isn't seen, within its bounds. What is over them is cut, and a gap stays a gap: what
/// isn't acknowledged stands before what is.
fn unseen(mut unseen: Unseen) -> Unseen {
    let most = u64::try_from(bounds::CONTAINERS).unwrap_or(u64::MAX);
    unseen.containers_without_image = unseen.containers_without_image.min(most);
    let runtimes = unseen.runtimes.into_iter().map(|runtime| Runtime {
        kind: cut(runtime.kind),
        detail: cut(runtime.detail),
        ..runtime
    });
    let mut runtimes: Vec<Runtime> = runtimes.collect();
    runtimes.sort_by(|one, other| {
        let key = |runtime: &Runtime| (runtime.acknowledged, runtime.to_string());
        key(one).cmp(&key(other))
    });
    runtimes.dedup();
    runtimes.truncate(bounds::RUNTIMES);
    unseen.runtimes = runtimes;
    unseen
}

fn check_seq(seq: Option<u64>) -> Result<(), Refused> {
    match seq {
        Some(seq) if seq > bounds::SEQ => Err(Refused(format!(
            "seq {seq} is too large: it ends at {}",
            bounds::SEQ
        ))),
        _ => Ok(()),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use proto_types::ImageDigest;

    use super::*;

    fn container(name: &str, image_name: &str) -> ReportedContainer {
        ReportedContainer {
            name: name.to_owned(),
            image_name: image_name.to_owned(),
            image_digest: ImageDigest::from_bytes([1; 32]),
        }
    }

    fn full(containers: Vec<ReportedContainer>) -> FullReport {
        FullReport {
            host: "web".to_owned(),
            seq: None,
            complete: true,
            scanner: None,
            detail: 0,
            machine: None,
            unseen: Unseen::default(),
            containers,
        }
    }

    fn update(name: &str, seq: Option<u64>) -> ContainerReport {
        ContainerReport {
            host: "web".to_owned(),
            seq,
            running: true,
            scanner: None,
            detail: 0,
            machine: None,
            container: container(name, "i"),
        }
    }

    #[test]
    fn what_is_within_its_bounds_is_taken_as_it_is() {
        let longest = "x".repeat(bounds::CONTAINER_NAME);
        let whole = full(vec![container(&longest, &longest), container("b", "")]);
        let (taken, left_out) = full_report(whole.clone()).unwrap();
        assert_eq!(taken.containers, whole.containers);
        assert!(taken.complete && left_out.is_none());
    }

    #[test]
    fn one_odd_container_is_left_out_and_named_and_the_listing_is_incomplete() {
        let long = "x".repeat(bounds::CONTAINER_NAME + 1);
        for (odd, reason) in [
            (container("", "i"), "no name"),
            (container(&long, "i"), "its name has 1025 bytes"),
            (container("odd", &long), "its image_name has 1025 bytes"),
            (container("a", "other"), "another container of that name"),
        ] {
            let listed = vec![container("a", "i"), odd.clone(), container("b", "i")];
            let (taken, left_out) = full_report(full(listed)).unwrap();
            let names: Vec<_> = taken.containers.iter().map(|one| &one.name).collect();
            assert_eq!(names, ["a", "b"], "{reason}");
            assert_eq!(taken.containers[0].image_name, "i", "the first one stays");
            assert!(!taken.complete);
            let left_out = left_out.unwrap();
            assert_eq!(left_out.count, 1);
            assert!(left_out.items[0].reason.contains(reason), "{left_out:?}");
            assert!(left_out.items[0].name.chars().count() <= 61);
            assert!(
                odd.name
                    .starts_with(left_out.items[0].name.trim_end_matches('…'))
            );
        }
    }

    #[test]
    fn of_too_many_containers_the_first_ones_are_taken_and_the_rest_is_counted() {
        let many = (0..bounds::CONTAINERS + 30).map(|n| container(&format!("c{n}"), "i"));
        let (taken, left_out) = full_report(full(many.collect())).unwrap();
        assert_eq!(taken.containers.len(), bounds::CONTAINERS);
        let left_out = left_out.unwrap();
        assert_eq!((left_out.count, left_out.items.len()), (30, 20));
        assert_eq!(left_out.items[0].name, "c5000");
        assert!(!taken.complete);
    }

    #[test]
    fn what_is_not_seen_is_cut_to_its_bounds_and_stays_a_gap() {
        let runtime = |number: usize, acknowledged| Runtime {
            kind: "podman".to_owned(),
            detail: format!("{number:04}{}", "x".repeat(bounds::FIELD)),
            acknowledged,
        };
        let mut runtimes: Vec<Runtime> = (0..100).map(|number| runtime(number, true)).collect();
        runtimes.push(runtime(100, false));
        let mut report = full(vec![]);
        report.unseen = Unseen {
            containers_without_image: u64::MAX,
            runtimes,
        };
        let (taken, left_out) = full_report(report).unwrap();
        assert!(taken.complete && left_out.is_none());
        assert_eq!(taken.unseen.containers_without_image, 5000);
        assert_eq!(taken.unseen.runtimes.len(), bounds::RUNTIMES);
        assert!(!taken.unseen.runtimes[0].acknowledged);
        let within = |one: &Runtime| one.detail.len() == bounds::FIELD;
        assert!(taken.unseen.runtimes.iter().all(within));
    }

    #[test]
    fn a_mark_of_a_machine_that_can_not_be_one_is_left_out() {
        let longest = "x".repeat(bounds::MACHINE);
        for (mark, is_taken) in [
            ("", false),
            (&longest, true),
            (&format!("{longest}x"), false),
        ] {
            let machine = Some(mark.to_owned());
            let taken = is_taken.then(|| mark.to_owned());
            let mut report = full(vec![]);
            report.machine = machine.clone();
            assert_eq!(full_report(report).unwrap().0.machine, taken);
            let mut report = update("a", None);
            report.machine = machine;
            assert_eq!(container_report(report).unwrap().machine, taken);
        }
    }

    #[test]
    fn an_update_of_an_odd_container_is_refused() {
        let long = "x".repeat(bounds::CONTAINER_NAME + 1);
        for (name, reason) in [("", "no name"), (long.as_str(), "1025 bytes")] {
            let refused = container_report(update(name, None)).unwrap_err();
            assert!(refused.0.contains(reason), "{refused}");
        }
        assert!(container_report(update("a", None)).is_ok());
    }

    #[test]
    fn a_seq_that_can_not_be_counted_on_from_is_refused() {
        let mut report = full(vec![]);
        report.seq = Some(u64::MAX);
        assert!(full_report(report).is_err());
        assert!(container_report(update("a", Some(bounds::SEQ + 1))).is_err());
        assert!(container_report(update("a", Some(bounds::SEQ))).is_ok());
    }
}
