//! This host, enrolled: everything that the commands work with.

use std::{path::PathBuf, time::Duration};

use client::{Client, Security, ServerAddress};

use crate::{
    exit::Failure,
    identity::Identity,
    podman::Podman,
    scan::{Means, clear_leftovers},
    scanner::Scanner,
    seen::{Seen, Which},
    settings::Settings,
    state::{Enrollment, Lock, Scans, StateError, StateFolder},
    unseen::{Machine, Others},
};

/// An enrolled host.
pub(crate) struct Host {
    /// The settings.
    pub(crate) settings: Settings,
    /// The state folder.
    pub(crate) folder: StateFolder,
    /// Which host this is.
    pub(crate) enrollment: Enrollment,
    /// The machine.
    pub(crate) machine: Identity,
    /// The server.
    pub(crate) client: Client,
    /// The podman stores.
    pub(crate) stores: Vec<Podman>,
    /// The scanner.
    pub(crate) scanner: Scanner,
}

impl Host {
    /// The host that the settings and the state folder describe.
    ///
    /// # Errors
    /// [`Failure`]: the machine isn't enrolled, or is a clone of one that is, or something can't be
    /// read.
    pub(crate) async fn open(settings: Settings) -> Result<Self, Failure> {
        let folder = StateFolder::open(&settings.state_dir)?;
        let machine = Identity::this();
        let enrollment = enrollment(&folder, &machine).await?;
        let server = server(&settings, &enrollment, &folder)?;
        let security = security(&settings, &enrollment);
        let client = Client::secured(server, enrollment.token(), &security)?;
        if let Some(warning) = client.server().warning() {
            tracing::warn!("{warning}");
        }
        Ok(Self {
            stores: stores(&settings).await,
            scanner: Scanner::known(&settings, &folder),
            settings,
            folder,
            enrollment,
            machine,
            client,
        })
    }

    /// Asks every store.
    pub(crate) async fn look(&self, which: Which) -> Seen {
        let mut seen = Seen::default();
        let mut others = Others::before(Machine::this());
        for (number, podman) in self.stores.iter().enumerate() {
            let listed = match which {
                Which::Running => podman.running().await,
                Which::All => podman.all().await,
            };
            others.add(podman, &listed);
            seen.add(number, podman.name(), listed);
        }
        seen.unseen.runtimes = others.after(&self.settings.acknowledged_runtimes);
        seen
    }

    /// What a scan in this store works with.
    pub(crate) fn means<'a>(&'a self, store: usize, scans: &'a Scans) -> Option<Means<'a>> {
        Some(Means {
            podman: self.stores.get(store)?,
            syft: self.scanner.syft(),
            settings: &self.settings,
            scans,
        })
    }
}

/// The podman stores that the settings name; the first has no name of its own.
pub(crate) async fn stores(settings: &Settings) -> Vec<Podman> {
    let mut stores = vec![Podman::new(None, settings.podman.clone())];
    for (name, words) in &settings.stores.0 {
        stores.push(Podman::new(Some(name.clone()), words.clone()));
    }
    for user in &settings.users.0 {
        stores.push(Podman::of_user(user).await);
    }
    stores
}

/// Takes back and wipes what this process leaves when it is interrupted.
pub(crate) async fn tidy(settings: &Settings) {
    let Ok(folder) = StateFolder::find(&settings.state_dir) else {
        return;
    };
    // Whoever holds the lock now has tidied up, or will.
    if let Ok(_lock) = Lock::scanning(&folder, Duration::ZERO).await {
        clear_leftovers(&folder.scans(), &stores(settings).await).await;
    }
}

/// Which host this machine is. A token that doesn't say which machine's it is, as an older release
/// kept it, is taken for this one's, and says so from now on.
async fn enrollment(folder: &StateFolder, machine: &Identity) -> Result<Enrollment, StateError> {
    let enrollment = Enrollment::load(folder)?;
    enrollment.check(folder, machine)?;
    if let Some(warning) = Enrollment::exposure(folder) {
        tracing::warn!("{warning}");
    }
    if enrollment.machine.is_some() || machine.id.is_none() {
        return Ok(enrollment);
    }
    // Who reports just now may be writing the same. It can wait for the next time.
    if let Ok(_lock) = Lock::reporting(folder, Duration::ZERO).await {
        let noted = Enrollment {
            machine: machine.id.clone(),
            ..Enrollment::load(folder)?
        };
        if let Err(error) = noted.save(folder) {
            tracing::warn!("clones of this machine can't be known yet: {error}");
        }
    }
    Ok(enrollment)
}

/// What protects the way to the server: as the settings say, else as it was enrolled with.
pub(crate) fn security(settings: &Settings, enrollment: &Enrollment) -> Security {
    let file = |set: &Option<PathBuf>, kept: &Option<PathBuf>| set.clone().or(kept.clone());
    Security {
        ca_file: file(&settings.ca_file, &enrollment.ca_file),
        cert_file: file(&settings.cert_file, &enrollment.cert_file),
        key_file: file(&settings.key_file, &enrollment.key_file),
        insecure_http: settings.insecure_http.unwrap_or(enrollment.insecure_http),
    }
}

fn server(
    settings: &Settings,
    enrollment: &Enrollment,
    folder: &StateFolder,
) -> Result<ServerAddress, StateError> {
    if let Some(server) = &settings.server {
        return Ok(server.clone());
    }
    enrollment
        .server
        .parse()
        .map_err(|error: client::InvalidServer| {
            let path = Enrollment::path(folder);
            let reason = error.to_string();
            StateError::Damaged { path, reason }
        })
}
