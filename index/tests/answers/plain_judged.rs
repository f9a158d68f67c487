//! What advisories mean for those fleets, by asking each of them of each artifact in each container.

use std::collections::BTreeMap;

use index::{Judged, Mute, Question};
use model::{
    advisory::{Advisory, Ecosystem, Vulnerabilities},
    source,
    verdict::{Distro, Subject, can_speak, is_excused, judge, stated},
    vex::{self, Place, Statement},
};
use proto_types::{AffectedResult, Verdict};

use crate::plain::{Found, Plain, counted};

/// A row with what an advisory says of it.
pub struct Said {
    pub found: Found,
    /// What a vendor states, where it would be affected or unknown and isn't by that.
    pub excuse: Option<Statement>,
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
        let mut judgement = judge(advisory, &subject)?;
        let statement = self.stated(advisory, found);
        let statement = statement.filter(|one| is_excused(judgement.verdict, one));
        if let Some(statement) = statement {
            judgement = stated(judgement, statement);
        }
        let result = AffectedResult {
            advisory: advisory.id.clone(),
            cves: advisory.cves().into_iter().map(str::to_owned).collect(),
            verdict: judgement.verdict,
            fixed: judgement.fixed.map(str::to_owned),
            reason: judgement.because.to_string(),
            kev: None,
            kev_due: None,
            epss: None,
            epss_percentile: None,
            stated_by: statement.map(|one| one.author.clone()),
            found: found.result.clone(),
        };
        let found = found.clone();
        let excuse = statement.cloned();
        Some(Said {
            found,
            excuse,
            result,
        })
    }

    /// The statement that holds for an artifact in an image, of all that there are.
    fn stated(&self, advisory: &Advisory, found: &Found) -> Option<&Statement> {
        let image = &self.images[&found.image];
        let digests: Vec<String> = image
            .aliases
            .iter()
            .chain([&image.digest])
            .map(ToString::to_string)
            .collect();
        let place = Place {
            artifact: &self.artifacts[&found.artifact],
            digests: &digests,
        };
        let all: Vec<&Statement> = self.statements.iter().collect();
        vex::stated(&all, advisory, &place)
    }

    pub fn distro(&self, image: u32) -> Distro<'_> {
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
        let excused = said.iter().filter(|one| one.excuse.is_some());
        judged.excused = counted(excused.map(|one| &one.found));
        judged.unspoken = self.mute(question, advisories);
        judged
    }

    /// Whether a language's package would or may be affected if it didn't belong to one of a distribution.
    fn is_owned(&self, advisory: &Advisory, found: &Found) -> bool {
        let artifact = &self.artifacts[&found.artifact];
        let subject = Subject::new(artifact, false, self.distro(found.image));
        let verdict = judge(advisory, &subject).map(|one| one.verdict);
        artifact.owned_by_os
            && !source::is_of_distribution(&artifact.artifact_type)
            && matches!(verdict, Some(Verdict::Affected | Verdict::Unknown))
    }

    fn mute(&self, question: &Question, advisories: &[Advisory]) -> Vec<Mute> {
        let vulnerabilities = Vulnerabilities::of(advisories);
        type Of = (Vec<usize>, Vec<Found>);
        let mut mute: BTreeMap<(&str, &str), Of> = BTreeMap::new();
        for number in 0..vulnerabilities.len() {
            let speaking = vulnerabilities.speaking_of(|one| one == number);
            let speaking = advisories.iter().zip(speaking);
            let on_it: Vec<&Advisory> =
                speaking.filter(|(_, is)| *is).map(|(one, _)| one).collect();
            for ((distro, version), rows) in self.mute_of(question, &on_it) {
                let (numbers, all) = mute.entry((distro, version)).or_default();
                numbers.push(number);
                all.extend(rows);
            }
        }
        let mute = mute
            .into_iter()
            .map(|((distro, version), (numbers, rows))| {
                let mut counts = counted(rows.iter());
                counts.artifacts = 0;
                Mute {
                    distro: distro.to_owned(),
                    version: version.to_owned(),
                    counts,
                    vulnerabilities: numbers.len() as u64,
                    first: vulnerabilities.id(numbers[0]).to_owned(),
                }
            });
        mute.collect()
    }

    /// The rows of each distribution that none of the advisories on one vulnerability is about.
    fn mute_of(
        &self,
        question: &Question,
        advisories: &[&Advisory],
    ) -> BTreeMap<(&str, &str), Vec<Found>> {
        let ecosystems = advisories.iter().flat_map(|one| &one.affected);
        let ecosystems: Vec<_> = ecosystems.map(|one| &one.ecosystem).collect();
        let is_distribution = |one: &&Ecosystem| {
            let family = one.family();
            family.is_some_and(|family| family.is_distribution())
        };
        let any_is_distribution = ecosystems.iter().any(is_distribution);
        let mut rows: BTreeMap<(&str, &str), Vec<Found>> = BTreeMap::new();
        for found in self.rows(question) {
            let distro = self.distro(found.image);
            let is_package = source::is_of_distribution(&found.result.artifact_type);
            let is_owned = advisories.iter().any(|one| self.is_owned(one, &found));
            let counts = (is_package && any_is_distribution) || is_owned;
            if counts && !ecosystems.iter().any(|one| can_speak(one, distro)) {
                let of_it = rows.entry((distro.id, distro.version)).or_default();
                of_it.push(found);
            }
        }
        rows
    }
}
