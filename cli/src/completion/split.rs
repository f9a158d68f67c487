//! A line as a shell splits it into words, up to where the cursor is.

/// The words of a line, and how the last of them is written.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// The words without their quotes; the last is the one that is typed, and may be empty.
    pub(super) words: Vec<String>,
    /// The quote that the last word stands in and that nothing has closed.
    pub(super) open: Option<char>,
    /// How many bytes of the last word stand before what the shell replaces.
    pub(super) kept: usize,
}

/// Splits a line; `breaks` are the signs at which the shell begins to replace anew.
pub(super) fn split(line: &str, breaks: &str) -> Line {
    let mut words = Vec::new();
    let (mut word, mut begun, mut open, mut kept) = (String::new(), false, None, 0);
    let mut signs = line.chars();
    while let Some(sign) = signs.next() {
        match (open, sign) {
            (Some(quote), _) if sign == quote => open = None,
            (Some('\''), _) => word.push(sign),
            (_, '\\') => word.extend(signs.next()),
            (Some(_), _) => word.push(sign),
            (None, '\'' | '"') => {
                (open, begun, kept) = (Some(sign), true, word.len());
            }
            (None, ' ' | '\t' | '\n') => {
                if begun || !word.is_empty() {
                    words.push(std::mem::take(&mut word));
                }
                (begun, kept) = (false, 0);
            }
            (None, _) => {
                word.push(sign);
                if breaks.contains(sign) {
                    kept = word.len();
                }
            }
        }
    }
    words.push(word);
    Line { words, open, kept }
}

#[cfg(test)]
mod tests {
    use super::split;

    /// The words, the open quote, and what is kept of the last word.
    fn read(line: &str) -> (String, Option<char>, String) {
        let line = split(line, " \"'><=;|&(:@");
        let last = line.words.last().cloned().unwrap_or_default();
        (
            line.words.join("|"),
            line.open,
            last[..line.kept].to_owned(),
        )
    }

    #[test]
    fn words_are_those_of_the_shell_whatever_breaks_them_for_it() {
        let cases = [
            ("assetctl find ", "assetctl|find|", None, ""),
            ("assetctl  find ope", "assetctl|find|ope", None, ""),
            ("a diff host:we", "a|diff|host:we", None, "host:"),
            ("a find --host=we", "a|find|--host=we", None, "--host="),
            ("a find 'host=we", "a|find|host=we", Some('\''), ""),
            ("a find host='we", "a|find|host=we", Some('\''), "host="),
            ("a find \"a\\\"b", "a|find|a\"b", Some('"'), ""),
            ("a find 'version<3' na", "a|find|version<3|na", None, ""),
            (r"a find a\ b", "a|find|a b", None, ""),
            ("a find '' x", "a|find||x", None, ""),
            ("", "", None, ""),
        ];
        for (line, words, open, kept) in cases {
            assert_eq!(
                read(line),
                (words.to_owned(), open, kept.to_owned()),
                "{line}"
            );
        }
    }
}
