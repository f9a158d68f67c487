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

/// A package URL is a URL: printable ASCII, everything else percent-encoded. The parser alone
/// would let a space or a control character pass.
fn is_valid(purl: &str) -> bool {
    purl.bytes().all(|byte| byte.is_ascii_graphic())
        && encodes_whole_bytes(purl)
        && purl.parse::<PackageUrl<'_>>().is_ok()
}

/// Whether every `%` is followed by two hexadecimal digits.
fn encodes_whole_bytes(purl: &str) -> bool {
    purl.split('%').skip(1).all(|rest| {
        let digits = rest.as_bytes().get(..2);
        digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
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
            "pkg:npm/lodash@4.17.20",
            "pkg:pypi/jinja2@3.1.4",
            "pkg:maven/org.apache.logging.log4j/log4j-core@2.17.1",
            "pkg:golang/github.com/gin-gonic/gin@v1.9.1",
            "pkg:golang/stdlib@1.22.5",
            "pkg:golang/example.org/x@v1.0.0#sub/path",
            "pkg:gem/rack@3.0.8",
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
            "pkg:/debian/x@1",
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
