//! Another user of this machine, whose podman is run as that user: root's own podman would change
//! the owners of what it touches in their store, and theirs would fail from then on.

use std::{
    fs, io,
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
    time::Duration,
};

use rustix::thread::{CapabilitySet, capabilities};

use crate::{
    passwd::Line,
    process::{Bounds, Program, ProgramError},
    settings::Words,
};

/// How long the look-up of an account may take: it may be asked of a directory over the network.
const LOOK_UP: Duration = Duration::from_secs(30);

/// A user of this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Account {
    name: String,
    uid: u32,
    gid: u32,
}

/// A user whose podman can't be run.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NoAccount {
    /// The machine doesn't know them.
    #[error("there is no user `{0}` on this machine; remove the name from `users`")]
    Unknown(String),
    /// They can't be looked up.
    #[error("the user `{name}` can't be looked up: {reason}")]
    Unclear {
        /// Their name.
        name: String,
        /// Why.
        reason: String,
    },
    /// It is the user that the agent runs as.
    #[error(
        "`{0}` is the user that the agent runs as, whose podman is asked anyway; remove the name from `users`"
    )]
    Own(String),
    /// The agent may not become another user.
    #[error(
        "only root can run podman as `{0}`; run the agent as root, or remove the name from `users`"
    )]
    NotRoot(String),
    /// What started the agent keeps it from becoming anybody.
    #[error(
        "the agent is root, but may not run podman as `{0}`: its service lacks the capabilities for that; add the drop-in `users.conf` to it, or remove the name from `users`"
    )]
    Confined(String),
}

impl Account {
    /// Looks a user up.
    ///
    /// # Errors
    /// [`NoAccount`].
    pub(crate) async fn look_up(name: &str) -> Result<Self, NoAccount> {
        let bounds = Bounds {
            time: LOOK_UP,
            output: 64 << 10,
            memory: None,
            space: None,
        };
        let getent = Program::new(&Words::one("getent")).args(&["passwd", "--", name]);
        let line = match getent.run(&bounds).await {
            Ok(finished) => String::from_utf8_lossy(&finished.stdout).into_owned(),
            // Its status for a key that isn't there.
            Err(ProgramError::Failed { status, .. }) if status.code() == Some(2) => {
                return Err(NoAccount::Unknown(name.to_owned()));
            }
            Err(error) => return Err(unclear(name, error.to_string())),
        };
        let account = Self::read(&line)
            .ok_or_else(|| unclear(name, format!("`getent` printed `{}`", line.trim())))?;
        let own = rustix::process::geteuid();
        match (own.as_raw() == account.uid, own.is_root()) {
            (true, _) => Err(NoAccount::Own(name.to_owned())),
            (false, false) => Err(NoAccount::NotRoot(name.to_owned())),
            (false, true) if is_confined() => Err(NoAccount::Confined(name.to_owned())),
            (false, true) => Ok(account),
        }
    }

    /// The account in a line of `passwd(5)`.
    fn read(line: &str) -> Option<Self> {
        let Line { name, uid, gid, .. } = Line::read(line)?;
        Some(Self { name, uid, gid })
    }

    /// Their number.
    pub(crate) const fn uid(&self) -> u32 {
        self.uid
    }

    /// A command that is run as they would run it, with nothing of the agent's environment.
    pub(crate) fn program(&self, words: &[&str]) -> Program {
        let (uid, gid) = (self.uid.to_string(), self.gid.to_string());
        let first = words.first().copied().unwrap_or_default();
        let mut program = Program::new(&Words::one("setpriv"))
            .called(format!("{first} of {}", self.name))
            // Where the agent stands, they may not be let in.
            .folder(Path::new("/"))
            .args(&["--reuid", &uid, "--regid", &gid, "--init-groups"])
            .args(&["--reset-env", "--", "env"]);
        if let Some(folder) = self.runtime_folder() {
            let mut variable = std::ffi::OsString::from("XDG_RUNTIME_DIR=");
            variable.push(folder);
            program = program.arg(variable);
        }
        program.args(words)
    }

    /// Whether any process is theirs. Where none is, none of their containers runs: each has a
    /// process of theirs that watches it.
    ///
    /// # Errors
    /// [`io::Error`]: the processes can't be listed.
    pub(crate) fn has_processes(&self) -> io::Result<bool> {
        for entry in fs::read_dir("/proc")? {
            let entry = entry?;
            let is_process = entry
                .file_name()
                .to_string_lossy()
                .bytes()
                .all(|byte| byte.is_ascii_digit());
            // One that has ended meanwhile is nobody's.
            if is_process && entry.metadata().is_ok_and(|found| found.uid() == self.uid) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Where their session keeps what lasts as long as it does, if they have one.
    fn runtime_folder(&self) -> Option<PathBuf> {
        let folder = PathBuf::from(format!("/run/user/{}", self.uid));
        let found = fs::symlink_metadata(&folder).ok()?;
        (found.is_dir() && found.uid() == self.uid).then_some(folder)
    }
}

/// Whether this process lacks the capabilities to become another user.
fn is_confined() -> bool {
    let needed = CapabilitySet::SETUID | CapabilitySet::SETGID;
    capabilities(None).is_ok_and(|sets| !sets.effective.contains(needed))
}

fn unclear(name: &str, reason: String) -> NoAccount {
    NoAccount::Unclear {
        name: name.to_owned(),
        reason,
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::{Account, NoAccount};

    #[tokio::test]
    async fn a_user_that_is_not_there_is_said_to_be_unknown() {
        let found = Account::look_up("nobody-of-this-name").await;
        assert_eq!(
            found.unwrap_err(),
            NoAccount::Unknown("nobody-of-this-name".to_owned())
        );
    }
}
