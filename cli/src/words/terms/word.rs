//! Words without an operator: names as a rule, and what else people write where a name is asked
//! for. What can't be told for certain is refused with the line to type, since an answer to a
//! question that nobody asked would pass for a proof.

use model::{artifact_type, condition::GLOB_SIGNS, reference};
use proto_types::{Field, ImageDigest, Match, Op};

use super::{
    term::Term,
    unlike,
    value::{check_purl, is_version, with_globs},
};
use crate::{
    error::{CliError, Result},
    words::shell,
};

/// How a digest begins.
const DIGEST: &str = "sha256:";
/// Hexadecimal digits of a whole digest.
const DIGITS: usize = 64;
/// Fewer digits than these are rather a name.
const FEWEST_DIGITS: usize = 4;

/// Reads a word that has no operator and is no package URL.
pub(super) fn read(word: &str) -> Result<Term> {
    if let Some(digest) = digest(word) {
        return Ok(Term::of(vec![digest?]));
    }
    if let Some((name, version)) = glued(word) {
        let named = self::name(name, &[format!("version={version}")])?;
        let version = with_globs(Field::Version, Op::Eq, version, word)?;
        return Ok(Term {
            matches: vec![named, version],
            name: Some(name.to_owned()),
        });
    }
    if word.contains(':') && !word.contains("::") && !word.contains("://") {
        return with_colon(word);
    }
    Ok(Term {
        matches: vec![name(word, &[])?],
        name: Some(word.to_owned()),
    })
}

/// The match for a name; `behind` are the terms that were read along with it.
pub(super) fn name(word: &str, behind: &[String]) -> Result<Match> {
    unlike::check(word, behind)?;
    with_globs(Field::Name, Op::Eq, word, word)
}

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

/// Whether a sign is the `~` of a version behind an `@`: `openssl@3.0.14-1~deb12u1`.
pub(super) fn is_in_version(term: &str, at: usize) -> bool {
    term[at..].starts_with('~') && glued(term).is_some_and(|(name, _)| name.len() < at)
}

/// `openssl@3.0.9`. The `@` of a scope such as `@babel/core` parts nothing.
fn glued(word: &str) -> Option<(&str, &str)> {
    let (name, version) = word.rsplit_once('@')?;
    (!name.is_empty() && is_version(version) && !version.contains('/')).then_some((name, version))
}

/// Whether a word is the first digits of a digest rather than a name: it holds a number at least.
fn are_digits(word: &str) -> bool {
    word.len() >= FEWEST_DIGITS
        && word.bytes().all(|one| one.is_ascii_hexdigit())
        && word.bytes().any(|one| one.is_ascii_digit())
}

/// A digest, or its beginning, also behind the `@` of a registry's reference.
fn digest(word: &str) -> Option<Result<Match>> {
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

/// `nginx:1.27` is an image, `org.example:thing:1.0` a Maven artifact with its group.
fn with_colon(word: &str) -> Result<Term> {
    unlike::check(word, &[])?;
    let parts: Vec<&str> = word.split(':').collect();
    match parts.as_slice() {
        [group, name, version] if group.contains('.') && !word.contains('/') => {
            let value = format!("pkg:maven/{group}/{name}@{version}");
            check_purl(&value)?;
            return Ok(Term::of(vec![Match {
                field: Field::Purl,
                op: Op::Eq,
                value,
            }]));
        }
        [left, right] if !word.contains('/') => two_parts(word, left, right)?,
        _ => {}
    }
    image(word).map(Term::of)
}

/// Refuses what may mean something else than an image.
fn two_parts(word: &str, left: &str, right: &str) -> Result<()> {
    if let Some(artifact_type) = artifact_type::meant(left)
        && !is_version(right)
    {
        let line = shell::line([right, &format!("type={artifact_type}")]);
        return Err(
            CliError::failed(format!("`{word}` is not the name of an artifact"))
                .hint(format!("`assetctl find {line}`")),
        );
    }
    if unlike::ARCHITECTURES.contains(&right) {
        return Err(CliError::failed(format!("`{word}` names an architecture"))
            .hint(format!("`assetctl find {}`", shell::quote(left))));
    }
    let is_group = left.contains('.') && right.starts_with(|one: char| one.is_ascii_alphabetic());
    if is_group && !word.contains(GLOB_SIGNS) {
        return Err(
            CliError::failed(format!("`{word}` may be a Maven artifact or an image")).hint(
                format!(
                    "`assetctl find pkg:maven/{left}/{right}`, or for the image \
                 `assetctl find --image {word}`"
                ),
            ),
        );
    }
    Ok(())
}
