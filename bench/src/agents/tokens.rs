//! The tokens of a fleet's hosts, kept as their bits: a million of them take 32 MB.

/// Bytes of a token's secret part.
const BYTES: usize = 32;

/// The hosts' tokens, by the hosts' numbers.
#[derive(Debug, Default)]
pub struct Tokens {
    prefix: String,
    secrets: Vec<[u8; BYTES]>,
}

/// A token that isn't `PREFIX_` and 64 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a token of the server is not as expected: a word, `_` and 64 hexadecimal digits")]
pub struct StrangeToken;

impl Tokens {
    /// Room for so many hosts.
    #[must_use]
    pub fn for_hosts(hosts: u32) -> Self {
        Self {
            prefix: String::new(),
            secrets: vec![[0; BYTES]; hosts as usize],
        }
    }

    /// Keeps a host's token.
    ///
    /// # Errors
    /// [`StrangeToken`]: it isn't written as the others are.
    pub fn keep(&mut self, host: u32, token: &str) -> Result<(), StrangeToken> {
        let (prefix, digits) = token.rsplit_once('_').ok_or(StrangeToken)?;
        if self.prefix.is_empty() {
            prefix.clone_into(&mut self.prefix);
        }
        let slot = self.secrets.get_mut(host as usize).ok_or(StrangeToken)?;
        if self.prefix != prefix {
            return Err(StrangeToken);
        }
        hex::decode_to_slice(digits, slot).map_err(|_| StrangeToken)
    }

    /// A host's token, as the server gave it.
    #[must_use]
    pub fn of(&self, host: u32) -> Option<String> {
        let secret = self.secrets.get(host as usize)?;
        Some(format!("{}_{}", self.prefix, hex::encode(secret)))
    }

    /// All of them as bytes: the prefix, a line break, the bits of one after the other.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = format!("{}\n", self.prefix).into_bytes();
        bytes.extend(self.secrets.as_flattened());
        bytes
    }

    /// What [`Self::to_bytes`] wrote.
    ///
    /// # Errors
    /// [`StrangeToken`]: the bytes are something else.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, StrangeToken> {
        let end = bytes
            .iter()
            .position(|byte| *byte == b'\n')
            .ok_or(StrangeToken)?;
        let prefix = std::str::from_utf8(&bytes[..end]).map_err(|_| StrangeToken)?;
        let (secrets, rest) = bytes[end + 1..].as_chunks();
        if !rest.is_empty() {
            return Err(StrangeToken);
        }
        Ok(Self {
            prefix: prefix.to_owned(),
            secrets: secrets.to_vec(),
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{StrangeToken, Tokens};

    #[test]
    fn a_token_comes_back_as_the_server_gave_it() {
        let mut tokens = Tokens::for_hosts(2);
        let token = format!("amh_{}", "0f".repeat(32));
        tokens.keep(1, &token).unwrap();
        let read = Tokens::from_bytes(&tokens.to_bytes()).unwrap();
        assert_eq!(read.of(1), Some(token));
        assert_eq!(read.of(2), None);
    }

    #[test]
    fn what_is_not_a_token_is_refused() {
        let mut tokens = Tokens::for_hosts(1);
        assert_eq!(tokens.keep(0, "amh_0f"), Err(StrangeToken));
        assert_eq!(tokens.keep(0, "0f"), Err(StrangeToken));
        assert!(Tokens::from_bytes(b"amh\n123").is_err());
    }
}
