//! What a host runs that its list of containers doesn't show.

use std::fmt;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a host's agent knows to run there without seeing into it. An agent that says nothing of it
/// knows of nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Unseen {
    /// How many containers run without an image (`podman run --rootfs`): they have nothing that
    /// could be scanned.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub containers_without_image: u64,
    /// What else runs containers there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub runtimes: Vec<Runtime>,
}

/// Something that runs containers and isn't looked at.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
pub struct Runtime {
    /// What it is: `docker`, `containerd`, `cri-o`, `podman`. Newer agents may know of more.
    pub kind: String,
    /// Whose, or which one, where there may be several: the user of a podman.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub detail: String,
    /// Whether the host's settings acknowledge it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub acknowledged: bool,
}

impl Unseen {
    /// Whether there is nothing of it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.containers_without_image == 0 && self.runtimes.is_empty()
    }

    /// The runtimes that nobody looks at and nobody has acknowledged.
    pub fn gaps(&self) -> impl Iterator<Item = &Runtime> {
        self.runtimes.iter().filter(|runtime| !runtime.acknowledged)
    }
}

/// As the agent's setting names it: `docker`, `podman:alice`.
impl fmt::Display for Runtime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.kind)?;
        match self.detail.as_str() {
            "" => Ok(()),
            detail => write!(f, ":{detail}"),
        }
    }
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands in a reference"
)]
const fn is_zero(number: &u64) -> bool {
    *number == 0
}
