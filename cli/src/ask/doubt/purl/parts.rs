//! The text of a package URL, taken apart as it was typed.

/// A package URL in pieces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Parts<'p> {
    /// Everything in front of the version.
    pub(super) package: &'p str,
    /// The version; empty where it has none.
    pub(super) version: &'p str,
    /// Qualifiers, as `key=value` joined by `&`; empty where it has none.
    pub(super) qualifiers: &'p str,
}

impl<'p> Parts<'p> {
    pub(super) fn of(written: &'p str) -> Self {
        let written = written.trim();
        let (rest, _subpath) = written.rsplit_once('#').unwrap_or((written, ""));
        let (rest, qualifiers) = rest.rsplit_once('?').unwrap_or((rest, ""));
        let (package, version) = match rest.rsplit_once('@') {
            Some((package, version)) if !version.contains('/') => (package, version),
            _ => (rest, ""),
        };
        Self {
            package,
            version,
            qualifiers,
        }
    }

    /// The same with these qualifiers.
    pub(super) const fn with(self, qualifiers: &'p str) -> Self {
        Self { qualifiers, ..self }
    }

    /// The same with this version; none where it is empty.
    pub(super) const fn at(self, version: &'p str) -> Self {
        Self { version, ..self }
    }

    /// The package URL that these are the parts of, without a subpath.
    pub(super) fn written(self) -> String {
        let part = |sign: &str, text: &str| match text {
            "" => String::new(),
            _ => format!("{sign}{text}"),
        };
        format!(
            "{}{}{}",
            self.package,
            part("@", self.version),
            part("?", self.qualifiers)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::Parts;

    #[test]
    fn a_package_url_is_put_together_as_it_was_taken_apart() {
        for (written, package, version, qualifiers) in [
            ("pkg:npm/lodash", "pkg:npm/lodash", "", ""),
            ("pkg:npm/@babel/core", "pkg:npm/@babel/core", "", ""),
            ("pkg:npm/@babel/core@7", "pkg:npm/@babel/core", "7", ""),
            (
                "pkg:deb/debian/x@1?arch=all",
                "pkg:deb/debian/x",
                "1",
                "arch=all",
            ),
            (
                "pkg:deb/debian/x?a=b&c=d",
                "pkg:deb/debian/x",
                "",
                "a=b&c=d",
            ),
        ] {
            let parts = Parts::of(written);
            assert_eq!(
                (parts.package, parts.version, parts.qualifiers),
                (package, version, qualifiers)
            );
            assert_eq!(parts.written(), written);
        }
        assert_eq!(
            Parts::of("pkg:golang/x/y@v1#sub").written(),
            "pkg:golang/x/y@v1"
        );
    }
}
