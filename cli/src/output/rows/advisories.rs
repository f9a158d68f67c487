//! What `advisories` lists: feeds, imports, advisories and their packages.

use proto_types::{AdvisorySummary, AffectingAdvisory, Feed, FeedGap, FeedImported};
use serde::Serialize;

use super::affected::share;
use crate::output::heading::Heading;
use crate::output::row::{Cell, Column, Listed, Row};

/// How many ecosystems of a feed are named.
const NAMED: usize = 4;

impl Row for Feed {
    fn cell(&self, heading: Heading) -> Cell {
        match heading {
            Heading::Source => Cell::text(&self.source),
            Heading::Kind => Cell::text(self.kind.as_str()),
            Heading::Advisories => Cell::Count(self.advisories),
            Heading::Withdrawn => Cell::Count(self.withdrawn),
            Heading::Entries => Cell::Count(self.entries),
            Heading::Newest => Cell::some_time(self.newest),
            Heading::ImportedAt => Cell::Time(self.imported_at),
            Heading::Skipped => Cell::Count(self.skipped.iter().map(|one| one.count).sum()),
            Heading::Ecosystems => Cell::some_text(Some(&ecosystems(self))),
            Heading::Reason => Cell::some_text(Some(&reasons(self))),
            Heading::Hash => Cell::text(&self.hash),
            _ => Cell::Empty,
        }
    }

    fn name(&self) -> String {
        self.source.clone()
    }
}

/// The first ecosystems of a feed, and how many more there are.
fn ecosystems(feed: &Feed) -> String {
    let all = feed.ecosystems.iter();
    let first: Vec<&str> = all.take(NAMED).map(|one| one.ecosystem.as_str()).collect();
    let total = feed
        .ecosystems_total
        .unwrap_or(feed.ecosystems.len() as u64);
    let more = total.saturating_sub(first.len() as u64);
    match more {
        0 => first.join(", "),
        more => format!("{}, {more} more", first.join(", ")),
    }
}

/// Why something was skipped, and how often.
fn reasons(feed: &Feed) -> String {
    let each = feed.skipped.iter();
    let each = each.map(|one| format!("{} ({})", one.reason, one.count));
    each.collect::<Vec<_>>().join("; ")
}

impl Listed for Feed {
    const COLUMNS: &'static [Column] = &[
        Column::new(Heading::Source),
        Column::new(Heading::Kind).leaves(),
        Column::new(Heading::Advisories),
        Column::new(Heading::Entries).leaves(),
        Column::new(Heading::Withdrawn).leaves().wide(),
        Column::new(Heading::Newest).leaves(),
        Column::new(Heading::ImportedAt),
        Column::new(Heading::Skipped).leaves(),
        Column::new(Heading::Ecosystems).cut(),
        Column::new(Heading::Reason).cut().wide(),
        Column::new(Heading::Hash).leaves().wide(),
    ];
}

impl Row for FeedGap {
    fn cell(&self, heading: Heading) -> Cell {
        match heading {
            Heading::Ecosystem => Cell::text(&self.of),
            Heading::Images => Cell::Count(self.images),
            Heading::Containers => Cell::Count(self.containers),
            Heading::Hosts => Cell::Count(self.hosts),
            Heading::Reason => Cell::text(&self.reason),
            _ => Cell::Empty,
        }
    }

    fn name(&self) -> String {
        self.of.clone()
    }
}

impl Listed for FeedGap {
    const COLUMNS: &'static [Column] = &[
        Column::new(Heading::Ecosystem),
        Column::new(Heading::Images),
        Column::new(Heading::Containers),
        Column::new(Heading::Hosts),
        Column::new(Heading::Reason).cut_last(),
    ];
}

impl Row for FeedImported {
    fn cell(&self, heading: Heading) -> Cell {
        match heading {
            Heading::Added => Cell::Count(self.added),
            Heading::Changed => Cell::Count(self.changed),
            Heading::Removed => Cell::Count(self.removed),
            other => self.feed.cell(other),
        }
    }

    fn name(&self) -> String {
        self.feed.source.clone()
    }
}

impl Listed for FeedImported {
    const COLUMNS: &'static [Column] = &[
        Column::new(Heading::Source),
        Column::new(Heading::Kind).leaves(),
        Column::new(Heading::Advisories),
        Column::new(Heading::Entries).leaves(),
        Column::new(Heading::Added),
        Column::new(Heading::Changed),
        Column::new(Heading::Removed),
        Column::new(Heading::Skipped).leaves(),
        Column::new(Heading::Ecosystems).cut(),
        Column::new(Heading::Reason).cut().wide(),
    ];
}

