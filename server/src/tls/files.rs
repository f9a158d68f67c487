//! The files that TLS is made of, and what they make together.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::{Context, bail};
use proto_types::Timestamp;
use rustls::{
    RootCertStore, ServerConfig,
    crypto::CryptoProvider,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
    server::{WebPkiClientVerifier, danger::ClientCertVerifier},
};

use super::certificate::Certificate;

/// No file of certificates or keys is larger, in bytes.
const LARGEST: u64 = 1 << 20;

/// The files that TLS is made of.
#[derive(Debug, Clone)]
pub struct TlsFiles {
    /// The server's certificate and those that lead to its CA, in PEM.
    pub certificate: PathBuf,
    /// Its private key, in PEM.
    pub key: PathBuf,
    /// The CAs whose certificates clients may show, in PEM.
    pub client_ca: Option<PathBuf>,
}

/// What the files hold.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Contents {
    certificate: Vec<u8>,
    key: Vec<u8>,
    client_ca: Option<Vec<u8>>,
}

/// Leaves the key out, so that no log can show it.
impl std::fmt::Debug for Contents {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Contents(…)")
    }
}

/// What connections are accepted with.
#[derive(Debug)]
pub(super) struct Loaded {
    pub(super) config: Arc<ServerConfig>,
    /// When the server's own certificate ends.
    pub(super) expires_at: Timestamp,
}

impl TlsFiles {
    /// Reads all of them.
    pub(super) fn read(&self) -> anyhow::Result<Contents> {
        Ok(Contents {
            certificate: read(&self.certificate)?,
            key: read(&self.key)?,
            client_ca: self.client_ca.as_deref().map(read).transpose()?,
        })
    }

    /// Makes of them what connections are accepted with.
    pub(super) fn load(&self, contents: &Contents) -> anyhow::Result<Loaded> {
        let chain = certificates(&self.certificate, &contents.certificate)?;
        let first = chain.first().context("there is no certificate")?;
        let expires_at = Certificate::read(first)?.not_after;
        let key = PrivateKeyDer::from_pem_slice(&contents.key)
            .with_context(|| format!("{} holds no private key in PEM", self.key.display()))?;
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let builder = ServerConfig::builder_with_provider(Arc::clone(&provider))
            .with_safe_default_protocol_versions()?;
        let builder = match (&self.client_ca, &contents.client_ca) {
            (Some(path), Some(pem)) => {
                builder.with_client_cert_verifier(clients_of(path, pem, provider)?)
            }
            _ => builder.with_no_client_auth(),
        };
        let mut config = builder.with_single_cert(chain, key).with_context(|| {
            let (certificate, key) = (self.certificate.display(), self.key.display());
            format!("the certificate {certificate} and the key {key} do not fit together")
        })?;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Loaded {
            config: Arc::new(config),
            expires_at,
        })
    }
}

/// Clients may show a certificate of one of these CAs, or none: then a token is what they need.
fn clients_of(
    path: &Path,
    pem: &[u8],
    provider: Arc<CryptoProvider>,
) -> anyhow::Result<Arc<dyn ClientCertVerifier>> {
    let mut roots = RootCertStore::empty();
    for certificate in certificates(path, pem)? {
        roots
            .add(certificate)
            .with_context(|| format!("{} holds a certificate that is no CA's", path.display()))?;
    }
    WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider)
        .allow_unauthenticated()
        .build()
        .with_context(|| format!("no client can be checked by {}", path.display()))
}

fn certificates(path: &Path, pem: &[u8]) -> anyhow::Result<Vec<CertificateDer<'static>>> {
    let all: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem).collect();
    let all = all.with_context(|| format!("{} can't be read as PEM", path.display()))?;
    if all.is_empty() {
        bail!("{} holds no certificate in PEM", path.display());
    }
    Ok(all)
}

fn read(path: &Path) -> anyhow::Result<Vec<u8>> {
    let unreadable = || format!("{} can't be read", path.display());
    let size = fs::metadata(path).with_context(unreadable)?.len();
    if size > LARGEST {
        bail!("{} is too large for certificates or a key", path.display());
    }
    fs::read(path).with_context(unreadable)
}
