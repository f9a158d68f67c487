//! The artifacts of an image as they are told: each is looked at as it comes, and what is left of it
//! is kept, so that nothing that is left out takes memory.

use std::fmt;

use proto_types::Artifact;
use serde::{
    Deserialize, Deserializer,
    de::{SeqAccess, Visitor},
};

use super::artifact::{LeftOut, kept};
use crate::artifacts::Artifacts;

/// Artifacts that were told, within their own bounds, and what had to be left out of them.
#[derive(Debug, Default)]
pub struct Told {
    pub(super) artifacts: Artifacts,
    pub(super) left_out: LeftOut,
}

impl Told {
    fn add(&mut self, artifact: Artifact) {
        if let Some(kept) = kept(artifact, &mut self.left_out) {
            self.artifacts.push(&kept);
        }
    }
}

impl From<Vec<Artifact>> for Told {
    fn from(artifacts: Vec<Artifact>) -> Self {
        let mut told = Self::default();
        for artifact in artifacts {
            told.add(artifact);
        }
        told
    }
}

impl<'de> Deserialize<'de> for Told {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_seq(List)
    }
}

struct List;

impl<'de> Visitor<'de> for List {
    type Value = Told;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of artifacts")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Told, A::Error> {
        let mut told = Told::default();
        while let Some(artifact) = list.next_element()? {
            told.add(artifact);
        }
        Ok(told)
    }
}
