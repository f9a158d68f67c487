//! Completions: the shell asks `assetctl` itself, and that may ask the server for names.

use std::{ffi::OsStr, time::Duration};

use clap_complete::engine::{ArgValueCompleter, CompletionCandidate};
use client::Client;
use model::{purl::is_purl, shown::escaped};
use proto_types::{Host, ListHosts};

use super::packages;
use crate::settings::{Settings, flags::ConnectionArgs};

/// The variable by which the shell's script asks.
pub(crate) const VARIABLE: &str = "ASSETCTL_COMPLETE";
/// How long a server may keep the shell waiting.
const PATIENCE: Duration = Duration::from_millis(300);
/// How much of an artifact's name must be there before it is completed.
const FEWEST_LETTERS: usize = 2;
/// How many names of artifacts a shell is told at most.
const MOST_PACKAGES: u64 = 100;

/// Completes a host's name.
pub(crate) fn hosts() -> ArgValueCompleter {
    ArgValueCompleter::new(|typed: &OsStr| {
        let typed = typed.to_string_lossy().into_owned();
        let hosts = known_hosts().unwrap_or_default();
        hosts
            .into_iter()
            .filter(|host| host.name.starts_with(&typed))
            // A name that can't be shown as it is can't be typed either.
            .filter(|host| escaped(&host.name) == host.name.as_str())
            .map(|host| CompletionCandidate::new(host.name))
            .collect()
    })
}

/// Completes a side of a diff, as far as it is about a host.
pub(crate) fn sides() -> ArgValueCompleter {
    ArgValueCompleter::new(|typed: &OsStr| {
        let typed = typed.to_string_lossy().into_owned();
        let hosts = known_hosts().unwrap_or_default().into_iter();
        let bare = !typed.is_empty() && !"host:".starts_with(&typed);
        hosts
            .map(|host| match bare && !typed.starts_with("host:") {
                true => host.name,
                false => format!("host:{}", host.name),
            })
            .filter(|side| side.starts_with(&typed) && escaped(side) == side.as_str())
            .map(CompletionCandidate::new)
            .collect()
    })
}

/// Completes the name of an artifact, or its package URL.
pub(crate) fn packages() -> ArgValueCompleter {
    ArgValueCompleter::new(|typed: &OsStr| {
        let typed = typed.to_string_lossy().into_owned();
        // One letter begins too many names to help anyone.
        if typed.chars().count() < FEWEST_LETTERS {
            return Vec::new();
        }
        let names: Option<Vec<String>> = match is_purl(&typed) {
            true => ask(async |client| {
                let purls = packages::purls_beginning_with(client, &typed, MOST_PACKAGES);
                Some(purls.await?.into_iter().collect())
            }),
            false => {
                ask(async |client| packages::beginning_with(client, &typed, MOST_PACKAGES).await)
            }
        };
        let shown = names.unwrap_or_default().into_iter();
        shown
            .filter(|name| escaped(name) == name.as_str())
            .map(CompletionCandidate::new)
            .collect()
    })
}

/// The hosts, or silence.
fn known_hosts() -> Option<Vec<Host>> {
    ask(async |client| Some(client.send(&ListHosts {}).await.ok()?.hosts))
}

/// What the server says, or silence: nothing that fails here may disturb someone who is typing.
fn ask<T>(question: impl AsyncFnOnce(&Client) -> Option<T>) -> Option<T> {
    let settings = Settings::resolve(&ConnectionArgs::default()).ok()?;
    let client = settings.client().ok()?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .ok()?;
    let answer =
        runtime.block_on(async { tokio::time::timeout(PATIENCE, question(&client)).await });
    answer.ok()?
}
