//! The scanners that failed on an image: a new one deserves a try, one that failed has had its.

/// Whether a host that reports this has a scanner that works. Those that say how much their agent
/// keeps always name theirs, if they have one; others are taken to have one, as the first release
/// need not say.
#[must_use]
pub const fn has_one(scanner: Option<&str>, detail: u32) -> bool {
    scanner.is_some() || detail == 0
}

/// So many are remembered, the last ones.
const MOST: usize = 32;

/// The scanners that failed on an image, each once, the last one last.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scanners(Vec<String>);

impl Scanners {
    /// None so far.
    pub const NONE: Self = Self(Vec::new());

    /// The scanners of this list, in this order.
    pub fn new(names: impl IntoIterator<Item = String>) -> Self {
        let mut scanners = Self::default();
        for name in names {
            scanners.add(&name);
        }
        scanners
    }

    /// Whether a scanner is among them.
    #[must_use]
    pub fn contains(&self, name: &str) -> bool {
        let name = one_line(name);
        self.0.contains(&name)
    }

    /// Their names, none of which has a line break.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// Adds one, and forgets the first where they are too many.
    pub(super) fn add(&mut self, name: &str) {
        let name = one_line(name);
        self.0.retain(|known| *known != name);
        self.0.push(name);
        let forgotten = self.0.len().saturating_sub(MOST);
        self.0.drain(..forgotten);
    }
}

/// A host may say anything; a name is one line.
fn one_line(name: &str) -> String {
    name.replace(['\n', '\r'], " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scanner_is_known_by_its_name_whatever_line_breaks_it_was_told_with() {
        let mut scanners = Scanners::default();
        scanners.add("syft\n1.0");
        assert!(scanners.contains("syft\n1.0"));
        assert!(!scanners.contains("1.0"));
        assert_eq!(scanners.names().collect::<Vec<_>>(), ["syft 1.0"]);
    }

    #[test]
    fn a_host_that_names_none_has_none_unless_it_need_not_say() {
        assert!(has_one(Some("syft 1.0"), 1));
        assert!(has_one(Some("syft 1.0"), 0));
        assert!(has_one(None, 0));
        assert!(!has_one(None, 1));
    }

    #[test]
    fn the_last_ones_are_remembered_each_once() {
        let mut scanners = Scanners::default();
        for number in 0..100 {
            scanners.add(&format!("syft {number}"));
        }
        scanners.add("syft 70");
        assert_eq!(scanners.names().count(), MOST);
        assert_eq!(scanners.names().last(), Some("syft 70"));
        assert!(!scanners.contains("syft 60"));
    }
}
