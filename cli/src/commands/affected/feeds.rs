//! What is asked of feeds beside advisories: what is exploited, and what vendors state.

use std::{fs, path::Path};

use advisories::vex;
use clap::Args;
use model::bounds;
use serde_json::value::RawValue;

use crate::{
    error::{CliError, Result},
    output::console::{Label, Out},
};

#[derive(Args)]
pub(super) struct FeedArgs {
    /// Only vulnerabilities known to be exploited, by CISA's catalog (KEV); import it first
    #[arg(long)]
    pub(super) kev: bool,

    /// Also apply a vendor's statements (an OpenVEX document) that were not imported; can be repeated
    #[arg(long = "vex", value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    #[arg(action = clap::ArgAction::Append)]
    vex: Vec<String>,
}

impl FeedArgs {
    /// The documents that are given. Statements that can't be read are named: they excuse nothing.
    pub(super) fn documents(&self, out: &Out) -> Result<Vec<Box<RawValue>>> {
        self.vex.iter().map(|path| document(path, out)).collect()
    }
}

fn document(path: &str, out: &Out) -> Result<Box<RawValue>> {
    let unreadable = |error: &dyn std::fmt::Display| {
        CliError::failed(format!("cannot read `{path}`: {error}"))
            .hint("`--vex` takes an OpenVEX document: https://openvex.dev")
    };
    let size = fs::metadata(Path::new(path))
        .map_err(|error| unreadable(&error))?
        .len();
    if size > bounds::STATEMENTS {
        return Err(unreadable(&"it is too long"));
    }
    let text = fs::read_to_string(path).map_err(|error| unreadable(&error))?;
    let skip = |skipped: advisories::Skipped| {
        out.say(Label::Warning, &format!("excuses nothing: {skipped}"));
    };
    vex::read(text.as_bytes(), path, skip).map_err(|error| unreadable(&error))?;
    RawValue::from_string(text).map_err(|error| unreadable(&error))
}
