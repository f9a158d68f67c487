//! What a certificate says: whose key it is for, and when it is good.

use std::{convert::Infallible, sync::Arc};

use anyhow::Context;
use axum::{extract::FromRequestParts, http::request::Parts};
use proto_types::Timestamp;
use rustls::pki_types::{CertificateDer, pem::PemObject};
use sha2::{Digest, Sha256};
use x509_parser::{prelude::FromDer, x509::SubjectPublicKeyInfo};

use crate::store::secret::SecretHash;

/// What is put before a key when it is hashed: no token begins so, since no header may hold a NUL.
const OF_A_KEY: &[u8] = b"assetmon client key\0";

/// A certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// What proves its holder, where a token's hash would.
    pub key: SecretHash,
    /// From when on it is good.
    pub not_before: Timestamp,
    /// Until when.
    pub not_after: Timestamp,
}

impl Certificate {
    /// Reads a certificate.
    ///
    /// # Errors
    /// It isn't one.
    pub fn read(der: &CertificateDer<'_>) -> anyhow::Result<Self> {
        let (_, certificate) = x509_parser::certificate::X509Certificate::from_der(der)
            .context("the certificate can't be read")?;
        let validity = certificate.validity();
        Ok(Self {
            key: hash(certificate.public_key()),
            not_before: moment(validity.not_before.timestamp()),
            not_after: moment(validity.not_after.timestamp()),
        })
    }

    /// Reads a certificate in PEM.
    ///
    /// # Errors
    /// It isn't one.
    pub fn from_pem(pem: &str) -> anyhow::Result<Self> {
        let der = CertificateDer::from_pem_slice(pem.as_bytes())
            .context("it holds no certificate in PEM")?;
        Self::read(&der)
    }

    /// Whether it is good at a moment.
    #[must_use]
    pub fn is_good(&self, now: Timestamp) -> bool {
        (self.not_before..=self.not_after).contains(&now)
    }
}

/// The certificate that a client showed, where it showed one: a CA that the server trusts for that
/// has signed it.
#[derive(Debug, Clone)]
pub struct ClientCertificate(pub Option<Arc<Certificate>>);

impl ClientCertificate {
    /// That of the connection that a request came by.
    #[must_use]
    pub fn of(parts: &Parts) -> Self {
        let shown = parts.extensions.get::<Self>();
        shown.cloned().unwrap_or(Self(None))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for ClientCertificate {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self::of(parts))
    }
}

fn hash(key: &SubjectPublicKeyInfo<'_>) -> SecretHash {
    let mut hash = Sha256::new();
    hash.update(OF_A_KEY);
    hash.update(key.raw);
    SecretHash::from_bytes(hash.finalize().into())
}

/// A time that no clock shows is far off either way.
fn moment(seconds: i64) -> Timestamp {
    Timestamp::from_second(seconds).unwrap_or(match seconds.is_negative() {
        true => Timestamp::MIN,
        false => Timestamp::MAX,
    })
}
