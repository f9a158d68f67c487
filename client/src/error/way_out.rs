//! The way out of an error, where it is the same for every program.

use super::{CertificateFault, ClientError};

/// How a machine comes to trust a CA.
const TRUST_CA: &str =
    "put the CA's certificate into the system's store, or name its file by SSL_CERT_FILE";

impl ClientError {
    /// What to do about it, where that is known; a server's own hint stands with its words.
    #[must_use]
    pub const fn way_out(&self) -> Option<&'static str> {
        match self {
            Self::NoCertificates { .. } => Some(
                "install them (the package ca-certificates), or name a file of CA certificates \
                 by SSL_CERT_FILE",
            ),
            Self::UnusableProxy(_) => Some(
                "name an http:// or https:// proxy by HTTPS_PROXY, or except the server by NO_PROXY",
            ),
            Self::Untrusted { fault, .. } => Some(match fault {
                CertificateFault::OtherName => "name the server as its certificate does",
                CertificateFault::OutOfDate => {
                    "compare the clocks of both machines; if they are right, renew the certificate"
                }
                CertificateFault::UnknownCa | CertificateFault::Other(_) => TRUST_CA,
            }),
            Self::SentOn { .. } => Some(
                "set `server` to the address where assetmon itself answers, without a login page before it",
            ),
            Self::NotAssetmon { status: 413, .. } => Some(
                "a proxy in front of the server takes no body of this size: let it take 64 MiB \
                 (nginx: client_max_body_size 64m)",
            ),
            Self::NotAssetmon {
                status: 401 | 403, ..
            } => Some("a proxy in front of the server refuses, or another program answers there"),
            _ => None,
        }
    }
}
