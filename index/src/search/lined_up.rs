//! Groups in the order of an answer, as they were found and are kept from piece to piece.

use std::{cell::OnceCell, ops::Range};

use super::by_image::ByImage;

/// The groups of a question that were put in order.
#[derive(Default)]
pub struct InOrder {
    /// By version.
    pub versions: OnceCell<LinedUp>,
    /// By type.
    pub types: OnceCell<LinedUp>,
    /// By type, without what belongs to packages of a distribution.
    pub own_types: OnceCell<LinedUp>,
    /// By distribution.
    pub distros: OnceCell<Distros>,
}

/// Groups of artifacts.
#[derive(Default)]
pub struct LinedUp {
    /// The groups.
    pub groups: Vec<OfOne>,
    artifacts: Vec<u32>,
}

/// What one group is called, and where its artifacts stand.
pub struct OfOne {
    /// What it is called.
    pub key: String,
    /// What is said beside that.
    pub label: Option<String>,
    artifacts: Range<usize>,
}

/// Groups of images.
pub struct Distros {
    /// What each is called, and its images.
    pub groups: Vec<(String, Vec<u32>)>,
    /// What the images hold.
    pub by_image: ByImage,
}

impl LinedUp {
    /// Adds a group behind the last one.
    pub fn push(
        &mut self,
        key: String,
        label: Option<String>,
        artifacts: impl Iterator<Item = u32>,
    ) {
        let start = self.artifacts.len();
        self.artifacts.extend(artifacts);
        let artifacts = start..self.artifacts.len();
        self.groups.push(OfOne {
            key,
            label,
            artifacts,
        });
    }

    /// The artifacts of a group.
    pub fn artifacts(&self, group: &OfOne) -> &[u32] {
        let range = group.artifacts.clone();
        self.artifacts.get(range).unwrap_or_default()
    }
}
