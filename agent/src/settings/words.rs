//! Commands as lists of words: what is started is the first word, and no shell ever reads them.

use std::{collections::BTreeMap, str::FromStr};

use serde::{Deserialize, Serialize};

/// A program and the words that it is always given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<String>")]
pub(crate) struct Words(Vec<String>);

/// Further podman stores, each with the podman command that shows it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(try_from = "BTreeMap<String, Words>")]
pub(crate) struct Stores(pub(crate) BTreeMap<String, Words>);

/// A text or a list that is no command.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NoCommand {
    /// Nothing to start.
    #[error("the command is empty: write a program's name or path, and its arguments")]
    Empty,
    /// A list that isn't JSON.
    #[error(
        "`{0}` is not a command: write words, or a JSON list of words, as in [\"podman\",\"--root\",\"/x\"]"
    )]
    Words(String),
    /// A store's name that could be mistaken.
    #[error("`{0}` can't be the name of a store: use letters, digits, `-`, `_` and `.`")]
    Name(String),
    /// Stores that aren't a JSON object.
    #[error(
        "`{0}` is not an object of stores: write JSON, as in {{\"alice\":[\"podman\",\"--root\",\"/x\"]}}"
    )]
    Stores(String),
}

impl Words {
    /// A command of one word.
    pub(crate) fn one(program: &str) -> Self {
        Self(vec![program.to_owned()])
    }

    /// What is started.
    pub(crate) fn program(&self) -> &str {
        self.0.first().map_or("", String::as_str)
    }

    /// What it is always given.
    pub(crate) fn arguments(&self) -> &[String] {
        self.0.get(1..).unwrap_or_default()
    }
}

impl TryFrom<Vec<String>> for Words {
    type Error = NoCommand;

    fn try_from(words: Vec<String>) -> Result<Self, NoCommand> {
        match words.first() {
            Some(program) if !program.is_empty() => Ok(Self(words)),
            _ => Err(NoCommand::Empty),
        }
    }
}

impl FromStr for Words {
    type Err = NoCommand;

    fn from_str(text: &str) -> Result<Self, NoCommand> {
        let words: Vec<String> = if text.trim_start().starts_with('[') {
            serde_json::from_str(text).map_err(|_| NoCommand::Words(text.to_owned()))?
        } else {
            text.split_whitespace().map(str::to_owned).collect()
        };
        Self::try_from(words)
    }
}

impl TryFrom<BTreeMap<String, Words>> for Stores {
    type Error = NoCommand;

    fn try_from(stores: BTreeMap<String, Words>) -> Result<Self, NoCommand> {
        for name in stores.keys() {
            if !is_store_name(name) {
                return Err(NoCommand::Name(name.clone()));
            }
        }
        Ok(Self(stores))
    }
}

impl FromStr for Stores {
    type Err = NoCommand;

    fn from_str(text: &str) -> Result<Self, NoCommand> {
        let stores: BTreeMap<String, Vec<String>> =
            serde_json::from_str(text).map_err(|_| NoCommand::Stores(text.to_owned()))?;
        let stores: Result<BTreeMap<_, _>, _> = stores
            .into_iter()
            .map(|(name, words)| Ok((name, Words::try_from(words)?)))
            .collect();
        Self::try_from(stores?)
    }
}

/// Whether a store may be called so: no container's name must look like one with another store's.
pub(super) fn is_store_name(name: &str) -> bool {
    let good = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    !name.is_empty() && name.chars().all(good)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::{Stores, Words};

    #[test]
    fn a_command_is_words_or_a_json_list_of_words() {
        let spaced: Words = "podman --root /x".parse().unwrap();
        let listed: Words = r#"["podman","--root","/x"]"#.parse().unwrap();
        assert_eq!(spaced, listed);
        let blank: Words = r#"["podman","--root","/x y"]"#.parse().unwrap();
        assert_eq!(blank.arguments(), ["--root", "/x y"]);
    }

    #[test]
    fn nothing_a_shell_would_do_happens_to_words() {
        let words: Words = "podman $(touch x) ;".parse().unwrap();
        assert_eq!(words.arguments(), ["$(touch", "x)", ";"]);
    }

    #[test]
    fn a_command_without_a_program_is_refused() {
        for wrong in ["", "  ", "[]", r#"[""]"#, "[1]"] {
            assert!(wrong.parse::<Words>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_store_has_a_name_that_no_container_name_can_hide() {
        let stores: Stores = r#"{"alice":["podman","--root","/x"]}"#.parse().unwrap();
        assert_eq!(stores.0["alice"].program(), "podman");
        for wrong in [
            "alice",
            r#"{"a/b":["podman"]}"#,
            r#"{"":["podman"]}"#,
            r#"{"a":[]}"#,
        ] {
            assert!(wrong.parse::<Stores>().is_err(), "{wrong}");
        }
    }
}
