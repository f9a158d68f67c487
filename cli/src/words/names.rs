//! `-f`: names or purls, one a line, from a file or from standard input.

use std::{
    fs,
    io::{self, IsTerminal, Read},
};

use proto_types::Match;

use super::line;
use crate::error::{CliError, Result};

/// Reads the list at `path`, or standard input where it is `-`.
pub(crate) fn read(path: &str) -> Result<Vec<Match>> {
    let text = if path == "-" {
        read_stdin()?
    } else {
        fs::read_to_string(path)
            .map_err(|error| CliError::failed(format!("cannot read `{path}`")).because(error))?
    };
    let source = if path == "-" { "standard input" } else { path };
    let matches = parse(&text, source)?;
    if matches.is_empty() {
        // An empty list would ask for everything there is.
        return Err(CliError::failed(format!("{source} contains no names"))
            .hint("give names or purls, one per line; `#` starts a comment"));
    }
    Ok(matches)
}

fn read_stdin() -> Result<String> {
    let mut stdin = io::stdin();
    if stdin.is_terminal() {
        return Err(
            CliError::failed("`-f -` reads standard input, which is a terminal")
                .hint("pipe a list into it: `cat names.txt | assetctl find -f -`"),
        );
    }
    let mut text = String::new();
    stdin
        .read_to_string(&mut text)
        .map_err(|error| CliError::failed("cannot read standard input").because(error))?;
    Ok(text)
}

/// Reads every line; `source` says where they are from.
fn parse(text: &str, source: &str) -> Result<Vec<Match>> {
    let lines = text.trim_start_matches('\u{feff}').lines();
    lines
        .map(without_comment)
        .enumerate()
        .filter(|(_, line)| !line.is_empty())
        .map(|(at, line)| {
            line::read(line)
                .map_err(|error| error.about(&format!("in line {} of {source}", at + 1)))
        })
        .collect()
}

/// A purl's `#subpath` is no comment: one must stand first or behind a space.
fn without_comment(line: &str) -> &str {
    let line = line.trim();
    if line.starts_with('#') {
        return "";
    }
    [" #", "\t#"]
        .iter()
        .filter_map(|start| line.find(start))
        .min()
        .map_or(line, |at| line[..at].trim_end())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::parse;

    fn read(text: &str) -> Vec<(String, String)> {
        let matches = parse(text, "list.txt").unwrap();
        let pairs = matches.into_iter();
        pairs
            .map(|one| (one.field.to_string(), one.value))
            .collect()
    }

    fn pair(field: &str, value: &str) -> (String, String) {
        (field.to_owned(), value.to_owned())
    }

    #[test]
    fn comments_blanks_and_windows_line_ends_are_skipped() {
        let text = "\u{feff}openssl\r\n\n# all of it\n  zlib  # and this\n\t\n";
        assert_eq!(read(text), [pair("name", "openssl"), pair("name", "zlib")]);
    }

    #[test]
    fn a_purl_is_matched_as_one_with_its_subpath() {
        let purl = "pkg:golang/example.org/x@v1.0.0#sub";
        assert_eq!(read(purl), [pair("purl", purl)]);
    }

    #[test]
    fn a_line_that_can_be_no_name_is_refused_with_its_number() {
        let error = parse("# first\nopenssl\nopenssl==3.0.9\n", "list.txt").unwrap_err();
        assert!(
            error.to_string().ends_with("in line 3 of list.txt"),
            "{error}"
        );
    }
}
