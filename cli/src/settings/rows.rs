//! The settings as rows that may be shown: no token in them.

use super::{Setting, Settings};
use crate::output::rows::settings::SettingRow;

impl Settings {
    /// Each setting, its value and where it came from.
    pub(crate) fn rows(&self) -> Vec<SettingRow> {
        let file = self.file.as_ref();
        let is_there = file.is_some_and(|path| path.exists());
        vec![
            row("server", Some(&self.server), ToString::to_string),
            row("token", self.token.as_ref(), |_| "set, hidden".to_owned()),
            row("context", self.context.as_ref(), Clone::clone),
            SettingRow {
                setting: "settings_file",
                value: file.map(|path| path.display().to_string()),
                from: if is_there { "read" } else { "not there" }.to_owned(),
            },
        ]
    }
}

fn row<T>(
    setting: &'static str,
    value: Option<&Setting<T>>,
    show: impl Fn(&T) -> String,
) -> SettingRow {
    SettingRow {
        setting,
        value: value.map(|one| show(&one.value)),
        from: value.map_or_else(|| "not set".to_owned(), |one| one.origin.to_string()),
    }
}
