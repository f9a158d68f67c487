//! One condition of a `find`, made ready to be tried on many values.

use globset::GlobBuilder;
use proto_types::{Artifact, Field, ImageDigest, MalformedDigest, Match, Op};
use regex::{Regex, RegexBuilder, bytes};

use crate::store::{Result, StoreError};

/// No value is longer, in bytes.
const LONGEST_VALUE: usize = 4096;
/// A compiled pattern takes no more memory than this, in bytes.
const LARGEST_PATTERN: usize = 1 << 20;

/// One condition.
#[derive(Debug, Clone)]
pub struct Condition {
    /// What is looked at.
    pub field: Field,
    /// How it is compared.
    pub op: Op,
    /// What it is compared with.
    pub value: String,
    pattern: Pattern,
}

#[derive(Debug, Clone)]
enum Pattern {
    None,
    Glob(bytes::Regex),
    Regex(Regex),
}

impl Condition {
    /// Checks a match and compiles its pattern.
    ///
    /// # Errors
    /// [`StoreError::Invalid`] naming the value that can't be used, and why.
    pub fn new(mut one: Match) -> Result<Self> {
        if one.value.len() > LONGEST_VALUE {
            return Err(StoreError::invalid(format!(
                "the value for `{}` has {} bytes: at most {LONGEST_VALUE} are taken",
                one.field,
                one.value.len()
            )));
        }
        check_order(&one)?;
        normalise_digest(&mut one)?;
        Ok(Self {
            pattern: pattern(&one)?,
            field: one.field,
            op: one.op,
            value: one.value,
        })
    }

    /// Whether an artifact fits a condition on one of its fields.
    #[must_use]
    pub fn fits_artifact(&self, artifact: &Artifact) -> bool {
        match self.field {
            Field::Name => self.fits(&artifact.name),
            Field::Type => self.fits(&artifact.artifact_type),
            Field::Version if self.op.is_ordering() => self.fits_order(artifact),
            Field::Version => self.fits(&artifact.version),
            Field::Purl => self.fits(artifact.purl.as_deref().unwrap_or_default()),
            Field::Source => self.fits(artifact.source.as_deref().unwrap_or_default()),
            Field::SourceVersion => {
                self.fits(artifact.source_version.as_deref().unwrap_or_default())
            }
            Field::Module => self.fits(artifact.module.as_deref().unwrap_or_default()),
            _ => false,
        }
    }

    /// Whether a text fits. Where the op asks for an order, none does.
    #[must_use]
    pub fn fits(&self, text: &str) -> bool {
        match (&self.pattern, self.op) {
            (Pattern::Glob(glob), _) => glob.is_match(text.as_bytes()),
            (Pattern::Regex(regex), _) => regex.is_match(text),
            (Pattern::None, Op::Eq) => text == self.value,
            (Pattern::None, Op::Ne) => text != self.value,
            (Pattern::None, Op::Contains) => text.contains(&self.value),
            (Pattern::None, Op::Prefix) => text.starts_with(&self.value),
            (Pattern::None, _) => false,
        }
    }

    fn fits_order(&self, artifact: &Artifact) -> bool {
        let order = versions::compare_with_purl(
            &artifact.artifact_type,
            &artifact.version,
            artifact.purl.as_deref(),
            &self.value,
            None,
        );
        match self.op {
            Op::Lt => order.is_lt(),
            Op::Le => order.is_le(),
            Op::Gt => order.is_gt(),
            Op::Ge => order.is_ge(),
            _ => false,
        }
    }
}

fn check_order(one: &Match) -> Result<()> {
    if !one.op.is_ordering() {
        return Ok(());
    }
    if one.field != Field::Version {
        return Err(StoreError::invalid_with_hint(
            format!("`{}` can't order the field `{}`", one.op, one.field),
            "lt, le, gt and ge look at `version` only",
        ));
    }
    if one.value.trim().is_empty() {
        return Err(StoreError::invalid(format!(
            "`version {}` has no version to compare with",
            one.op
        )));
    }
    Ok(())
}

/// A whole digest must be one, and is compared in lower case; a piece of one may be anything.
fn normalise_digest(one: &mut Match) -> Result<()> {
    if one.field == Field::ImageDigest && matches!(one.op, Op::Eq | Op::Ne) {
        let digest: ImageDigest = one
            .value
            .parse()
            .map_err(|error: MalformedDigest| StoreError::invalid(error.to_string()))?;
        one.value = digest.to_string();
    }
    Ok(())
}

fn pattern(one: &Match) -> Result<Pattern> {
    let refused = |kind: &str, error: String| {
        StoreError::invalid(format!("`{}` is not a usable {kind}: {error}", one.value))
    };
    match one.op {
        Op::Glob => glob(&one.value)
            .map(Pattern::Glob)
            .map_err(|reason| refused("glob", reason)),
        Op::Regex => RegexBuilder::new(&one.value)
            .size_limit(LARGEST_PATTERN)
            .dfa_size_limit(LARGEST_PATTERN)
            .build()
            .map(Pattern::Regex)
            .map_err(|error| refused("regular expression", last_line(&error.to_string()))),
        _ => Ok(Pattern::None),
    }
}

/// What a message says once it has drawn where: these draw with several lines.
fn last_line(message: &str) -> String {
    let last = message.lines().last().unwrap_or_default();
    last.trim_start_matches("error: ").to_owned()
}

/// A glob as a regular expression. globset's own matcher panics on one that is too deep or large.
fn glob(pattern: &str) -> std::result::Result<bytes::Regex, String> {
    let glob = GlobBuilder::new(pattern)
        .literal_separator(false)
        .build()
        .map_err(|error| error.kind().to_string())?;
    bytes::RegexBuilder::new(glob.regex())
        .dot_matches_new_line(true)
        .size_limit(LARGEST_PATTERN)
        .dfa_size_limit(LARGEST_PATTERN)
        .build()
        .map_err(|_| "it is too deep or too large".to_owned())
}
