//! Tokens and codes: 256 random bits that are shown once and kept as a hash.

use std::borrow::Cow;

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

/// How many characters of a secret follow its prefix.
const LENGTH: usize = 64;
/// What secrets begin with: a reader's or an admin's token, a host's, a code.
const PREFIXES: [&str; 3] = ["amt_", "amh_", "code_"];

/// The text without the secrets in it, where somebody wrote one into a name or a path.
#[must_use]
pub fn redacted(text: &str) -> Cow<'_, str> {
    let mut clean = Cow::Borrowed(text);
    for prefix in PREFIXES {
        let mut from = 0;
        while let Some(found) = clean[from..].find(prefix) {
            from += found + prefix.len();
            let rest = clean[from..].bytes();
            if rest.take_while(u8::is_ascii_hexdigit).count() >= LENGTH {
                clean.to_mut().replace_range(from..from + LENGTH, "…");
            }
        }
    }
    clean
}

/// A new secret. The prefix says what it is for, so that a leaked one can be recognized.
///
/// # Errors
/// [`StoreError::Engine`] where the system has no random bytes to give.
pub fn generate(prefix: &str) -> Result<String> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|error| StoreError::Engine(error.to_string().into()))?;
    Ok(format!("{prefix}_{}", hex::encode(bytes)))
}

#[cfg(test)]
mod tests {
    use super::{Result, generate, redacted};

    #[test]
    fn a_secret_is_taken_out_wherever_it_stands() -> Result<()> {
        for prefix in ["amt", "amh", "code"] {
            let secret = generate(prefix)?;
            let text = format!("/api/v1/tokens/{secret}?a={secret}&b=amt_é");
            let clean = format!("/api/v1/tokens/{prefix}_…?a={prefix}_…&b=amt_é");
            assert_eq!(redacted(&text), clean);
        }
        let name = format!("amt_{}", "a".repeat(63));
        assert_eq!(redacted(&name), name);
        Ok(())
    }
}
