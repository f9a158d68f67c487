//! `check`: what the agent finds here and what is wrong, a line each; it changes nothing.

use std::collections::BTreeSet;

use client::{Client, ClientError};
use proto_types::{FailureCause, ImageDigest, Runtime, ScanFailure};

use crate::{
    exit::{Failure, is_not_accepted, refusal},
    host::{security, stores},
    identity::Identity,
    log,
    podman::{Listing, Podman, PodmanError},
    scan::trial_in,
    settings::Settings,
    state::{Enrollment, StateError, StateFolder},
    syft::Syft,
    unseen::{Machine, Others},
};

/// What one check found: what is well, or what is wrong.
type Finding = Result<String, String>;

/// How many checks found a problem so far.
#[derive(Default)]
struct Checks {
    problems: usize,
}

impl Checks {
    /// Says what a check of `what` found.
    fn say(&mut self, what: &str, finding: &Finding) {
        let (word, text) = match finding {
            Ok(text) => ("ok", text),
            Err(text) => ("problem", text),
        };
        self.problems += usize::from(finding.is_err());
        say(word, what, text);
    }
}

fn say(word: &str, what: &str, text: &str) {
    log::print(&format!(
        "{word:8} {what:13} {}",
        model::shown::on_one_line(text, 1000)
    ));
}

/// Says what else runs containers here, a line each. It keeps no cycle from working, and so is no
/// problem; but while it isn't acknowledged, no empty answer is a proof.
fn not_looked_at(runtimes: &[Runtime]) {
    for runtime in runtimes {
        match runtime.acknowledged {
            true => say("ok", "runtime", &format!("{runtime} is acknowledged")),
            false => say(
                "warning",
                "runtime",
                &format!(
                    "what {runtime} runs is not seen, so no empty answer is a proof; {}",
                    way_out(runtime)
                ),
            ),
        }
    }
    if runtimes.is_empty() {
        say("ok", "runtime", "nothing else runs containers here");
    }
}

/// What can be done about a runtime that isn't looked at.
fn way_out(runtime: &Runtime) -> String {
    let is_users = runtime.kind == "podman" && !runtime.detail.starts_with('/');
    let ask = match is_users {
        true => "name the user in `users`, or ",
        false => "",
    };
    format!("{ask}put \"{runtime}\" into `acknowledged_runtimes` if it need not be")
}

/// Checks everything that a cycle needs.
///
/// # Errors
/// [`Failure::Checks`]: something would keep a cycle from working.
pub(super) async fn run(settings: &Settings) -> Result<(), Failure> {
    let mut checks = Checks::default();
    match state_folder(settings) {
        Ok(folder) => {
            let written = format!("{} is writable", folder.path().display());
            checks.say("state folder", &Ok(written));
            enrolled(&mut checks, settings, &folder).await;
        }
        Err(error) => checks.say("state folder", &Err(error.to_string())),
    }
    let mut others = Others::before(Machine::this());
    for podman in stores(settings).await {
        let listing = podman.running().await;
        others.add(&podman, &listing);
        checks.say(podman.name(), &store(&podman, listing).await);
    }
    not_looked_at(&others.after(&settings.acknowledged_runtimes));
    checks.say("syft", &scanner(settings).await);
    match checks.problems {
        0 => Ok(()),
        count => Err(Failure::Checks(count)),
    }
}

/// Whether syft scans an empty folder, which isn't in the state folder: that stays as it is.
async fn scanner(settings: &Settings) -> Finding {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let syft = Syft::new(settings.syft.clone());
    let tried = trial_in(&syft, settings, folder.path()).await;
    let name = tried.map_err(|error| format!("no image can be scanned: {error}"))?;
    Ok(format!("{name} scans"))
}

/// The state folder, if it can be used.
fn state_folder(settings: &Settings) -> Result<StateFolder, StateError> {
    let folder = StateFolder::find(&settings.state_dir)?;
    folder.is_writable()?;
    Ok(folder)
}

/// Whether there is a token, and this machine's, and whether the server accepts it.
async fn enrolled(checks: &mut Checks, settings: &Settings, folder: &StateFolder) {
    let enrollment = Enrollment::load(folder).and_then(|enrollment| {
        enrollment.check(folder, &Identity::this())?;
        Ok(enrollment)
    });
    match enrollment {
        Ok(enrollment) => {
            let Enrollment { host, server, .. } = &enrollment;
            checks.say("token", &Ok(format!("of host {host}, from {server}")));
            if let Some(exposure) = Enrollment::exposure(folder) {
                checks.say("token", &Err(exposure));
            }
            met(checks, settings, &enrollment).await;
        }
        Err(error) => checks.say("token", &Err(error.to_string())),
    }
}

/// Whether the server accepts the token, and what its answer shows besides, which keeps no cycle from working.
async fn met(checks: &mut Checks, settings: &Settings, enrollment: &Enrollment) {
    let client = match client_of(settings, enrollment) {
        Ok(client) => client,
        Err(reason) => return checks.say("server", &Err(reason)),
    };
    checks.say("server", &accepted(&client).await);
    for warning in client.warnings() {
        say("warning", "server", &warning);
    }
}

/// A client of the server that is enrolled with, or of the one that is set.
fn client_of(settings: &Settings, enrollment: &Enrollment) -> Result<Client, String> {
    let named = enrollment
        .server
        .parse()
        .map_err(|error| format!("{error}"));
    let server = settings.server.clone().map_or(named, Ok)?;
    let client = Client::secured(server, enrollment.token(), &security(settings, enrollment));
    client.map_err(|error| refusal(&error))
}

/// Asks the server for something that it will refuse: by the way it does, it tells whether the
/// token is good.
async fn accepted(client: &Client) -> Finding {
    // No host holds a lease on this image, so there is nothing that could change.
    let harmless = ScanFailure {
        image_digest: ImageDigest::from_bytes([0; 32]),
        lease: None,
        generation: None,
        scanner: None,
        cause: FailureCause::Environment,
        message: "assetmon-agent check".to_owned(),
    };
    match client.send(&harmless).await {
        Err(error) if is_not_accepted(&error) || !is_an_answer(&error) => Err(refusal(&error)),
        _ => Ok(format!(
            "{} answers and accepts the token{}",
            client.server(),
            way(client)
        )),
    }
}

/// Whether the server itself has said something that it would say again.
fn is_an_answer(error: &ClientError) -> bool {
    error.code().is_some() && !error.is_transient()
}

/// What is worth knowing of the way to the server.
fn way(client: &Client) -> String {
    let proxy = client
        .proxy()
        .map(|proxy| format!("through the proxy {proxy}"));
    let known = [proxy, client.server().warning()].into_iter().flatten();
    known.map(|one| format!("; {one}")).collect()
}

/// Whether a store can be listed, and asked for its mounts.
async fn store(podman: &Podman, listing: Result<Listing, PodmanError>) -> Finding {
    let version = podman.version().await.map_err(|error| error.to_string())?;
    let listed = listing.map_err(|error| error.to_string())?;
    if let Some(left_out) = listed.left_out.first() {
        return Err(left_out.clone());
    }
    let listed = listed.containers;
    let images: BTreeSet<_> = listed
        .iter()
        .map(|one| one.container.image_digest)
        .collect();
    let found = format!(
        "{version}; containers running: {}, images: {}",
        listed.len(),
        images.len()
    );
    // Asking which images are mounted needs the same rights as mounting one, and changes nothing.
    podman.mounts().await.map_err(|error| error.to_string())?;
    Ok(found)
}
