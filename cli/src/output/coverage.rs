//! What an answer covers, in words.

use model::{
    proof::{self, Gap},
    shown::escaped,
};
use proto_types::Coverage;

use super::number::{counted, either, grouped};

/// What an answer lacks, one phrase each; none where it covers everything.
pub(crate) fn gaps(coverage: &Coverage) -> Vec<String> {
    proof::gaps(coverage).into_iter().map(in_words).collect()
}

/// The same of an answer that names the silent hosts where they are few, with what lists them where
/// it names none.
pub(crate) fn gaps_of(coverage: &Coverage, silent: &[String], is_now: bool) -> Vec<String> {
    let named = |gap: Gap| match (gap, silent) {
        (Gap::SilentHosts(_), []) if is_now => {
            format!("{} (`assetctl hosts --state silent`)", in_words(gap))
        }
        (Gap::SilentHosts(_), [_, ..]) => {
            format!("{} ({})", in_words(gap), escaped(&silent.join(", ")))
        }
        _ => in_words(gap),
    };
    proof::gaps(coverage).into_iter().map(named).collect()
}

fn in_words(gap: Gap) -> String {
    match gap {
        Gap::NoHost => "no enrolled hosts".to_owned(),
        Gap::PendingHosts(pending) => {
            let verb = either(pending, "has", "have");
            format!("{} {verb} not enrolled yet", counted(pending, "host"))
        }
        Gap::SilentHosts(silent) => format!("{} silent", counted(silent, "host")),
        Gap::IncompleteHosts(incomplete) => {
            let hosts = counted(incomplete, "host");
            format!("{hosts} reported an incomplete container list")
        }
        Gap::ClonedHosts(cloned) => {
            let verb = either(cloned, "is", "are");
            let hosts = counted(cloned, "host");
            format!("{hosts} {verb} reported by two machines with one token")
        }
        Gap::ContainersWithoutImage(containers) => {
            format!("{} without an image", counted(containers, "container"))
        }
        Gap::RuntimesNotLookedAt(runtimes) => {
            format!("{} not looked at", counted(runtimes, "runtime"))
        }
        Gap::ImagesWithoutSbom(without) => {
            let verb = either(without, "has", "have");
            format!("{} {verb} no SBOM", counted(without, "image"))
        }
        Gap::ImagesWithdrawn(images) => {
            let rest = either(images, "has a withdrawn SBOM", "have withdrawn SBOMs");
            format!("{} {rest}", counted(images, "image"))
        }
        Gap::ImagesPartial(partial) => {
            let rest = either(partial, "has a partial SBOM", "have partial SBOMs");
            format!("{} {rest}", counted(partial, "image"))
        }
        Gap::KeptSince(since) => format!("history is only kept since {since}"),
        Gap::InFuture => "that time is in the future".to_owned(),
    }
}

/// What an answer covers, and whether that deserves a warning.
pub(crate) fn sentence(coverage: &Coverage) -> (bool, String) {
    with_gaps(coverage, &gaps(coverage))
}

/// The same below a summary that named the gaps already: they are said again only where the numbers
/// show none.
pub(crate) fn short_sentence(coverage: &Coverage) -> (bool, String) {
    match covered(coverage) == [coverage.hosts, coverage.running_images] {
        true => sentence(coverage),
        false => with_gaps(coverage, &[]),
    }
}

fn with_gaps(coverage: &Coverage, gaps: &[String]) -> (bool, String) {
    let warns = !proof::is_proof(coverage);
    let text = extent(coverage, gaps);
    (
        warns,
        match coverage.hosts {
            0 => text,
            _ => format!("{} coverage: {text}", word(coverage)),
        },
    )
}

/// `complete`, or `incomplete`.
pub(crate) fn word(coverage: &Coverage) -> &'static str {
    match proof::is_proof(coverage) {
        true => "complete",
        false => "incomplete",
    }
}

/// What an answer is over, and what it lacks.
pub(crate) fn in_full(coverage: &Coverage) -> String {
    extent(coverage, &gaps(coverage))
}

