//! Patterns, compiled within bounds: they come from outside, and a short one can ask for a lot.

use proto_types::{Match, Op};
use regex::{Regex, RegexBuilder};

use super::{glob, unusable::Unusable};
use crate::bounds;

/// How much memory each pattern of one request may take.
#[derive(Debug, Clone, Copy)]
pub struct Room {
    /// Bytes of one compiled pattern.
    bytes: usize,
}

impl Room {
    /// The room for these conditions: the more patterns, the less for each.
    ///
    /// # Errors
    /// [`Unusable`] where there are more patterns than one request may have.
    pub fn of<'m>(matches: impl IntoIterator<Item = &'m Match>) -> Result<Self, Unusable> {
        let is_pattern = |one: &&Match| matches!(one.op, Op::Glob | Op::Regex);
        let patterns = matches.into_iter().filter(is_pattern).count();
        if patterns > bounds::PATTERNS {
            return Err(Unusable {
                message: format!(
                    "the question has {patterns} globs and regular expressions: at most {} are \
                     taken",
                    bounds::PATTERNS
                ),
                hint: Some("one regular expression can say `a|b|c`".to_owned()),
            });
        }
        let bytes = (bounds::PATTERN_BYTES_OF_ALL / patterns.max(1)).min(bounds::PATTERN_BYTES);
        Ok(Self { bytes })
    }

    /// Compiles a glob.
    pub(super) fn glob(self, value: &str) -> Result<Regex, Unusable> {
        let refused = |reason: &str| unusable(value, "glob", reason);
        let regex = glob::to_regex(value).map_err(|error| refused(&error.to_string()))?;
        self.compile(&regex)
            .map_err(|_| refused("it is too deep or too large"))
    }

    /// Compiles a regular expression.
    pub(super) fn regex(self, value: &str) -> Result<Regex, Unusable> {
        self.compile(value)
            .map_err(|error| unusable(value, "regular expression", last_line(&error.to_string())))
    }

    fn compile(self, regex: &str) -> Result<Regex, regex::Error> {
        RegexBuilder::new(regex)
            .size_limit(self.bytes)
            .dfa_size_limit(self.bytes)
            .build()
    }
}

fn unusable(value: &str, kind: &str, reason: &str) -> Unusable {
    Unusable::new(format!("`{value}` is not a usable {kind}: {reason}"))
}

/// What a message says once it has drawn where: these draw with several lines.
fn last_line(message: &str) -> &str {
    let last = message.lines().last().unwrap_or_default();
    last.trim_start_matches("error: ")
}
