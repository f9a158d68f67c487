//! The numbers of a release.

/// `8` of `8.9`.
pub(super) fn major(version: &str) -> &str {
    version.split('.').next().unwrap_or_default()
}

/// `3.20` of `3.20.3`.
pub(super) fn minor(version: &str) -> &str {
    match version.match_indices('.').nth(1) {
        Some((end, _)) => &version[..end],
        None => version,
    }
}
