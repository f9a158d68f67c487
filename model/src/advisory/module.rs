//! Rpm modules: which streams of packages an advisory means.
//!
//! Packages of several streams of one module have the same names: `nodejs 1:18.12.1` of `nodejs:18` is
//! not older than `nodejs 1:20.1.0` of `nodejs:20`, it is another one. What is built for a module has
//! `.module` in its release. Feeds seldom name the module itself; then the summary of the record does:
//! `Important: nodejs:18 security update`.

use serde::{Deserialize, Serialize};

use super::Range;

/// The rpm modules whose packages an advisory means.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Module {
    /// Nothing is said, or the package isn't an rpm.
    #[default]
    Unsaid,
    /// Packages outside of modules.
    Outside,
    /// Packages of one of these modules: `nodejs:18`. Of one that isn't known where there is none.
    Of(Vec<String>),
}

impl Module {
    /// What the versions of ranges and the summary of their record say.
    #[must_use]
    pub fn read(ranges: &[Range], summary: &str) -> Self {
        let bounds = || ranges.iter().flat_map(|range| &range.events);
        if bounds().any(|event| is_modular(event.version())) {
            return Self::Of(named_in(summary));
        }
        match bounds().any(|event| is_of_enterprise_linux(event.version())) {
            true => Self::Outside,
            false => Self::Unsaid,
        }
    }

    /// Whether nothing is said.
    #[must_use]
    pub fn is_unsaid(&self) -> bool {
        *self == Self::Unsaid
    }
}

/// Whether a version's release says that it was built for a module: `2.module_el8.9.0+3627+db8ec155`.
pub(crate) fn is_modular(version: &str) -> bool {
    version.contains(".module+el") || version.contains(".module_el")
}

/// Whether a version's release is one of Enterprise Linux and its kin, which has modules.
fn is_of_enterprise_linux(version: &str) -> bool {
    let digit = |rest: &str| rest.starts_with(|one: char| one.is_ascii_digit());
    version.split(".el").skip(1).any(digit)
}

/// The modules that a summary names: `virt:rhel and virt-devel:rhel`.
fn named_in(summary: &str) -> Vec<String> {
    let words = summary.split([' ', ',', ';', '(', ')']);
    let modules = words.filter(|word| is_module(word));
    modules.map(str::to_owned).collect()
}

/// Whether a word is a name and a stream: `nodejs:18`, and not `Important:`.
fn is_module(word: &str) -> bool {
    let is_word = |text: &str| {
        text.starts_with(|one: char| one.is_ascii_alphanumeric())
            && text
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"-_.+".contains(&byte))
    };
    word.split_once(':')
        .is_some_and(|(name, stream)| is_word(name) && is_word(stream))
}

/// Whether a module, `nodejs:18`, is the beginning of a package's label,
/// `nodejs:18:9020020230327152102:rhel9`.
pub(crate) fn begins(module: &str, label: &str) -> bool {
    label
        .strip_prefix(module)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
}
