//! A scanned image, as far as it can be taken.

use std::collections::BTreeSet;

use proto_types::{FailureCause, ImageDigest, ImageFacts, ScanReport, ScanStatus};

use super::{
    artifact::LeftOut,
    names::{cut, cut_or_none},
    told::Told,
};
use crate::{
    artifacts::{ArtifactSet, Held},
    bounds,
    fields::ArtifactFields,
    lease::LeaseClaim,
};

/// What a scan report claims of its lease, and the report with its artifacts sorted, each once and
/// within its bounds. Where something had to be left out it is partial, and its reason names and
/// counts that. The host is the cause only where it says that it is, and that by itself.
#[must_use]
pub fn scan_report<A: Into<Told>>(report: ScanReport<A>) -> (LeaseClaim, ScanReport<ArtifactSet>) {
    let mut left_out = LeftOut::default();
    let mut report = report.holding(|artifacts| taken(artifacts.into(), &mut left_out));
    let image = &mut report.image;
    image.distro = cut(std::mem::take(&mut image.distro));
    image.distro_version = cut(std::mem::take(&mut image.distro_version));
    image.facts = facts(std::mem::take(&mut image.facts));
    report.scanner = report.scanner.map(cut);
    let reasons: Vec<String> = [
        left_out.artifacts.in_words("artifact", "artifacts"),
        left_out
            .fields
            .in_words("field of an artifact", "fields of artifacts"),
    ]
    .into_iter()
    .flatten()
    .chain(report.reason.take())
    .collect();
    let is_the_hosts = report.cause == Some(FailureCause::Environment);
    report.cause =
        (is_the_hosts && report.status == ScanStatus::Partial).then_some(FailureCause::Environment);
    if left_out.is_any() {
        report.status = ScanStatus::Partial;
    }
    report.reason = cut_or_none(Some(reasons.join("; ")));
    let claim = LeaseClaim {
        lease: report.lease.take(),
        generation: report.generation,
    };
    (claim, report)
}

/// The artifacts that are taken.
fn taken(told: Told, left_out: &mut LeftOut) -> ArtifactSet {
    *left_out = told.left_out;
    let set = told.artifacts.into_set();
    let (fit, most) = (with_so_much_text(&set), bounds::ARTIFACTS);
    if fit.min(most) == set.len() {
        return set;
    }
    for artifact in set.iter().skip(fit.min(most)) {
        let reason = match fit < most {
            true => format!(
                "the texts of the image's artifacts have more than the {} bytes that are taken",
                bounds::ARTIFACT_TEXTS
            ),
            false => format!("the image holds more than the {most} that are taken"),
        };
        left_out.artifacts.add(artifact.name(), reason);
    }
    set.first(fit.min(most))
}

/// How many of the first ones have no more text than is taken.
fn with_so_much_text(artifacts: &ArtifactSet) -> usize {
    let mut bytes = 0;
    let fits = |artifact: &Held<'_>| {
        bytes += artifact.size();
        bytes <= bounds::ARTIFACT_TEXTS
    };
    artifacts.iter().take_while(fits).count()
}

