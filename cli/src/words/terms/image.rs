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

/// An image as it was typed.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum TypedImage<'w> {
    /// A whole digest: the image's or that of its manifest.
    Digest(ImageDigest),
    /// The first digits of one, behind `sha256:`.
    Digits(String),
    /// A name, which may be written by its end, or the first digits of a digest without `sha256:`.
    Word(&'w str),
}

impl<'w> TypedImage<'w> {
    /// Reads what was typed where an image is asked for.
    pub(crate) fn read(typed: &'w str) -> Result<Self> {
        let typed = typed.trim();
        if typed.is_empty() {
            return Err(CliError::failed("no image is named").hint("is a shell variable empty?"));
        }
        digest(typed).unwrap_or(Ok(Self::Word(typed)))
    }

    /// The conditions for it.
    fn matches(self) -> Vec<Match> {
        let by_digest = |op, digits: &str| Match {
            field: Field::ImageDigest,
            op,
            value: format!("{DIGEST}{digits}"),
        };
        vec![match self {
            Self::Digest(digest) => Match {
                field: Field::ImageDigest,
                op: Op::Eq,
                value: digest.to_string(),
            },
            Self::Digits(digits) => by_digest(Op::Prefix, &digits),
            Self::Word(word) if are_rather_digits(word) => {
                by_digest(Op::Prefix, &word.to_lowercase())
            }
            Self::Word(word) => Match {
                field: Field::ImageName,
                op: Op::Glob,
                value: reference::glob(word),
            },
        }]
    }
}

/// Reads an image: a digest, or a name that may be written by its end.
pub(crate) fn image(written: &str) -> Result<Vec<Match>> {
    TypedImage::read(written).map(TypedImage::matches)
}

/// Whether a word may be the first digits of a digest.
pub(crate) fn may_be_digits(word: &str) -> bool {
    (1..=DIGITS).contains(&word.len()) && is_hex(word)
}

/// Whether it is that rather than a name: it holds a number at least.
fn are_rather_digits(word: &str) -> bool {
    word.len() >= FEWEST_DIGITS
        && may_be_digits(word)
        && word.bytes().any(|one| one.is_ascii_digit())
}

/// A digest, or its beginning, also behind the `@` of a registry's reference; none where the word
/// isn't written as one.
pub(crate) fn digest(word: &str) -> Option<Result<TypedImage<'static>>> {
    let digits = match word.rfind(DIGEST) {
        Some(at) if at == 0 || word[..at].ends_with('@') => &word[at + DIGEST.len()..],
        None if word.len() == DIGITS && is_hex(word) => word,
        _ => return None,
    };
    if !may_be_digits(digits) {
        return Some(Err(CliError::failed(format!(
            "`{word}` is not an image digest"
        ))
        .hint(
            "give `sha256:` and 64 hexadecimal digits, or just the first digits",
        )));
    }
    let digits = digits.to_lowercase();
    Some(Ok(match format!("{DIGEST}{digits}").parse() {
        Ok(digest) => TypedImage::Digest(digest),
        Err(_) => TypedImage::Digits(digits),
    }))
}

/// The condition for a digest, or its beginning, where the word is written as one.
pub(super) fn match_of_digest(word: &str) -> Option<Result<Match>> {
    let read = digest(word)?;
    Some(read.map(|image| image.matches().swap_remove(0)))
}

fn is_hex(text: &str) -> bool {
    text.bytes().all(|one| one.is_ascii_hexdigit())
}
