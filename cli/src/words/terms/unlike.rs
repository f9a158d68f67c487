//! What no artifact is called: ids of advisories, fields, addresses, several words in one.

use model::{advisory_id::is_advisory_id, condition::GLOB_SIGNS};
use proto_types::Field;

use super::{letters, value::is_version};
use crate::{
    error::{CliError, Result},
    words::shell,
};

/// Refuses a word that can't be meant as a name; `behind` are the terms that were read along.
pub(super) fn check(word: &str, behind: &[String]) -> Result<()> {
    if is_advisory_id(word) {
        return Err(advisory(word));
    }
    if Field::from_word(&word.to_lowercase()).is_some() && behind.is_empty() {
        return Err(field(word));
    }
    if word.contains("://") {
        return Err(
            CliError::failed(format!("`{word}` is an address, not an artifact's name")).hint(
                "name the artifact: `assetctl find openssl`, or the image: `--image nginx:1.27`",
            ),
        );
    }
    if word.contains(char::is_whitespace) {
        return Err(spaces(word, behind));
    }
    if word.contains(',') && !word.contains('{') {
        let either = format!("{{{}}}", word.trim_matches(','));
        return Err(
            CliError::failed(format!("`{word}` is a list, but only one name is allowed")).hint(
                format!("for any of them: `assetctl find {}`", shell::quote(&either)),
            ),
        );
    }
    letters::check_name(word)
}

fn advisory(word: &str) -> CliError {
    CliError::failed(format!(
        "`{word}` is the id of an advisory, not an artifact's name"
    ))
    .hint(format!(
        "ask what it affects, of what was imported: `assetctl affected {}`, or by a file: `assetctl \
         affected FILE`; or look for what it is about: `assetctl find xz-utils 'version<5.6.2'`",
        shell::quote(word)
    ))
}

/// A field alone: as a rule the shell took the rest for a file to write to.
fn field(word: &str) -> CliError {
    let literal = format!("name={word}");
    CliError::failed(format!("`{word}` is a field without a value")).hint(format!(
        "quote the term, since the shell treats `<` and `>` as redirections: `assetctl find openssl \
         'version<3.0.15'`; for an artifact of that name: `assetctl find {literal}`"
    ))
}

/// Several words in one argument.
fn spaces(word: &str, behind: &[String]) -> CliError {
    let words: Vec<&str> = word.split_whitespace().collect();
    let literal = shell::quote(&format!("name={word}"));
    let line = match (words.as_slice(), behind) {
        (words, [.., last]) => {
            let mut parted: Vec<String> = words.iter().map(|&one| one.to_owned()).collect();
            // `openssl version<3.0.15` in one pair of quotes.
            let is_field = |one: &String| Field::from_word(one).is_some();
            let rest = last.trim_start_matches(|one: char| one.is_ascii_alphanumeric());
            match parted.pop_if(|one| is_field(one)) {
                Some(field) => parted.push(format!("{field}{rest}")),
                None => parted.push(last.clone()),
            }
            shell::line(parted)
        }
        ([name, version, ..], _) if is_version(version) => {
            shell::line([*name, &format!("version={version}*")])
        }
        (words, _) => shell::quote(&format!("{{{}}}", words.join(","))),
    };
    let error = CliError::failed(format!("`{word}` contains several words"));
    match word.contains(GLOB_SIGNS) {
        true => error.hint("give each term separately"),
        false => error.hint(format!(
            "`assetctl find {line}`; for an artifact with exactly that name: `assetctl find {literal}`"
        )),
    }
}
