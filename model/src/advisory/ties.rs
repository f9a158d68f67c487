//! Ties: which ids a record makes one, and which it makes come from which.

use super::{Advisory, record::is_cve};

/// What one record says of ids.
pub(super) struct Ties<'a> {
    /// Pairs of ids of one vulnerability.
    pub(super) same: Vec<(&'a str, &'a str)>,
    /// Pairs of an id, and one that comes from it.
    pub(super) below: Vec<(&'a str, &'a str)>,
}

/// What a record says of ids.
///
/// Aliases are one vulnerability. An erratum may fix several, so it comes from each and makes no two of
/// them one, whatever it calls them. What is upstream leads down, and so does an id that holds a CVE's:
/// `DEBIAN-CVE-2024-1234` comes from that.
pub(super) fn ties(advisory: &Advisory) -> Ties<'_> {
    let (own, is_erratum) = (advisory.id.as_str(), advisory.is_erratum());
    let aliases = advisory.aliases.iter().map(|alias| (alias.as_str(), own));
    let upstream = advisory.upstream.iter().map(|id| (id.as_str(), own));
    let fixes = advisory.related.iter();
    let fixes = fixes.filter(|id| is_erratum && is_cve(id));
    let mut below: Vec<_> = upstream.chain(fixes.map(|id| (id.as_str(), own))).collect();
    let mut same: Vec<_> = aliases.collect();
    if is_erratum {
        below.append(&mut same);
    }
    let ids = [&advisory.aliases, &advisory.upstream]
        .into_iter()
        .flatten();
    let ids = ids.map(String::as_str).chain([own]);
    below.extend(ids.filter_map(|id| Some((cve_in(id)?, id))));
    for pairs in [&mut same, &mut below] {
        pairs.retain(|(one, other)| one != other);
    }
    Ties { same, below }
}

/// The CVE that an id is made of.
fn cve_in(id: &str) -> Option<&str> {
    let (at, _) = id.match_indices("-CVE-").last()?;
    id.get(at + 1..).filter(|cve| is_cve(cve))
}
