//! `enroll`: a code, once, for this host's token.

use std::{
    io::{self, Read},
    path::{self, PathBuf},
};

use client::{Client, Security};
use proto_types::Enroll as Request;

use crate::{
    args::Enroll,
    exit::Failure,
    identity::Identity,
    log,
    settings::Settings,
    state::{Enrollment, StateFolder},
};

/// How long a code can possibly be.
const CODE: u64 = 4096;

/// Enrolls this machine.
///
/// # Errors
/// [`Failure`]: there is a token already, nothing can be kept here, or the server refuses.
pub(super) async fn run(enroll: &Enroll, settings: &Settings) -> Result<(), Failure> {
    let Some(server) = settings.server.clone() else {
        return Err(Failure::Usage(
            "--server is missing: name the server that `assetctl` uses".to_owned(),
        ));
    };
    let folder = StateFolder::open(&settings.state_dir)?;
    let machine = Identity::this();
    if Enrollment::exists(&folder) && !enroll.force && !is_anothers(&folder, &machine) {
        return Err(Failure::Usage(format!(
            "this machine is already enrolled: {} holds its token; --force replaces it",
            Enrollment::path(&folder).display()
        )));
    }
    let code = code(&enroll.code)?;
    // The code works once: it isn't spent before it is sure that the token can be kept.
    folder.probe()?;
    let security = security(settings);
    let client = Client::secured(server.clone(), None, &security)?;
    if let Some(warning) = server.warning() {
        tracing::warn!("{warning}");
    }
    let certificate = security.shows_certificate();
    let answer = client.send(&Request { code, certificate }).await?;
    let enrollment = Enrollment {
        host: answer.host,
        server: server.to_string(),
        ca_file: security.ca_file,
        cert_file: security.cert_file,
        key_file: security.key_file,
        insecure_http: security.insecure_http,
        token: answer.token,
        machine: machine.id,
    };
    enrollment.save(&folder)?;
    log::print(&format!(
        "this machine is now host {}",
        model::shown::on_one_line(&enrollment.host, 200)
    ));
    Ok(())
}

/// What protects the way to the server, so that it can be remembered wherever the agent runs.
fn security(settings: &Settings) -> Security {
    // A path that can't be made absolute is said to be unusable when it is read.
    let absolute = |named: &Option<PathBuf>| {
        let path = named.as_ref()?;
        Some(path::absolute(path).unwrap_or_else(|_| path.clone()))
    };
    Security {
        ca_file: absolute(&settings.ca_file),
        cert_file: absolute(&settings.cert_file),
        key_file: absolute(&settings.key_file),
        insecure_http: settings.insecure_http.unwrap_or_default(),
    }
}

/// Whether the token that is there was given to another machine, of which this one is a clone: here
/// it is good for nothing.
fn is_anothers(folder: &StateFolder, machine: &Identity) -> bool {
    let kept = Enrollment::load(folder);
    kept.is_ok_and(|kept| kept.check(folder, machine).is_err())
}

fn code(given: &str) -> Result<String, Failure> {
    if given != "-" {
        return Ok(given.to_owned());
    }
    let mut code = String::new();
    io::stdin()
        .take(CODE)
        .read_to_string(&mut code)
        .map_err(|error| {
            Failure::Usage(format!(
                "the code can't be read from standard input: {error}"
            ))
        })?;
    Ok(code.trim().to_owned())
}
