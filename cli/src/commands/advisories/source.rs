//! What a feed is called: by its file, unless that says nothing.

use std::path::Path;

use advisories::begun::{self, Likeness};

use crate::error::{CliError, Result};

/// What ends the names of files that feeds are in.
const ENDINGS: [&str; 8] = [
    ".tar.gz", ".tgz", ".zip", ".ndjson", ".jsonl", ".json", ".csv", ".gz",
];
/// What OSV.dev calls the archive of every ecosystem.
const ANY: &str = "all";

/// The source of what a path has: `KEV` and `EPSS` by what the file holds, which is called otherwise every day. Else the name of the file without its ending. `all.zip` is called by its
/// folder, as OSV.dev does.
pub(super) fn of_path(path: &str) -> Result<String> {
    if path == "-" {
        return Err(CliError::failed("standard input has no name")
            .hint("name its source: `--source Debian`"));
    }
    let whole = Path::new(path);
    match begun::of_file(whole) {
        Some(Likeness::Kev) => return Ok("KEV".to_owned()),
        Some(Likeness::Epss) => return Ok("EPSS".to_owned()),
        None => {}
    }
    let absolute = std::path::absolute(whole).unwrap_or_else(|_| whole.to_owned());
    let name = |path: &Path| {
        let name = path.file_name()?.to_string_lossy().into_owned();
        Some(without_ending(&name).to_owned())
    };
    let named = name(&absolute).filter(|name| name != ANY && !name.is_empty());
    let in_folder = || absolute.parent().and_then(name);
    named.or_else(in_folder).ok_or_else(|| {
        CliError::failed(format!("`{path}` doesn't say whose advisories it holds"))
            .hint("name their source: `--source Debian`")
    })
}

/// Whether a path is the archive of a whole ecosystem, as OSV.dev calls it.
pub(super) fn is_all(path: &str) -> bool {
    let path = Path::new(path);
    path.is_file() && path.file_name().is_some_and(|name| name == "all.zip")
}

fn without_ending(name: &str) -> &str {
    let mut name = name;
    while let Some(rest) = ENDINGS.iter().find_map(|ending| {
        let at = name.len().checked_sub(ending.len())?;
        let (rest, end) = name.split_at_checked(at)?;
        end.eq_ignore_ascii_case(ending).then_some(rest)
    }) {
        name = rest;
    }
    name
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::of_path;

    #[test]
    fn a_feed_is_called_like_its_file_or_where_that_is_any_like_its_folder() {
        for (path, source) in [
            ("Debian.zip", "Debian"),
            ("/mirror/almalinux8.tar.gz", "almalinux8"),
            ("/mirror/npm/", "npm"),
            ("/mirror/Alpine:v3.20/all.zip", "Alpine:v3.20"),
            ("feeds/GHSA.JSON.GZ", "GHSA"),
            ("/x/v1.2", "v1.2"),
        ] {
            assert_eq!(of_path(path).unwrap(), source, "{path}");
        }
        assert!(of_path("-").is_err());
        assert!(of_path("/").is_err());
    }
}
