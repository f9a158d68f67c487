//! A service of the demo and its images: a tag on a base, its digest, and what a scan of it finds.

use proto_types::{Artifact, ImageDigest, ImageFacts, ReportedContainer, ScannedImage};

use super::chance::mix;

/// A service of ours gets a newer image each so many days, for as long as the demo runs.
const RELEASES: f64 = 12.0;

/// A base: a distribution with its packages.
#[derive(Debug)]
pub(super) struct Base {
    pub(super) distro: &'static str,
    pub(super) version: &'static str,
    pub(super) artifact_type: &'static str,
    /// Package, version, source.
    pub(super) packages: &'static [(&'static str, &'static str, &'static str)],
}

/// In which tags (none for all), type, name, version.
type Own = (
    &'static [&'static str],
    &'static str,
    &'static str,
    &'static str,
);

/// A service.
#[derive(Debug)]
pub(super) struct Service {
    pub(super) name: &'static str,
    pub(super) registry: &'static str,
    /// Tags, and what each was built on.
    pub(super) images: &'static [(&'static str, &'static Base)],
    /// The days on which a newer image begins to go round.
    pub(super) rollouts: &'static [u32],
    pub(super) own: &'static [Own],
}

/// One image of a service.
#[derive(Debug, Clone)]
pub(super) struct Image {
    pub(super) service: &'static Service,
    pub(super) tag: String,
    pub(super) base: &'static Base,
}

impl Service {
    /// The days on which rollouts began until an age.
    pub(super) fn rollouts(&self, age: f64) -> impl Iterator<Item = f64> {
        let planned = self.rollouts.iter().map(|day| f64::from(*day));
        let last = planned.clone().next_back().unwrap_or_default().max(24.0);
        let later = (1_u32..).map(move |number| f64::from(number).mul_add(RELEASES, last));
        planned.chain(later.take_while(move |start| self.goes_on() && *start <= age))
    }

    /// Whether we release it ourselves: its tags are numbers.
    fn goes_on(&self) -> bool {
        self.registry.ends_with("/shop")
    }

    /// The image after so many rollouts.
    pub(super) fn image(&'static self, generation: usize) -> Image {
        let last = self.images.len() - 1;
        let (tag, base) = self.images[generation.min(last)];
        let number = tag
            .strip_prefix('v')
            .and_then(|number| number.parse::<usize>().ok());
        let tag = match number {
            Some(number) if generation > last => format!("v{}", number + generation - last),
            _ => tag.to_owned(),
        };
        Image {
            service: self,
            tag,
            base,
        }
    }
}

impl Image {
    /// The name that containers are started by.
    pub(super) fn name(&self) -> String {
        let Service { registry, name, .. } = self.service;
        format!("{registry}/{name}:{}", self.tag)
    }

    /// A container that runs it.
    pub(super) fn container(&self, name: String) -> ReportedContainer {
        ReportedContainer {
            name,
            image_name: self.name(),
            image_digest: self.digest(),
        }
    }

    /// What a scan of it finds.
    pub(super) fn scan(&self) -> ScannedImage {
        ScannedImage {
            digest: self.digest(),
            distro: self.base.distro.to_owned(),
            distro_version: self.base.version.to_owned(),
            facts: ImageFacts::default(),
            artifacts: self.of_base().chain(self.own()).collect(),
        }
    }

    /// Its digest: as good as chance, and the same at every run.
    fn digest(&self) -> ImageDigest {
        let name = self.name();
        let mut state = name
            .bytes()
            .fold(7, |state, byte| mix(state ^ u64::from(byte)));
        ImageDigest::from_bytes(std::array::from_fn(|_| {
            state = mix(state.wrapping_add(0x9e37_79b9_7f4a_7c15));
            state.to_le_bytes()[3]
        }))
    }

    fn of_base(&self) -> impl Iterator<Item = Artifact> {
        let base = self.base;
        base.packages
            .iter()
            .map(|(name, version, source)| Artifact {
                artifact_type: base.artifact_type.to_owned(),
                name: (*name).to_owned(),
                version: (*version).to_owned(),
                purl: Some(format!(
                    "pkg:{}/{}/{name}@{version}?arch=amd64&distro={}-{}",
                    base.artifact_type, base.distro, base.distro, base.version
                )),
                source: Some((*source).to_owned()),
                source_version: Some((*version).to_owned()),
                ..Artifact::default()
            })
    }

    /// What the service itself brings, in this image: `VERSION` stands for the tag's.
    fn own(&self) -> impl Iterator<Item = Artifact> {
        let of_tag = self.tag.trim_start_matches('v');
        self.service.own.iter().filter_map(move |own| {
            let (tags, artifact_type, name, version) = *own;
            if !tags.is_empty() && !tags.contains(&self.tag.as_str()) {
                return None;
            }
            let version = version.replace("VERSION", of_tag);
            Some(Artifact {
                artifact_type: artifact_type.to_owned(),
                name: name.to_owned(),
                purl: Some(purl(artifact_type, name, &version)),
                version,
                ..Artifact::default()
            })
        })
    }
}

fn purl(artifact_type: &str, name: &str, version: &str) -> String {
    match artifact_type {
        "java-archive" if name.starts_with("log4j") => {
            format!("pkg:maven/org.apache.logging.log4j/{name}@{version}")
        }
        "java-archive" => format!("pkg:maven/org.springframework/{name}@{version}"),
        "go-module" => format!("pkg:golang/{name}@{version}"),
        "python" => format!("pkg:pypi/{name}@{version}"),
        "deb" => format!("pkg:deb/debian/{name}@{version}?arch=amd64"),
        other => format!("pkg:{other}/{name}@{version}"),
    }
}
