//! How far a rollout has come on one host: the oldest version of an artifact that it runs.

use std::collections::BTreeMap;

use proto_types::{Host, HostState};
use serde::Serialize;

use crate::output::{Cell, Heading, Listed, Row, row::Column, rows::host_state};

/// A version of the artifact, as all rows of a rollout know it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Release {
    /// The version.
    pub(crate) version: String,
    /// Its ecosystem.
    pub(crate) artifact_type: String,
    /// Its place among all of them, the newest of each ecosystem first.
    #[serde(skip)]
    pub(crate) place: usize,
    /// How old it is among those of its ecosystem: 0 for the newest, 1 for the oldest.
    #[serde(skip)]
    pub(crate) age: Age,
}

/// How old a version is among the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Age {
    /// None is newer.
    Newest,
    /// Nearer to the newest.
    Newer,
    /// Nearer to the oldest.
    Older,
    /// None is older, and some are newer.
    Oldest,
}

/// What one host runs of an artifact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct OnHost {
    /// The host.
    pub(crate) host: String,
    /// How it stands, where that is known.
    pub(crate) state: Option<HostState>,
    /// The oldest version that it runs; none where it runs none.
    #[serde(flatten)]
    pub(crate) release: Option<Release>,
    /// How many versions it runs.
    pub(crate) versions: u64,
    /// How many of its containers run any.
    pub(crate) containers: u64,
    /// How many of these run a version that is affected; none where that wasn't asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) affected: Option<u64>,
}

/// What a host's versions mean where some are affected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// It runs one that is.
    Affected,
    /// It runs others only.
    Clean,
    /// It runs none at all.
    None,
}

impl Verdict {
    /// The sign that stands for it on the map, besides its color.
    pub(crate) const fn sign(self) -> char {
        match self {
            Self::Affected => 'x',
            Self::Clean => 'o',
            Self::None => '·',
        }
    }
}

impl Age {
    /// The age of the version at a place among so many of its ecosystem, the newest first.
    pub(crate) const fn at(place: usize, of: usize) -> Self {
        if place == 0 {
            Self::Newest
        } else if place + 1 == of {
            Self::Oldest
        } else if place * 2 < of {
            Self::Newer
        } else {
            Self::Older
        }
    }
}

/// The versions of an artifact, as the server counts them: the newest of each ecosystem first.
pub(crate) fn releases(counted: impl IntoIterator<Item = (String, String)>) -> Vec<Release> {
    let counted: Vec<(String, String)> = counted.into_iter().collect();
    let mut of_type: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, artifact_type) in &counted {
        *of_type.entry(artifact_type).or_default() += 1;
    }
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let all = counted.iter().enumerate();
    all.map(|(place, (version, artifact_type))| {
        let before = seen.entry(artifact_type).or_default();
        let age = Age::at(*before, of_type[artifact_type.as_str()]);
        *before += 1;
        Release {
            version: version.clone(),
            artifact_type: artifact_type.clone(),
            place,
            age,
        }
    })
    .collect()
}

/// What each host runs, by its name: the hosts that there are, and those of each version with how many
/// containers of theirs run it.
pub(crate) fn by_host(hosts: Vec<Host>, found: Vec<(Release, Vec<(String, u64)>)>) -> Vec<OnHost> {
    let mut rows: BTreeMap<String, OnHost> = BTreeMap::new();
    for host in hosts {
        let row = OnHost::none(host.name, Some(host.state));
        rows.insert(row.host.clone(), row);
    }
    for (release, on) in found {
        for (host, containers) in on {
            let row = rows
                .entry(host.clone())
                .or_insert_with(|| OnHost::none(host, None));
            row.versions += 1;
            row.containers += containers;
            let is_older = row
                .release
                .as_ref()
                .is_none_or(|one| (one.age, one.place) < (release.age, release.place));
            if is_older {
                row.release = Some(release.clone());
            }
        }
    }
    rows.into_values().collect()
}

impl OnHost {
    const fn none(host: String, state: Option<HostState>) -> Self {
        Self {
            host,
            state,
            release: None,
            versions: 0,
            containers: 0,
            affected: None,
        }
    }

    /// Whether what it runs isn't known just now.
    pub(crate) const fn is_unknown(&self) -> bool {
        matches!(self.state, Some(HostState::Silent | HostState::Pending))
    }

    /// Whether it runs an affected version, only others, or none; nothing where that isn't known.
    pub(crate) fn verdict(&self) -> Option<Verdict> {
        match (&self.release, self.affected) {
            _ if self.is_unknown() => None,
            (None, _) => Some(Verdict::None),
            (Some(_), Some(1..)) => Some(Verdict::Affected),
            (Some(_), _) => Some(Verdict::Clean),
        }
    }

    /// The sign that stands for it on the map, besides its color: a letter for its oldest version, `a`
    /// for the newest of all; a capital where it runs others too.
    pub(crate) fn sign(&self) -> char {
        match &self.release {
            _ if self.is_unknown() => '?',
            None => '·',
            Some(release) if self.versions > 1 => letter(release.place).to_ascii_uppercase(),
            Some(release) => letter(release.place),
        }
    }
}

/// Says of each host how many of its containers run an affected version.
pub(crate) fn judge(rows: &mut [OnHost], affected: &BTreeMap<String, u64>) {
    for row in rows {
        row.affected = Some(affected.get(&row.host).copied().unwrap_or(0));
    }
}

/// The letter of the version at a place; the last ones share the last letter.
pub(crate) fn letter(place: usize) -> char {
    let at = u8::try_from(place.min(25)).unwrap_or(25);
    char::from(b'a' + at)
}

impl Row for OnHost {
    fn cell(&self, heading: Heading) -> Cell {
        let release = self.release.as_ref();
        match heading {
            Heading::Host => Cell::text(&self.host),
            Heading::Version => Cell::some_text(release.map(|one| one.version.as_str())),
            Heading::Type => Cell::some_text(release.map(|one| one.artifact_type.as_str())),
            Heading::State => self.state.map_or(Cell::Empty, host_state),
            Heading::Versions => Cell::Count(self.versions),
            Heading::Containers => Cell::Count(self.containers),
            Heading::Affected => self.affected.map_or(Cell::Empty, Cell::Count),
            _ => Cell::Empty,
        }
    }

    fn name(&self) -> String {
        self.host.clone()
    }
}

impl Listed for OnHost {
    const COLUMNS: &'static [Column] = &[
        Column::new(Heading::Host),
        Column::new(Heading::Version),
        Column::new(Heading::Type),
        Column::new(Heading::Versions),
        Column::new(Heading::Containers),
        Column::new(Heading::Affected).where_any(),
        Column::new(Heading::State),
    ];
}
