//! The settings: defaults, under the file, under the environment, under the flags.

mod acknowledged;
mod given;
mod units;
mod users;
mod words;

use std::{
    fs, io,
    path::{Path, PathBuf},
    time::Duration,
};

use client::ServerAddress;
use terminal::LogFormat;

pub(crate) use acknowledged::Acknowledged;
pub(crate) use given::{Given, LogLevel};
pub(crate) use units::{Size, Span};
pub(crate) use users::Users;
pub(crate) use words::{Stores, Words};

/// The shortest time between two full reports of `watch`.
const SHORTEST: Duration = Duration::from_secs(1);

/// Where the settings file is looked for when none is named.
pub(crate) const DEFAULT_FILE: &str = "/etc/assetmon/agent.toml";

/// The settings that a command works by.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    /// The server, where the settings name one.
    pub(crate) server: Option<ServerAddress>,
    /// The CAs that alone may have signed the server's certificate, where the settings name them.
    pub(crate) ca_file: Option<PathBuf>,
    /// The certificate to show in a token's place, where the settings name one.
    pub(crate) cert_file: Option<PathBuf>,
    /// Its private key.
    pub(crate) key_file: Option<PathBuf>,
    /// Whether `http://` may be spoken with another machine, where the settings say so.
    pub(crate) insecure_http: Option<bool>,
    /// Where the token, the counter and temporary files are kept.
    pub(crate) state_dir: PathBuf,
    /// The podman command.
    pub(crate) podman: Words,
    /// Further podman stores.
    pub(crate) stores: Stores,
    /// The users whose podman stores are looked at too.
    pub(crate) users: Users,
    /// The runtimes that needn't be looked at.
    pub(crate) acknowledged_runtimes: Acknowledged,
    /// The syft command.
    pub(crate) syft: Words,
    /// How long one scan may take.
    pub(crate) scan_time: Duration,
    /// How much memory one scan may use, in bytes.
    pub(crate) scan_memory: u64,
    /// How much temporary space one scan may use, in bytes.
    pub(crate) scan_space: u64,
    /// How long to go on trying to send a report.
    pub(crate) report_patience: Duration,
    /// How long to go on trying to send what a scan found.
    pub(crate) upload_patience: Duration,
    /// How often `watch` reports everything.
    pub(crate) full_every: Duration,
    /// How the log is written.
    pub(crate) log_format: LogFormat,
    /// How much the log says.
    pub(crate) log_level: LogLevel,
}

/// A settings file that can't be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SettingsError {
    /// It can't be read.
    #[error("the settings file {} can't be read: {source}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// It says something that isn't a setting, or not the right way.
    #[error("the settings file {} is invalid: {}", path.display(), reason.trim_end())]
    Wrong {
        /// The file.
        path: PathBuf,
        /// What and where.
        reason: String,
    },
    /// Two stores with one name.
    #[error("`{0}` is in `stores` and in `users`: give the store another name")]
    Twice(String),
}

impl Settings {
    /// The settings from what was given on the command line and in the environment, and from the
    /// file.
    ///
    /// # Errors
    /// [`SettingsError`]: `file` is named and can't be read, or what it says is no setting.
    pub(crate) fn load(given: Given, file: Option<&Path>) -> Result<Self, SettingsError> {
        let written = match file {
            Some(path) => read(path)?,
            None => match read(Path::new(DEFAULT_FILE)) {
                Err(SettingsError::Unreadable { source, .. })
                    if source.kind() == io::ErrorKind::NotFound =>
                {
                    Given::default()
                }
                other => other?,
            },
        };
        let settings = Self::from(given.or(written));
        let stores = &settings.stores.0;
        match settings
            .users
            .0
            .iter()
            .find(|user| stores.contains_key(*user))
        {
            Some(user) => Err(SettingsError::Twice(user.clone())),
            None => Ok(settings),
        }
    }
}

impl From<Given> for Settings {
    fn from(given: Given) -> Self {
        let minutes = |count: u64| Duration::from_secs(count * 60);
        let span = |given: Option<Span>, otherwise| given.map_or(otherwise, |span| span.0);
        let size = |given: Option<Size>, otherwise| given.map_or(otherwise, |size| size.0);
        Self {
            server: given.server,
            ca_file: given.ca_file,
            cert_file: given.cert_file,
            key_file: given.key_file,
            insecure_http: given.insecure_http,
            state_dir: given
                .state_dir
                .unwrap_or_else(|| PathBuf::from("/var/lib/assetmon-agent")),
            podman: given.podman.unwrap_or_else(|| Words::one("podman")),
            stores: given.stores.unwrap_or_default(),
            users: given.users.unwrap_or_default(),
            acknowledged_runtimes: given.acknowledged_runtimes.unwrap_or_default(),
            syft: given.syft.unwrap_or_else(|| Words::one("syft")),
            scan_time: span(given.scan_time, minutes(15)),
            scan_memory: size(given.scan_memory, 1 << 30),
            scan_space: size(given.scan_space, 2 << 30),
            report_patience: span(given.report_patience, minutes(2)),
            upload_patience: span(given.upload_patience, minutes(10)),
            full_every: span(given.full_every, minutes(10)).max(SHORTEST),
            log_format: given.log_format.unwrap_or(LogFormat::Plain),
            log_level: given.log_level.unwrap_or(LogLevel::Info),
        }
    }
}

fn read(path: &Path) -> Result<Given, SettingsError> {
    let text = fs::read_to_string(path).map_err(|source| SettingsError::Unreadable {
        path: path.to_owned(),
        source,
    })?;
    toml::from_str(&text).map_err(|error| SettingsError::Wrong {
        path: path.to_owned(),
        // serde's word for what people write in brackets.
        reason: error.to_string().replace(
            "expected a sequence",
            "expected a list, as in [\"one\", \"two\"]",
        ),
    })
}

#[cfg(test)]
mod tests;
