//! Which key does what just now: the table, with what the settings file changes in it.

use super::{
    action::{Action, BINDINGS},
    key::Key,
};
use crate::words::suggest;

/// The keys of every action, in the table's order.
#[derive(Debug, Clone)]
pub(crate) struct Keymap {
    keys: Vec<(Action, Vec<Key>)>,
}

impl Default for Keymap {
    fn default() -> Self {
        let keys = BINDINGS.iter().map(|binding| {
            let keys = binding.keys.iter().filter_map(|text| Key::parse(text));
            (binding.action, keys.collect())
        });
        Self {
            keys: keys.collect(),
        }
    }
}

impl Keymap {
    /// What a key does.
    pub(crate) fn action(&self, key: Key) -> Option<Action> {
        let found = self.keys.iter().find(|(_, keys)| keys.contains(&key));
        found.map(|(action, _)| *action)
    }

    /// The keys of an action.
    pub(crate) fn keys(&self, action: Action) -> &[Key] {
        let found = self.keys.iter().find(|(one, _)| *one == action);
        found.map_or(&[], |(_, keys)| keys)
    }

    /// The first key of an action, as people write it.
    pub(crate) fn first(&self, action: Action) -> String {
        self.keys(action)
            .first()
            .map(Key::to_string)
            .unwrap_or_default()
    }

    /// Gives an action other keys, in place of all that it had.
    ///
    /// # Errors
    /// The sentence that names the action or the key that doesn't exist.
    pub(crate) fn remap(&mut self, action: &str, keys: &[String]) -> Result<(), String> {
        let names = BINDINGS.iter().map(|binding| binding.name);
        let Some(binding) = BINDINGS.iter().find(|one| one.name == action) else {
            let hint = suggest::hint(action, names);
            return Err(format!("there is no action `{action}`: {hint}"));
        };
        let read = keys
            .iter()
            .map(|text| Key::parse(text).ok_or_else(|| format!("`{text}` is not a key")));
        let read: Vec<Key> = read.collect::<Result<_, _>>()?;
        // A key that was another action's by default goes to who asks for it.
        for (other, keys) in &mut self.keys {
            if *other == binding.action {
                keys.clone_from(&read);
            } else {
                keys.retain(|key| !read.contains(key));
            }
        }
        Ok(())
    }

    /// Makes sure that there is a way out and a way to the rest.
    ///
    /// # Errors
    /// The sentence that names what would have no key.
    pub(crate) fn check(&self) -> Result<(), String> {
        for action in [Action::Quit, Action::Help] {
            if self.keys(action).is_empty() {
                let name = action.binding().name;
                return Err(format!("[tui.keys] leaves `{name}` without a key"));
            }
        }
        Ok(())
    }
}
