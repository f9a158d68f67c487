//! What `find --group-by` lists: the same counts, headed by what they are counted by.

use proto_types::Group;
use serde::Serialize;

use crate::output::row::{Cell, Column, Row};

/// Groups of which nobody knows what they are counted by.
impl Row for Group {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::new("key", |row: &Self| Cell::text(&row.key)),
        Column::new("label", |row: &Self| Cell::some_text(row.label.as_deref()))
            .cut()
            .where_any(),
        Column::new("artifacts", |row: &Self| Cell::Count(row.artifacts)).leaves(),
        Column::new("images", |row: &Self| Cell::Count(row.images)),
        Column::new("containers", |row: &Self| Cell::Count(row.containers)),
        Column::new("hosts", |row: &Self| Cell::Count(row.hosts)),
    ];

    fn name(&self) -> String {
        self.key.clone()
    }
}

/// How many characters a bar takes that stands for everything.
const WIDEST_BAR: u64 = 12;

/// A group, and what it is a part of.
#[derive(Serialize)]
pub(crate) struct Counted {
    #[serde(flatten)]
    group: Group,
    /// How many containers there are in all.
    #[serde(skip)]
    containers: u64,
    /// Whether a person reads it.
    #[serde(skip)]
    has_bar: bool,
}

impl Counted {
    /// The groups of an answer with so many containers.
    pub(crate) fn of(groups: &[Group], containers: u64, has_bar: bool) -> Vec<Self> {
        let counted = |group: &Group| Self {
            group: group.clone(),
            containers,
            has_bar,
        };
        groups.iter().map(counted).collect()
    }

    /// How much of all containers it is: `71%`, with a bar behind it for a person.
    fn share(&self) -> Cell {
        let (part, whole) = (self.group.containers, self.containers);
        if whole == 0 {
            return Cell::Empty;
        }
        let percent = part.saturating_mul(100) / whole;
        if !self.has_bar {
            return Cell::text(format!("{percent}%"));
        }
        Cell::text(format!("{percent:>3}% {}", bar(part, whole)))
    }

    fn label(&self) -> Cell {
        Cell::some_text(self.group.label.as_deref())
    }

    fn text(&self) -> Cell {
        Cell::text(&self.group.key)
    }

    fn digest(&self) -> Cell {
        let parsed = self.group.key.parse();
        parsed.map_or_else(|_| self.text(), Cell::Digest)
    }
}

/// A bar as long as the part is, to the eighth of a character; none is left without a trace.
fn bar(part: u64, whole: u64) -> String {
    const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    let filled = part.saturating_mul(WIDEST_BAR * 8) / whole;
    let filled = filled.clamp(u64::from(part > 0), WIDEST_BAR * 8);
    let full = usize::try_from(filled / 8).unwrap_or(0);
    let rest = usize::try_from(filled % 8).unwrap_or(0);
    format!("{}{}", "█".repeat(full), EIGHTHS[rest])
}

/// A row type that has its own names for a group's key and label.
macro_rules! headed {
    ($name:ident, $key:literal by $cell:ident $(, $label:literal)?) => {
        #[doc = concat!("A group of one ", $key, ".")]
        #[derive(Serialize)]
        #[serde(transparent)]
        pub(crate) struct $name(pub(crate) Counted);

        impl Row for $name {
            const COLUMNS: &'static [Column<Self>] = &[
                Column::new($key, |row: &Self| row.0.$cell()),
                $(Column::new($label, |row: &Self| row.0.label()).cut().where_any(),)?
                Column::new("artifacts", |row: &Self| Cell::Count(row.0.group.artifacts)).leaves(),
                Column::new("images", |row: &Self| Cell::Count(row.0.group.images)),
                Column::new("containers", |row: &Self| Cell::Count(row.0.group.containers)),
                Column::new("hosts", |row: &Self| Cell::Count(row.0.group.hosts)),
                Column::new("share", |row: &Self| row.0.share()).leaves(),
            ];

            fn name(&self) -> String {
                self.0.group.key.clone()
            }
        }
    };
}

headed!(ByVersion, "version" by text, "type");
headed!(ByName, "name" by text);
headed!(ByType, "type" by text);
headed!(ByImage, "image_digest" by digest, "image_name");
headed!(ByHost, "host" by text);
headed!(ByDistro, "distro" by text);

#[cfg(test)]
mod tests {
    use super::bar;

    #[test]
    fn a_bar_is_as_long_as_its_part_and_never_gone() {
        assert_eq!(bar(0, 10), "");
        assert_eq!(bar(1, 100_000), "▏");
        assert_eq!(bar(1, 2), "██████");
        assert_eq!(bar(10, 10), "█".repeat(12));
        // An image that holds two versions counts in both: no part is more than everything.
        assert_eq!(bar(20, 10), "█".repeat(12));
    }
}
