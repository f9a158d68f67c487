//! From what is typed behind `/` to matches: the terms of `find`, where a bare word means "contains".

use globset::{Glob, GlobMatcher};
use proto_types::{Field, Match, Op};
use regex::Regex;

use super::subject::Subject;
use crate::{error::CliError, tui::item::Item, words::terms};

/// What makes a word more than a bare one.
const OPERATORS: [char; 5] = ['=', '!', '~', '<', '>'];
/// What makes a word a pattern.
const GLOB: [char; 4] = ['*', '?', '[', '{'];

/// A filter as far as it could be understood.
#[derive(Debug, Default)]
pub(crate) struct Parsed {
    /// What the words mean that make sense.
    pub(crate) matches: Vec<Match>,
    /// What is wrong with the first one that doesn't: it may just not be finished yet.
    pub(crate) error: Option<String>,
}

/// Reads a filter's text as matches that `subject` knows.
pub(crate) fn parse(text: &str, subject: &Subject) -> Parsed {
    let mut parsed = Parsed::default();
    match split(text) {
        Ok(words) => {
            for word in words {
                match one(&word, subject) {
                    Ok(found) => parsed.matches.push(found),
                    Err(error) => parsed.error = parsed.error.or(Some(error)),
                }
            }
        }
        Err(error) => parsed.error = Some(error),
    }
    // A pattern that can't be used is found out here too.
    if let Err(error) = Filter::new(&parsed.matches) {
        parsed.matches.clear();
        parsed.error = parsed.error.or(Some(error));
    }
    parsed
}

fn one(word: &str, subject: &Subject) -> Result<Match, String> {
    let field = subject.word_field();
    let is_bare = !word.contains(OPERATORS) && !word.starts_with("pkg:");
    let found = if is_bare {
        let op = if word.contains(GLOB) {
            Op::Glob
        } else {
            Op::Contains
        };
        let value = word.to_owned();
        Match { field, op, value }
    } else {
        terms::parse(word).map_err(|error: CliError| error.to_string())?
    };
    if subject.fields().contains(&found.field) {
        return Ok(found);
    }
    let known: Vec<&str> = subject.fields().iter().map(|one| one.as_str()).collect();
    Err(format!(
        "{} have no `{}` to filter by; known: {}",
        subject.noun(),
        found.field,
        known.join(", ")
    ))
}

/// The words of a text; quotes hold a word with spaces together.
fn split(text: &str) -> Result<Vec<String>, String> {
    let (mut words, mut word) = (Vec::new(), String::new());
    let mut quote = None;
    for one in text.chars() {
        match quote {
            Some(open) if one == open => quote = None,
            Some(_) => word.push(one),
            None if one == '\'' || one == '"' => quote = Some(one),
            None if one.is_whitespace() => words.push(std::mem::take(&mut word)),
            None => word.push(one),
        }
    }
    if let Some(open) = quote {
        return Err(format!("a {open} is never closed"));
    }
    words.push(word);
    words.retain(|word| !word.is_empty());
    Ok(words)
}

/// Matches made ready to be tried on rows that are all here.
pub(crate) struct Filter(Vec<Condition>);

struct Condition {
    wanted: Match,
    pattern: Pattern,
}

enum Pattern {
    None,
    Glob(GlobMatcher),
    Regex(Regex),
}

impl Filter {
    /// Makes matches ready.
    ///
    /// # Errors
    /// The sentence that says which pattern can't be used.
    pub(crate) fn new(matches: &[Match]) -> Result<Self, String> {
        let conditions = matches.iter().map(|one| {
            Ok(Condition {
                wanted: one.clone(),
                pattern: pattern(one)?,
            })
        });
        Ok(Self(conditions.collect::<Result<_, String>>()?))
    }

    /// Whether a row fits.
    pub(crate) fn fits(&self, item: &Item) -> bool {
        self.0.iter().all(|one| one.fits(item))
    }
}

fn pattern(one: &Match) -> Result<Pattern, String> {
    let unusable = |kind: &str| format!("`{}` is not a usable {kind}", one.value);
    match one.op {
        Op::Glob => Glob::new(&one.value)
            .map(|glob| Pattern::Glob(glob.compile_matcher()))
            .map_err(|_| unusable("pattern")),
        Op::Regex => Regex::new(&one.value)
            .map(Pattern::Regex)
            .map_err(|_| unusable("regular expression")),
        _ => Ok(Pattern::None),
    }
}

impl Condition {
    fn fits(&self, item: &Item) -> bool {
        if self.wanted.op.is_ordering() {
            return self.fits_order(item);
        }
        if self.wanted.field == Field::ImageDigest {
            let digest = item.digest().map(|digest| digest.to_string());
            return digest.is_some_and(|digest| self.fits_text(&digest));
        }
        let texts = item.texts(self.wanted.field);
        if self.wanted.op == Op::Ne {
            return texts.iter().all(|text| self.fits_text(text));
        }
        texts.iter().any(|text| self.fits_text(text))
    }

    fn fits_text(&self, text: &str) -> bool {
        let value = self.wanted.value.as_str();
        match (&self.pattern, self.wanted.op) {
            (Pattern::Glob(glob), _) => glob.is_match(text),
            (Pattern::Regex(regex), _) => regex.is_match(text),
            (Pattern::None, Op::Eq) => text == value,
            (Pattern::None, Op::Ne) => text != value,
            (Pattern::None, Op::Contains) => text.contains(value),
            (Pattern::None, Op::Prefix) => text.starts_with(value),
            (Pattern::None, _) => false,
        }
    }

    fn fits_order(&self, item: &Item) -> bool {
        let Item::Artifact(artifact) = item else {
            return false;
        };
        let order = versions::compare_with_purl(
            &artifact.artifact_type,
            &artifact.version,
            artifact.purl.as_deref(),
            &self.wanted.value,
            None,
        );
        match self.wanted.op {
            Op::Lt => order.is_lt(),
            Op::Le => order.is_le(),
            Op::Gt => order.is_gt(),
            _ => order.is_ge(),
        }
    }
}
