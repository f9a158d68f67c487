//! What `find --group-by` lists: the same counts, headed by what they are counted by.

use std::{
    collections::HashSet,
    io::{self, Write},
};

use model::shown::escaped;
use proto_types::{Group, GroupBy};
use serde::Serialize;

use crate::output::{
    bar::{bar, share},
    heading::Heading,
    row::{Cell, Column, Row},
};

/// How many characters a bar takes that stands for everything.
const WIDEST_BAR: usize = 12;

/// A group, what it is counted by, and what it is a part of.
#[derive(Serialize)]
pub(crate) struct Counted {
    #[serde(flatten)]
    group: Group,
    #[serde(skip)]
    by: GroupBy,
    /// How many containers there are in all.
    #[serde(skip)]
    containers: u64,
    /// Whether a person reads it.
    #[serde(skip)]
    has_bar: bool,
}

impl Counted {
    /// The groups of an answer with so many containers.
    pub(crate) fn of(
        groups: impl IntoIterator<Item = Group>,
        by: GroupBy,
        containers: u64,
        has_bar: bool,
    ) -> Vec<Self> {
        let counted = |group| Self {
            group,
            by,
            containers,
            has_bar,
        };
        groups.into_iter().map(counted).collect()
    }

    /// How much of all containers it is: `71%`, with a bar behind it for a person.
    fn share(&self) -> Cell {
        let (part, whole) = (self.group.containers, self.containers);
        if whole == 0 {
            return Cell::Empty;
        }
        let percent = match part.saturating_mul(100) / whole {
            0 if part > 0 => "<1%".to_owned(),
            percent => format!("{percent}%"),
        };
        if !self.has_bar {
            return Cell::text(percent);
        }
        let drawn = bar(share(part, whole), WIDEST_BAR);
        Cell::text(format!("{percent:>4} {drawn}"))
    }
}

impl Row for Counted {
    fn cell(&self, heading: Heading) -> Cell {
        match heading {
            Heading::Share => self.share(),
            _ => cell(&self.group, self.by, heading),
        }
    }

    fn name(&self) -> String {
        self.group.key.clone()
    }
}

/// Writes the keys in the order of the answer, each once: versions sorted as text would be in none.
pub(crate) fn write_names(groups: &[Group], writer: &mut dyn Write) -> io::Result<()> {
    let mut written = HashSet::new();
    for group in groups {
        if written.insert(&group.key) {
            writeln!(writer, "{}", escaped(&group.key))?;
        }
    }
    Ok(())
}

/// What a group that is counted by something has in a column.
pub(crate) fn cell(group: &Group, by: GroupBy, heading: Heading) -> Cell {
    let known = |columns: &[Column]| columns.iter().any(|one| one.heading == heading);
    let (key, others) = columns(by).split_at(1);
    match heading {
        Heading::Artifacts => Cell::Count(group.artifacts),
        Heading::Images => Cell::Count(group.images),
        Heading::Containers => Cell::Count(group.containers),
        Heading::Hosts => Cell::Count(group.hosts),
        Heading::Share => Cell::Empty,
        Heading::ImageDigest => {
            let digest = group.key.parse();
            digest.map_or_else(|_| Cell::text(&group.key), Cell::Digest)
        }
        _ if known(key) => Cell::text(&group.key),
        _ if known(others) => Cell::some_text(group.label.as_deref()),
        _ => Cell::Empty,
    }
}

/// The columns of groups that are counted by something: the key first, then the label where there
/// is one.
pub(crate) const fn columns(by: GroupBy) -> &'static [Column] {
    const fn with_key(key: Heading) -> [Column; 6] {
        [
            Column::new(key),
            Column::new(Heading::Artifacts).leaves(),
            Column::new(Heading::Images),
            Column::new(Heading::Containers),
            Column::new(Heading::Hosts),
            Column::new(Heading::Share).leaves(),
        ]
    }
    const fn with_label(key: Heading, label: Heading) -> [Column; 7] {
        let [key, artifacts, images, containers, hosts, share] = with_key(key);
        let label = Column::new(label).cut().where_any();
        [key, label, artifacts, images, containers, hosts, share]
    }
    match by {
        GroupBy::Version => const { &with_label(Heading::Version, Heading::Type) },
        GroupBy::Image => const { &with_label(Heading::ImageDigest, Heading::ImageName) },
        GroupBy::Name => const { &with_key(Heading::Name) },
        GroupBy::Type => const { &with_key(Heading::Type) },
        GroupBy::Host => const { &with_key(Heading::Host) },
        GroupBy::Distro => const { &with_key(Heading::Distro) },
    }
}