impl Row for AdvisorySummary {
    fn cell(&self, heading: Heading) -> Cell {
        match heading {
            Heading::Advisory => Cell::text(&self.id),
            Heading::Source => Cell::text(&self.source),
            Heading::Cves => Cell::some_text(Some(&self.cves.join(" "))),
            Heading::Summary => Cell::some_text(Some(&self.summary)),
            Heading::Packages => Cell::Count(self.packages),
            Heading::Published => Cell::some_time(self.published),
            Heading::Modified => Cell::some_time(self.modified),
            Heading::Withdrawn => Cell::some_time(self.withdrawn),
            _ => Cell::Empty,
        }
    }

    fn name(&self) -> String {
        self.id.clone()
    }
}

impl Listed for AdvisorySummary {
    const COLUMNS: &'static [Column] = &[
        Column::new(Heading::Advisory),
        Column::new(Heading::Source).cut_last(),
        Column::new(Heading::Cves).cut(),
        Column::new(Heading::Packages).leaves(),
        Column::new(Heading::Published).leaves().wide(),
        Column::new(Heading::Modified).leaves(),
        Column::new(Heading::Withdrawn).leaves().where_any(),
        Column::new(Heading::Summary).cut(),
    ];
}

impl Row for AffectingAdvisory {
    fn cell(&self, heading: Heading) -> Cell {
        match heading {
            Heading::Hosts => Cell::Count(self.affected.hosts),
            Heading::Containers => Cell::Count(self.affected.containers),
            Heading::Images => Cell::Count(self.affected.images),
            Heading::HostsUnknown => Cell::Count(self.unknown.hosts),
            Heading::HostsExcused => match self.excused.hosts {
                0 => Cell::Empty,
                hosts => Cell::Count(hosts),
            },
            Heading::ContainersUnknown => Cell::Count(self.unknown.containers),
            Heading::ImagesUnknown => Cell::Count(self.unknown.images),
            Heading::HasFix => Cell::text(if self.has_fix { "yes" } else { "no" }),
            Heading::Kev => Cell::some_text(self.kev.as_deref()),
            Heading::KevDue => Cell::some_text(self.kev_due.as_deref()),
            Heading::Epss => share(self.epss),
            Heading::EpssPercentile => share(self.epss_percentile),
            other => self.advisory.cell(other),
        }
    }

    fn name(&self) -> String {
        self.advisory.id.clone()
    }
}

impl Listed for AffectingAdvisory {
    const COLUMNS: &'static [Column] = &[
        Column::new(Heading::Advisory),
        Column::new(Heading::Cves).cut(),
        Column::new(Heading::Hosts),
        Column::new(Heading::Containers),
        Column::new(Heading::Images),
        Column::new(Heading::HostsUnknown).leaves(),
        Column::new(Heading::HostsExcused).leaves().where_any(),
        Column::new(Heading::ContainersUnknown).leaves().wide(),
        Column::new(Heading::ImagesUnknown).leaves().wide(),
        Column::new(Heading::HasFix).leaves(),
        Column::new(Heading::Kev).leaves().where_any(),
        Column::new(Heading::Epss).leaves().where_any(),
        Column::new(Heading::Source).cut_last().wide(),
        Column::new(Heading::Packages).leaves().wide(),
        Column::new(Heading::Published).leaves().wide(),
        Column::new(Heading::Modified).leaves().wide(),
        Column::new(Heading::KevDue).leaves().wide(),
        Column::new(Heading::EpssPercentile).leaves().wide(),
        Column::new(Heading::Summary).cut(),
    ];
}

/// A package that an advisory speaks of.
#[derive(Debug, Serialize)]
pub(crate) struct Package {
    /// The advisory's id.
    pub(crate) advisory: String,
    /// Where the package is from.
    pub(crate) ecosystem: String,
    /// Its name.
    pub(crate) name: String,
    /// What is vulnerable of it, in words.
    pub(crate) affected: String,
    /// The versions that fix it.
    pub(crate) fixed: Vec<String>,
}

impl Row for Package {
    fn cell(&self, heading: Heading) -> Cell {
        match heading {
            Heading::Advisory => Cell::text(&self.advisory),
            Heading::Ecosystem => Cell::text(&self.ecosystem),
            Heading::Name => Cell::text(&self.name),
            Heading::Affected => Cell::some_text(Some(&self.affected)),
            Heading::Fixed => Cell::some_text(Some(&self.fixed.join(" "))),
            _ => Cell::Empty,
        }
    }

    fn name(&self) -> String {
        self.name.clone()
    }
}

impl Listed for Package {
    const COLUMNS: &'static [Column] = &[
        Column::new(Heading::Ecosystem),
        Column::new(Heading::Name),
        Column::new(Heading::Affected).cut_last(),
        Column::new(Heading::Fixed).cut().wide(),
        Column::new(Heading::Advisory).wide(),
    ];
}
