//! Which server is asked.

use std::path::PathBuf;

use client::ServerAddress;

use super::{
    env::Env,
    file::Context,
    flags::ConnectionArgs,
    origin::{Origin, Setting},
};
use crate::error::{CliError, Result};

/// Where a server listens that nobody told otherwise.
const DEFAULT: &str = "http://127.0.0.1:8420";

/// The flag's server, a context's that a flag chose, the environment's, any other context's, the
/// local socket, the default.
pub(super) fn choose(
    flags: &ConnectionArgs,
    env: Env<'_>,
    context: Option<&Context>,
    socket: Option<PathBuf>,
) -> Result<Setting<ServerAddress>> {
    let flag = flags
        .server
        .clone()
        .map(|text| Setting::new(text, Origin::Flag("--server")));
    let variable = || {
        Some(Setting::new(
            env("ASSETCTL_SERVER")?,
            Origin::Env("ASSETCTL_SERVER"),
        ))
    };
    let of_context = || context.and_then(|context| context.server.clone());
    // A context chosen by a flag is a word of the command line too.
    let of_flag = || flags.context.as_ref().and_then(|_| of_context());
    if let Some(text) = flag.or_else(of_flag).or_else(variable).or_else(of_context) {
        let parsed = text.value.parse();
        let server = parsed.map_err(|error: client::InvalidServer| {
            CliError::failed(format!(
                "the server address is not valid (from {})",
                text.origin
            ))
            .because(error)
        })?;
        return Ok(Setting::new(server, text.origin));
    }
    Ok(match socket {
        Some(path) => Setting::new(ServerAddress::Unix(path), Origin::Socket),
        None => Setting::new(ServerAddress::Http(DEFAULT.to_owned()), Origin::Default),
    })
}
