//! What the types of package URLs have of their own: whose case doesn't count, whose namespace is
//! part of the name, whose versions have epochs, and which of them an artifact's type is.
//!
//! Source: the type definitions of the purl specification; where an ecosystem itself takes two
//! writings for one package (PEP 503 for Python, NuGet), they are one here too.

use std::borrow::Cow;

use crate::artifact_type;

/// The type of package URL that an artifact has by syft's name for its own type.
pub(crate) fn of_artifact(artifact_type: &str) -> &str {
    match artifact_type {
        "python" => "pypi",
        "go-module" => "golang",
        "java-archive" | "jenkins-plugin" | "graalvm-native-image" => "maven",
        "rust-crate" => "cargo",
        "dotnet" => "nuget",
        "php-composer" => "composer",
        "php-pear" => "pear",
        "php-pecl" => "pecl",
        "dart-pub" => "pub",
        "erlang-otp" => "otp",
        "pod" => "cocoapods",
        "R-package" => "cran",
        "lua-rocks" => "luarocks",
        "wordpress-plugin" => "wordpress",
        "github-action" | "github-action-workflow" => "github",
        "binary" | "linux-kernel" | "linux-kernel-module" => "generic",
        // The others are called as their package URLs are.
        other => other,
    }
}

/// The types that the specification defines, and those that scanners give besides.
const KNOWN: [&str; 49] = [
    "alpm",
    "android",
    "apk",
    "bazel",
    "bitbucket",
    "bitnami",
    "cargo",
    "chrome-extension",
    "cocoapods",
    "composer",
    "conan",
    "conda",
    "cpan",
    "cran",
    "deb",
    "docker",
    "ebuild",
    "gem",
    "generic",
    "github",
    "gitlab",
    "golang",
    "hackage",
    "hex",
    "homebrew",
    "huggingface",
    "julia",
    "luarocks",
    "maven",
    "mlflow",
    "nix",
    "npm",
    "nuget",
    "oci",
    "opam",
    "otp",
    "pear",
    "pecl",
    "portage",
    "pub",
    "pypi",
    "qpkg",
    "rpm",
    "swid",
    "swift",
    "terraform",
    "vscode-extension",
    "wordpress",
    "yocto",
];

/// Whether there is such a type of package URL.
pub(super) fn is_known(kind: &str) -> bool {
    KNOWN.contains(&kind)
}

/// The type of package URL that is meant by a word that is none: `pip` is `pypi`.
pub(super) fn meant(word: &str) -> Option<&'static str> {
    artifact_type::meant(word)
        .map(of_artifact)
        .filter(|kind| is_known(kind))
}

/// Whether the namespace belongs to the name, as people and scanners say it: `@babel/core`,
/// `github.com/gin-gonic/gin`. Without it, such a name is another package's.
fn is_named_in_full(kind: &str) -> bool {
    matches!(kind, "composer" | "github" | "golang" | "npm" | "terraform")
}

/// The namespace and the name, each as the type writes it; of what is named in full, the name is
/// both.
pub(super) fn named(kind: &str, namespace: &str, name: &str) -> (String, String) {
    if is_named_in_full(kind) && !namespace.is_empty() {
        return (
            String::new(),
            self::name(kind, &format!("{namespace}/{name}")),
        );
    }
    (self::namespace(kind, namespace), self::name(kind, name))
}

/// Whether a version may have an epoch, in front of it or as a qualifier.
pub(super) fn has_epochs(kind: &str) -> bool {
    matches!(kind, "alpm" | "deb" | "rpm")
}

/// A namespace as its type writes it.
fn namespace(kind: &str, namespace: &str) -> String {
    match kind {
        "alpm" | "apk" | "bitbucket" | "deb" | "gitlab" | "hex" | "luarocks" | "qpkg" | "rpm" => {
            namespace.to_lowercase()
        }
        _ => namespace.to_owned(),
    }
}

/// A name as its type writes it.
pub(super) fn name(kind: &str, name: &str) -> String {
    written(kind, name).into_owned()
}

/// The same, without a copy where it is written like that already.
pub(crate) fn written<'n>(kind: &str, name: &'n str) -> Cow<'n, str> {
    match kind {
        "alpm" | "bitbucket" | "composer" | "deb" | "github" | "gitlab" | "golang" | "hex"
        | "luarocks" | "npm" | "nuget" | "oci" | "pub" => lowercase(name),
        "pypi" => Cow::Owned(pep_503(name)),
        _ => Cow::Borrowed(name),
    }
}

fn lowercase(name: &str) -> Cow<'_, str> {
    match name
        .bytes()
        .all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase())
    {
        true => Cow::Borrowed(name),
        false => Cow::Owned(name.to_lowercase()),
    }
}

/// A version as its type writes it: a Go module's may be written without its `v`.
pub(super) fn version<'v>(kind: &str, version: &'v str) -> &'v str {
    let is_digit = |rest: &&str| rest.starts_with(|one: char| one.is_ascii_digit());
    match kind {
        "golang" => version
            .strip_prefix('v')
            .filter(is_digit)
            .unwrap_or(version),
        _ => version,
    }
}

/// What all writings of a name have in common, whatever the type: to be looked up by.
#[must_use]
pub fn folded(name: &str) -> String {
    pep_503(name)
}

/// Any run of `-`, `_` and `.` is one `-`: `Zope.Interface` is `zope-interface`.
fn pep_503(name: &str) -> String {
    let is_separator = |one: char| matches!(one, '-' | '_' | '.');
    let mut normal = String::with_capacity(name.len());
    for one in name.to_lowercase().chars() {
        if !is_separator(one) {
            normal.push(one);
        } else if !normal.ends_with('-') {
            normal.push('-');
        }
    }
    normal
}
