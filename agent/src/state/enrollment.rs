//! The token file: which host this machine is, at which server, and the proof of it.

use std::{fmt, fs, io, os::unix::fs::PermissionsExt, path::PathBuf};

use serde::{Deserialize, Serialize};

use super::{atomic, error::StateError, folder::StateFolder};
use crate::identity::Identity;

/// Which host this machine is.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Enrollment {
    /// The host's name.
    pub(crate) host: String,
    /// The server that enrolled it.
    pub(crate) server: String,
    /// The CAs that alone may have signed its certificate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) ca_file: Option<PathBuf>,
    /// The certificate that proves the host, where one does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) cert_file: Option<PathBuf>,
    /// Its private key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) key_file: Option<PathBuf>,
    /// Whether it is spoken with in the clear although it is on another machine.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) insecure_http: bool,
    /// Its token; empty where a certificate proves it.
    pub(crate) token: String,
    /// The machine that it was given to, where that has a machine ID.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) machine: Option<String>,
}

/// Leaves the token out, so that no log can show it.
impl fmt::Debug for Enrollment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Enrollment")
            .field("host", &self.host)
            .field("server", &self.server)
            .finish_non_exhaustive()
    }
}

impl Enrollment {
    /// The token to send; none where a certificate proves the host.
    pub(crate) fn token(&self) -> Option<String> {
        Some(self.token.clone()).filter(|token| !token.is_empty())
    }

    /// Where it is kept.
    pub(crate) fn path(folder: &StateFolder) -> PathBuf {
        folder.path().join("token")
    }

    /// Whether there is one already, damaged or not.
    pub(crate) fn exists(folder: &StateFolder) -> bool {
        fs::symlink_metadata(Self::path(folder)).is_ok()
    }

    /// The one that is kept in `folder`.
    ///
    /// # Errors
    /// [`StateError`]: there is none, or it can't be read.
    pub(crate) fn load(folder: &StateFolder) -> Result<Self, StateError> {
        let path = Self::path(folder);
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err(StateError::NotEnrolled(path));
            }
            Err(source) => {
                let what = "read";
                return Err(StateError::Io { path, what, source });
            }
        };
        // serde_json's words for what is wrong may quote the token, its category doesn't.
        serde_json::from_slice(&bytes).map_err(|error| StateError::Damaged {
            path,
            reason: format!("{:?} error at line {}", error.classify(), error.line()),
        })
    }

    /// That it is this machine's. One whose machine isn't noted is.
    ///
    /// # Errors
    /// [`StateError::Clone`]: it was given to another machine, of which this one is a clone.
    pub(crate) fn check(&self, folder: &StateFolder, machine: &Identity) -> Result<(), StateError> {
        match (&self.machine, &machine.id) {
            (Some(noted), Some(this)) if noted != this => Err(StateError::Clone {
                path: Self::path(folder),
                host: model::shown::on_one_line(&self.host, 253),
            }),
            _ => Ok(()),
        }
    }

    /// What is to be said where others may read the token.
    pub(crate) fn exposure(folder: &StateFolder) -> Option<String> {
        let path = Self::path(folder);
        let mode = fs::metadata(&path).ok()?.permissions().mode() & 0o777;
        let path = path.display();
        (mode & 0o077 != 0).then(|| {
            format!(
                "other users may read the token in {path} (mode {mode:04o}): `chmod 600 {path}`"
            )
        })
    }

    /// Keeps it in `folder`.
    ///
    /// # Errors
    /// [`StateError::Io`]: it can't be written.
    pub(crate) fn save(&self, folder: &StateFolder) -> Result<(), StateError> {
        let path = Self::path(folder);
        let what = "written";
        let io = |source| StateError::Io {
            path: path.clone(),
            what,
            source,
        };
        let text = serde_json::to_vec_pretty(self).map_err(|error| io(error.into()))?;
        atomic::write(&path, &text).map_err(io)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use std::{fs, os::unix::fs::PermissionsExt};

    use super::{Enrollment, StateFolder};

    fn enrollment() -> Enrollment {
        Enrollment {
            host: "web1".to_owned(),
            server: "http://127.0.0.1:8420".to_owned(),
            ca_file: None,
            cert_file: None,
            key_file: None,
            insecure_http: false,
            token: "canary".to_owned(),
            machine: None,
        }
    }

    #[test]
    fn the_token_is_kept_where_only_its_owner_can_read_it() {
        let root = tempfile::tempdir().unwrap();
        let folder = StateFolder::open(&root.path().join("state")).unwrap();
        enrollment().save(&folder).unwrap();
        let mode = |path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(Enrollment::path(&folder)), 0o600);
        assert_eq!(mode(folder.path().to_owned()), 0o700);
        assert_eq!(Enrollment::load(&folder).unwrap().token, "canary");
    }

    #[test]
    fn no_log_shows_the_token() {
        assert!(!format!("{:?}", enrollment()).contains("canary"));
    }

    #[test]
    fn a_damaged_token_file_is_named_and_not_quoted() {
        let root = tempfile::tempdir().unwrap();
        let folder = StateFolder::open(&root.path().join("state")).unwrap();
        fs::write(Enrollment::path(&folder), r#"{"token":"canary""#).unwrap();
        let error = Enrollment::load(&folder).unwrap_err().to_string();
        assert!(error.contains("token is damaged"), "{error}");
        assert!(!error.contains("canary"), "{error}");
    }
}
