//! What is asked: conditions by what they look at, the time, and the commit that answers.

use std::sync::Arc;

use model::{
    condition::{AnyOf, Condition},
    presence::Span,
};

use crate::change::Seq;

/// A question. All its conditions must hold.
#[derive(Debug, Clone, Default)]
pub struct Question {
    /// Conditions on the artifact.
    pub artifact: Vec<Condition>,
    /// Conditions on the artifact of which one must hold, where there are any.
    pub any: AnyOf,
    /// Conditions on the image: its digests, its distribution.
    pub image: Vec<Condition>,
    /// Conditions on the run: its container, its image name, its host.
    pub run: Vec<Condition>,
    /// The moments of which one must be in the run, in whole milliseconds; `None` for now.
    pub time: Option<Span>,
    /// Pairs of an artifact and an image, rising, which alone count of what fits; all do where nothing is said.
    pub only: Option<Arc<[(u32, u32)]>>,
    /// The commit whose knowledge answers.
    pub pin: Seq,
}

impl Question {
    /// Whether it is about everything that runs now.
    pub(crate) fn is_of_everything(&self) -> bool {
        let is_of_all = self.artifact.is_empty() && self.any.is_empty() && self.only.is_none();
        let is_of_fleet = self.image.is_empty() && self.run.is_empty();
        is_of_all && is_of_fleet && self.time.is_none()
    }
}
