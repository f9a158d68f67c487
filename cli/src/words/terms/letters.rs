//! Letters that no term holds: dashes and signs that a web page made typographic, what can't be
//! seen, what other tools write in patterns.

use model::condition::GLOB_SIGNS;

use crate::{
    error::{CliError, Result},
    words::shell,
};

/// What may stand in a name beside letters and digits, whatever packs it.
const IN_NAMES: &str = "@/._+-:~ ";
/// What stands between words in lists.
const BETWEEN: [char; 4] = [',', ';', '|', '&'];

/// Refuses a term with signs that only look like those of a term.
pub(super) fn check_term(term: &str) -> Result<()> {
    if term
        .chars()
        .all(|one| one.is_ascii() || one.is_alphanumeric())
    {
        return Ok(());
    }
    let plain: String = term.chars().map(plain).collect();
    let error = CliError::failed(format!(
        "`{term}` contains characters that are not what they look like"
    ));
    Err(match plain.trim() {
        "" => error,
        plain => error.hint(format!("`assetctl find {}`", shell::quote(plain))),
    })
}

/// The signs of a term that are meant by one that looks like them; nothing for what can't be seen.
fn plain(one: char) -> String {
    let plain = match one {
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe63}' => "-",
        '\u{2264}' => "<=",
        '\u{2265}' => ">=",
        '\u{2260}' => "!=",
        '\u{ff01}'..='\u{ff5e}' => {
            let ascii = u32::from(one) - 0xff01 + 0x21;
            return char::from_u32(ascii).into_iter().collect();
        }
        _ if one.is_ascii() || one.is_alphanumeric() => return one.to_string(),
        _ if one.is_whitespace() => " ",
        _ => "",
    };
    plain.to_owned()
}

/// Refuses a name, or a pattern of names, with letters that no name has.
pub(super) fn check_name(word: &str) -> Result<()> {
    let is_pattern = word.contains(GLOB_SIGNS);
    let is_known = |one: char| {
        one.is_alphanumeric()
            || IN_NAMES.contains(one)
            || (is_pattern && "*?[]{},!^\\".contains(one))
    };
    let Some(odd) = word.chars().find(|one| !is_known(*one)) else {
        return Ok(());
    };
    let literal = shell::quote(&format!("name={word}"));
    let line = match odd {
        '%' => Some(word.replace('%', "*")),
        _ if BETWEEN.contains(&odd) => {
            let words = word.split(BETWEEN).map(str::trim);
            let words: Vec<&str> = words.filter(|one| !one.is_empty()).collect();
            Some(format!("{{{}}}", words.join(",")))
        }
        // A `$` in front is the shell's own.
        '^' | '$' | '(' | ')' | '\\' if !word.starts_with('$') => Some(format!("name~{word}")),
        _ => None,
    };
    let literal = format!("for an artifact with exactly that name: `assetctl find {literal}`");
    let error = CliError::failed(format!(
        "no artifact's name contains `{odd}`, but `{word}` does"
    ));
    Err(match line {
        Some(line) => error.hint(format!(
            "did you mean `assetctl find {}`? {literal}",
            shell::quote(&line)
        )),
        None => error.hint(literal),
    })
}
