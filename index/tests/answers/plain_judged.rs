//! What advisories mean for those fleets, by asking each of them of each artifact in each container.

use std::collections::BTreeMap;

use index::{Judged, Mute, Question};
use model::{
    advisory::Advisory,
    source,
    verdict::{Distro, Subject, judge, may_speak},
};
use proto_types::{AffectedResult, Verdict};

use crate::plain::{Found, Plain, counted};

/// A row with what an advisory says of it.
pub struct Said {
    pub found: Found,
    pub result: AffectedResult,
}

impl Plain {
    /// Every row with a verdict, in order. The advisories are in order and each has an id of its own.
    pub fn said(&self, question: &Question, advisories: &[Advisory]) -> Vec<Said> {
        let rows = self.rows(question);
        let said = advisories.iter().flat_map(|advisory| {
            rows.iter()
                .filter_map(move |found| self.says(advisory, found))
        });
        said.collect()
    }

    fn says(&self, advisory: &Advisory, found: &Found) -> Option<Said> {
        let artifact = &self.artifacts[&found.artifact];
        let subject = Subject::new(artifact, artifact.owned_by_os, self.distro(found.image));
        let judgement = judge(advisory, &subject)?;
        let result = AffectedResult {
            advisory: advisory.id.clone(),
            cves: advisory.cves().into_iter().map(str::to_owned).collect(),
            verdict: judgement.verdict,
            fixed: judgement.fixed.map(str::to_owned),
            reason: judgement.because.to_string(),
            found: found.result.clone(),
        };
        let found = found.clone();
        Some(Said { found, result })
    }

    fn distro(&self, image: u32) -> Distro<'_> {
        let sbom = self.images[&image].sbom.as_ref();
        sbom.map_or(Distro::default(), |sbom| Distro {
            id: &sbom.distro,
            version: &sbom.distro_version,
        })
    }

    /// How much each verdict is about, and what no advisory speaks of.
    pub fn judged(&self, question: &Question, advisories: &[Advisory]) -> Judged {
        let said = self.said(question, advisories);
        let mut judged = Judged::default();
        for (place, verdict) in Verdict::ALL.iter().enumerate() {
            let of_it = said.iter().filter(|one| one.result.verdict == *verdict);
            judged.rows[place] = of_it.clone().count() as u64;
            judged.counts[place] = counted(of_it.map(|one| &one.found));
        }
        judged.unspoken = self.mute(question, advisories);
        judged
    }

    /// Whether a language's package would or may be affected if it didn't belong to one of a distribution.
    fn is_owned(&self, advisories: &[Advisory], found: &Found) -> bool {
        let artifact = &self.artifacts[&found.artifact];
        let subject = Subject::new(artifact, false, self.distro(found.image));
        let judged = advisories.iter().filter_map(|one| judge(one, &subject));
        let mut verdicts = judged.map(|one| one.verdict);
        artifact.owned_by_os
            && !source::is_of_distribution(&artifact.artifact_type)
            && verdicts.any(|one| matches!(one, Verdict::Affected | Verdict::Unknown))
    }

    fn mute(&self, question: &Question, advisories: &[Advisory]) -> Vec<Mute> {
        let valid = advisories.iter().filter(|one| one.withdrawn.is_none());
        let named: Vec<_> = valid.flat_map(|one| &one.affected).collect();
        let is_of_distribution = |one: &&model::advisory::Affected| {
            let family = one.ecosystem.family();
            family.is_some_and(|family| family.is_distribution())
        };
        let any_is_of_distribution = named.iter().any(is_of_distribution);
        let mut rows: BTreeMap<(&str, &str), Vec<Found>> = BTreeMap::new();
        for found in self.rows(question) {
            let distro = self.distro(found.image);
            let is_package = source::is_of_distribution(&found.result.artifact_type);
            let counts =
                (is_package && any_is_of_distribution) || self.is_owned(advisories, &found);
            if counts && !named.iter().any(|one| may_speak(&one.ecosystem, distro)) {
                rows.entry((distro.id, distro.version))
                    .or_default()
                    .push(found);
            }
        }
        let mute = rows.into_iter().map(|((distro, version), rows)| {
            let mut counts = counted(rows.iter());
            counts.artifacts = 0;
            Mute {
                distro: distro.to_owned(),
                version: version.to_owned(),
                counts,
            }
        });
        mute.collect()
    }
}
