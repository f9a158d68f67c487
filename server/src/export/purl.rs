//! Package URLs as documents may carry them: a host may have stored any text as one.

use packageurl::PackageUrl;
use proto_types::Artifact;

/// The artifact's package URL as it is stored, where the rules of package URLs allow it.
pub fn valid(artifact: &Artifact) -> Option<&str> {
    artifact.purl.as_deref().filter(|purl| is_valid(purl))
}

/// The artifact's package URL where those rules don't allow it: what an auditor may still want
/// to see, but not where a program would take it for one.
pub fn invalid(artifact: &Artifact) -> Option<&str> {
    artifact.purl.as_deref().filter(|purl| !is_valid(purl))
}

/// Parsers of package URLs forgive different things. A text is valid here where none has to
/// forgive anything, so that whoever reads a document gets the same out of it.
fn is_valid(purl: &str) -> bool {
    is_plain(purl).unwrap_or(false) && purl.parse::<PackageUrl<'_>>().is_ok()
}

/// Whether it has each part where the others end, in the characters that a URL may have there;
/// none where a part is missing.
fn is_plain(purl: &str) -> Option<bool> {
    let (rest, subpath) = purl.split_once('#').unwrap_or((purl, ""));
    let (rest, qualifiers) = rest.split_once('?').unwrap_or((rest, ""));
    let (artifact_type, path) = rest.strip_prefix("pkg:")?.split_once('/')?;
    let (path, version) = match path.rsplit_once('@') {
        // In front of a slash it begins the scope of an npm package.
        Some((path, version)) if !version.contains('/') => (path, version),
        _ => (path, ""),
    };
    let scopeless = match artifact_type {
        "npm" if path.matches('/').count() == 1 => path.strip_prefix('@').unwrap_or(path),
        _ => path,
    };
    Some(
        is_word(artifact_type)
            && scopeless.split('/').all(is_segment)
            && is_url(version)
            && !version.contains('@')
            && (qualifiers.is_empty() || qualifiers.split('&').all(is_qualifier))
            && is_url(subpath),
    )
}

/// Whether a piece of a name is one: nothing in it separates, and not all of it is blank.
fn is_segment(segment: &str) -> bool {
    !segment.replace("%20", "").is_empty()
        && !segment.contains('@')
        && is_url(segment)
        && !escaped(segment).any(|byte| byte == Some(b'/'))
}

fn is_qualifier(qualifier: &str) -> bool {
    let pair = qualifier.split_once('=');
    pair.is_some_and(|(key, value)| is_word(key) && is_url(value))
}

fn is_word(word: &str) -> bool {
    word.starts_with(|one: char| one.is_ascii_alphabetic())
        && word
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b".-_".contains(&byte))
}

/// Whether these are characters of a URL's parts, every `%` escapes a byte, and none of those is
/// a control character.
fn is_url(part: &str) -> bool {
    let is_allowed =
        |byte: u8| byte.is_ascii_alphanumeric() || b"-._~%:@/!$&'()*+,;=".contains(&byte);
    part.bytes().all(is_allowed)
        && escaped(part).all(|byte| byte.is_some_and(|byte| !byte.is_ascii_control()))
}

/// The bytes that are escaped; none where a `%` escapes nothing.
fn escaped(part: &str) -> impl Iterator<Item = Option<u8>> {
    part.split('%').skip(1).map(|rest| {
        let digits = rest.get(..2)?;
        let is_hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        u8::from_str_radix(digits, 16).ok().filter(|_| is_hex)
    })
}

#[cfg(test)]
mod tests {
    use super::is_valid;

    #[test]
    fn what_syft_writes_is_valid() {
        for purl in [
            "pkg:deb/debian/libssl3@3.0.15-1~deb12u1?arch=amd64&distro=debian-12&upstream=openssl",
            "pkg:deb/debian/libstdc%2B%2B6@12.2.0-14?arch=amd64",
            "pkg:rpm/fedora/openssl-libs@3.1.4-1.fc39?arch=x86_64&epoch=1&upstream=openssl-3.1.4-1.fc39.src.rpm",
            "pkg:apk/alpine/libcrypto3@3.3.1-r0?arch=x86_64&distro=alpine-3.20.1&upstream=openssl",
            "pkg:npm/%40babel/core@7.24.0",
            "pkg:npm/@babel/core@7.24.0",
            "pkg:npm/lodash@4.17.20",
            "pkg:generic/%E6%97%A5%E6%9C%AC@1:2.0+a=b",
            "pkg:pypi/jinja2@3.1.4",
            "pkg:maven/org.apache.logging.log4j/log4j-core@2.17.1",
            "pkg:golang/github.com/gin-gonic/gin@v1.9.1",
            "pkg:golang/stdlib@1.22.5",
            "pkg:golang/example.org/x@v1.0.0#sub/path",
            "pkg:gem/rack@3.0.8",
            "pkg:nuget/Simple%20Launcher@1.1.0.14",
            "pkg:cargo/serde@1.0.204",
            "pkg:generic/openssl@3.0.15",
        ] {
            assert!(is_valid(purl), "{purl}");
        }
    }

    #[test]
    fn what_the_rules_do_not_allow_is_not() {
        for text in [
            "",
            "openssl",
            "pkg:",
            "pkg:deb",
            "pkg:deb/",
            "pkg:/",
            "pkg:deb/x?1a=b?c=d",
            "pkg:deb/x#a#b",
            "pkg:a+b/x@1",
            "pkg:generic/[x@1",
            "pkg:generic/%2F@1",
            "pkg:generic/%20@1",
            "pkg:npm/@scope@1",
            "pkg:generic/x%0a@1",
            "pkg:deb/@scope/x",
            "pkg:deb/x@1?arch",
            "pkg:deb//x@1",
            "pkg:deb/x#a?b=c",
            "http://example.org/x",
            "pkg:de b/debian/x@1",
            "pkg:deb/debian/x y@1",
            "pkg:deb/debian/x@1\n",
            "pkg:deb/debian/x\u{1b}[2J@1",
            "pkg:deb/debian/\u{202e}x@1",
            "pkg:deb/debian/x@%zz",
            "pkg:deb/debian/x@1%2",
            "pkg:deb/debian/x@%ff",
            "pkg:deb/debian/x@1?arch=a&1x=y",
            "pkg:3deb/x@1",
            "pkg:pypi/namespace/x@1",
        ] {
            assert!(!is_valid(text), "{text:?}");
        }
    }
}
