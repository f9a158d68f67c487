//! Runtimes of the machine that needn't be looked at.

use std::str::FromStr;

use serde::Deserialize;

use crate::runtime::Runtime;

/// At most so many entries.
const MOST: usize = 256;

/// The runtimes that needn't be looked at.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(try_from = "Vec<String>")]
pub(crate) struct Acknowledged(Vec<Entry>);

/// One entry: a runtime, and whose or which one.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Entry {
    runtime: Runtime,
    detail: String,
}

/// What names no runtimes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NoRuntimes {
    /// No runtime is called so.
    #[error(
        "`{0}` names no runtime: write {known} as `assetmon-agent check` shows it, as in `docker` or `podman:alice`",
        known = known()
    )]
    Unknown(String),
    /// A podman is somebody's.
    #[error(
        "`{0}` does not say whose podman: write `podman:alice`, or `podman:*` for every podman"
    )]
    Whose(String),
    /// Too many.
    #[error("there are {0} acknowledged runtimes, and there may be at most {MOST}")]
    Many(usize),
}

impl Acknowledged {
    /// Whether this runtime needn't be looked at.
    pub(crate) fn covers(&self, runtime: Runtime, detail: &str) -> bool {
        self.0.iter().any(|entry| {
            entry.runtime == runtime
                && match entry.detail.strip_suffix('*') {
                    Some(beginning) => detail.starts_with(beginning),
                    None => detail == entry.detail,
                }
        })
    }
}

impl FromStr for Entry {
    type Err = NoRuntimes;

    fn from_str(text: &str) -> Result<Self, NoRuntimes> {
        let (name, detail) = text.split_once(':').unwrap_or((text, ""));
        let unknown = || NoRuntimes::Unknown(text.to_owned());
        let runtime = Runtime::called(name).ok_or_else(unknown)?;
        if detail.is_empty() && text.ends_with(':') {
            return Err(unknown());
        }
        if detail.is_empty() && runtime == Runtime::Podman {
            return Err(NoRuntimes::Whose(text.to_owned()));
        }
        let detail = detail.to_owned();
        Ok(Self { runtime, detail })
    }
}

impl TryFrom<Vec<String>> for Acknowledged {
    type Error = NoRuntimes;

    fn try_from(entries: Vec<String>) -> Result<Self, NoRuntimes> {
        match entries.len() {
            many if many > MOST => Err(NoRuntimes::Many(many)),
            _ => {
                let entries = entries.iter().map(|entry| entry.parse());
                entries.collect::<Result<_, _>>().map(Self)
            }
        }
    }
}

impl FromStr for Acknowledged {
    type Err = NoRuntimes;

    fn from_str(text: &str) -> Result<Self, NoRuntimes> {
        let entries = text.split([',', ' ']).filter(|entry| !entry.is_empty());
        Self::try_from(entries.map(str::to_owned).collect::<Vec<_>>())
    }
}

/// The runtimes that there may be, in words.
fn known() -> String {
    let names = Runtime::ALL.map(Runtime::name);
    let (last, others) = names.split_last().unwrap_or((&"", &[]));
    format!("{} or {last}", others.join(", "))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::{Acknowledged, Runtime};

    #[test]
    fn a_runtime_is_acknowledged_by_the_name_that_a_report_has_for_it() {
        let acknowledged: Acknowledged = "docker, podman:alice".parse().unwrap();
        assert!(acknowledged.covers(Runtime::Docker, ""));
        assert!(acknowledged.covers(Runtime::Podman, "alice"));
        assert!(!acknowledged.covers(Runtime::Podman, "alice2"));
        assert!(!acknowledged.covers(Runtime::Docker, "alice"));
        assert!(!acknowledged.covers(Runtime::Containerd, ""));
        assert!(!Acknowledged::default().covers(Runtime::Docker, ""));
    }

    #[test]
    fn an_asterisk_at_the_end_stands_for_anything() {
        let acknowledged: Acknowledged = "docker:*,podman:/srv/ci/*".parse().unwrap();
        assert!(acknowledged.covers(Runtime::Docker, ""));
        assert!(acknowledged.covers(Runtime::Docker, "alice"));
        assert!(acknowledged.covers(Runtime::Podman, "/srv/ci/1"));
        assert!(!acknowledged.covers(Runtime::Podman, "/srv/other"));
    }

    #[test]
    fn what_names_no_runtime_is_refused_with_those_that_there_are() {
        for wrong in ["dockr", "Docker", "", ":alice", "docker:", "lxc:x"] {
            let error = Acknowledged::try_from(vec![wrong.to_owned()]).unwrap_err();
            let error = error.to_string();
            assert!(error.contains(&format!("`{wrong}`")), "{error}");
            assert!(
                error.contains("docker, containerd, cri-o or podman"),
                "{error}"
            );
        }
        let error = "podman".parse::<Acknowledged>().unwrap_err().to_string();
        assert!(error.contains("`podman:*`"), "{error}");
    }
}