fn extent(coverage: &Coverage, gaps: &[String]) -> String {
    if coverage.hosts == 0 {
        let mut parts = vec!["no enrolled hosts: this answer covers nothing".to_owned()];
        let others = proof::gaps(coverage).into_iter();
        parts.extend(others.filter(|gap| *gap != Gap::NoHost).map(in_words));
        return parts.join("; ");
    }
    let [hosts, images] = covered(coverage);
    let mut parts = vec![format!(
        "{}, {}",
        of_all(hosts, coverage.hosts, "host"),
        of_all(images, coverage.running_images, "running image"),
    )];
    parts.extend_from_slice(gaps);
    parts.join("; ")
}

/// How many hosts and running images an answer knows all of.
const fn covered(coverage: &Coverage) -> [u64; 2] {
    // A host has one state, so none is taken off twice.
    let hosts = coverage
        .hosts
        .saturating_sub(coverage.silent_hosts)
        .saturating_sub(coverage.incomplete_hosts)
        .saturating_sub(coverage.cloned_hosts);
    let images = coverage
        .running_images
        .saturating_sub(coverage.images_without_sbom)
        .saturating_sub(coverage.images_partial);
    [hosts, images]
}

/// `49 of 52 hosts`, or `52 hosts` where it is all of them.
fn of_all(covered: u64, all: u64, noun: &str) -> String {
    match covered == all {
        true => counted(all, noun),
        false => format!("{} of {}", grouped(covered), counted(all, noun)),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use model::proof::judged;
    use proto_types::Coverage;

    use super::{sentence, short_sentence};

    #[test]
    fn a_complete_answer_says_what_it_covers() {
        let coverage = Coverage {
            hosts: 1204,
            running_images: 1,
            ..Coverage::default()
        };
        let (warns, text) = sentence(&judged(coverage));
        assert!(!warns);
        assert_eq!(text, "complete coverage: 1,204 hosts, 1 running image");
    }

    #[test]
    fn an_incomplete_one_names_every_gap() {
        let coverage = Coverage {
            hosts: 42,
            silent_hosts: 3,
            incomplete_hosts: 1,
            cloned_hosts: 1,
            containers_without_image: 1,
            runtimes_not_looked_at: 2,
            running_images: 120,
            images_without_sbom: 3,
            images_withdrawn: 1,
            images_partial: 1,
            ..Coverage::default()
        };
        let (warns, text) = sentence(&coverage);
        assert!(warns);
        assert_eq!(
            text,
            "incomplete coverage: 37 of 42 hosts, 116 of 120 running images; 3 hosts silent; \
             1 host reported an incomplete container list; \
             1 host is reported by two machines with one token; 1 container without an image; \
             2 runtimes not looked at; 2 images have no SBOM; \
             1 image has a withdrawn SBOM; \
             1 image has a partial SBOM"
        );
    }

    #[test]
    fn below_a_summary_it_says_how_much_is_covered_of_how_much() {
        let silent = Coverage {
            hosts: 52,
            silent_hosts: 3,
            running_images: 21,
            images_without_sbom: 2,
            ..Coverage::default()
        };
        assert_eq!(
            short_sentence(&silent).1,
            "incomplete coverage: 49 of 52 hosts, 19 of 21 running images"
        );
        let unseen = Coverage {
            hosts: 52,
            running_images: 21,
            containers_without_image: 1,
            ..Coverage::default()
        };
        assert_eq!(
            short_sentence(&unseen).1,
            "incomplete coverage: 52 hosts, 21 running images; 1 container without an image",
            "what no number shows"
        );
    }

    #[test]
    fn a_time_that_nobody_can_know_of_is_named() {
        let coverage = Coverage {
            hosts: 2,
            pending_hosts: 1,
            running_images: 3,
            kept_since: Some("2026-03-01T00:00:00Z".parse().unwrap()),
            in_future: true,
            ..Coverage::default()
        };
        let (warns, text) = sentence(&judged(coverage));
        assert!(warns);
        assert_eq!(
            text,
            "incomplete coverage: 2 hosts, 3 running images; \
             1 host has not enrolled yet; history is only kept since 2026-03-01T00:00:00Z; \
             that time is in the future"
        );
    }

    #[test]
    fn without_hosts_an_answer_covers_nothing_whatever_it_claims() {
        let (warns, text) = sentence(&judged(Coverage::default()));
        assert!(warns);
        assert_eq!(text, "no enrolled hosts: this answer covers nothing");
    }
}
