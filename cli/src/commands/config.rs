//! `config`: the settings in use, and where each came from.

use clap::Args;

use crate::{
    error::Result,
    exit::Exit,
    output::{console::Out, rows::settings::SettingsDocument},
    settings::Settings,
};

/// Show the settings in use and where each comes from; tokens are hidden
#[derive(Args)]
pub(crate) struct ConfigArgs {}

pub(crate) fn run(settings: &Settings, out: &Out) -> Result<Exit> {
    let rows = settings.rows();
    out.list(&SettingsDocument { settings: &rows }, &rows)?;
    Ok(Exit::Found)
}
