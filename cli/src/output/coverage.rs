//! What an answer covers, in words.

use proto_types::Coverage;

use super::number::{counted, either, grouped};

/// What an answer lacks, one phrase each; none where it covers everything.
pub(crate) fn gaps(coverage: &Coverage) -> Vec<String> {
    let Coverage {
        hosts,
        silent_hosts: silent,
        incomplete_hosts: incomplete,
        images_without_sbom: without,
        images_partial: partial,
        ..
    } = *coverage;
    let mut gaps = Vec::new();
    if hosts == 0 {
        gaps.push("no host is enrolled".to_owned());
    }
    if silent > 0 {
        gaps.push(format!("{} silent", counted(silent, "host")));
    }
    if incomplete > 0 {
        let hosts = counted(incomplete, "host");
        gaps.push(format!("{hosts} could not list everything that runs"));
    }
    if without > 0 {
        let verb = either(without, "has", "have");
        gaps.push(format!("{} {verb} no SBOM", counted(without, "image")));
    }
    if partial > 0 {
        let rest = either(partial, "has a partial SBOM", "have partial SBOMs");
        gaps.push(format!("{} {rest}", counted(partial, "image")));
    }
    gaps
}

/// What an answer covers, and whether that deserves a warning.
pub(crate) fn sentence(coverage: &Coverage) -> (bool, String) {
    with_gaps(coverage, &gaps(coverage))
}

/// The same below a summary that named the gaps already.
pub(crate) fn short_sentence(coverage: &Coverage) -> (bool, String) {
    with_gaps(coverage, &[])
}

fn with_gaps(coverage: &Coverage, gaps: &[String]) -> (bool, String) {
    if coverage.hosts == 0 {
        let nobody = gaps
            .first()
            .map(|gap| format!("{gap}: "))
            .unwrap_or_default();
        return (true, format!("{nobody}this answer covers nothing"));
    }
    let images = grouped(coverage.running_images);
    let all = format!(
        "{} and the {images} {} that {}",
        counted(coverage.hosts, "host"),
        either(coverage.running_images, "image", "images"),
        either(coverage.hosts, "it runs", "they run"),
    );
    match (coverage.complete, gaps.is_empty()) {
        (true, _) => (false, format!("covers all of {all}")),
        (false, true) => (true, format!("does not cover all of {all}")),
        (false, false) => (
            true,
            format!("does not cover all of {all}: {}", gaps.join("; ")),
        ),
    }
}

#[cfg(test)]
mod tests {
    use proto_types::Coverage;

    use super::sentence;

    #[test]
    fn a_complete_answer_says_what_it_covers() {
        let coverage = Coverage {
            hosts: 1204,
            running_images: 1,
            ..Coverage::default()
        };
        let (warns, text) = sentence(&coverage.judged());
        assert!(!warns);
        assert_eq!(
            text,
            "covers all of 1,204 hosts and the 1 image that they run"
        );
    }

    #[test]
    fn an_incomplete_one_names_every_gap() {
        let coverage = Coverage {
            hosts: 42,
            silent_hosts: 3,
            incomplete_hosts: 1,
            running_images: 120,
            images_without_sbom: 2,
            images_partial: 1,
            ..Coverage::default()
        };
        let (warns, text) = sentence(&coverage);
        assert!(warns);
        assert_eq!(
            text,
            "does not cover all of 42 hosts and the 120 images that they run: 3 hosts silent; \
             1 host could not list everything that runs; 2 images have no SBOM; \
             1 image has a partial SBOM"
        );
    }

    #[test]
    fn without_hosts_an_answer_covers_nothing_whatever_it_claims() {
        let (warns, text) = sentence(&Coverage::default().judged());
        assert!(warns);
        assert_eq!(text, "no host is enrolled: this answer covers nothing");
    }
}
