//! bash: takes the line as it stands, since bash breaks its words at `:` and `=`, and writes what
//! bash then puts in place of the piece behind the last break.

use clap::Command;

use super::{
    candidates::{Candidate, candidates},
    split::{Line, split},
};

/// Signs that mean nothing to bash.
const PLAIN: &str = "-_./:=,+@%";

/// A line for each candidate. The words are the line up to the cursor, and bash's breaks.
pub(super) fn answer(words: &[String], program: Command) -> String {
    let [line, breaks] = words else {
        return String::new();
    };
    let line = split(line, breaks);
    let found = candidates(&line.words, program);
    let written = found.iter().filter_map(|one| write(one, &line));
    written.map(|one| one + "\n").collect()
}

/// What bash puts into the line, quoted as the line goes on; `None` where that can't be.
fn write(candidate: &Candidate, line: &Line) -> Option<String> {
    let typed = line.words.last()?;
    let kept = typed.get(..line.kept)?;
    let rest = candidate.value.strip_prefix(kept)?;
    let is_plain = |sign: char| sign.is_alphanumeric() || PLAIN.contains(sign);
    let escaped = |special: fn(char) -> bool| {
        rest.chars().fold(String::new(), |mut text, sign| {
            if special(sign) {
                text.push('\\');
            }
            text.push(sign);
            text
        })
    };
    match line.open {
        Some('\'') => (!rest.contains('\'')).then(|| rest.to_owned()),
        Some(_) => (!rest.contains('!')).then(|| escaped(|sign| "$`\"\\".contains(sign))),
        None if rest.chars().all(is_plain) => Some(rest.to_owned()),
        None => Some(escaped(|sign| {
            !sign.is_alphanumeric() && !PLAIN.contains(sign)
        })),
    }
}

#[cfg(test)]
mod tests {
    use super::{Candidate, split, write};

    fn written(line: &str, value: &str) -> Option<String> {
        let candidate = Candidate {
            value: value.to_owned(),
            help: None,
        };
        write(&candidate, &split(line, " \"'><=;|&(:@"))
    }

    #[test]
    fn bash_is_told_the_piece_behind_its_last_break() {
        let told = |line, value| written(line, value).unwrap_or_default();
        assert_eq!(told("a diff host:we", "host:web-01"), "web-01");
        assert_eq!(told("a find @sc", "@scope/name"), "scope/name");
        assert_eq!(told("a find 'host=we", "host=web-01"), "host=web-01");
    }

    #[test]
    fn a_hostile_name_is_text_to_bash() {
        let told = |line, value| written(line, value);
        assert_eq!(told("a find ", "$(id)").as_deref(), Some(r"\$\(id\)"));
        assert_eq!(told("a find \"", "$(id)").as_deref(), Some(r"\$(id)"));
        assert_eq!(told("a find '", "$(id)").as_deref(), Some("$(id)"));
        assert_eq!(told("a find '", "'; id"), None);
        assert_eq!(told("a find \"", "!1"), None);
        assert_eq!(told("a find ", "a b").as_deref(), Some(r"a\ b"));
    }
}
