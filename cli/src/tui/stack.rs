//! The layers of a chart: how many containers ran each version of an artifact over time.

use proto_types::TimelinePoint;

use super::rollout::{Age, Release};

/// How many containers ran a version, at each point of the chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Layer {
    /// The version; none for all that have no layer of their own.
    pub(crate) release: Option<Release>,
    /// The containers at each point.
    pub(crate) containers: Vec<u64>,
}

impl Layer {
    /// The block that it is drawn with besides its color: full for the newest, the fainter the older.
    pub(crate) const fn block(&self) -> char {
        match &self.release {
            None => '█',
            Some(release) => block(release.age),
        }
    }
}

/// The block that versions of an age are drawn with.
pub(crate) const fn block(age: Age) -> char {
    match age {
        Age::Newest => '█',
        Age::Newer => '▓',
        Age::Older => '▒',
        Age::Oldest => '░',
    }
}

/// Layers in the order in which they lie on each other, the oldest at the bottom, so that it is seen how
/// little is left of it; on top, what of the whole has no layer of its own. None where only one would be.
pub(crate) fn layers(
    counted: Vec<(Release, Vec<u64>)>,
    has_others: bool,
    whole: &[TimelinePoint],
) -> Vec<Layer> {
    let ran = |counts: &Vec<u64>| counts.iter().any(|count| *count > 0);
    let mut layers: Vec<Layer> = counted
        .into_iter()
        .filter(|(_, containers)| ran(containers))
        .map(|(release, containers)| Layer {
            release: Some(release),
            containers,
        })
        .collect();
    let age = |layer: &Layer| layer.release.as_ref().map(|one| (one.age, one.place));
    layers.sort_by_key(|layer| std::cmp::Reverse(age(layer)));
    if has_others {
        let sum = |at: usize| {
            layers
                .iter()
                .filter_map(|one| one.containers.get(at))
                .sum::<u64>()
        };
        let rest = |(at, point): (usize, &TimelinePoint)| point.containers.saturating_sub(sum(at));
        let containers: Vec<u64> = whole.iter().enumerate().map(rest).collect();
        if ran(&containers) {
            layers.push(Layer {
                release: None,
                containers,
            });
        }
    }
    if layers.len() < 2 {
        layers.clear();
    }
    layers
}

/// The layer of a version among these.
pub(crate) fn of_version<'a>(
    layers: &'a [Layer],
    version: &str,
    artifact_type: Option<&str>,
) -> Option<&'a Release> {
    let mut releases = layers.iter().filter_map(|layer| layer.release.as_ref());
    releases.find(|one| one.version == version && artifact_type == Some(&one.artifact_type))
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use proto_types::TimelinePoint;

    use super::layers;
    use crate::tui::rollout::releases;

    fn counted(counts: [[u64; 2]; 3]) -> Vec<(crate::tui::rollout::Release, Vec<u64>)> {
        let versions = ["3", "2", "1"].map(|version| (version.to_owned(), "deb".to_owned()));
        let counts = counts.into_iter().map(|one| one.to_vec());
        releases(versions).into_iter().zip(counts).collect()
    }

    #[test]
    fn the_oldest_lies_at_the_bottom_and_what_has_no_layer_on_top() {
        let whole = [9, 9].map(|containers| TimelinePoint {
            at: Timestamp::UNIX_EPOCH,
            containers,
        });
        let made = layers(counted([[1, 4], [0, 0], [5, 2]]), true, &whole);
        let told: Vec<(Option<&str>, &[u64])> = made
            .iter()
            .map(|one| {
                let version = one.release.as_ref().map(|release| release.version.as_str());
                (version, one.containers.as_slice())
            })
            .collect();
        let expected: [(Option<&str>, &[u64]); 3] =
            [(Some("1"), &[5, 2]), (Some("3"), &[1, 4]), (None, &[3, 3])];
        assert_eq!(told, expected);
    }

    #[test]
    fn one_version_alone_makes_no_layers() {
        assert!(layers(counted([[1, 4], [0, 0], [0, 0]]), false, &[]).is_empty());
    }
}
