//! The way out of an error, where it is the same for every program.

use super::{CertificateFault, ClientError};

impl ClientError {
    /// What to do about it, where that is known; a server's own hint stands with its words.
    #[must_use]
    pub const fn way_out(&self) -> Option<&'static str> {
        match self {
            Self::NoCertificates { .. } => Some(
                "install the package ca-certificates, or set SSL_CERT_FILE to a file of CA \
                 certificates",
            ),
            Self::Exposed(_) => Some(
                "address it by https://; only on a network where nobody listens, allow this with \
                 `insecure_http`",
            ),
            Self::NotTls(_) => Some(
                "address it by http:// if it is on this machine; else let it speak TLS, or a proxy \
                 before it",
            ),
            Self::NotHttp(_) => Some("it may speak TLS: address it by https://"),
            Self::UnusableProxy(_) => Some(
                "set HTTPS_PROXY to an http:// or https:// proxy, or exclude the server with \
                 NO_PROXY",
            ),
            Self::Untrusted { fault, .. } => Some(of_certificate(fault)),
            Self::NotTaken { .. } => Some(
                "show a certificate of a CA that the server's tls_client_ca holds, or use a token",
            ),
            Self::SentOn { .. } => Some(
                "set `server` to the address where assetmon itself answers, without a login page",
            ),
            Self::NotAssetmon { status: 413, .. } => Some(
                "a proxy in front of the server rejects bodies of this size: raise its limit to \
                 64 MiB (nginx: client_max_body_size 64m)",
            ),
            Self::NotAssetmon {
                status: 401 | 403, ..
            } => Some("a proxy in front of the server refuses, or another program answers there"),
            _ => None,
        }
    }
}

const fn of_certificate(fault: &CertificateFault) -> &'static str {
    match fault {
        CertificateFault::OtherName => "address the server by the name that its certificate is for",
        CertificateFault::OutOfDate(_) => {
            "compare the clocks of both machines; if they are right, renew the certificate"
        }
        CertificateFault::IsCa => {
            "have the CA sign a certificate for the server, and give the CA's by --ca FILE or ca_file"
        }
        CertificateFault::UnknownCa | CertificateFault::Other(_) => {
            "give its CA's certificate by --ca FILE or ca_file, or add it to the system's store"
        }
    }
}
