//! Which versions of the agent report: a few, whatever they say of themselves.

use std::{
    collections::BTreeSet,
    sync::{Mutex, PoisonError},
};

/// So many versions are told apart; any further one is another.
const MOST: usize = 16;
/// No version is longer, in bytes.
const LONGEST: usize = 32;
/// What is neither a version nor one of the first.
const OTHER: &str = "other";

/// The versions that were heard of.
#[derive(Default)]
pub struct Agents(Mutex<BTreeSet<String>>);

impl Agents {
    /// The version of an agent that calls itself so, as a metric names it.
    pub fn version(&self, user_agent: Option<&str>) -> String {
        let version = user_agent.and_then(|agent| agent.strip_prefix("assetmon/"));
        let Some(version) = version.filter(|version| is_version(version)) else {
            return OTHER.to_owned();
        };
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !known.contains(version) {
            if known.len() >= MOST {
                return OTHER.to_owned();
            }
            known.insert(version.to_owned());
        }
        version.to_owned()
    }
}

fn is_version(text: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b".-+".contains(&byte);
    (1..=LONGEST).contains(&text.len()) && text.bytes().all(is_plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_versions_are_told_apart_and_nothing_else_is() {
        let agents = Agents::default();
        assert_eq!(agents.version(Some("assetmon/0.1.0")), "0.1.0");
        let long = format!("assetmon/{}", "1".repeat(33));
        for odd in [
            None,
            Some(""),
            Some("curl/8"),
            Some("assetmon/"),
            Some("assetmon/1 2"),
            Some(&long),
        ] {
            assert_eq!(agents.version(odd), "other", "{odd:?}");
        }
        for minor in 0..100 {
            agents.version(Some(&format!("assetmon/9.{minor}.0")));
        }
        assert_eq!(agents.version(Some("assetmon/9.99.0")), "other");
        assert_eq!(agents.version(Some("assetmon/0.1.0")), "0.1.0");
    }
}
