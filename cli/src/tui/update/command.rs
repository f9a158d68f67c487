//! The `assetctl` command line that lists the same as the level that is shown.

use proto_types::Match;

use crate::tui::{
    effect::Effect,
    state::{State, Subject},
};

use super::take;

/// Copies the command line.
pub(super) fn copy(state: &mut State) -> Vec<Effect> {
    let line = line(state);
    take::copy(state, line)
}

/// The command line.
pub(crate) fn line(state: &State) -> String {
    let level = state.level();
    let mut words = vec!["assetctl".to_owned()];
    words.extend(state.session.connection.iter().cloned());
    match &level.subject {
        Subject::Grouped { by, .. } => {
            words.push("find".to_owned());
            words.extend(matches(&level.subject, &level.matches));
            words.extend(["--group-by".to_owned(), by.to_string()]);
        }
        Subject::Found { .. } => {
            words.push("find".to_owned());
            words.extend(matches(&level.subject, &level.matches));
        }
        Subject::Images => words.push("images".to_owned()),
        Subject::Hosts => words.push("hosts".to_owned()),
        Subject::Contents(digest) => words.extend(["image".to_owned(), digest.to_string()]),
        Subject::Containers { host, image } => {
            words.push("containers".to_owned());
            let host = host.as_ref().map(|host| ("--host", host.clone()));
            let image = image.map(|image| ("--image", image.to_string()));
            for (flag, value) in host.into_iter().chain(image) {
                words.extend([flag.to_owned(), value]);
            }
        }
    }
    let knows_time = !matches!(
        level.subject,
        Subject::Images | Subject::Hosts | Subject::Contents(_)
    );
    if let (Some(at), true) = (state.at, knows_time) {
        words.extend(["--at".to_owned(), at.to_string()]);
    }
    let quoted: Vec<String> = words.iter().map(|word| quote(word)).collect();
    quoted.join(" ")
}

fn matches(subject: &Subject, filter: &[Match]) -> Vec<String> {
    let all = subject.of().iter().chain(filter);
    all.flat_map(|Match { field, op, value }| {
        [
            "--match".to_owned(),
            field.to_string(),
            op.to_string(),
            value.clone(),
        ]
    })
    .collect()
}

/// A word as a shell reads it back; what a terminal would obey is spelled out in `$'…'`.
fn quote(word: &str) -> String {
    let is_plain = |one: char| one.is_ascii_alphanumeric() || "-_./:=,+@%".contains(one);
    if !word.is_empty() && word.chars().all(is_plain) {
        return word.to_owned();
    }
    if model::shown::escaped(word) == word {
        return format!("'{}'", word.replace('\'', r"'\''"));
    }
    let spelled: String = word.bytes().map(spell).collect();
    format!("$'{spelled}'")
}

fn spell(byte: u8) -> String {
    match byte {
        b'\'' | b'\\' => format!("\\{}", char::from(byte)),
        b' '..=b'~' => char::from(byte).to_string(),
        _ => format!("\\x{byte:02x}"),
    }
}

#[cfg(test)]
mod tests {
    use super::quote;

    #[test]
    fn a_shell_reads_every_word_back() {
        assert_eq!(quote("openssl"), "openssl");
        assert_eq!(quote("3.0.15-1~deb12u1"), "'3.0.15-1~deb12u1'");
        assert_eq!(quote("it's"), r"'it'\''s'");
        assert_eq!(quote("a\nb\u{202e}'"), r"$'a\x0ab\xe2\x80\xae\''");
        assert_eq!(quote(""), "''");
    }
}
