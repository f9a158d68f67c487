//! The images that `scripts/make-images` leaves, and what their own package tools say of them.

use std::{
    fs,
    path::{Path, PathBuf},
};

use proto_types::{Artifact, ImageDigest};

/// An image of the lab.
#[derive(Debug)]
pub struct Image {
    /// What the lab calls it: `web`.
    pub name: String,
    /// The name that containers are started by: `localhost/demo/web:1.0`.
    pub image_name: String,
    /// The image ID that podman shows.
    pub digest: ImageDigest,
    /// What dpkg, rpm and apk list, sorted.
    pub packages: Vec<Package>,
    /// What `podman load` takes.
    pub archive: PathBuf,
}

/// A package as the image's own package tool lists it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Package {
    /// The type, in syft's words.
    pub artifact_type: String,
    /// The name.
    pub name: String,
    /// The version.
    pub version: String,
    /// The source package, where the tool knows one.
    pub source: Option<String>,
    /// That source package's version.
    pub source_version: Option<String>,
    /// The rpm module that it is of.
    pub module: Option<String>,
}

impl Image {
    /// Reads what `make-images` left in `folder` for the image `name`.
    pub(crate) fn read(folder: &Path, name: &str) -> Self {
        let file = |ending: &str| folder.join(format!("{name}.{ending}"));
        let text = |ending: &str| match fs::read_to_string(file(ending)) {
            Ok(text) => text.trim_end_matches('\n').to_owned(),
            Err(error) => panic!("{} can't be read: {error}", file(ending).display()),
        };
        let mut packages: Vec<Package> = text("packages.tsv").lines().map(Package::read).collect();
        packages.sort();
        Self {
            name: name.to_owned(),
            image_name: text("image-name"),
            digest: text("image-id").parse().expect("an image ID is a digest"),
            packages,
            archive: file("oci.tar"),
        }
    }

    /// The packages of this name.
    pub fn packages_of<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Package> {
        self.packages
            .iter()
            .filter(move |package| package.name == name)
    }
}

impl Package {
    fn read(line: &str) -> Self {
        let mut fields = line.split('\t').map(str::to_owned);
        let mut field = || fields.next().filter(|field| !field.is_empty());
        let (artifact_type, name, version) = (field(), field(), field());
        let (Some(artifact_type), Some(name), Some(version)) = (artifact_type, name, version)
        else {
            panic!("a line of a package list begins with type, name and version, not: {line}");
        };
        Self {
            artifact_type,
            name,
            version,
            source: field(),
            source_version: field(),
            module: field(),
        }
    }
}

impl From<&Artifact> for Package {
    fn from(artifact: &Artifact) -> Self {
        Self {
            artifact_type: artifact.artifact_type.clone(),
            name: artifact.name.clone(),
            version: artifact.version.clone(),
            source: artifact.source.clone(),
            source_version: artifact.source_version.clone(),
            module: artifact.module.clone(),
        }
    }
}
