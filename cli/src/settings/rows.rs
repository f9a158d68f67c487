//! The settings as rows that may be shown.

use std::path::Path;

use super::origin::Setting;
use crate::output::rows::settings::SettingRow;

/// A setting in the words of `show`, and where it came from.
pub(super) fn row<T>(
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

/// The settings file, and whether it is there.
pub(super) fn of_file(path: Option<&Path>) -> SettingRow {
    let is_there = path.is_some_and(Path::exists);
    SettingRow {
        setting: "settings_file",
        value: path.map(|path| path.display().to_string()),
        from: if is_there { "read" } else { "not there" }.to_owned(),
    }
}
