//! The types that artifacts have, by the names that syft gives them, and by what else they are
//! called: by package URLs, by languages, by tools.

/// The types that syft gives. A scanner may give others.
const TYPES: [&str; 39] = [
    "R-package",
    "alpm",
    "apk",
    "binary",
    "bitnami",
    "conan",
    "conda",
    "dart-pub",
    "deb",
    "dotnet",
    "erlang-otp",
    "gem",
    "github-action",
    "github-action-workflow",
    "go-module",
    "graalvm-native-image",
    "hackage",
    "hex",
    "homebrew",
    "java-archive",
    "jenkins-plugin",
    "linux-kernel",
    "linux-kernel-module",
    "lua-rocks",
    "msrc-kb",
    "nix",
    "npm",
    "opam",
    "php-composer",
    "php-pear",
    "php-pecl",
    "pod",
    "portage",
    "python",
    "rpm",
    "rust-crate",
    "swift",
    "terraform",
    "wordpress-plugin",
];

/// What else people call some of them, and which those are.
const ALSO: [(&str, &str); 35] = [
    ("alpine", "apk"),
    ("arch", "alpm"),
    ("pacman", "alpm"),
    ("pub", "dart-pub"),
    ("dart", "dart-pub"),
    ("debian", "deb"),
    ("dpkg", "deb"),
    ("ubuntu", "deb"),
    ("nuget", "dotnet"),
    ("otp", "erlang-otp"),
    ("ruby", "gem"),
    ("rubygems", "gem"),
    ("github", "github-action"),
    ("go", "go-module"),
    ("golang", "go-module"),
    ("haskell", "hackage"),
    ("brew", "homebrew"),
    ("java", "java-archive"),
    ("jar", "java-archive"),
    ("maven", "java-archive"),
    ("luarocks", "lua-rocks"),
    ("node", "npm"),
    ("nodejs", "npm"),
    ("javascript", "npm"),
    ("composer", "php-composer"),
    ("packagist", "php-composer"),
    ("php", "php-composer"),
    ("cocoapods", "pod"),
    ("pip", "python"),
    ("pypi", "python"),
    ("cran", "R-package"),
    ("cargo", "rust-crate"),
    ("crates.io", "rust-crate"),
    ("rust", "rust-crate"),
    ("wordpress", "wordpress-plugin"),
];

/// Whether syft has a type of this name.
#[must_use]
pub fn is_known(name: &str) -> bool {
    TYPES.contains(&name)
}

/// Every type that syft gives.
#[must_use]
pub const fn known() -> &'static [&'static str] {
    &TYPES
}

/// The type that is meant by a word, in whatever case: its own name, or what else it is called.
#[must_use]
pub fn meant(word: &str) -> Option<&'static str> {
    let is = |name: &str| name.eq_ignore_ascii_case(word);
    let own = TYPES.into_iter().find(|name| is(name));
    own.or_else(|| ALSO.iter().find(|(name, _)| is(name)).map(|(_, one)| *one))
}

#[cfg(test)]
mod tests {
    use super::{ALSO, is_known, meant};

    #[test]
    fn a_type_is_meant_by_each_of_its_names() {
        for (word, name) in [
            ("deb", "deb"),
            ("DEB", "deb"),
            ("pypi", "python"),
            ("Go", "go-module"),
            ("r-package", "R-package"),
        ] {
            assert_eq!(meant(word), Some(name));
        }
        assert_eq!(meant("dbe"), None);
        assert!(
            ALSO.iter()
                .all(|(other, name)| is_known(name) && !is_known(other))
        );
    }
}
