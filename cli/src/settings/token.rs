//! Which token is sent, and that none is sent where it doesn't belong.

use std::{fs, os::unix::fs::PermissionsExt, path::Path};

use client::ServerAddress;

use super::{
    env::Env,
    file::Context,
    flags::ConnectionArgs,
    origin::{Origin, Setting},
};
use crate::error::{CliError, Result};

/// The flag's token, the environment's, the context's.
///
/// A context's token goes to that context's server only: another one that the command line or
/// the environment names must not get to see it. A local socket needs none, so that only one
/// given on the command line is sent there.
pub(super) fn choose(
    flags: &ConnectionArgs,
    env: Env<'_>,
    context: Option<&Context>,
    server: &Setting<ServerAddress>,
) -> Result<Option<Setting<String>>> {
    if let Some(token) = &flags.token {
        return Ok(Some(Setting::new(token.clone(), Origin::Flag("--token"))));
    }
    if matches!(server.value, ServerAddress::Unix(_)) {
        return Ok(None);
    }
    let of_context = || -> Result<Option<Setting<String>>> {
        match context.filter(|_| matches!(server.origin, Origin::File(_))) {
            Some(context) => of_context(context),
            None => Ok(None),
        }
    };
    let variable = env("ASSETCTL_TOKEN");
    let variable = || variable.map(|token| Setting::new(token, Origin::Env("ASSETCTL_TOKEN")));
    if flags.context.is_some()
        && let Some(token) = of_context()?
    {
        return Ok(Some(token));
    }
    match variable() {
        Some(token) => Ok(Some(token)),
        None => of_context(),
    }
}

/// Whether the environment names a token that isn't the one that is sent, although no flag says so.
pub(super) fn is_ignored(env: Env<'_>, sent: Option<&Origin>) -> bool {
    let is_other = !matches!(sent, Some(Origin::Env(_) | Origin::Flag(_)));
    is_other && env("ASSETCTL_TOKEN").is_some()
}

/// Whether others than its owner may read a file.
pub(super) fn is_exposed(path: &Path) -> bool {
    const OTHERS: u32 = 0o044;
    fs::metadata(path).is_ok_and(|file| file.permissions().mode() & OTHERS != 0)
}

fn of_context(context: &Context) -> Result<Option<Setting<String>>> {
    let Some(path) = &context.token_file else {
        return Ok(context.token.clone());
    };
    let token = fs::read_to_string(path).map_err(|error| {
        let name = &context.name.value;
        CliError::failed(format!("cannot read the token file of context `{name}`"))
            .because(format!("{}: {error}", path.display()))
    })?;
    let token = token.trim().to_owned();
    Ok(Some(Setting::new(token, Origin::TokenFile(path.clone()))))
}
