//! What `assetctl` said and how it ended.

use std::process::Command;

use serde::de::DeserializeOwned;

use crate::process::output;

/// What `assetctl` said.
#[derive(Debug)]
pub struct Said {
    /// How it was called, for messages.
    command: String,
    /// The exit status; none where a signal ended it.
    pub status: Option<i32>,
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
}

impl Said {
    pub(crate) fn by(command: &mut Command) -> Self {
        let output = output(command);
        let arguments = command.get_args().map(|word| word.to_string_lossy());
        Self {
            command: arguments.collect::<Vec<_>>().join(" "),
            status: output.status.code(),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// The same, if it ended with this exit status.
    ///
    /// # Panics
    /// It ended with another.
    pub fn with_status(self, status: i32) -> Self {
        assert_eq!(
            self.status,
            Some(status),
            "assetctl {}\n{}{}",
            self.command,
            self.stdout,
            self.stderr
        );
        self
    }

    /// Standard output as the document that it must be.
    ///
    /// # Panics
    /// It is something else.
    pub fn read<T: DeserializeOwned>(&self) -> T {
        match serde_json::from_str(&self.stdout) {
            Ok(value) => value,
            Err(error) => panic!("assetctl {}: {error} in {}", self.command, self.stdout),
        }
    }

    /// The lines of standard output.
    pub fn lines(&self) -> Vec<&str> {
        self.stdout.lines().collect()
    }
}
