//! The token file: which host this machine is, at which server, and the proof of it.

use std::{fmt, fs, io, path::PathBuf};

use serde::{Deserialize, Serialize};

use super::{atomic, error::StateError, folder::StateFolder};

/// Which host this machine is.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Enrollment {
    /// The host's name.
    pub(crate) host: String,
    /// The server that enrolled it.
    pub(crate) server: String,
    /// Its token.
    pub(crate) token: String,
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
            token: "canary".to_owned(),
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
