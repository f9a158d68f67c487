//! Which packages two SBOMs of one image differ by: a few of each side by name, for somebody who has
//! to say which of the two is right.

use crate::{artifacts::Held, fields::ArtifactFields, sbom::Content, shown::on_one_line};

/// At most so many of each side.
pub const MOST: usize = 8;
/// None is longer, in characters.
const LONGEST: usize = 120;

/// What one of two SBOMs lists and the other doesn't: the first few of each, such as
/// `deb openssl 3.0.11`, on one line each.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Examples {
    /// What only the upload lists.
    pub only_there: Vec<String>,
    /// What only the known one lists.
    pub only_here: Vec<String>,
}

impl Examples {
    /// By what `there`, which is uploaded, differs from `here`, which is known.
    #[must_use]
    pub fn between(here: Content<'_>, there: Content<'_>) -> Self {
        Self {
            only_there: only(there, here),
            only_here: only(here, there),
        }
    }
}

/// What one lists alone: the distribution first, then packages that the other hasn't at all, then those
/// that it has with other details.
fn only(one: Content<'_>, other: Content<'_>) -> Vec<String> {
    let own = || {
        let own = one.artifacts.iter();
        own.filter(|own| !other.artifacts.has(|theirs| theirs.cmp(own)))
    };
    let unknown = own().filter(|own| {
        let is_same = |theirs: &Held<'_>| package(theirs).cmp(&package(own));
        !other.artifacts.has(is_same)
    });
    let distro = (one.distro != other.distro).then(|| {
        let (name, version) = one.distro;
        on_one_line(&format!("distribution {name} {version}"), LONGEST)
    });
    let mut named: Vec<String> = Vec::new();
    for text in distro
        .into_iter()
        .chain(unknown.chain(own()).map(|own| name(&own)))
    {
        if named.len() == MOST {
            break;
        }
        if !named.contains(&text) {
            named.push(text);
        }
    }
    named
}

fn package<'a>(artifact: &'a Held<'_>) -> (&'a str, &'a str, &'a str) {
    let kind = artifact.artifact_type();
    (kind, artifact.name(), artifact.version())
}

fn name(artifact: &Held<'_>) -> String {
    let (kind, name, version) = package(artifact);
    on_one_line(&format!("{kind} {name} {version}"), LONGEST)
}

#[cfg(test)]
mod tests {
    use proto_types::Artifact;

    use super::*;
    use crate::artifacts::ArtifactSet;

    fn deb(name: &str, license: &str) -> Artifact {
        Artifact {
            artifact_type: "deb".to_owned(),
            name: name.to_owned(),
            version: "1".to_owned(),
            licenses: vec![license.to_owned()],
            ..Artifact::default()
        }
    }

    fn between(here: &[Artifact], there: &[Artifact]) -> Examples {
        let [here, there] = [here, there].map(|all| all.iter().collect::<ArtifactSet>());
        let content = |artifacts| Content {
            distro: ("debian", "12"),
            artifacts,
        };
        Examples::between(content(&here), content(&there))
    }

    #[test]
    fn each_side_names_what_the_other_lacks_and_then_what_has_other_details() {
        let here = [deb("a", "MIT"), deb("same", "MIT"), deb("x", "MIT")];
        let there = [deb("a", "BSD"), deb("same", "MIT"), deb("y", "MIT")];
        let examples = between(&here, &there);
        assert_eq!(examples.only_here, ["deb x 1", "deb a 1"]);
        assert_eq!(examples.only_there, ["deb y 1", "deb a 1"]);
        assert_eq!(between(&here, &here), Examples::default());
    }

    #[test]
    fn another_distribution_comes_first() {
        let none = ArtifactSet::default();
        let content = |version| Content {
            distro: ("debian", version),
            artifacts: &none,
        };
        let examples = Examples::between(content("12"), content("13"));
        assert_eq!(examples.only_here, ["distribution debian 12"]);
        assert_eq!(examples.only_there, ["distribution debian 13"]);
    }

    #[test]
    fn they_are_few_and_short_and_nothing_that_a_terminal_would_obey() {
        let many: Vec<_> = (0..20).map(|n| deb(&format!("x{n:02}"), "")).collect();
        let examples = between(&many, &[]);
        assert_eq!(examples.only_here.len(), MOST);
        assert_eq!(examples.only_here[0], "deb x00 1");
        let long = between(&[deb(&"x\u{1b}".repeat(1000), "")], &[]).only_here;
        assert_eq!(long[0].chars().count(), LONGEST);
        assert!(!long[0].contains('\u{1b}'), "{long:?}");
    }
}
