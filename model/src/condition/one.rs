//! One condition: checked, and tried on artifacts and texts.

use std::cmp::Ordering;

use proto_types::{Field, ImageDigest, MalformedDigest, Match, Op};
use regex::Regex;

use super::{pattern::Room, unusable::Unusable};
use crate::{age, bounds, fields::ArtifactFields, purl::Purl, text};

/// One condition.
#[derive(Debug, Clone)]
pub struct Condition {
    pub(super) field: Field,
    pub(super) op: Op,
    pub(super) value: String,
    test: Test,
}

/// How the value is looked for.
#[derive(Debug, Clone)]
enum Test {
    /// As text, by the op.
    Text,
    /// As a glob or a regular expression.
    Pattern(Regex),
    /// As a version.
    Order,
    /// As a package URL.
    Purl(Box<Purl>),
}

impl Condition {
    /// Checks a match and makes it ready.
    ///
    /// # Errors
    /// [`Unusable`] naming the value that can't be used, and why.
    pub fn new(one: Match, room: &Room) -> Result<Self, Unusable> {
        if one.value.len() > bounds::CONDITION_VALUE {
            return Err(Unusable::new(format!(
                "the value for `{}` has {} bytes: at most {} are taken",
                one.field,
                one.value.len(),
                bounds::CONDITION_VALUE
            )));
        }
        let value = normalized(&one)?.unwrap_or(one.value);
        Ok(Self {
            test: test(one.field, one.op, &value, room)?,
            field: one.field,
            op: one.op,
            value,
        })
    }

    /// What is looked at.
    #[must_use]
    pub const fn field(&self) -> Field {
        self.field
    }

    /// How it is compared.
    #[must_use]
    pub const fn op(&self) -> Op {
        self.op
    }

    /// What it is compared with.
    #[must_use]
    pub fn value(&self) -> &str {
        &self.value
    }

    /// The package that it asks for, where it asks for one or for all but one.
    #[must_use]
    pub fn purl(&self) -> Option<&Purl> {
        match &self.test {
            Test::Purl(purl) => Some(purl),
            _ => None,
        }
    }

    /// Whether an artifact fits a condition on one of its fields. None fits one on another field.
    #[must_use]
    pub fn fits_artifact(&self, artifact: &impl ArtifactFields) -> bool {
        match &self.test {
            Test::Order => self.fits_order(artifact),
            Test::Purl(purl) => purl.means(artifact) == (self.op == Op::Eq),
            Test::Text | Test::Pattern(_) => {
                text_of(artifact, self.field).is_some_and(|text| self.fits(text))
            }
        }
    }

    /// Whether a text fits. Where an order or a package is asked for, none does.
    #[must_use]
    pub fn fits(&self, text: &str) -> bool {
        match (&self.test, self.op) {
            (Test::Pattern(pattern), _) => pattern.is_match(text),
            (Test::Text, Op::Eq) => text == self.value,
            (Test::Text, Op::Ne) => text != self.value,
            (Test::Text, Op::Contains) => text.contains(&self.value),
            (Test::Text, Op::Prefix) => text.starts_with(&self.value),
            _ => false,
        }
    }

    /// Whether one of several texts fits, or, where something is excluded, all of them do.
    pub fn fits_texts<'t>(&self, texts: impl IntoIterator<Item = &'t str>) -> bool {
        let mut texts = texts.into_iter();
        match self.op {
            Op::Ne => texts.all(|text| self.fits(text)),
            _ => texts.any(|text| self.fits(text)),
        }
    }

    fn fits_order(&self, artifact: &impl ArtifactFields) -> bool {
        let order = match (self.field, artifact.source_version()) {
            (Field::Version, _) => age::compare_version(artifact, &self.value),
            (Field::SourceVersion, Some(version)) if !version.is_empty() => {
                age::compare_source_version(artifact.artifact_type(), version, &self.value)
            }
            _ => return false,
        };
        is_in_order(order, self.op)
    }
}

fn is_in_order(order: Ordering, op: Op) -> bool {
    match op {
        Op::Lt => order.is_lt(),
        Op::Le => order.is_le(),
        Op::Gt => order.is_gt(),
        Op::Ge => order.is_ge(),
        _ => false,
    }
}

/// An artifact's text in one of its fields; `None` for a field of something else.
fn text_of(artifact: &impl ArtifactFields, field: Field) -> Option<&str> {
    Some(match field {
        Field::Name => artifact.name(),
        Field::Type => artifact.artifact_type(),
        Field::Version => artifact.version(),
        Field::Purl => artifact.purl().unwrap_or_default(),
        Field::Source => artifact.source().unwrap_or_default(),
        Field::SourceVersion => artifact.source_version().unwrap_or_default(),
        Field::Module => artifact.module().unwrap_or_default(),
        _ => return None,
    })
}

/// The value in the writing of what it is compared with, where that isn't its own. A whole digest
/// must be one, and is compared in lower case; a piece of one may be anything.
fn normalized(one: &Match) -> Result<Option<String>, Unusable> {
    if one.field == Field::ImageDigest && matches!(one.op, Op::Eq | Op::Ne) {
        let digest: ImageDigest = one
            .value
            .parse()
            .map_err(|error: MalformedDigest| Unusable::new(error.to_string()))?;
        return Ok(Some(digest.to_string()));
    }
    let may_hold_nul = one.field.is_of_artifact();
    Ok(may_hold_nul.then(|| text::without_nul(one.value.clone())))
}

fn test(field: Field, op: Op, value: &str, room: &Room) -> Result<Test, Unusable> {
    match op {
        Op::Glob => room.glob(value).map(Test::Pattern),
        Op::Regex => room.regex(value).map(Test::Pattern),
        Op::Lt | Op::Le | Op::Gt | Op::Ge => {
            check_order(field, op, value)?;
            Ok(Test::Order)
        }
        // What is no package URL may still be stored as one, and is found as it is written.
        Op::Eq | Op::Ne if field == Field::Purl => {
            Ok(Purl::parse(value).map_or(Test::Text, |purl| Test::Purl(Box::new(purl))))
        }
        _ => Ok(Test::Text),
    }
}

fn check_order(field: Field, op: Op, value: &str) -> Result<(), Unusable> {
    if !matches!(field, Field::Version | Field::SourceVersion) {
        return Err(Unusable {
            message: format!("`{op}` can't order the field `{field}`"),
            hint: Some("lt, le, gt and ge look at `version` and `source_version` only".to_owned()),
        });
    }
    if value.trim().is_empty() {
        return Err(Unusable::new(format!(
            "`{field} {op}` has no version to compare with"
        )));
    }
    Ok(())
}
