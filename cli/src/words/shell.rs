//! Command lines as a shell reads them back.

/// A word as a shell reads it back; what a terminal would obey is spelled out in `$'…'`.
pub(crate) fn quote(word: &str) -> String {
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

/// Words as a shell reads them back.
pub(crate) fn line<S: AsRef<str>>(words: impl IntoIterator<Item = S>) -> String {
    let quoted: Vec<String> = words.into_iter().map(|word| quote(word.as_ref())).collect();
    quoted.join(" ")
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
    use super::{line, quote};

    #[test]
    fn a_shell_reads_every_word_back() {
        assert_eq!(quote("openssl"), "openssl");
        assert_eq!(quote("3.0.15-1~deb12u1"), "'3.0.15-1~deb12u1'");
        assert_eq!(quote("it's"), r"'it'\''s'");
        assert_eq!(quote("a\nb\u{202e}'"), r"$'a\x0ab\xe2\x80\xae\''");
        assert_eq!(quote(""), "''");
        assert_eq!(line(["find", "version<3"]), "find 'version<3'");
    }
}
