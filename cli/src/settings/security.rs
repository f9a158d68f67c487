//! What protects the way to the server.

use std::path::PathBuf;

use client::{Security, ServerAddress};

use super::{
    env::Env,
    file::Context,
    flags::ConnectionArgs,
    origin::{Origin, Setting},
};

/// The flag's CA file, the environment's, the context's.
///
/// What a context says is of that context's server only.
pub(super) fn ca_file(
    flags: &ConnectionArgs,
    env: Env<'_>,
    context: Option<&Context>,
    server: &Setting<ServerAddress>,
) -> Option<Setting<PathBuf>> {
    let flag = flags.ca.clone();
    let flag = flag.map(|path| Setting::new(path, Origin::Flag("--ca")));
    let variable = || {
        let path = env("ASSETCTL_CA_FILE")?.into();
        Some(Setting::new(path, Origin::Env("ASSETCTL_CA_FILE")))
    };
    let of_context = || of_its_server(context, server)?.ca_file.clone();
    match flags.context {
        Some(_) => flag.or_else(of_context).or_else(variable),
        None => flag.or_else(variable).or_else(of_context),
    }
}

/// All of it.
pub(super) fn choose(
    flags: &ConnectionArgs,
    ca_file: Option<&Setting<PathBuf>>,
    context: Option<&Context>,
    server: &Setting<ServerAddress>,
) -> Security {
    let of_context = of_its_server(context, server).is_some_and(|context| context.insecure_http);
    Security {
        ca_file: ca_file.map(|file| file.value.clone()),
        insecure_http: flags.insecure_http || of_context,
    }
}

fn of_its_server<'c>(
    context: Option<&'c Context>,
    server: &Setting<ServerAddress>,
) -> Option<&'c Context> {
    context.filter(|_| matches!(server.origin, Origin::File(_)))
}
