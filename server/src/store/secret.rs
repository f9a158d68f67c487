//! Tokens and codes: 256 random bits that are shown once and kept as a hash.

use sha2::{Digest, Sha256};

use super::{Result, StoreError};

/// What is kept of a secret: its SHA-256. With 256 random bits in the secret, nothing slower
/// than that is needed, and it can be looked up by an index.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct SecretHash([u8; 32]);

impl SecretHash {
    /// The hash of a secret as its holder presents it.
    #[must_use]
    pub fn of(secret: &str) -> Self {
        Self(Sha256::digest(secret.as_bytes()).into())
    }

    /// A hash that was made elsewhere, of what proves its holder in another way than a secret does.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Its 32 bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl std::fmt::Debug for SecretHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SecretHash(…)")
    }
}

/// A new secret. The prefix says what it is for, so that a leaked one can be recognised.
///
/// # Errors
/// [`StoreError::Engine`] where the system has no random bytes to give.
pub fn generate(prefix: &str) -> Result<String> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|error| StoreError::Engine(error.to_string().into()))?;
    Ok(format!("{prefix}_{}", hex::encode(bytes)))
}
