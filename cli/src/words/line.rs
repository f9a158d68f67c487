//! One line of a list of names: what other tools write there is understood, or refused with what
//! to do about it.

use proto_types::{Field, Match, Op};

use crate::{
    error::{CliError, Result},
    words::terms::{self, Term},
};

/// What turns pip's list into purls.
const OF_PIP: &str = "for `pip freeze` output: `sed -E 's|([^=]*)==([^ ;]*).*|pkg:pypi/\\1@\\2|' FILE | assetctl find -f -`";
/// What leaves the first word of each line.
const FIRST_WORD: &str =
    "for the first word of each line: `awk '{print $1}' FILE | assetctl find -f -`";

/// Reads a line that isn't empty.
pub(super) fn read(line: &str) -> Result<Match> {
    // A list is of names, and one of them may be called as a field is.
    if Field::from_word(line).is_some() {
        return Ok(Match {
            field: Field::Name,
            op: Op::Eq,
            value: line.to_owned(),
        });
    }
    if line.contains(char::is_whitespace) && terms::is_bare(line) {
        return Err(
            CliError::failed(format!("`{line}` is several words")).hint(format!(
                "{FIRST_WORD}; for a name with a space, write `name={line}`"
            )),
        );
    }
    let Term { mut matches, name } = terms::parse(line)?;
    match (matches.pop(), matches.pop()) {
        (Some(one), None) if asks_for_artifacts(&one) => Ok(one),
        (Some(version), Some(_)) => Err(with_version(line, name.as_deref(), &version)),
        _ => Err(
            CliError::failed(format!("`{line}` is neither a name nor a purl"))
                .hint("put a term that applies to all of them on the command line, next to -f"),
        ),
    }
}

/// Whether it says by itself which artifacts are meant.
fn asks_for_artifacts(one: &Match) -> bool {
    matches!(one.field, Field::Name | Field::Purl | Field::Source) && one.op != Op::Ne
}

/// A list takes a version only as a part of a purl.
fn with_version(line: &str, name: Option<&str>, version: &Match) -> CliError {
    let error = CliError::failed(format!("`{line}` contains a version"));
    if line.contains("==") {
        return error.hint(OF_PIP);
    }
    let Some(name) = name else {
        return error
            .hint("put the version on the command line, next to -f, or after the `@` of the purl");
    };
    let hint = match version.op {
        Op::Eq => format!("write a purl: `pkg:TYPE/{name}@{}`", version.value),
        _ => format!("write `{name}`, and put the version on the command line, next to -f"),
    };
    error.hint(hint)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::read;

    fn shown(line: &str) -> String {
        let one = read(line).unwrap();
        format!("{} {} {}", one.field, one.op, one.value)
    }

    #[test]
    fn names_purls_and_patterns_are_taken() {
        for (line, means) in [
            ("openssl", "name eq openssl"),
            ("version", "name eq version"),
            ("openssl*", "name glob openssl*"),
            ("name=Some Thing", "name eq Some Thing"),
            ("source=openssl", "source eq openssl"),
            ("pkg:deb/debian/openssl", "purl eq pkg:deb/debian/openssl"),
            (
                "org.example:thing:1.0",
                "purl eq pkg:maven/org.example/thing@1.0",
            ),
        ] {
            assert_eq!(shown(line), means);
        }
    }

    #[test]
    fn what_other_tools_write_is_refused_with_what_to_do() {
        for (line, hint) in [
            ("openssl==3.0.9", "pkg:pypi/"),
            ("openssl@3.0.9", "`pkg:TYPE/openssl@3.0.9`"),
            ("openssl<3", "next to -f"),
            ("openssl 3.0.9", "awk '{print $1}'"),
            ("ii  openssl  3.0.9-1  amd64", "awk '{print $1}'"),
            ("openssl libssl3", "awk '{print $1}'"),
            ("version<3", "next to -f"),
            ("host=web1", "next to -f"),
            ("name!=openssl", "next to -f"),
            ("CVE-2024-3094", "advisory"),
            ("sha256:abcd", "next to -f"),
            ("nginx:1.27", "next to -f"),
            ("openssl,3.0.9", "any of them"),
            ("pkg:openssl", "not a package URL"),
        ] {
            let error = format!("{:?}", read(line).unwrap_err());
            assert!(error.contains(hint), "{line}: {error}");
        }
    }
}
