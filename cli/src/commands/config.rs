//! `config`: the settings in use, and where each came from.

use clap::Args;

use crate::{
    error::Result,
    exit::Exit,
    output::{
        console::{Label, Out},
        rows::settings::SettingsDocument,
    },
    settings::Settings,
};

/// Show the settings in use and where each comes from; tokens are hidden
#[derive(Args)]
pub(crate) struct ConfigArgs {}

pub(crate) fn run(settings: &Settings, out: &Out) -> Result<Exit> {
    if let Some(warning) = settings.warning() {
        out.say(Label::Warning, &warning);
    }
    let rows = settings.rows();
    out.list(&SettingsDocument { settings: &rows }, &rows)?;
    Ok(Exit::Found)
}
