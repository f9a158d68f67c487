//! Which statement holds for an artifact in an image.

use std::collections::BTreeSet;

use super::statement::{Component, Product, Statement};
use crate::{advisory::Advisory, fields::ArtifactFields, purl::Purl};

/// An artifact in an image.
pub struct Place<'a, A> {
    /// The artifact.
    pub artifact: &'a A,
    /// The digests of its image, and the aliases of that: `sha256:…`.
    pub digests: &'a [String],
}

/// The ids that a statement may name an advisory by, in whatever letters.
#[must_use]
pub fn ids(advisory: &Advisory) -> BTreeSet<&str> {
    let aliases = advisory.aliases.iter().map(String::as_str);
    // `DEBIAN-CVE-2024-1234`
    let of_id = advisory.id.find("CVE-").map(|at| &advisory.id[at..]);
    aliases
        .chain([&*advisory.id])
        .chain(of_id)
        .chain(advisory.cves())
        .collect()
}

/// The statement that holds for an artifact of what an advisory is about: of several the one that was
/// made last, and of those the last one in the list.
///
/// It is about the advisory itself, or about its only CVE. An advisory about several is excused where
/// each of them is; the statement is then that about the first.
pub fn stated<'s, A: ArtifactFields>(
    statements: &[&'s Statement],
    advisory: &Advisory,
    place: &Place<'_, A>,
) -> Option<&'s Statement> {
    let find = |ids: &BTreeSet<&str>| last(statements, ids, place);
    let cves = advisory.cves();
    if cves.len() < 2 {
        return find(&ids(advisory));
    }
    find(&BTreeSet::from([&*advisory.id])).or_else(|| {
        let each = cves.iter().map(|cve| find(&BTreeSet::from([*cve])));
        let each = each.map(|found| found.filter(|one| one.excuses()));
        each.collect::<Option<Vec<_>>>()?.into_iter().next()
    })
}

/// The last statement about one of these ids.
fn last<'s, A: ArtifactFields>(
    statements: &[&'s Statement],
    ids: &BTreeSet<&str>,
    place: &Place<'_, A>,
) -> Option<&'s Statement> {
    let is_one = |named: &String| ids.iter().any(|id| id.eq_ignore_ascii_case(named));
    let is_meant = |statement: &&'s Statement| {
        statement.vulnerability.iter().any(is_one)
            && statement
                .products
                .iter()
                .any(|product| holds(product, place))
    };
    let meant = statements.iter().copied().filter(is_meant);
    meant.max_by_key(|statement| statement.time)
}

/// Whether a product is an artifact, or has it as a part that is meant.
fn holds<A: ArtifactFields>(product: &Product, place: &Place<'_, A>) -> bool {
    let is_image = product.component.is_image(place.digests);
    match product.parts.as_slice() {
        [] => is_image || product.component.is(place.artifact),
        parts => is_image && parts.iter().any(|part| part.is(place.artifact)),
    }
}

impl Component {
    /// Whether it is an artifact. Without a version it is in any.
    fn is(&self, artifact: &impl ArtifactFields) -> bool {
        let purls = self.purls.iter().filter_map(|purl| Purl::parse(purl));
        let mut packages = purls.filter(|purl| purl.kind() != "oci");
        packages.any(|purl| purl.means(artifact))
    }

    /// Whether it is an image, by a digest or by a package URL with one.
    fn is_image(&self, digests: &[String]) -> bool {
        let is_one = |hex: String| {
            let own = digests
                .iter()
                .map(|digest| digest.trim_start_matches("sha256:"));
            !hex.is_empty() && own.into_iter().any(|own| own.eq_ignore_ascii_case(&hex))
        };
        self.images().any(is_one)
    }

    /// The digests of images that it names, without `sha256:`, in small letters.
    fn images(&self) -> impl Iterator<Item = String> {
        let by_purl = |purl: &String| {
            let purl = Purl::parse(purl).filter(|purl| purl.kind() == "oci")?;
            let version = purl.version()?.to_ascii_lowercase();
            Some(version.trim_start_matches("sha256:").to_owned())
        };
        let by_purl = self.purls.iter().filter_map(by_purl);
        let digests = self.digests.iter().map(|hex| hex.to_ascii_lowercase());
        digests.chain(by_purl)
    }
}

impl Statement {
    /// The digests of images that it names, without `sha256:`, in small letters. Of any other image it says what it says of
    /// every one.
    pub fn images(&self) -> impl Iterator<Item = String> {
        let products = self.products.iter().map(|product| &product.component);
        products.flat_map(Component::images)
    }
}
