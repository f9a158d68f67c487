//! Words with a colon: images, Maven artifacts, and what tools put around a name.

use model::{artifact_type, condition::GLOB_SIGNS, purl::Purl};
use proto_types::{Field, Match, Op};

use super::{
    image::image,
    term::Term,
    unlike,
    value::{is_version, with_globs},
};
use crate::{
    error::{CliError, Result},
    words::{package_file::ARCHITECTURES, shell},
};

/// Types of package URLs that images are called by as well: `golang:alpine`.
const IMAGES_TOO: [&str; 6] = ["composer", "golang", "julia", "maven", "swift", "wordpress"];

/// Whether a word has a colon that parts it. `Net::SSLeay` is one name.
pub(super) fn is_parted(word: &str) -> bool {
    word.contains(':') && !word.contains("::") && !word.contains("://")
}

/// Reads a word that stands alone: `nginx:1.27` is an image, `org.example:thing:1.0` a Maven
/// artifact with its group.
pub(super) fn alone(word: &str) -> Result<Term> {
    unlike::check(word, &[])?;
    let parts: Vec<&str> = word.split(':').collect();
    match parts.as_slice() {
        _ if word.contains('/') => {}
        [left, right] => {
            around(word, left, right, &[])?;
            group(word, left, right)?;
        }
        [group, name, rest @ ..] if is_coordinate(group, name) => {
            return maven(word, group, name, rest);
        }
        _ => {}
    }
    image(word).map(Term::of)
}

/// Reads a word that has a version with it, `behind`: no image has one.
pub(super) fn with_version(word: &str, behind: &[String]) -> Result<Term> {
    let parts: Vec<&str> = word.split(':').collect();
    match parts.as_slice() {
        [left, right, ..] if !word.contains('/') && !is_version(right) => {
            around(word, left, right, behind)?;
            if !is_coordinate(left, right) {
                let line = [&[format!("pkg:maven/{left}/{right}")], behind].concat();
                return Err(
                    CliError::failed(format!("`{word}` may be a Maven artifact"))
                        .hint(format!("`assetctl find {}`", shell::line(line))),
                );
            }
            if word.contains(GLOB_SIGNS) {
                let pattern = format!("purl=pkg:maven/{left}/{right}@*");
                let line = [&[pattern], behind].concat();
                return Err(CliError::failed(format!("`{word}` is a pattern"))
                    .hint(format!("`assetctl find {}`", shell::line(line))));
            }
            Ok(Term::of(vec![package(left, right, None)]))
        }
        _ => {
            let line = [&[format!("image={word}")], behind].concat();
            Err(CliError::failed(format!(
                "`{word}` is an image, which has no version to compare"
            ))
            .hint(format!(
                "for what the image contains: `assetctl find {}`",
                shell::line(line)
            )))
        }
    }
}

/// Whether two parts are a Maven group and its artifact for certain: a group has dots.
fn is_coordinate(group: &str, name: &str) -> bool {
    group.contains('.') && !is_version(name)
}

/// Refuses what a tool puts in front of a name or behind it: `npm:lodash`, `libssl3:amd64`.
fn around(word: &str, left: &str, right: &str, behind: &[String]) -> Result<()> {
    let line = |words: &[&str]| {
        let behind = behind.iter().map(String::as_str);
        shell::line(words.iter().copied().chain(behind))
    };
    if is_purl_type(left)
        && let Some(artifact_type) = artifact_type::meant(left)
        && !is_version(right)
    {
        let line = line(&[right, &format!("type={artifact_type}")]);
        return Err(
            CliError::failed(format!("`{word}` is not the name of an artifact"))
                .hint(format!("`assetctl find {line}`")),
        );
    }
    if ARCHITECTURES.contains(&right) {
        return Err(CliError::failed(format!("`{word}` names an architecture"))
            .hint(format!("`assetctl find {}`", line(&[left]))));
    }
    Ok(())
}

fn is_purl_type(word: &str) -> bool {
    let known = |purl: Purl| purl.unknown_kind().is_none();
    !IMAGES_TOO.contains(&word) && Purl::parse(&format!("pkg:{word}/any")).is_some_and(known)
}

/// Refuses what may be a Maven artifact or an image.
fn group(word: &str, left: &str, right: &str) -> Result<()> {
    let is_group = left.contains('.') && right.starts_with(|one: char| one.is_ascii_alphabetic());
    if !is_group || word.contains(GLOB_SIGNS) {
        return Ok(());
    }
    Err(
        CliError::failed(format!("`{word}` may be a Maven artifact or an image")).hint(format!(
            "`assetctl find pkg:maven/{left}/{right}`, or for the image \
             `assetctl find --image {word}`"
        )),
    )
}

/// `GROUP:NAME:VERSION`, as Maven and Gradle write it; between and behind them may stand what it is
/// packed as and used for.
fn maven(word: &str, group: &str, name: &str, rest: &[&str]) -> Result<Term> {
    let Some(version) = rest.iter().find(|one| is_version(one)) else {
        return Err(
            CliError::failed(format!("`{word}` has no version of a Maven artifact"))
                .hint(format!("`assetctl find pkg:maven/{group}/{name}`")),
        );
    };
    if version.contains(GLOB_SIGNS) {
        let version = with_globs(Field::Version, Op::Eq, version, word)?;
        return Ok(Term::of(vec![package(group, name, None), version]));
    }
    Ok(Term::of(vec![package(group, name, Some(version))]))
}

fn package(group: &str, name: &str, version: Option<&str>) -> Match {
    let version = version.map(|version| format!("@{version}"));
    Match {
        field: Field::Purl,
        op: Op::Eq,
        value: format!("pkg:maven/{group}/{name}{}", version.unwrap_or_default()),
    }
}
