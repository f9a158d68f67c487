//! Images as they are typed: by a name, by a digest, by the first digits of one.

use model::reference;
use proto_types::{Field, ImageDigest, Match, Op};

use crate::error::{CliError, Result};

/// How a digest begins.
const DIGEST: &str = "sha256:";
/// Hexadecimal digits of a whole digest.
const DIGITS: usize = 64;
/// Fewer digits than these are rather a name.
const FEWEST_DIGITS: usize = 4;

/// Reads an image: a digest, or a name that may be written by its end.
pub(crate) fn image(written: &str) -> Result<Vec<Match>> {
    let written = written.trim();
    if written.is_empty() {
        return Err(CliError::failed("no image is named").hint("is a variable of the shell empty?"));
    }
    if let Some(digest) = digest(written) {
        return Ok(vec![digest?]);
    }
    if are_digits(written) {
        return Ok(vec![Match {
            field: Field::ImageDigest,
            op: Op::Prefix,
            value: format!("{DIGEST}{}", written.to_lowercase()),
        }]);
    }
    Ok(vec![Match {
        field: Field::ImageName,
        op: Op::Glob,
        value: reference::glob(written),
    }])
}

/// Whether a word is the first digits of a digest rather than a name: it holds a number at least.
fn are_digits(word: &str) -> bool {
    word.len() >= FEWEST_DIGITS
        && word.bytes().all(|one| one.is_ascii_hexdigit())
        && word.bytes().any(|one| one.is_ascii_digit())
}

/// A digest, or its beginning, also behind the `@` of a registry's reference.
pub(super) fn digest(word: &str) -> Option<Result<Match>> {
    let is_hex = |text: &str| text.bytes().all(|one| one.is_ascii_hexdigit());
    let digits = match word.rfind(DIGEST) {
        Some(at) if at == 0 || word[..at].ends_with('@') => &word[at + DIGEST.len()..],
        None if word.len() == DIGITS && is_hex(word) => word,
        _ => return None,
    };
    if digits.is_empty() || digits.len() > DIGITS || !is_hex(digits) {
        return Some(Err(CliError::failed(format!(
            "`{word}` is not an image digest"
        ))
        .hint(
            "give `sha256:` and 64 hexadecimal digits, or just the first digits",
        )));
    }
    let value = format!("{DIGEST}{}", digits.to_lowercase());
    let op = match value.parse::<ImageDigest>() {
        Ok(_) => Op::Eq,
        Err(_) => Op::Prefix,
    };
    Some(Ok(Match {
        field: Field::ImageDigest,
        op,
        value,
    }))
}
