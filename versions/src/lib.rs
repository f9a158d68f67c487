//! How each packaging ecosystem orders its versions.
//!
//! Given the type of an artifact as syft names it (`deb`, `rpm`, `npm`, …), [`compare`] says
//! which of two versions is the older one by that ecosystem's own rules. The library does no I/O
//! and keeps no state.
//!
//! ```
//! use std::cmp::Ordering;
//!
//! assert_eq!(versions::compare("deb", "3.0.15-1~deb12u1", "3.0.15-1"), Ordering::Less);
//! assert_eq!(versions::compare("rpm", "1.0^git1", "1.0"), Ordering::Greater);
//! assert_eq!(versions::compare("python", "1.0.dev1", "1.0a1"), Ordering::Less);
//! assert_eq!(versions::compare("java-archive", "1.0", "1-ga"), Ordering::Equal);
//! ```
//!
//! # Reading the answers
//!
//! - `Equal` means of equal age, not the same text: `1.0` and `1.0.0` are equal to most rules.
//! - Every text has a place, even one that its ecosystem would refuse: [`compare`] never fails
//!   and never panics, and its time is linear in the length of the versions.
//! - White space around a version does not count. Of a version of more than 1,024 bytes the
//!   beginning is compared by the rule, and the rest, if that leaves a tie, byte by byte.
//! - Most orders are transitive, but Maven's and pacman's are not. [`slice::sort_by`] may panic
//!   on such an order: use [`sort_by`].

mod alpm;
mod apk;
mod dart;
mod deb;
mod ecosystem;
mod epoch;
mod gem;
mod generic;
mod go;
mod maven;
mod nix;
mod nuget;
mod numbers;
mod php;
mod portage;
mod python;
mod readable;
mod rows;
mod rpm;
mod semver;
mod sort;
mod text;

use std::cmp::Ordering;

use ecosystem::Rule;
use text::cut;

pub use readable::is_readable;
pub use sort::sort_by;

/// Compares two versions of artifacts of one type: `Less` if `a` is older than `b`.
///
/// `artifact_type` is syft's name of the type, in its own spelling. An unknown one gets a generic
/// natural order.
///
/// ```
/// assert!(versions::compare("npm", "1.2.3-rc.10", "1.2.3-rc.9").is_gt());
/// assert!(versions::compare("go-module", "v2.0.0+incompatible", "v2.0.0").is_eq());
/// ```
#[must_use]
pub fn compare(artifact_type: &str, a: &str, b: &str) -> Ordering {
    compare_with_purl(artifact_type, a, None, b, None)
}

/// Compares like [`compare`], and takes an epoch that a version leaves out from its package URL.
///
/// For the types that have epochs (`alpm`, `deb`, `rpm`) the `epoch` qualifier counts as if it
/// stood in front of the version. An epoch in the version itself wins, and a qualifier that is no
/// number is ignored.
///
/// ```
/// let purl = "pkg:rpm/redhat/openssl@3.0.7-27.el9?arch=x86_64&epoch=1";
/// let order = versions::compare_with_purl("rpm", "3.0.7-27.el9", Some(purl), "3.2.0-1.el9", None);
/// assert!(order.is_gt());
/// ```
#[must_use]
pub fn compare_with_purl(
    artifact_type: &str,
    a: &str,
    a_purl: Option<&str>,
    b: &str,
    b_purl: Option<&str>,
) -> Ordering {
    let (a, a_rest) = cut(a.trim());
    let (b, b_rest) = cut(b.trim());
    Rule::of(artifact_type)
        .compare((a, a_purl), (b, b_purl))
        .then_with(|| a_rest.cmp(b_rest))
}
