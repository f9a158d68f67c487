//! What stands behind a version and is no part of it.

/// A Python version without what a build wrote behind it, `2.0.1` of `2.0.1+cu118`, unless the bound has that
/// too: by PEP 440 it doesn't count then.
pub(super) fn without_local<'v>(version: &'v str, bound: &str) -> &'v str {
    match version.split_once('+') {
        Some((public, _)) if !bound.contains('+') => public,
        _ => version,
    }
}

/// A Bitnami version without the revision of its packaging, `7.4.0` of `7.4.0-3`, unless the bound has
/// one too. Read as a prerelease, as semantic versions have it, it would be older than its release.
pub(super) fn without_revision<'v>(version: &'v str, bound: &str) -> &'v str {
    let hyphens = |text: &str| text.matches('-').count();
    match version.rsplit_once('-') {
        Some((release, revision))
            if hyphens(version) > hyphens(bound)
                && !revision.is_empty()
                && revision.bytes().all(|one| one.is_ascii_digit()) =>
        {
            release
        }
        _ => version,
    }
}

/// A gem's version without the platform that lock files write behind it: `1.15.0` of `1.15.0-java`. Read as gems'
/// versions are, it would be a prerelease.
pub(super) fn without_platform(version: &str) -> &str {
    const KNOWN: [&str; 12] = [
        "aarch64",
        "arm",
        "arm64",
        "java",
        "jruby",
        "ppc64le",
        "riscv64",
        "ruby",
        "s390x",
        "universal",
        "x64",
        "x86",
    ];
    let is_platform = |text: &str| {
        let first = text.split('-').next().unwrap_or_default();
        text.contains('_') || KNOWN.contains(&first)
    };
    match version.split_once('-') {
        Some((release, platform)) if is_platform(platform) => release,
        _ => version,
    }
}

/// Whether a version is another one with a word behind it: `29.0-jre` of `29.0`, and not `29.0.1`.
pub(super) fn is_flavor(version: &str, of: &str) -> bool {
    let rest = version.strip_prefix(of);
    let word = rest.and_then(|rest| rest.strip_prefix(['-', '.']));
    word.is_some_and(|word| word.starts_with(|one: char| one.is_ascii_alphabetic()))
}
