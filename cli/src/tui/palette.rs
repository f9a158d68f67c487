//! The palette: every command of the keymap whose name or sentence holds what is typed.

use super::keymap::{Action, BINDINGS, Binding};

/// The commands that fit; those whose name begins with it come first.
pub(crate) fn fitting(typed: &str) -> Vec<&'static Binding> {
    let typed = typed.trim().to_lowercase();
    let rank = |binding: &Binding| {
        if binding.name.starts_with(&typed) {
            Some(0)
        } else if binding.name.contains(&typed) {
            Some(1)
        } else {
            binding.help.to_lowercase().contains(&typed).then_some(2)
        }
    };
    let mut found: Vec<(u8, &Binding)> = BINDINGS
        .iter()
        // It is open already.
        .filter(|binding| !matches!(binding.action, Action::Palette | Action::Cancel))
        .filter_map(|binding| Some((rank(binding)?, binding)))
        .collect();
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().map(|(_, binding)| binding).collect()
}
