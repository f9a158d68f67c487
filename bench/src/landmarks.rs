//! Landmarks: what a fleet holds in numbers, and what of it the questions are about.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use crate::{
    catalog::{Item, PackageId},
    fleet::Fleet,
};

/// What the fleet holds in its first cycle, and what of it the questions are about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Landmarks {
    /// Pairs of image and artifact.
    pub pairs: u64,
    /// Distinct artifacts.
    pub artifacts: u64,
    /// Those of them that are in one image only.
    pub in_one_image: u64,
    /// Distinct names, and their bytes.
    pub names: u64,
    /// Bytes of all distinct names.
    pub name_bytes: u64,
    /// Rows of artifacts that are named `openssl`: one for each container of each.
    pub openssl_rows: u64,
    /// How many versions of it there are.
    pub openssl_versions: u64,
    /// Rows of artifacts whose names contain `lodash`, and how many names those are.
    pub lodash_rows: u64,
    /// Names that contain `lodash`.
    pub lodash_names: u64,
    /// A version of `openssl` that about one row in fifty has.
    pub version: String,
    /// Its rows.
    pub version_rows: u64,
    /// A name that about 400 rows have.
    pub rare_name: String,
    /// Its rows.
    pub rare_rows: u64,
    /// A host with about as many artifacts as most.
    pub host: String,
    /// Its rows.
    pub host_rows: u64,
}

/// What is counted while going through the images.
#[derive(Default)]
struct Counts {
    images_of: HashMap<Item, u32>,
    rows_of: HashMap<PackageId, u64>,
    openssl: HashMap<Item, u64>,
    items_of_image: Vec<u32>,
    pairs: u64,
}

impl Landmarks {
    /// The landmarks of a fleet.
    #[must_use]
    pub fn of(fleet: &Fleet) -> Self {
        let containers = containers_of_images(fleet);
        let counts = Counts::of(fleet, &containers);
        let mut names: BTreeMap<String, u64> = BTreeMap::new();
        for (package, rows) in &counts.rows_of {
            *names.entry(fleet.catalog.name(*package)).or_default() += rows;
        }
        let lodash = names.iter().filter(|(name, _)| name.contains("lodash"));
        let (lodash_names, lodash_rows) =
            lodash.fold((0, 0), |(names, sum), (_, rows)| (names + 1, sum + rows));
        let openssl = versions_of_openssl(fleet, &counts.openssl);
        let openssl_rows = openssl.values().sum();
        let (version, version_rows) = nearest(&openssl, openssl_rows / 51);
        let (rare_name, rare_rows) = nearest(&names, 400);
        let (host, host_rows) = counts.host(fleet);
        Self {
            pairs: counts.pairs,
            artifacts: counts.images_of.len() as u64,
            in_one_image: counts
                .images_of
                .values()
                .filter(|images| **images == 1)
                .count() as u64,
            name_bytes: names.keys().map(|name| name.len() as u64).sum(),
            names: names.len() as u64,
            openssl_rows,
            openssl_versions: openssl.len() as u64,
            lodash_rows,
            lodash_names,
            version,
            version_rows,
            rare_name,
            rare_rows,
            host,
            host_rows,
        }
    }
}

impl Counts {
    fn of(fleet: &Fleet, containers: &[u32]) -> Self {
        let mut counts = Self::default();
        let openssl = fleet.catalog.named("openssl");
        for (image, containers) in (0..fleet.shape.images).zip(containers) {
            let items = fleet.items(image);
            counts.pairs += items.len() as u64;
            counts
                .items_of_image
                .push(u32::try_from(items.len()).unwrap_or(u32::MAX));
            for item in items {
                *counts.images_of.entry(item).or_default() += 1;
                let rows = u64::from(*containers);
                *counts.rows_of.entry(item.package).or_default() += rows;
                if openssl.contains(&item.package) {
                    *counts.openssl.entry(item).or_default() += rows;
                }
            }
        }
        counts
    }

    /// Of the first hosts, the one that is nearest to their middle, with its rows.
    fn host(&self, fleet: &Fleet) -> (String, u64) {
        let mut hosts: Vec<(u64, u32)> = (0..fleet.shape.hosts.min(101))
            .map(|host| {
                let containers = fleet.containers(host, 0).into_iter();
                let rows = containers.map(|one| u64::from(self.items_of_image[one.image as usize]));
                (rows.sum(), host)
            })
            .collect();
        hosts.sort_unstable();
        let middle = hosts.get(hosts.len() / 2).copied().unwrap_or_default();
        (fleet.host_name(middle.1), middle.0)
    }
}

/// How many containers run each image in the first cycle.
#[must_use]
pub fn containers_of_images(fleet: &Fleet) -> Vec<u32> {
    let mut containers = vec![0; fleet.shape.images as usize];
    for host in 0..fleet.shape.hosts {
        for slot in 0..fleet.shape.containers {
            containers[fleet.image_of(host, slot, 0) as usize] += 1;
        }
    }
    containers
}

/// The rows of each version of `openssl`, whatever its type.
fn versions_of_openssl(fleet: &Fleet, rows: &HashMap<Item, u64>) -> BTreeMap<String, u64> {
    let mut versions = BTreeMap::new();
    for (item, rows) in rows {
        *versions
            .entry(fleet.catalog.artifact(*item, false).version)
            .or_default() += rows;
    }
    versions
}

/// The key whose count is nearest to this one.
fn nearest(counts: &BTreeMap<String, u64>, to: u64) -> (String, u64) {
    let nearest = counts.iter().min_by_key(|(_, count)| count.abs_diff(to));
    nearest.map_or_else(Default::default, |(key, count)| (key.clone(), *count))
}
