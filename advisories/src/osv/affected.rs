//! The packages that a record speaks of.

use std::collections::BTreeMap;

use model::{
    advisory::{Affected, Ecosystem, Family, Known, Module, Severity},
    bounds,
    purl::{self, Purl},
};
use serde::Deserialize;
use serde_json::value::RawValue;

use super::{
    fields::{self, Notes},
    range,
};
use crate::{Reason, text};

/// What is read of all entries.
#[derive(Default)]
pub(super) struct Read {
    /// How many there are, with those that can't be read.
    pub(super) entries: usize,
    pub(super) packages: Vec<Affected>,
    /// How bad it is, where the first entry that says so says it.
    pub(super) severity: Vec<Severity>,
}

#[derive(Deserialize)]
struct Entry<'a> {
    #[serde(borrow, default)]
    package: Option<&'a RawValue>,
    #[serde(borrow, default)]
    ranges: Option<&'a RawValue>,
    #[serde(borrow, default)]
    versions: Option<&'a RawValue>,
    #[serde(borrow, default)]
    severity: Option<&'a RawValue>,
    #[serde(borrow, default)]
    ecosystem_specific: Option<&'a RawValue>,
    #[serde(borrow, default)]
    database_specific: Option<&'a RawValue>,
}

#[derive(Deserialize)]
struct Package<'a> {
    #[serde(borrow, default)]
    ecosystem: Option<&'a RawValue>,
    #[serde(borrow, default)]
    name: Option<&'a RawValue>,
    #[serde(borrow, default)]
    purl: Option<&'a RawValue>,
}

/// What feeds say of their own.
#[derive(Default, Deserialize)]
struct Specific<'a> {
    #[serde(borrow, default)]
    rpm_modularity: Option<&'a RawValue>,
    #[serde(borrow, default)]
    binaries: Option<&'a RawValue>,
    #[serde(borrow, default)]
    last_known_affected_version_range: Option<&'a RawValue>,
}

/// Reads all entries. `summary` may name a module.
pub(super) fn read(raw: Option<&RawValue>, summary: &str, notes: &mut Notes<'_>) -> Read {
    let mut read = Read::default();
    let entries = fields::list(raw, "affected", bounds::ADVISORY_PACKAGES, notes);
    read.entries = entries.len();
    for raw in entries {
        let Ok(entry) = serde_json::from_str::<Entry<'_>>(raw.get()) else {
            notes.add(Reason::NoPackage, "");
            continue;
        };
        let Some(affected) = entry.affected(summary, notes) else {
            continue;
        };
        if read.severity.is_empty() {
            read.severity = fields::severity(entry.severity, notes);
        }
        read.packages.push(affected);
    }
    read
}

impl Entry<'_> {
    fn affected(&self, summary: &str, notes: &mut Notes<'_>) -> Option<Affected> {
        let Some(named) = self.named() else {
            notes.add(Reason::NoPackage, "");
            return None;
        };
        let before = notes.open();
        let mut affected = Affected {
            ranges: range::ranges(self.ranges, notes),
            versions: range::versions(self.versions, notes),
            binaries: self.binaries(notes),
            known: self.known(),
            ..named
        };
        affected.incomplete = notes.open() > before;
        if affected.ranges.is_empty() && affected.versions.is_empty() {
            notes.add(Reason::NoVersions, &affected.name);
        }
        match affected.ecosystem.family() {
            None => notes.add(Reason::UnknownEcosystem, affected.ecosystem.as_str()),
            Some(family) => {
                affected.module = self.module(family, &affected, summary);
                if affected
                    .purl
                    .as_deref()
                    .is_some_and(|purl| differs(family, purl, &affected.name))
                {
                    notes.add(Reason::PurlDiffers, &affected.name);
                }
            }
        }
        Some(affected)
    }

    /// The package alone.
    fn named(&self) -> Option<Affected> {
        let package: Package<'_> = serde_json::from_str(self.package?.get()).ok()?;
        Some(Affected {
            ecosystem: Ecosystem::new(text::short(package.ecosystem, bounds::FIELD)?),
            name: text::short(package.name, bounds::FIELD)?,
            purl: text::short(package.purl, bounds::PURL),
            ..Affected::default()
        })
    }

    fn specific(&self) -> impl Iterator<Item = Specific<'_>> {
        let raw = [self.ecosystem_specific, self.database_specific];
        let raw = raw.into_iter().flatten();
        raw.filter_map(|raw| serde_json::from_str(raw.get()).ok())
    }

    /// The module, where anything says it: the feed, the package URL, or versions and summary.
    fn module(&self, family: Family, affected: &Affected, summary: &str) -> Module {
        if family.purl_type() != "rpm" {
            return Module::Unsaid;
        }
        let said = self
            .specific()
            .find_map(|one| text::short(one.rpm_modularity, bounds::FIELD));
        let by_purl = || {
            let url = Purl::parse(affected.purl.as_deref()?)?;
            url.qualifier("rpmmod").map(str::to_owned)
        };
        match said.or_else(by_purl) {
            Some(module) => Module::Of(vec![module]),
            None => Module::read(&affected.ranges, summary),
        }
    }

    /// Up to where versions are known to be vulnerable, as GitHub's records say it: `<= 1.2.3`.
    fn known(&self) -> Option<Known> {
        let said = self
            .specific()
            .find_map(|one| text::short(one.last_known_affected_version_range, bounds::FIELD))?;
        let last = said.rsplit(',').next()?.trim().strip_prefix('<')?;
        let until = last.strip_prefix('=');
        Some(Known {
            included: until.is_some(),
            until: until.unwrap_or(last).trim().to_owned(),
        })
    }

    /// The binary packages that are meant: each as an object with its name, or all in one by name.
    /// Where more are named than are kept, that is noted: what isn't among them would not be affected.
    fn binaries(&self, notes: &mut Notes<'_>) -> Vec<String> {
        let mut specific = self.specific();
        let raw = specific.find_map(|one| fields::present(one.binaries));
        let mut names = Vec::new();
        for raw in fields::list(raw, "binaries", bounds::ADVISORY_BINARIES, notes) {
            let object: BTreeMap<String, &RawValue> =
                serde_json::from_str(raw.get()).unwrap_or_default();
            let named: Vec<String> = match object.get("binary_name") {
                Some(name) => text::short(Some(name), bounds::FIELD).into_iter().collect(),
                None => object.into_keys().collect(),
            };
            let is_name = |name: &String| !name.is_empty() && name.len() <= bounds::FIELD;
            if named.is_empty() || !named.iter().all(is_name) {
                notes.add(Reason::MalformedField, "binaries");
            }
            names.extend(named.into_iter().filter(is_name));
        }
        names.sort_unstable();
        names.dedup();
        if names.len() > bounds::ADVISORY_BINARIES {
            notes.add(Reason::TooMany, &format!("{} binaries", names.len()));
            names.truncate(bounds::ADVISORY_BINARIES);
        }
        names
    }
}

/// Whether a package URL names another package than the name. One that can't be read names none.
fn differs(family: Family, purl: &str, name: &str) -> bool {
    let Some(url) = Purl::parse(purl) else {
        return false;
    };
    let folded = purl::folded(name);
    let (own, namespace) = (url.name(), url.namespace());
    let spelled = [
        own.to_owned(),
        format!("{namespace}/{own}"),
        format!("{namespace}:{own}"),
    ];
    // The schema's type for actions isn't that of the package URL specification.
    let kind = match url.kind() {
        "githubactions" => "github",
        kind => kind,
    };
    kind != family.purl_type() || !spelled.iter().any(|one| purl::folded(one) == folded)
}
