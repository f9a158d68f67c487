//! Completions: the shell asks `assetctl` itself, and that may ask the server for names.

use std::{ffi::OsStr, time::Duration};

use clap::CommandFactory;
use clap_complete::{
    CompleteEnv,
    engine::{ArgValueCompleter, CompletionCandidate},
};
use client::Client;
use proto_types::{Host, ListHosts};

use crate::{
    args::{Cli, ConnectionArgs},
    output::sanitize::sanitize,
    settings::Settings,
};

/// The variable by which the shell's script asks.
pub(crate) const VARIABLE: &str = "ASSETCTL_COMPLETE";
/// How long a server may keep the shell waiting.
const PATIENCE: Duration = Duration::from_millis(300);

/// Answers the shell and ends, where it was the shell that asked.
pub(crate) fn answer_shell() {
    CompleteEnv::with_factory(Cli::command)
        .var(VARIABLE)
        .bin("assetctl")
        .complete();
}

/// Completes a host's name.
pub(crate) fn hosts() -> ArgValueCompleter {
    ArgValueCompleter::new(|typed: &OsStr| {
        let typed = typed.to_string_lossy().into_owned();
        let hosts = known_hosts().unwrap_or_default();
        hosts
            .into_iter()
            .filter(|host| host.name.starts_with(&typed))
            // A name that can't be shown as it is can't be typed either.
            .filter(|host| sanitize(&host.name) == host.name.as_str())
            .map(|host| CompletionCandidate::new(host.name))
            .collect()
    })
}

/// The hosts, or silence: nothing that fails here may disturb someone who is typing.
fn known_hosts() -> Option<Vec<Host>> {
    let settings = Settings::resolve(&ConnectionArgs::default()).ok()?;
    let token = settings.token.map(|token| token.value);
    let client = Client::new(settings.server.value, token).ok()?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .ok()?;
    let answer = runtime
        .block_on(async { tokio::time::timeout(PATIENCE, client.send(&ListHosts {})).await });
    Some(answer.ok()?.ok()?.hosts)
}
