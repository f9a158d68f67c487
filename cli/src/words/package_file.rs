//! What packages' files are called, and what package managers print: a name, a version and what it
//! is built for, in one word.

/// What tools write behind a name or a version to say what it is built for.
pub(crate) const ARCHITECTURES: [&str; 22] = [
    "aarch64",
    "all",
    "amd64",
    "any",
    "arm64",
    "armel",
    "armhf",
    "armv7",
    "armv7hl",
    "i386",
    "i586",
    "i686",
    "loongarch64",
    "mips64el",
    "noarch",
    "ppc64el",
    "ppc64le",
    "riscv64",
    "s390x",
    "src",
    "x64",
    "x86_64",
];

/// How packages' files end.
const ENDS: [&str; 18] = [
    ".apk", ".conda", ".crate", ".deb", ".ear", ".egg", ".gem", ".ipk", ".jar", ".nupkg", ".rpm",
    ".tar.bz2", ".tar.gz", ".tar.xz", ".tgz", ".war", ".whl", ".zip",
];

/// The name and the version in one word: `openssl-3.0.13`, `openssl_3.0.13-1_amd64.deb`.
pub(crate) fn parted(word: &str) -> Option<(&str, &str)> {
    let begins = |(at, _): &(usize, &str)| {
        let rest = &word[at + 1..];
        let rest = rest.strip_prefix('v').unwrap_or(rest);
        let digits = rest.trim_start_matches(|one: char| one.is_ascii_digit());
        *at > 0 && digits.len() < rest.len() && digits.starts_with(['.', ':'])
    };
    let (at, _) = word.match_indices(['-', '_']).find(begins)?;
    Some((&word[..at], alone(&word[at + 1..])))
}

/// A version without what a file's name has behind it.
fn alone(mut version: &str) -> &str {
    // `2.31.0-py3-none-any.whl`: the Python that it is for.
    if let Some(wheel) = version.strip_suffix(".whl") {
        return wheel.split('-').next().unwrap_or(wheel);
    }
    loop {
        let without_arch = ARCHITECTURES.iter().find_map(|arch| {
            let rest = version.strip_suffix(arch)?;
            rest.strip_suffix(['.', '_', '-'])
        });
        let rest = ENDS.iter().find_map(|end| version.strip_suffix(end));
        match rest.or(without_arch) {
            Some(rest) => version = rest,
            None => return version,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::parted;

    #[test]
    fn a_version_behind_a_name_is_told_from_a_number_in_it() {
        for (word, name, version) in [
            ("openssl-3.0.13", "openssl", "3.0.13"),
            (
                "openssl-libs-1:3.0.7-24.el9.x86_64",
                "openssl-libs",
                "1:3.0.7-24.el9",
            ),
            ("openssl_3.0.13-1_amd64.deb", "openssl", "3.0.13-1"),
            ("musl-1.2.5-r0.apk", "musl", "1.2.5-r0"),
            ("log4j-core-2.14.1.jar", "log4j-core", "2.14.1"),
            ("requests-2.31.0-py3-none-any.whl", "requests", "2.31.0"),
            ("lodash-4.17.20.tgz", "lodash", "4.17.20"),
            ("bash-5.2.15-2.fc38.ppc64le.rpm", "bash", "5.2.15-2.fc38"),
            ("net-v0.23.0", "net", "v0.23.0"),
        ] {
            assert_eq!(parted(word), Some((name, version)), "{word}");
        }
        for name in [
            "postgresql-16",
            "gcc-12-base",
            "openssl",
            "libssl1.1",
            "x-",
            "-1.0",
        ] {
            assert_eq!(parted(name), None, "{name}");
        }
    }
}
