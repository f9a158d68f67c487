//! The terminal's clipboard, reached by OSC 52, which works over SSH too.

use std::io::{self, Write};

/// Terminals take no more than this, in bytes before they are encoded.
const LONGEST: usize = 74_000;

/// Puts a text into the clipboard of the terminal that `to` writes to.
pub(crate) fn copy(text: &str, to: &mut impl Write) -> io::Result<()> {
    let mut end = text.len().min(LONGEST);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    write!(to, "\x1b]52;c;{}\x07", base64(&text.as_bytes()[..end]))?;
    to.flush()
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let at = |place: usize| u32::from(three.get(place).copied().unwrap_or(0));
        let bits = at(0) << 16 | at(1) << 8 | at(2);
        for digit in 0..4 {
            if digit > three.len() {
                text.push('=');
                continue;
            }
            let sextet = bits >> (18 - 6 * digit) & 63;
            text.push(char::from(DIGITS[usize::try_from(sextet).unwrap_or(0)]));
        }
    }
    text
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{base64, copy};

    #[test]
    fn bytes_become_digits_as_rfc_4648_has_it() {
        for (bytes, text) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
    }

    #[test]
    fn a_text_goes_out_as_one_sequence() {
        let mut out = Vec::new();
        copy("openssl", &mut out).unwrap();
        assert_eq!(out, b"\x1b]52;c;b3BlbnNzbA==\x07");
    }
}
