//! The table of keys as documentation: Markdown for `docs/TUI.md`, plain lines for `--keys`, a section
//! of the manual's page.

use super::{
    action::{BINDINGS, Group},
    key::Key,
    map::Keymap,
};

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

/// The table of the keys that there are without settings, in roff: a section for the manual's page.
pub(crate) fn manual() -> String {
    let keymap = Keymap::default();
    let mut page = String::from(
        ".SH KEYS\nSettings give actions other keys, by these names, in [tui.keys].\n",
    );
    for group in Group::ALL {
        page.push_str(&format!(".SS {}\n", roff(group.title())));
        for binding in BINDINGS.iter().filter(|one| one.group == group) {
            let keys = keymap.keys(binding.action).iter().map(Key::to_string);
            let keys: Vec<String> = keys.map(|key| roff(&key)).collect();
            let (name, help) = (roff(binding.name), roff(binding.help));
            let keys = keys.join("\\fR, \\fB");
            page.push_str(&format!(".TP\n\\fB{keys}\\fR ({name})\n\\&{help}\n"));
        }
    }
    page
}

/// A text that roff prints as it is.
fn roff(text: &str) -> String {
    let mut safe = String::new();
    for one in text.chars() {
        match one {
            '\\' => safe.push_str("\\e"),
            '-' => safe.push_str("\\-"),
            '`' => safe.push_str("\\(ga"),
            '^' => safe.push_str("\\(ha"),
            '~' => safe.push_str("\\(ti"),
            '\'' => safe.push_str("\\(aq"),
            other => safe.push(other),
        }
    }
    safe
}
