//! What podman lists as JSON, read with suspicion: names in it are chosen by whoever starts
//! containers.

use std::path::PathBuf;

use proto_types::{ImageDigest, ReportedContainer};
use serde::Deserialize;

/// How long a name may be that is passed on.
const NAME: usize = 4096;

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
    /// A container without a name.
    #[error("container {0} has no name, or one over {NAME} bytes")]
    Name(String),
    /// An image ID that is none.
    #[error("{0}")]
    Digest(#[from] proto_types::MalformedDigest),
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
}

#[derive(Deserialize)]
struct Mounted {
    id: String,
    mountpoint: PathBuf,
}

/// The containers of a listing. One line that can't be read spoils it: half a listing would end
/// what runs.
///
/// A pod's infra container is listed like any other, since its image runs like any other. A
/// container without an image (`podman run --rootfs`) has nothing that could be scanned, and is
/// left out.
pub(super) fn containers(json: &[u8], store: Option<&str>) -> Result<Vec<Listed>, Malformed> {
    let listed: Option<Vec<Container>> = serde_json::from_slice(json)?;
    let mut containers = Vec::new();
    for container in listed.unwrap_or_default() {
        if container.image_id.is_empty() {
            tracing::warn!(id = ?container.id, "a container without an image isn't reported");
            continue;
        }
        containers.push(read(container, store)?);
    }
    Ok(containers)
}

/// The images that are mounted, and where.
pub(super) fn mounts(json: &[u8]) -> Result<Vec<(ImageDigest, PathBuf)>, Malformed> {
    let mounted: Option<Vec<Mounted>> = serde_json::from_slice(json)?;
    let digests = mounted.unwrap_or_default().into_iter();
    digests
        .map(|mounted| Ok((digest(&mounted.id)?, mounted.mountpoint)))
        .collect()
}

fn read(container: Container, store: Option<&str>) -> Result<Listed, Malformed> {
    let names = container.names.unwrap_or_default();
    let name = names.into_iter().next().filter(|name| !name.is_empty());
    let Some(name) = name.filter(|name| name.len() <= NAME && container.image.len() <= NAME) else {
        return Err(Malformed::Name(container.id));
    };
    Ok(Listed {
        container: ReportedContainer {
            name: match store {
                Some(store) => format!("{store}/{name}"),
                None => name,
            },
            image_name: container.image,
            image_digest: digest(&container.image_id)?,
        },
        id: container.id,
        running: matches!(container.state.as_str(), "running" | "paused" | "stopping"),
    })
}

/// Podman writes image IDs with and without `sha256:` before them.
fn digest(id: &str) -> Result<ImageDigest, Malformed> {
    let digits = id.strip_prefix("sha256:").unwrap_or(id);
    Ok(format!("sha256:{digits}").parse()?)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::{containers, mounts};

    fn listing(name: &str, image_id: &str) -> Vec<u8> {
        let container = serde_json::json!({
            "Id": "c1", "Names": [name], "Image": "--output=/etc/x", "ImageID": image_id,
            "State": "running", "Labels": {"x": "\u{1b}[2J"}, "Command": null, "Size": null,
        });
        serde_json::to_vec(&vec![container]).unwrap()
    }

    #[test]
    fn a_container_is_read_as_podman_lists_it() {
        let listed = containers(&listing("web", &"0a".repeat(32)), None).unwrap();
        assert_eq!(listed[0].container.name, "web");
        assert_eq!(listed[0].container.image_name, "--output=/etc/x");
        assert!(listed[0].running);
    }

    #[test]
    fn a_container_of_another_store_says_so() {
        let listed = containers(&listing("web", &"0a".repeat(32)), Some("alice")).unwrap();
        assert_eq!(listed[0].container.name, "alice/web");
    }

    #[test]
    fn a_container_without_an_image_is_left_out() {
        assert!(containers(&listing("web", ""), None).unwrap().is_empty());
    }

    #[test]
    fn a_listing_that_cannot_be_relied_on_is_refused_whole() {
        for wrong in [listing("web", "--help"), listing("", &"0a".repeat(32))] {
            assert!(containers(&wrong, None).is_err());
        }
        for wrong in ["", "{}", "[{}]", "[", "Error: x"] {
            assert!(containers(wrong.as_bytes(), None).is_err(), "{wrong}");
            assert!(mounts(wrong.as_bytes()).is_err(), "{wrong}");
        }
    }

    #[test]
    fn nothing_that_runs_is_no_error() {
        assert!(containers(b"[]", None).unwrap().is_empty());
        assert!(containers(b"null\n", None).unwrap().is_empty());
        assert!(mounts(b"[]").unwrap().is_empty());
    }
}
