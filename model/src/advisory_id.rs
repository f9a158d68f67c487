//! Ids of advisories, told from the names of artifacts by how they are written.

/// What the ids begin with, in capitals, where a number follows. An artifact may be called
/// `go-1`, so that short ones ask for a year behind them.
const BEGINNINGS: [&str; 40] = [
    "ALBA",
    "ALEA",
    "ALSA",
    "ALPINE-CVE",
    "ASB-A",
    "BELL-CVE",
    "BIT",
    "BSA",
    "CGA",
    "CURL-CVE",
    "CVE",
    "DEBIAN-CVE",
    "DLA",
    "DRUPAL-CORE",
    "DSA",
    "DTSA",
    "ECHO",
    "EEF-CVE",
    "ELBA",
    "ELSA",
    "EUVD",
    "FEDORA",
    "GHSA",
    "GO",
    "GSD",
    "HSEC",
    "JLSEC",
    "MAL",
    "MGASA",
    "MINI",
    "OPENSUSE-RU",
    "OPENSUSE-SU",
    "OSV",
    "PYSEC",
    "RHBA",
    "RHSA",
    "RLSA",
    "RUSTSEC",
    "SUSE-SU",
    "USN",
];
/// Those of the beginnings that no artifact's name begins with, whatever follows.
const NUMBERED: [&str; 4] = ["DSA", "DLA", "DTSA", "USN"];
/// The same, where letters and digits follow in groups of four.
const GROUPED: [&str; 2] = ["GHSA", "CGA"];

/// Whether a word is the id of an advisory (`CVE-2024-3094`, `GHSA-rxwq-x6h5-x02r`, `DSA-5649-1`,
/// `RHSA-2024:1234`), in whatever case it is written.
#[must_use]
pub fn is_advisory_id(word: &str) -> bool {
    let word = word.trim().to_ascii_uppercase();
    BEGINNINGS.iter().any(|beginning| {
        let rest = word.strip_prefix(beginning);
        rest.and_then(|rest| rest.strip_prefix('-'))
            .is_some_and(|rest| is_number(beginning, rest))
    })
}

fn is_number(beginning: &str, rest: &str) -> bool {
    if GROUPED.contains(&beginning) {
        let is_group =
            |part: &str| part.len() == 4 && part.bytes().all(|one| one.is_ascii_alphanumeric());
        return rest.split('-').count() == 3 && rest.split('-').all(is_group);
    }
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|one| one.is_ascii_digit());
    let mut parts = rest.split(['-', ':']);
    let first = parts.next().unwrap_or_default();
    match NUMBERED.contains(&beginning) {
        true => is_digits(first) && first.len() >= 2 && parts.all(is_digits),
        // A year, and a number: Bitnami and a few others name what it is about in between.
        false => rest.split(['-', ':']).any(is_year) && ends_in_digits(rest),
    }
}

fn is_year(part: &str) -> bool {
    let is_of_a_century = part.starts_with("19") || part.starts_with("20");
    part.len() == 4 && is_of_a_century && part.bytes().all(|one| one.is_ascii_digit())
}

fn ends_in_digits(text: &str) -> bool {
    let last = text.rsplit(['-', ':']).next().unwrap_or_default();
    last.bytes().any(|one| one.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::is_advisory_id;

    #[test]
    fn the_ids_that_advisories_have_are_told_from_names() {
        for id in [
            "CVE-2024-3094",
            "cve-2021-44228",
            "GHSA-rxwq-x6h5-x02r",
            "DSA-5649-1",
            "DLA-3800",
            "RHSA-2024:1234",
            "ALSA-2024:0155",
            "ELSA-2024-0155",
            "USN-6726-1",
            "SUSE-SU-2024:1234-1",
            "openSUSE-SU-2024:1234-1",
            "PYSEC-2023-12",
            "RUSTSEC-2024-0001",
            "GO-2024-2687",
            "DEBIAN-CVE-2024-3094",
            "ALPINE-CVE-2024-3094",
            "BIT-nginx-2024-7347",
            "MAL-2024-1",
            "OSV-2020-111",
            "FEDORA-2024-71f0f16533",
            "EUVD-2024-12345",
        ] {
            assert!(is_advisory_id(id), "{id}");
        }
        for name in [
            "openssl",
            "go-1",
            "go-2",
            "gofumpt",
            "bit-vec",
            "mal-2",
            "cve-bin-tool",
            "usn",
            "dsa-tools",
            "mini-css-extract-plugin",
            "echo-2",
            "ghsa-client",
            "",
        ] {
            assert!(!is_advisory_id(name), "{name}");
        }
    }
}
