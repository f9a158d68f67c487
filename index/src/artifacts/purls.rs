//! Package URLs as what is left of them once an artifact's other fields are taken out.
//!
//! `pkg:deb/debian/libssl3@3.0.15-1?arch=amd64&distro=debian-12&upstream=openssl` says nothing that
//! isn't known of the artifact but `pkg:deb/debian/…@…?arch=amd64&distro=debian-12&upstream=…`,
//! which thousands of artifacts share. What doesn't come out again as it was is kept as it is.

use std::borrow::Cow;

use model::fields::ArtifactFields;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What package URLs leave as it is.
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'/');
/// The same with the colon, which some scanners leave.
const WITH_COLON: &AsciiSet = &UNRESERVED.remove(b':');

/// Begins what is kept as it is.
const AS_IS: char = '\u{10}';
/// The signs are the characters before this one.
const FIRST_TEXT: char = '\u{11}';

/// A field that may stand in a package URL, by the sign of its plain writing; the encoded writings
/// have the next two.
#[derive(Clone, Copy)]
enum Word {
    Name = 1,
    Version = 4,
    /// The version without its epoch.
    NoEpoch = 7,
    Source = 10,
    SourceVersion = 13,
}

impl Word {
    const ALL: [Self; 5] = [
        Self::Name,
        Self::Version,
        Self::NoEpoch,
        Self::Source,
        Self::SourceVersion,
    ];

    fn of(self, artifact: &impl ArtifactFields) -> &str {
        match self {
            Self::Name => artifact.name(),
            Self::Version => artifact.version(),
            Self::NoEpoch => {
                let version = artifact.version();
                version.split_once(':').map_or(version, |(_, rest)| rest)
            }
            Self::Source => artifact.source().unwrap_or_default(),
            Self::SourceVersion => artifact.source_version().unwrap_or_default(),
        }
    }

    /// The sign of the writing in which a text fits, with what is left of the text.
    fn taken<'t>(
        self,
        artifact: &impl ArtifactFields,
        fits: impl Fn(&str) -> Option<&'t str>,
    ) -> Option<(char, &'t str)> {
        let word = Some(self.of(artifact)).filter(|word| !word.is_empty())?;
        (0..3).find_map(|writing| {
            let left = fits(&written(word, writing))?;
            Some((char::from(self as u8 + writing), left))
        })
    }
}

fn written(word: &str, writing: u8) -> Cow<'_, str> {
    match writing {
        0 => Cow::Borrowed(word),
        1 => utf8_percent_encode(word, WITH_COLON).into(),
        _ => utf8_percent_encode(word, UNRESERVED).into(),
    }
}

/// What is left of an artifact's package URL.
pub fn pattern(artifact: &impl ArtifactFields, purl: &str) -> String {
    let pattern = shortened(artifact, purl);
    match expanded(artifact, &pattern) == purl {
        true => pattern,
        false => format!("{AS_IS}{purl}"),
    }
}

/// The package URL again.
pub fn expanded(artifact: &impl ArtifactFields, pattern: &str) -> String {
    if let Some(purl) = pattern.strip_prefix(AS_IS) {
        return purl.to_owned();
    }
    let mut purl = String::with_capacity(pattern.len() + 64);
    let mut left = pattern;
    while let Some(place) = left.find(|one| one < FIRST_TEXT) {
        purl.push_str(&left[..place]);
        let sign = left.as_bytes().get(place).copied().unwrap_or_default();
        let word = Word::ALL.into_iter().rev().find(|word| *word as u8 <= sign);
        if let Some(word) = word {
            purl.push_str(&written(word.of(artifact), sign - word as u8));
        }
        left = &left[place + 1..];
    }
    purl.push_str(left);
    purl
}

/// Whether the artifact's name stands in it as it is written.
pub fn has_plain_name(pattern: &str) -> bool {
    !pattern.starts_with(AS_IS) && pattern.contains(char::from(Word::Name as u8))
}

