//! What `config` lists.

use serde::Serialize;

use crate::output::heading::Heading;
use crate::output::row::{Cell, Column, Listed, Row};

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
    fn cell(&self, heading: Heading) -> Cell {
        match heading {
            Heading::Setting => Cell::text(self.setting),
            Heading::Value => Cell::some_text(self.value.as_deref()),
            Heading::From => Cell::text(&self.from),
            _ => Cell::Empty,
        }
    }

    fn name(&self) -> String {
        self.setting.to_owned()
    }
}

impl Listed for SettingRow {
    const COLUMNS: &'static [Column] = &[
        Column::new(Heading::Setting),
        Column::new(Heading::Value),
        Column::new(Heading::From),
    ];
}
