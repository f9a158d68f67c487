//! What runs containers, by the names that a report and the settings have for it.

/// A runtime.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Runtime {
    /// Docker.
    Docker,
    /// Containerd, also the one that Docker or k3s uses.
    Containerd,
    /// CRI-O.
    CriO,
    /// A podman that isn't asked.
    Podman,
}

impl Runtime {
    /// All of them.
    pub(crate) const ALL: [Self; 4] = [Self::Docker, Self::Containerd, Self::CriO, Self::Podman];

    /// What a report calls it.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Docker => "docker",
            Self::Containerd => "containerd",
            Self::CriO => "cri-o",
            Self::Podman => "podman",
        }
    }

    /// The one that is called so.
    pub(crate) fn called(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == name)
    }
}
