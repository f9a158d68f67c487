//! The table of keys as documentation: Markdown for `docs/TUI.md`, plain lines for `--keys`.

#[cfg(test)]
use super::action::Group;
use super::{action::BINDINGS, key::Key, map::Keymap};

/// The table as Markdown; a test holds docs/TUI.md against it.
#[cfg(test)]
pub(crate) fn markdown(keymap: &Keymap) -> String {
    use std::fmt::Write;

    let mut text = String::new();
    for group in Group::ALL {
        // Writing to a string can't fail.
        let _ = write!(
            text,
            "**{}**\n\n| Keys | Name | |\n|---|---|---|\n",
            group.title()
        );
        for binding in BINDINGS.iter().filter(|one| one.group == group) {
            let keys: Vec<String> = keymap
                .keys(binding.action)
                .iter()
                .map(|key| format!("`{key}`"))
                .collect();
            let _ = writeln!(
                text,
                "| {} | {} | {} |",
                keys.join(" "),
                binding.name,
                binding.help
            );
        }
        text.push('\n');
    }
    text
}

/// The table as plain lines: name, keys, what it does.
pub(crate) fn table(keymap: &Keymap) -> Vec<(String, String, String)> {
    let lines = BINDINGS.iter().map(|binding| {
        let keys = keymap.keys(binding.action).iter().map(Key::to_string);
        let keys: Vec<String> = keys.collect();
        (
            binding.name.to_owned(),
            keys.join(" "),
            binding.help.to_owned(),
        )
    });
    lines.collect()
}
