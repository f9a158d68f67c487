//! The entries of a package database that is a text: blocks of `Key: value` lines.

use std::{
    collections::BTreeSet,
    fs::File,
    io::{BufRead, BufReader, Read, Result},
};

/// How much of a database is read. The largest seen have a tenth of it.
const MOST: u64 = 64 << 20;
/// How much of a line counts: what is asked for is at its beginning.
const LINE: u64 = 1 << 10;

/// So many packages that are gone are remembered.
const GONE: usize = 10_000;

/// What a database says of its entries.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Entries {
    /// Whether there is one.
    pub(crate) any: bool,
    /// Whether the text ends in the middle of a line.
    pub(crate) cut: bool,
    /// The deb packages that are known and not there: removed, with their settings kept, or never
    /// installed.
    pub(crate) gone: BTreeSet<Entry>,
}

/// A package as a database of debs names it.
#[derive(Debug, Default, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Entry {
    /// Its name.
    pub(crate) name: String,
    /// Its version.
    pub(crate) version: String,
    /// Its architecture; another one of the same name and version may be there all the same.
    pub(crate) architecture: String,
}

/// Reads a database; `key` begins the line with an entry's name (`Package:`, `P:`).
pub(super) fn read(file: File, key: &str) -> Result<Entries> {
    let mut lines = BufReader::new(file.take(MOST));
    let (mut entries, mut entry, mut gone) = (Entries::default(), Entry::default(), false);
    loop {
        let line = next_line(&mut lines)?;
        if line.is_empty() || line == b"\n" {
            if gone && entries.gone.len() < GONE {
                entries.gone.insert(entry);
            }
            (entry, gone) = (Entry::default(), false);
        }
        if line.is_empty() {
            return Ok(entries);
        }
        entries.cut = !line.ends_with(b"\n");
        let text = String::from_utf8_lossy(&line);
        let value = |key: &str| text.strip_prefix(key).map(|value| value.trim().to_owned());
        if let Some(name) = value(key).filter(|name| !name.is_empty()) {
            entries.any = true;
            entry.name = name;
        } else if let Some(version) = value("Version:") {
            entry.version = version;
        } else if let Some(architecture) = value("Architecture:") {
            entry.architecture = architecture;
        } else if let Some(status) = value("Status:") {
            let state = status.split_whitespace().next_back();
            gone = matches!(state, Some("config-files" | "not-installed"));
        }
    }
}

/// The next line, as far as it counts, with its end of line where it has one.
fn next_line(lines: &mut impl BufRead) -> Result<Vec<u8>> {
    let mut line = Vec::new();
    loop {
        let mut piece = Vec::new();
        lines.take(LINE).read_until(b'\n', &mut piece)?;
        let ends = piece.is_empty() || piece.ends_with(b"\n");
        if line.is_empty() {
            line = piece;
        } else if piece.ends_with(b"\n") {
            line.push(b'\n');
        }
        if ends {
            return Ok(line);
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use std::{fs::File, io::Write};

    use super::{Entries, read};

    fn entries(text: &str) -> Entries {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(text.as_bytes()).unwrap();
        read(File::open(file.path()).unwrap(), "Package:").unwrap()
    }

    #[test]
    fn a_text_without_a_name_has_no_entry() {
        for text in [
            "",
            "\n",
            "\n\n",
            "Package:\n",
            "Status: x\n",
            " Package: x\n",
        ] {
            assert!(!entries(text).any, "{text:?}");
        }
        assert!(entries("Version: 1\nPackage: x\n").any);
    }

    #[test]
    fn a_text_that_ends_in_the_middle_of_a_line_is_cut() {
        let long = "x".repeat(5000);
        for (text, cut) in [
            ("Package: x\n".to_owned(), false),
            ("Package: x\nDescr".to_owned(), true),
            (format!("Package: x\n{long}\n"), false),
            (format!("Package: x\n{long}"), true),
            (String::new(), false),
        ] {
            assert_eq!(entries(&text).cut, cut, "{text:?}");
        }
    }

    #[test]
    fn a_package_that_was_removed_or_never_installed_is_gone() {
        let package = |name: &str, status: &str| {
            format!("Package: {name}\nStatus: {status}\nArchitecture: amd64\nVersion: 1\n\n")
        };
        let text = package("kept", "hold ok installed")
            + &package("removed", "deinstall ok config-files")
            + &package("half", "install reinstreq half-installed")
            + package("never", "purge ok not-installed").trim_end();
        let gone: Vec<_> = entries(&text).gone.into_iter().collect();
        let names: Vec<&str> = gone.iter().map(|entry| entry.name.as_str()).collect();
        assert_eq!(names, ["never", "removed"]);
        assert_eq!((&*gone[0].version, &*gone[0].architecture), ("1", "amd64"));
    }
}
