//! Package URLs, as a scanner writes them.

use proto_types::Artifact;

use super::{ecosystem::Ecosystem, suites::Suite};

/// The package URL of an artifact, from this suite where it is a distribution's.
pub fn of(ecosystem: Ecosystem, artifact: &Artifact, suite: Option<&Suite>) -> String {
    let kind = ecosystem.purl_type();
    let name = artifact.name.replace('@', "%40");
    let version = artifact.version.replace('+', "%2B").replace(':', "%3A");
    match suite {
        Some(suite) => format!(
            "pkg:{kind}/{distro}/{name}@{version}?arch=amd64&distro={distro}-{}&upstream={}",
            suite.version,
            artifact.source.as_deref().unwrap_or(&artifact.name),
            distro = suite.distro,
        ),
        None if ecosystem == Ecosystem::Java => {
            let group = name.split('-').next().unwrap_or(&name);
            format!("pkg:{kind}/org.{group}/{name}@{version}")
        }
        None => format!("pkg:{kind}/{name}@{version}"),
    }
}
