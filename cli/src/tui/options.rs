//! What the settings file may say of the TUI, in its table `[tui]`.

use std::{collections::BTreeMap, time::Duration};

use serde::Deserialize;

use super::keymap::Keymap;
use crate::error::{CliError, Result};

/// How often a list is asked for anew where nothing else is said.
const REFRESH: Duration = Duration::from_secs(30);
/// No list is asked for more often.
const SHORTEST_REFRESH: Duration = Duration::from_secs(2);

/// The table `[tui]` as it is written.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TuiTable {
    /// Seconds between two refreshes; 0 for none.
    refresh_seconds: Option<u64>,
    /// Whether the wheel moves the cursor.
    #[serde(default)]
    wheel: bool,
    /// Keys by the name of what they do.
    #[serde(default)]
    keys: BTreeMap<String, Keys>,
}

/// One key, or several.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
enum Keys {
    One(String),
    Several(Vec<String>),
}

/// How the TUI behaves.
#[derive(Debug, Clone)]
pub(crate) struct Options {
    /// How often a list is asked for anew by itself; nothing for never.
    pub(crate) refresh: Option<Duration>,
    /// Whether the wheel moves the cursor, which takes selecting text away from the terminal.
    pub(crate) wheel: bool,
}

impl TuiTable {
    /// The options and the keys that the table means.
    ///
    /// # Errors
    /// A key or an action that doesn't exist, or no key left that quits or shows the help. A key that
    /// two actions ask for goes to the later one in the alphabet.
    pub(crate) fn resolve(&self) -> Result<(Options, Keymap)> {
        let refresh = match self.refresh_seconds {
            Some(0) => None,
            Some(seconds) => Some(Duration::from_secs(seconds).max(SHORTEST_REFRESH)),
            None => Some(REFRESH),
        };
        let mut keymap = Keymap::default();
        for (action, keys) in &self.keys {
            let keys = match keys {
                Keys::One(key) => std::slice::from_ref(key),
                Keys::Several(keys) => keys.as_slice(),
            };
            keymap.remap(action, keys).map_err(|error| {
                CliError::failed(error)
                    .about("in [tui.keys] of the settings file")
                    .hint("`assetctl tui --keys` lists the actions and the keys")
            })?;
        }
        keymap.check().map_err(CliError::failed)?;
        let wheel = self.wheel;
        Ok((Options { refresh, wheel }, keymap))
    }
}
