//! `check`: what the agent finds here and what is wrong, a line each; it changes nothing.

use std::collections::BTreeSet;

use client::Client;
use proto_types::{FailureCause, ImageDigest, ScanFailure};

use crate::{
    agent::stores,
    failure::{Failure, is_unauthorised},
    podman::Podman,
    retry::reason,
    settings::Settings,
    state::{Enrolment, StateFolder},
    syft::Syft,
};

/// What one check found: what is well, or what is wrong.
type Finding = Result<String, String>;

/// Checks everything that a cycle needs.
///
/// # Errors
/// [`Failure::Checks`]: something would keep a cycle from working.
pub(super) async fn run(settings: Settings) -> Result<(), Failure> {
    let mut problems = 0;
    let mut say = |what: &str, finding: Finding| {
        let (word, text) = match &finding {
            Ok(text) => ("ok", text),
            Err(text) => ("problem", text),
        };
        problems += usize::from(finding.is_err());
        println!("{word:8} {what:13} {}", crate::text::plain(text, 1000));
    };
    let folder = StateFolder::open(&settings.state_dir).and_then(|folder| {
        folder.probe()?;
        Ok(folder)
    });
    say(
        "state folder",
        match &folder {
            Ok(folder) => Ok(format!("{} can be written", folder.path().display())),
            Err(error) => Err(error.to_string()),
        },
    );
    if let Ok(folder) = &folder {
        match Enrolment::load(folder) {
            Ok(enrolment) => {
                say(
                    "token",
                    Ok(format!(
                        "of host {}, from {}",
                        enrolment.host, enrolment.server
                    )),
                );
                say("server", server(&settings, &enrolment).await);
            }
            Err(error) => say("token", Err(error.to_string())),
        }
    }
    for podman in stores(&settings) {
        say(podman.name(), store(&podman).await);
    }
    say(
        "syft",
        Syft::new(settings.syft)
            .version()
            .await
            .map_err(|error| error.to_string()),
    );
    match problems {
        0 => Ok(()),
        count => Err(Failure::Checks(count)),
    }
}

/// Asks the server for something that it will refuse: by the way it does, it tells whether the token is good.
async fn server(settings: &Settings, enrolment: &Enrolment) -> Finding {
    let named = enrolment.server.parse().map_err(|error| format!("{error}"));
    let server = settings.server.clone().map_or(named, Ok)?;
    let client = Client::new(server.clone(), Some(enrolment.token.clone()));
    let client = client.map_err(|error| reason(&error))?;
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
        Ok(_) => Ok(format!("{server} answers and accepts the token")),
        Err(error) if is_unauthorised(&error) => Err(Failure::Server(error).to_string()),
        Err(error) if error.code().is_some() && !error.is_transient() => {
            Ok(format!("{server} answers and accepts the token"))
        }
        Err(error) => Err(reason(&error)),
    }
}

/// Whether a store can be listed and its images mounted.
async fn store(podman: &Podman) -> Finding {
    let version = podman.version().await.map_err(|error| error.to_string())?;
    let listed = podman.running().await.map_err(|error| error.to_string())?;
    let images: BTreeSet<_> = listed
        .iter()
        .map(|one| one.container.image_digest)
        .collect();
    let found = format!(
        "{version}: {} containers run on {} images",
        listed.len(),
        images.len()
    );
    let Some(image) = images.first() else {
        return Ok(found);
    };
    let mounted = podman
        .mount(image)
        .await
        .map_err(|error| error.to_string())?;
    let seen = std::fs::read_dir(&mounted).map_err(|error| {
        format!(
            "{found}, but what it mounts at {} can't be seen: {error}",
            mounted.display()
        )
    });
    podman
        .unmount(image)
        .await
        .map_err(|error| error.to_string())?;
    seen.map(|_| format!("{found}, which can be mounted"))
}
