//! What is kept between the simulator's commands: the fleet's shape, its tokens, how far it has lived.

use std::{
    fs::{self, OpenOptions},
    io::{self, Write},
    os::unix::fs::OpenOptionsExt,
    path::Path,
};

use proto_types::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    error::{AgentError, Result},
    tokens::Tokens,
};
use crate::{landmarks::Landmarks, shape::Shape};

/// The file of all but the tokens.
const FLEET: &str = "fleet.json";
/// The file of the tokens.
const TOKENS: &str = "tokens";

/// What is kept between the simulator's commands.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct State {
    /// The fleet's shape.
    pub shape: Shape,
    /// What the questions are about.
    pub landmarks: Landmarks,
    /// The cycle that every host has reported.
    pub cycle: u32,
    /// When every host had reported for the first time.
    pub filled_at: Timestamp,
    /// A token that questions are asked with.
    pub reader: String,
}

impl State {
    /// Keeps it in a folder, with the hosts' tokens where there are new ones. Both files are for
    /// their owner alone.
    ///
    /// # Errors
    /// [`AgentError::State`]: the folder can't be written.
    pub fn write(&self, folder: &Path, tokens: Option<&Tokens>) -> Result<()> {
        let failed = |source| at(folder, source);
        fs::create_dir_all(folder).map_err(failed)?;
        let json = serde_json::to_vec_pretty(self).map_err(|error| failed(error.into()))?;
        write(&folder.join(FLEET), &json)?;
        match tokens {
            Some(tokens) => write(&folder.join(TOKENS), &tokens.to_bytes()),
            None => Ok(()),
        }
    }

    /// What an earlier command kept in a folder.
    ///
    /// # Errors
    /// [`AgentError::State`]: there is nothing, or something else.
    pub fn read(folder: &Path) -> Result<Self> {
        let path = folder.join(FLEET);
        let json = fs::read(&path).map_err(|source| at(&path, source))?;
        serde_json::from_slice(&json).map_err(|error| at(&path, error.into()))
    }

    /// The tokens that an earlier command kept in a folder.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub fn tokens(folder: &Path) -> Result<Tokens> {
        let path = folder.join(TOKENS);
        let bytes = fs::read(&path).map_err(|source| at(&path, source))?;
        Ok(Tokens::from_bytes(&bytes)?)
    }
}

fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    let mut options = OpenOptions::new();
    let opened = options
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(path);
    let written = opened.and_then(|mut file| file.write_all(bytes));
    written.map_err(|source| at(path, source))
}

fn at(path: &Path, source: io::Error) -> AgentError {
    AgentError::State {
        path: path.to_owned(),
        source,
    }
}
