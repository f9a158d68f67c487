//! From what is typed behind `/` to matches: the terms of `find`, where a bare word means "contains".

use model::condition::{Condition, GLOB_SIGNS, Room, Unusable};
use proto_types::{Field, Match, Op};

use super::subject::Subject;
use crate::{error::CliError, tui::item::Item, words::terms};

/// A filter as far as it could be understood.
#[derive(Debug, Default)]
pub(crate) struct Parsed {
    /// What the words mean that make sense.
    pub(crate) matches: Vec<Match>,
    /// The bare words that are looked for in the rows' names and states, where rows have states.
    pub(crate) words: Vec<String>,
    /// What is wrong with the first one that doesn't: it may just not be finished yet.
    pub(crate) error: Option<String>,
}

/// Reads a filter's text as matches that `subject` knows.
pub(crate) fn parse(text: &str, subject: &Subject) -> Parsed {
    let mut parsed = Parsed::default();
    match split(text) {
        Ok(words) => {
            for word in words {
                let is_plain = terms::is_bare(&word) && !word.contains(GLOB_SIGNS);
                if subject.has_states() && is_plain {
                    parsed.words.push(word);
                    continue;
                }
                match one(&word, subject) {
                    Ok(found) => parsed.matches.extend(found),
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

fn one(word: &str, subject: &Subject) -> Result<Vec<Match>, String> {
    let field = subject.word_field();
    let found = if terms::is_bare(word) {
        let op = if word.contains(GLOB_SIGNS) {
            Op::Glob
        } else {
            Op::Contains
        };
        let value = word.to_owned();
        vec![Match { field, op, value }]
    } else {
        let term = terms::parse(word).map_err(|error: CliError| error.to_string())?;
        term.matches
    };
    let is_unknown = |one: &&Match| !subject.fields().contains(&one.field);
    let Some(unknown) = found.iter().find(is_unknown) else {
        return Ok(found);
    };
    let known: Vec<&str> = subject.fields().iter().map(|one| one.as_str()).collect();
    Err(format!(
        "{} have no `{}` to filter by; known: {}",
        subject.noun(),
        unknown.field,
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

/// Whether a row's names, states and reasons have all of these words somewhere; those of advisories in whatever
/// case, as ids are asked for.
pub(crate) fn has_words(item: &Item, words: &[String]) -> bool {
    let in_any_case = matches!(item, Item::Advisory(_));
    let has = |text: &str, word: &str| match in_any_case {
        true => has_in_any_case(text, word),
        false => text.contains(word),
    };
    // Of a list of thousands of rows most have to be looked through at each key.
    let told = item.words();
    let found = |word: &String| told.iter().any(|text| has(text, word));
    words.iter().all(found)
}

fn has_in_any_case(text: &str, word: &str) -> bool {
    let (text, word) = (text.as_bytes(), word.as_bytes());
    let mut parts = text.windows(word.len().max(1));
    word.is_empty() || parts.any(|part| part.eq_ignore_ascii_case(word))
}

/// Matches made ready to be tried on rows that are all here.
pub(crate) struct Filter(Vec<Condition>);

impl Filter {
    /// Makes matches ready.
    ///
    /// # Errors
    /// The sentence that says which value can't be used.
    pub(crate) fn new(matches: &[Match]) -> Result<Self, String> {
        compile(matches).map(Self).map_err(|error| error.message)
    }

    /// Whether a row fits.
    pub(crate) fn fits(&self, item: &Item) -> bool {
        self.0.iter().all(|one| fits(one, item))
    }
}

fn compile(matches: &[Match]) -> Result<Vec<Condition>, Unusable> {
    let room = Room::of(matches)?;
    let conditions = matches.iter().cloned();
    conditions.map(|one| Condition::new(one, &room)).collect()
}

fn fits(one: &Condition, item: &Item) -> bool {
    match (item, one.field()) {
        (Item::Artifact(artifact), field) if field.is_of_artifact() => one.fits_artifact(artifact),
        (Item::Judged(judged), field) if field.is_of_artifact() => {
            one.fits_artifact(&judged.artifact)
        }
        (_, Field::ImageDigest) => {
            let digest = item.digest().map(|digest| digest.to_string());
            digest.is_some_and(|digest| one.fits(&digest))
        }
        (_, field) => one.fits_texts(item.texts(field)),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proto_types::Artifact;

    use super::{Filter, parse};
    use crate::tui::{item::Item, state::subject::Subject};

    fn contents() -> Subject {
        Subject::Contents(proto_types::ImageDigest::from_bytes([1; 32]))
    }

    fn libe() -> Item {
        Item::Artifact(Artifact {
            artifact_type: "deb".to_owned(),
            name: "libé".to_owned(),
            version: "2:1.0-1".to_owned(),
            purl: Some("pkg:deb/debian/lib%C3%A9@2%3A1.0-1?arch=amd64".to_owned()),
            source: Some("source".to_owned()),
            source_version: Some("3.1-1".to_owned()),
            ..Artifact::default()
        })
    }

    fn fits(text: &str) -> bool {
        let parsed = parse(text, &contents());
        assert_eq!(parsed.error, None, "{text}");
        Filter::new(&parsed.matches).is_ok_and(|filter| filter.fits(&libe()))
    }

    #[test]
    fn a_filter_matches_as_find_does() {
        for text in [
            "lib?",
            "lib[!x]",
            "name~^lib.$",
            "version>1:9",
            "source_version<3.2 source=source",
            "pkg:deb/debian/libé",
            "pkg:deb/debian/lib%c3%a9@2:1.0-1",
            "module=",
        ] {
            assert!(fits(text), "{text}");
        }
        for text in [
            "lib??",
            "source_version>=3.2",
            "pkg:deb/debian/libé@1:1.0-1",
        ] {
            assert!(!fits(text), "{text}");
        }
    }

    #[test]
    fn a_pattern_too_deep_or_too_large_is_refused_in_words() {
        let deep = format!("{}{}", "{".repeat(2000), "}".repeat(2000));
        for text in [deep.as_str(), "name~\\w{900}", "[a"] {
            let parsed = parse(text, &contents());
            let error = parsed.error.unwrap_or_default();
            assert!(error.contains("is not a usable"), "{text}: {error}");
        }
    }

    proptest! {
        #[test]
        fn no_text_that_is_typed_or_pasted_makes_a_filter_panic(
            text in ".*|[a-c*?\\[\\]{},!^~=<> '\\\\-]{0,60}",
        ) {
            let parsed = parse(&text, &contents());
            if let Ok(filter) = Filter::new(&parsed.matches) {
                let _ = filter.fits(&libe());
            }
        }
    }
}
