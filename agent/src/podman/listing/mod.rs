//! What podman lists as JSON, read with suspicion: names in it are chosen by whoever starts
//! containers.

use std::path::PathBuf;

use model::shown::on_one_line;
use proto_types::{ImageDigest, ReportedContainer};
use serde::Deserialize;
use serde_json::value::RawValue;

/// How much of a container's name is shown in a message.
const SHOWN: usize = 60;

/// What a store lists.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Listing {
    /// Its containers.
    pub(crate) containers: Vec<Listed>,
    /// The containers that run without an image, by name or ID.
    pub(crate) without_image: Vec<String>,
    /// Why a container was left out, for each that was.
    pub(crate) left_out: Vec<String>,
    /// The IDs of all that is listed, also of what isn't told of.
    pub(crate) ids: Vec<String>,
}

/// A container as podman lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Listed {
    /// Its ID.
    pub(crate) id: String,
    /// What there is to report of it.
    pub(crate) container: ReportedContainer,
    /// Whether it runs, or is paused.
    pub(crate) running: bool,
}

/// A listing that can't be relied on.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Malformed {
    /// It isn't what podman lists.
    #[error("{0}")]
    Json(#[from] serde_json::Error),
    /// An image ID that is none.
    #[error("{0}")]
    Digest(#[from] proto_types::MalformedDigest),
}

/// What can't be told of a container.
#[derive(Debug, thiserror::Error)]
enum Odd {
    #[error("the listing of a container can't be read: {0}")]
    Json(#[from] serde_json::Error),
    #[error("container {0} has no name")]
    Nameless(String),
    #[error("container `{name}` has an invalid image ID: {source}")]
    Digest {
        name: String,
        source: proto_types::MalformedDigest,
    },
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Container {
    id: String,
    names: Option<Vec<String>>,
    #[serde(default)]
    image: String,
    #[serde(default, rename = "ImageID")]
    image_id: String,
    #[serde(default)]
    state: String,
    #[serde(rename = "IsInfra")]
    is_infra: Option<bool>,
}

#[derive(Deserialize)]
struct Mounted {
    id: String,
    mountpoint: PathBuf,
}

/// The containers of a listing. One that can't be told of is left out and named, so that it doesn't
/// keep the others from being told.
///
/// A pod's infra container is listed like any other, since its image runs like any other; where it
/// has none, there is nothing in it but podman's own pause, and it is left out. Any other container
/// without an image (`podman run --rootfs`) has something in it that can't be scanned.
pub(super) fn containers(json: &[u8], store: Option<&str>) -> Result<Listing, Malformed> {
    let listed: Option<Vec<&RawValue>> = serde_json::from_slice(json)?;
    let mut listing = Listing::default();
    for container in listed.unwrap_or_default() {
        let container = serde_json::from_str::<Container>(container.get());
        if let Ok(container) = &container {
            listing.ids.push(container.id.clone());
        }
        match container
            .map_err(Odd::from)
            .and_then(|one| read(one, store))
        {
            Ok(Read::Listed(container)) => listing.containers.push(container),
            Ok(Read::WithoutImage(name)) => listing.without_image.push(name),
            Ok(Read::Nothing) => {}
            Err(odd) => listing.left_out.push(odd.to_string()),
        }
    }
    Ok(listing)
}

/// The images that are mounted, and where.
pub(super) fn mounts(json: &[u8]) -> Result<Vec<(ImageDigest, PathBuf)>, Malformed> {
    let mounted: Option<Vec<Mounted>> = serde_json::from_slice(json)?;
    let digests = mounted.unwrap_or_default().into_iter();
    digests
        .map(|mounted| Ok((digest(&mounted.id)?, mounted.mountpoint)))
        .collect()
}

/// What a listed container is to a report.
enum Read {
    /// One to tell of.
    Listed(Listed),
    /// One that runs without an image, by its name or ID.
    WithoutImage(String),
    /// Nothing that need be told of.
    Nothing,
}

fn read(container: Container, store: Option<&str>) -> Result<Read, Odd> {
    let running = runs(&container.state);
    if container.image_id.is_empty() {
        return Ok(match running && container.is_infra != Some(true) {
            true => Read::WithoutImage(called(&container)),
            false => Read::Nothing,
        });
    }
    match told(container, running, store) {
        // What doesn't run needn't be told of.
        Err(_) if !running => Ok(Read::Nothing),
        told => told.map(Read::Listed),
    }
}

/// What a message calls a container.
fn called(container: &Container) -> String {
    let name = container.names.iter().flatten().next();
    on_one_line(name.unwrap_or(&container.id), SHOWN)
}

/// Whether a container in this state runs. One that is paused or being stopped does; and so does
/// one in a state that isn't known here, since what runs must never be taken to have stopped.
fn runs(state: &str) -> bool {
    !matches!(
        state,
        "created" | "configured" | "initialized" | "stopped" | "exited" | "removing"
    )
}

fn told(container: Container, running: bool, store: Option<&str>) -> Result<Listed, Odd> {
    let names = container.names.unwrap_or_default();
    let name = names.into_iter().next().filter(|name| !name.is_empty());
    let Some(name) = name else {
        return Err(Odd::Nameless(on_one_line(&container.id, SHOWN)));
    };
    let name = reported_name(store, &name);
    let image_digest = digest(&container.image_id).map_err(|source| Odd::Digest {
        name: on_one_line(&name, SHOWN),
        source,
    })?;
    Ok(Listed {
        container: ReportedContainer {
            name,
            image_name: container.image,
            image_digest,
        },
        id: container.id,
        running,
    })
}

/// The name that a container of a store is reported by.
pub(super) fn reported_name(store: Option<&str>, name: &str) -> String {
    match store {
        Some(store) => format!("{store}/{name}"),
        None => name.to_owned(),
    }
}

/// Podman writes image IDs with and without `sha256:` before them.
pub(super) fn digest(id: &str) -> Result<ImageDigest, proto_types::MalformedDigest> {
    let digits = id.strip_prefix("sha256:").unwrap_or(id);
    format!("sha256:{digits}").parse()
}

#[cfg(test)]
mod tests;
