//! What `config` lists.

use serde::Serialize;

use crate::output::row::{Cell, Column, Row};

/// One setting, its value in words, and where that came from.
#[derive(Debug, Serialize)]
pub(crate) struct SettingRow {
    /// The setting's name.
    pub(crate) setting: &'static str,
    /// Its value; a token's is hidden.
    pub(crate) value: Option<String>,
    /// Where it came from.
    pub(crate) from: String,
}

/// All of them.
#[derive(Debug, Serialize)]
pub(crate) struct SettingsDocument<'a> {
    /// The settings.
    pub(crate) settings: &'a [SettingRow],
}

impl Row for SettingRow {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::new("setting", |row: &Self| Cell::text(row.setting)),
        Column::new("value", |row: &Self| Cell::some_text(row.value.as_deref())),
        Column::new("from", |row: &Self| Cell::text(&row.from)),
    ];

    fn name(&self) -> String {
        self.setting.to_owned()
    }
}
