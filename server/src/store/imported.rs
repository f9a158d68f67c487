//! What a question is about, as it is made ready: its advisories, and what was imported beside them.

use std::collections::{BTreeSet, HashMap};

use model::{
    advisory::{Advisory, Ecosystem},
    urgency::Urgency,
    verdict::FeedKind,
    vex::{self, Statement},
};
use proto_types::{FeedAge, LeftOutAdvisories};

use super::Holds;

/// Advisories that were imported, or given with the question.
#[derive(Debug, Default)]
pub struct Imported {
    /// The advisories: of ids, those that speak of them.
    pub advisories: Vec<Advisory>,
    /// Bytes that they are kept as, or were given in.
    pub bytes: usize,
    /// What could not be read of them.
    pub left_out: LeftOutAdvisories,
    /// The ids that were asked about, each with those of the advisories that speak of it.
    pub asked: Vec<(String, BTreeSet<String>)>,
    /// Where ids were asked about, what all feeds speak of, each ecosystem once, with the best that is listed of it.
    pub feeds: Option<Vec<(Ecosystem, FeedKind)>>,
    /// What else was imported of what they are about.
    pub beside: Beside,
}

/// What was imported of vulnerabilities beside the advisories about them.
#[derive(Debug, Clone, Default)]
pub struct Beside {
    /// Whether any catalog of exploited vulnerabilities was.
    pub has_kev: bool,
    /// How urgent each CVE is, by its id in capitals.
    pub urgencies: HashMap<String, Urgency>,
    /// What vendors state.
    pub statements: Vec<Statement>,
    /// By what feeds hold, the one of each that was imported longest ago.
    pub oldest: Vec<(Holds, FeedAge)>,
}

/// What advisories are about, by ids in capitals.
#[derive(Debug, Default)]
pub struct Ids {
    /// CVEs.
    pub cves: BTreeSet<String>,
    /// Whatever a statement may name them by.
    pub named: BTreeSet<String>,
}

impl Imported {
    /// What the advisories are about.
    #[must_use]
    pub fn ids(&self) -> Ids {
        let all = || self.advisories.iter();
        let named = all().flat_map(vex::ids);
        Ids {
            cves: all().flat_map(|one| cves(one, &self.asked)).collect(),
            named: named.map(str::to_ascii_uppercase).collect(),
        }
    }

    /// How urgent what an advisory is about is.
    #[must_use]
    pub fn urgency(&self, advisory: &Advisory) -> Urgency {
        if self.beside.urgencies.is_empty() {
            return Urgency::default();
        }
        let known = cves(advisory, &self.asked);
        let known = known.filter_map(|cve| self.beside.urgencies.get(&cve).copied());
        known.fold(Urgency::default(), Urgency::and)
    }
}

/// The CVEs that an advisory is about: those that it names, that in its own id (`DEBIAN-CVE-2024-1234`), and those that it
/// was asked for by.
fn cves<'a>(
    advisory: &'a Advisory,
    asked: &'a [(String, BTreeSet<String>)],
) -> impl Iterator<Item = String> {
    let own = advisory.id.find("CVE-").map(|at| &advisory.id[at..]);
    let asked = asked.iter().filter(|(_, by)| by.contains(&advisory.id));
    let asked = asked.map(|(id, _)| id.as_str());
    let named = advisory.cves().into_iter();
    let all = named.chain(own).chain(asked).map(str::to_ascii_uppercase);
    all.filter(|id| id.starts_with("CVE-"))
}