fn shortened(artifact: &impl ArtifactFields, purl: &str) -> String {
    let (path, tail) = purl.split_at(purl.find(['?', '#']).unwrap_or(purl.len()));
    let mut pattern = String::with_capacity(purl.len());
    let versioned = path.rsplit_once('@').and_then(|(path, version)| {
        let whole = |word: &str| (word == version).then_some("");
        let (sign, _) = Word::Version
            .taken(artifact, whole)
            .or_else(|| Word::NoEpoch.taken(artifact, whole))?;
        Some((path, sign))
    });
    let path = versioned.map_or(path, |(path, _)| path);
    // In the middle of a segment, what stands before it may be a part of its encoding.
    let last = |word: &str| path.strip_suffix(word).filter(|left| left.ends_with('/'));
    match Word::Name.taken(artifact, last) {
        Some((sign, left)) => {
            pattern.push_str(left);
            pattern.push(sign);
        }
        None => pattern.push_str(path),
    }
    if let Some((_, sign)) = versioned {
        pattern.push('@');
        pattern.push(sign);
    }
    push_tail(&mut pattern, artifact, tail);
    pattern
}

/// The qualifiers, which may say the source package: `upstream=lvm2@2.03.16-2`, or the file name of
/// a source rpm.
fn push_tail(pattern: &mut String, artifact: &impl ArtifactFields, tail: &str) {
    const UPSTREAM: &str = "upstream=";
    let Some(place) = tail.find(UPSTREAM) else {
        pattern.push_str(tail);
        return;
    };
    let (head, mut rest) = tail.split_at(place + UPSTREAM.len());
    pattern.push_str(head);
    if let Some((sign, left)) = Word::Source.taken(artifact, |word| rest.strip_prefix(word)) {
        pattern.push(sign);
        rest = left;
        for between in ["-", "@", "%40"] {
            let version = |word: &str| rest.strip_prefix(between)?.strip_prefix(word);
            if let Some((sign, left)) = Word::SourceVersion.taken(artifact, version) {
                pattern.push_str(between);
                pattern.push(sign);
                rest = left;
                break;
            }
        }
    }
    pattern.push_str(rest);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proto_types::Artifact;

    use super::{expanded, pattern};

    fn artifact(name: &str, version: &str, source: (&str, &str)) -> Artifact {
        let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Artifact {
            name: name.to_owned(),
            version: version.to_owned(),
            source: text(source.0),
            source_version: text(source.1),
            ..Artifact::default()
        }
    }

    #[test]
    fn artifacts_of_one_scanner_and_distribution_share_what_is_left() {
        let of = |name, version, source, purl| pattern(&artifact(name, version, source), purl);
        let lvm = of(
            "dmsetup",
            "2:1.02.185-2",
            ("lvm2", "2.03.16-2"),
            "pkg:deb/debian/dmsetup@2%3A1.02.185-2?arch=amd64&upstream=lvm2%402.03.16-2",
        );
        let gcc = of(
            "libstdc",
            "1:12.2.0-14",
            ("gcc", "12.2.0-14"),
            "pkg:deb/debian/libstdc@1%3A12.2.0-14?arch=amd64&upstream=gcc%4012.2.0-14",
        );
        assert_eq!(lvm, gcc);
        assert_eq!(
            lvm,
            "pkg:deb/debian/\u{1}@\u{6}?arch=amd64&upstream=\u{a}%40\u{d}"
        );
        let rpm = of(
            "openssl-libs",
            "1:3.0.7-27.el9",
            ("openssl", "3.0.7-27.el9"),
            "pkg:rpm/redhat/openssl-libs@3.0.7-27.el9?epoch=1&upstream=openssl-3.0.7-27.el9.src.rpm",
        );
        assert_eq!(
            rpm,
            "pkg:rpm/redhat/\u{1}@\u{7}?epoch=1&upstream=\u{a}-\u{d}.src.rpm"
        );
        assert_eq!(
            of(
                "@babel/core",
                "7.24.0",
                ("", ""),
                "pkg:npm/%40babel/core@7.24.0"
            ),
            "pkg:npm/\u{2}@\u{4}"
        );
    }

    proptest! {
        #[test]
        fn whatever_it_is_it_comes_out_again(
            words in ("[a:+@\u{1}é/]{0,4}", "[1:+@\u{4}]{0,4}", "[a+1]{0,2}", "[1:]{0,2}"),
            purl in "(pkg:)?[a/@%\u{1}\u{4}\u{10}\u{11}]{0,6}",
            tail in "(\\?upstream=)?[a1?#@:+%-]{0,5}",
            whole in any::<bool>(),
        ) {
            let (name, version, source, source_version) = &words;
            let artifact = artifact(name, version, (source, source_version));
            let purl = match whole {
                true => format!("{purl}/{name}@{version}{tail}"),
                false => format!("{purl}{tail}"),
            };
            prop_assert_eq!(expanded(&artifact, &pattern(&artifact, &purl)), purl);
        }
    }
}
