//! What podman knows of an image besides its tree.

use std::{collections::BTreeSet, path::PathBuf};

use jiff::Timestamp;
use proto_types::{ImageDigest, ImageFacts};
use serde::Deserialize;

use super::listing::{Malformed, digest};

#[derive(Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct Image {
    id: Option<String>,
    digest: Option<String>,
    repo_digests: Option<Vec<String>>,
    architecture: Option<String>,
    size: Option<i64>,
    created: Option<String>,
    /// Only some drivers name layers there.
    graph_driver: serde_json::Value,
}

/// The facts of the one image that was inspected.
pub(super) fn facts(json: &[u8]) -> Result<ImageFacts, Malformed> {
    let images: Vec<Image> = serde_json::from_slice(json)?;
    let image = images.into_iter().next().unwrap_or_default();
    Ok(ImageFacts {
        aliases: aliases(&image),
        architecture: image.architecture.filter(|word| !word.is_empty()),
        size_bytes: image.size.and_then(|size| u64::try_from(size).ok()),
        created_at: image.created.as_deref().and_then(moment),
        ..ImageFacts::default()
    })
}

/// The one image that was inspected.
pub(super) fn id(json: &[u8]) -> Result<Option<ImageDigest>, Malformed> {
    let images: Vec<Image> = serde_json::from_slice(json)?;
    let id = images.into_iter().next().and_then(|image| image.id);
    Ok(id.map(|id| digest(&id)).transpose()?)
}

/// The folders of the layers of the one image that was inspected, the topmost first; none where its
/// store's driver has none.
pub(super) fn layers(json: &[u8]) -> Result<Vec<PathBuf>, Malformed> {
    let images: Vec<Image> = serde_json::from_slice(json)?;
    let driver = images.into_iter().next().unwrap_or_default().graph_driver;
    if driver["Name"] != "overlay" {
        return Ok(Vec::new());
    }
    let named = |key| driver["Data"][key].as_str().unwrap_or_default();
    let below = named("LowerDir").split(':');
    let layers = [named("UpperDir")].into_iter().chain(below);
    let layers = layers.filter(|layer| !layer.is_empty()).map(PathBuf::from);
    let layers: Vec<PathBuf> = layers.collect();
    // One whose path has a colon can't be told from two.
    let are_paths = layers.iter().all(|layer| layer.is_absolute());
    Ok(if are_paths { layers } else { Vec::new() })
}

/// The manifest digests that name it: of the manifest that it was pulled by and, where that was
/// one of a list for several architectures, of the list.
fn aliases(image: &Image) -> Vec<ImageDigest> {
    let named = image.repo_digests.iter().flatten();
    let named = named.filter_map(|name| name.rsplit_once('@').map(|(_, digest)| digest));
    let digests: BTreeSet<ImageDigest> = named
        .chain(image.digest.as_deref())
        .filter_map(|digest| digest.parse().ok())
        .collect();
    digests.into_iter().collect()
}

/// A moment; none where it is the year 1, by which podman says that it knows none.
fn moment(text: &str) -> Option<Timestamp> {
    let moment: Timestamp = text.parse().ok()?;
    (!text.starts_with("0001-01-01")).then_some(moment)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use serde_json::{Value, json};

    use super::{facts, layers};

    fn digest(digit: char) -> String {
        format!("sha256:{}", digit.to_string().repeat(64))
    }

    fn inspected(image: &Value) -> super::ImageFacts {
        facts(&serde_json::to_vec(&json!([image])).unwrap()).unwrap()
    }

    #[test]
    fn an_image_has_the_digests_of_the_manifests_that_name_it_each_once() {
        let names = ["docker.io/x", "localhost:5000/team/x:1"].map(|name| {
            let digest = digest(if name.ends_with('x') { 'a' } else { 'b' });
            format!("{name}@{digest}")
        });
        let found = inspected(&json!({"RepoDigests": names, "Digest": digest('a')}));
        let found: Vec<String> = found.aliases.iter().map(ToString::to_string).collect();
        assert_eq!(found, [digest('a'), digest('b')]);
    }

    #[test]
    fn an_image_has_an_architecture_a_size_and_a_time() {
        let found = inspected(&json!({"Architecture": "arm64", "Size": 99_521_133,
            "Created": "2024-05-06T07:08:09.123456789Z", "Config": {"Cmd": null}}));
        assert_eq!(found.architecture.as_deref(), Some("arm64"));
        assert_eq!(found.size_bytes, Some(99_521_133));
        let created = found.created_at.unwrap().to_string();
        assert_eq!(created, "2024-05-06T07:08:09.123456789Z");
    }

    #[test]
    fn an_image_of_overlay_has_layers_the_topmost_first() {
        let of = |driver: Value| {
            let image = json!([{"GraphDriver": driver}]);
            layers(&serde_json::to_vec(&image).unwrap()).unwrap()
        };
        let data =
            json!({"UpperDir": "/s/c/diff", "LowerDir": "/s/b/diff:/s/a/diff", "WorkDir": "/w"});
        let found = of(json!({"Name": "overlay", "Data": data}));
        assert_eq!(
            found,
            ["/s/c/diff", "/s/b/diff", "/s/a/diff"].map(std::path::PathBuf::from)
        );
        let one = of(json!({"Name": "overlay", "Data": {"UpperDir": "/s/c/diff"}}));
        assert_eq!(one.len(), 1);
        for none in [
            json!(null),
            json!({"Name": "vfs", "Data": data}),
            json!({"Name": "overlay", "Data": null}),
        ] {
            assert!(of(none).is_empty());
        }
    }

    #[test]
    fn what_podman_does_not_know_is_not_made_up() {
        for image in [
            json!({}),
            json!({"RepoDigests": null, "Digest": "", "Architecture": "", "Size": -1}),
            json!({"RepoDigests": ["x", "x@", "x@sha256:1"], "Created": "0001-01-01T00:00:00Z"}),
            json!({"Created": "yesterday"}),
        ] {
            assert_eq!(inspected(&image), super::ImageFacts::default());
        }
        assert_eq!(facts(b"[]").unwrap(), super::ImageFacts::default());
        for wrong in ["", "{}", "[", "Error: x"] {
            assert!(facts(wrong.as_bytes()).is_err(), "{wrong}");
        }
    }
}