fn facts(facts: ImageFacts) -> ImageFacts {
    let aliases: BTreeSet<ImageDigest> = facts.aliases.into_iter().collect();
    ImageFacts {
        distro_codename: cut_or_none(facts.distro_codename),
        distro_cpe: cut_or_none(facts.distro_cpe),
        architecture: cut_or_none(facts.architecture),
        aliases: aliases.into_iter().take(bounds::ALIASES).collect(),
        ..facts
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use proto_types::{Artifact, ScannedImage};

    use super::*;

    fn artifact(name: &str) -> Artifact {
        Artifact {
            artifact_type: "npm".to_owned(),
            name: name.to_owned(),
            version: "1".to_owned(),
            ..Artifact::default()
        }
    }

    fn accepted(report: ScanReport) -> ScanReport {
        scan_report(report).1.holding(|set| set.to_vec())
    }

    fn taken(artifacts: Vec<Artifact>) -> ScanReport {
        accepted(ScanReport {
            image: ScannedImage {
                digest: ImageDigest::from_bytes([1; 32]),
                distro: "debian".to_owned(),
                distro_version: "12".to_owned(),
                facts: ImageFacts::default(),
                artifacts,
            },
            lease: None,
            generation: None,
            scanner: None,
            detail: 0,
            status: ScanStatus::Complete,
            reason: None,
            cause: None,
        })
    }

    #[test]
    fn artifacts_are_a_set_in_order() {
        let report = taken(vec![artifact("b"), artifact("a"), artifact("b")]);
        assert_eq!(report.image.artifacts, [artifact("a"), artifact("b")]);
        assert_eq!((report.status, report.reason), (ScanStatus::Complete, None));
    }

    #[test]
    fn one_odd_artifact_is_left_out_and_makes_the_sbom_partial() {
        let long = "x".repeat(bounds::FIELD + 1);
        for (field, value, said) in [
            ("name", "", "no name or no type"),
            ("type", "", "no name or no type"),
            ("name", &long, "its name has 1025 bytes"),
            ("type", &long, "its type has 1025 bytes"),
            ("version", &long, "its version has 1025 bytes"),
        ] {
            let mut odd = artifact("odd");
            match field {
                "name" => odd.name = value.to_owned(),
                "type" => odd.artifact_type = value.to_owned(),
                _ => odd.version = value.to_owned(),
            }
            let report = taken(vec![artifact("a"), odd.clone(), odd]);
            assert_eq!(report.image.artifacts, [artifact("a")], "{field}");
            assert_eq!(report.status, ScanStatus::Partial);
            let reason = report.reason.unwrap();
            assert!(
                reason.starts_with("2 artifacts left out, such as `"),
                "{reason}"
            );
            assert!(reason.contains(said), "{reason}");
            assert!(reason.len() < 200, "{reason}");
        }
    }

    #[test]
    fn an_artifact_is_kept_without_a_field_that_is_too_long() {
        let odd = Artifact {
            purl: Some(format!("pkg:npm/{}", "x".repeat(bounds::PURL))),
            ..artifact("odd")
        };
        let report = taken(vec![odd]);
        assert_eq!(report.image.artifacts, [artifact("odd")]);
        assert_eq!(report.status, ScanStatus::Partial);
        let reason = report.reason.unwrap();
        assert!(
            reason.starts_with("1 field of an artifact left out, `odd`: its purl has"),
            "{reason}"
        );
    }

    #[test]
    fn of_too_many_artifacts_the_rest_is_counted() {
        let many = (0..bounds::ARTIFACTS + 2).map(|n| artifact(&format!("a{n}")));
        let report = taken(many.chain([artifact("a0")]).collect());
        assert_eq!(report.image.artifacts.len(), bounds::ARTIFACTS);
        let reason = report.reason.unwrap();
        assert!(
            reason.starts_with("2 artifacts left out, such as `a99998`"),
            "{reason}"
        );
    }

    #[test]
    fn of_artifacts_with_too_much_text_the_rest_is_counted() {
        let long = "x".repeat(bounds::FIELD);
        let large = |n: usize| Artifact {
            version: long.clone(),
            purl: Some("x".repeat(bounds::PURL)),
            licenses: (0..bounds::LICENSES)
                .map(|n| format!("{n:02}{}", &long[2..]))
                .collect(),
            ..artifact(&format!("{n:06}"))
        };
        // Each one is within every bound of its own.
        let of_one = ArtifactSet::from_iter([large(0)])
            .iter()
            .next()
            .unwrap()
            .size();
        let fit = bounds::ARTIFACT_TEXTS / of_one;
        let report = taken((0..fit).map(large).collect());
        assert_eq!(
            (report.image.artifacts.len(), report.status),
            (fit, ScanStatus::Complete)
        );
        let report = taken((0..fit + 2).map(large).collect());
        assert_eq!(report.image.artifacts.len(), fit);
        assert_eq!(report.status, ScanStatus::Partial);
        let reason = report.reason.unwrap();
        let said = format!("2 artifacts left out, such as `{fit:06}`: the texts of the image's");
        assert!(reason.starts_with(&said), "{reason}");
    }

    #[test]
    fn the_host_is_the_cause_of_what_it_left_out_itself_alone() {
        use FailureCause::{Environment, Expired, Image};
        let (whole, partial) = (ScanStatus::Complete, ScanStatus::Partial);
        for (status, cause, artifacts, kept) in [
            (partial, Some(Environment), vec![], Some(Environment)),
            (
                partial,
                Some(Environment),
                vec![artifact("")],
                Some(Environment),
            ),
            (partial, Some(Image), vec![], None),
            (partial, None, vec![], None),
            // Only the server sees a lease expire.
            (partial, Some(Expired), vec![], None),
            (whole, Some(Environment), vec![artifact("")], None),
        ] {
            let mut report = taken(vec![]);
            report.image.artifacts = artifacts;
            (report.status, report.cause) = (status, cause);
            assert_eq!(accepted(report).cause, kept, "{status} {cause:?}");
        }
    }

    #[test]
    fn what_the_scanner_said_is_kept_beside_what_is_left_out() {
        let report = accepted(ScanReport {
            status: ScanStatus::Partial,
            reason: Some("no room".to_owned()),
            ..taken(vec![])
        });
        assert_eq!(report.reason.as_deref(), Some("no room"));
        let mut report = taken(vec![]);
        report.reason = Some("no room".to_owned());
        report.image.artifacts = vec![artifact("")];
        let reason = accepted(report).reason.unwrap();
        assert!(reason.ends_with("; no room"), "{reason}");
    }
}
