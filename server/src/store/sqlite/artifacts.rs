//! Artifacts: each stored once, and shared by the images that hold it.
//!
//! The index knows them all by what they are; the rows ([`blocks`]) are what it is read from, and
//! say what a question's state of the database holds and the index no longer does.

use std::sync::Arc;

use index::{Change, Index};
use model::artifacts::{ArtifactSet, Artifacts, Held};
use proto_types::Artifact;

use crate::store::Result;

use super::{blocks, context::Context, holds, latest::Latest};

/// What the index knew of the artifacts of an SBOM as it came in: the writer, whose time is
/// everybody's, looks up no more than the others.
pub struct Numbers {
    numbers: Vec<Option<u32>>,
    drops: u64,
}

impl Numbers {
    /// Looks artifacts up, unless the index is being told just now.
    pub fn of(latest: &Latest, artifacts: &ArtifactSet) -> Option<Self> {
        let index = latest.try_read()?;
        let numbers = artifacts.iter().map(|artifact| index.number_of(&artifact));
        Some(Self {
            numbers: numbers.collect(),
            drops: latest.drops(),
        })
    }

    /// The number of the artifact at a place, where it was known.
    fn get(&self, place: u32) -> Option<u32> {
        self.numbers.get(place as usize).copied().flatten()
    }
}

/// Makes these the artifacts of an image; their numbers, rising.
pub fn replace(
    cx: &Context<'_>,
    image: i64,
    artifacts: &Arc<ArtifactSet>,
    known: Option<&Numbers>,
) -> Result<Vec<u32>> {
    cx.added()?.borrow_mut().note_sbom();
    let index = cx.latest.read();
    let known = known.filter(|known| known.drops == cx.latest.drops());
    let mut numbers = Vec::with_capacity(artifacts.len());
    let mut new = index::Added {
        of: Arc::clone(artifacts),
        numbers: Vec::new(),
    };
    for (place, artifact) in (0..).zip(artifacts.iter()) {
        let known = known.and_then(|known| known.get(place));
        numbers.push(match known {
            Some(number) if !cx.added()?.borrow().is_dropped(number) => number,
            _ => number_of(cx, &index, (place, &artifact), &mut new)?,
        });
    }
    drop(index);
    if !new.numbers.is_empty() {
        cx.tell(Change::Artifacts(new));
    }
    numbers.sort_unstable();
    numbers.dedup();
    holds::write(cx, image, &numbers)?;
    Ok(numbers)
}

/// The number of the artifact at a place of an SBOM, which is added where it is new.
fn number_of(
    cx: &Context<'_>,
    index: &Index,
    (place, artifact): (u32, &Held<'_>),
    new: &mut index::Added,
) -> Result<u32> {
    let mut added = cx.added()?.borrow_mut();
    if let Some(known) = added.number_of(index, artifact) {
        return Ok(known);
    }
    let number = added.add(index, &new.of, place)?;
    new.numbers.push((place, number));
    Ok(number)
}

/// The artifacts of an image, by name, type and version as text.
pub fn of_image(cx: &Context<'_>, image: i64) -> Result<Vec<Artifact>> {
    of_numbers(cx, holds::of_image(cx, image)?)
}

/// The same as a set, which takes less memory.
pub fn set_of_image(cx: &Context<'_>, image: i64) -> Result<ArtifactSet> {
    let mut artifacts = Artifacts::default();
    each(cx, holds::of_image(cx, image)?, |_, artifact| {
        artifacts.push(&artifact);
    })?;
    Ok(artifacts.into_set())
}

/// The artifacts of several images, in the same order: most of what a host's images hold is in
/// several of them, and is read once.
pub fn of_images(cx: &Context<'_>, images: &[i64]) -> Result<Vec<Artifact>> {
    let mut numbers = Vec::new();
    for image in images {
        numbers.extend(holds::of_image(cx, *image)?);
    }
    numbers.sort_unstable();
    numbers.dedup();
    of_numbers(cx, numbers)
}

fn of_numbers(cx: &Context<'_>, numbers: Vec<u32>) -> Result<Vec<Artifact>> {
    let mut artifacts = Vec::with_capacity(numbers.len());
    each(cx, numbers, |number, artifact| {
        artifacts.push((number, artifact));
    })?;
    // The numbers decide where these are the same.
    artifacts.sort_by(|(a, one), (b, other)| (order(one), a).cmp(&(order(other), b)));
    Ok(artifacts
        .into_iter()
        .map(|(_, artifact)| artifact)
        .collect())
}

/// Hands over the artifacts that have these numbers, in any order.
fn each(cx: &Context<'_>, numbers: Vec<u32>, mut take: impl FnMut(u32, Artifact)) -> Result<()> {
    let mut others = Vec::new();
    // Who asks may hold the index already, and must not wait for it then.
    match cx.latest.try_read() {
        Some(index) => {
            for number in numbers {
                match index.artifact(number) {
                    Some(artifact) => take(number, artifact),
                    None => others.push(number),
                }
            }
        }
        None => others = numbers,
    }
    if let Ok(added) = cx.added() {
        let added = added.borrow();
        others.retain(|number| match added.get(*number) {
            Some(artifact) => {
                take(*number, artifact.whole());
                false
            }
            None => true,
        });
    }
    for (number, artifact) in blocks::some(cx, &others)? {
        take(number, artifact);
    }
    Ok(())
}

fn order(artifact: &Artifact) -> (&str, &str, &str) {
    (&artifact.name, &artifact.artifact_type, &artifact.version)
}
