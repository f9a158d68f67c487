//! What protects the way to the server: files that flags, the environment and contexts name.

use std::path::PathBuf;

use client::{Security, ServerAddress};

use super::{
    env::Env,
    file::Context,
    flags::ConnectionArgs,
    origin::{Origin, Setting},
};

/// The files, each with where it was named.
pub(super) struct Files {
    /// The CAs that alone may have signed the server's certificate.
    pub(super) ca: Option<Setting<PathBuf>>,
    /// The certificate to show.
    pub(super) cert: Option<Setting<PathBuf>>,
    /// Its private key.
    pub(super) key: Option<Setting<PathBuf>>,
}

/// The flag's files, the environment's, the context's.
///
/// What a context says is of that context's server only.
pub(super) fn files(
    flags: &ConnectionArgs,
    env: Env<'_>,
    context: Option<&Context>,
    server: &Setting<ServerAddress>,
) -> Files {
    let context = of_its_server(context, server);
    let file = |flag: &Option<PathBuf>, names: [&'static str; 2], of_context| {
        let flag = flag.clone();
        let flag = flag.map(|path| Setting::new(path, Origin::Flag(names[0])));
        let variable = env(names[1]).map(|path| Setting::new(path.into(), Origin::Env(names[1])));
        // A context chosen by a flag is a word of the command line too.
        match flags.context {
            Some(_) => flag.or(of_context).or(variable),
            None => flag.or(variable).or(of_context),
        }
    };
    Files {
        ca: file(
            &flags.ca,
            ["--ca", "ASSETCTL_CA_FILE"],
            context.and_then(|context| context.ca_file.clone()),
        ),
        cert: file(
            &flags.cert,
            ["--cert", "ASSETCTL_CERT_FILE"],
            context.and_then(|context| context.cert_file.clone()),
        ),
        key: file(
            &flags.key,
            ["--key", "ASSETCTL_KEY_FILE"],
            context.and_then(|context| context.key_file.clone()),
        ),
    }
}

/// All of it.
pub(super) fn choose(
    flags: &ConnectionArgs,
    files: &Files,
    context: Option<&Context>,
    server: &Setting<ServerAddress>,
) -> Security {
    let path = |file: &Option<Setting<PathBuf>>| Some(file.as_ref()?.value.clone());
    let of_context = of_its_server(context, server).is_some_and(|context| context.insecure_http);
    Security {
        ca_file: path(&files.ca),
        cert_file: path(&files.cert),
        key_file: path(&files.key),
        insecure_http: flags.insecure_http || of_context,
    }
}

fn of_its_server<'c>(
    context: Option<&'c Context>,
    server: &Setting<ServerAddress>,
) -> Option<&'c Context> {
    context.filter(|_| matches!(server.origin, Origin::File(_)))
}
