//! What protects the way to a server: whom its certificate must be from, which
//! one is shown to it, and what is refused.

use std::{
    fs,
    path::{Path, PathBuf},
};

use reqwest::{Certificate, ClientBuilder, Identity};

use crate::{
    error::{ClientError, Result},
    server::ServerAddress,
};

/// What protects the way to a server.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Security {
    /// The certificates of the CAs that alone may have signed the server's, in PEM. Where there is
    /// no such file, the system's CAs count.
    pub ca_file: Option<PathBuf>,
    /// The certificate that is shown to the server in a token's place, in PEM.
    pub cert_file: Option<PathBuf>,
    /// The certificate's private key, in PEM.
    pub key_file: Option<PathBuf>,
    /// Whether `http://` may be spoken with another machine, which shows the token to the network.
    pub insecure_http: bool,
}

impl Security {
    /// That nothing secret would leave this machine in the clear.
    pub(crate) fn allows(&self, server: &ServerAddress) -> Result<()> {
        match server.is_exposed() && !self.insecure_http {
            true => Err(ClientError::Exposed(server.to_string())),
            false => Ok(()),
        }
    }

    /// Lets a client trust whom it is to, and show what it is to.
    pub(crate) fn applied(&self, builder: ClientBuilder) -> Result<ClientBuilder> {
        let builder = match &self.ca_file {
            Some(path) => builder.tls_certs_only(certificates(path)?),
            None => builder,
        };
        match (&self.cert_file, &self.key_file) {
            (Some(certificate), Some(key)) => Ok(builder.identity(identity(certificate, key)?)),
            (None, None) => Ok(builder),
            (Some(path), None) => Err(of_certificate(
                path,
                "its key is missing: name its file too",
            )),
            (None, Some(path)) => Err(of_certificate(
                path,
                "its certificate is missing: name its file too",
            )),
        }
    }

    /// What is to be said where the TLS library takes one of the files for unusable; whether it
    /// would take others tells which.
    pub(crate) fn unusable(&self, takes: impl FnOnce(&Self) -> bool) -> Option<ClientError> {
        let without = Self {
            cert_file: None,
            key_file: None,
            ..self.clone()
        };
        if let Some(path) = &self.cert_file
            && takes(&without)
        {
            let reason = "it is no X.509 certificate of version 3, or its key is another's";
            return Some(of_certificate(path, reason));
        }
        let path = self.ca_file.as_ref()?;
        Some(of_ca(path, "it holds what is no certificate"))
    }

    /// Whether a certificate is shown.
    #[must_use]
    pub const fn shows_certificate(&self) -> bool {
        self.cert_file.is_some()
    }
}

fn certificates(path: &Path) -> Result<Vec<Certificate>> {
    let pem = fs::read(path).map_err(|error| of_ca(path, &error.to_string()))?;
    let all = Certificate::from_pem_bundle(&pem).map_err(|_| of_ca(path, "it is no PEM"))?;
    if all.is_empty() {
        return Err(of_ca(path, "it holds no certificate in PEM"));
    }
    Ok(all)
}

fn identity(certificate: &Path, key: &Path) -> Result<Identity> {
    let read = |path| fs::read(path).map_err(|error| of_certificate(path, &error.to_string()));
    let pem = [read(certificate)?, b"\n".to_vec(), read(key)?].concat();
    Identity::from_pem(&pem)
        .map_err(|_| of_certificate(certificate, "the files hold no certificate and key in PEM"))
}

fn of_ca(path: &Path, reason: &str) -> ClientError {
    unusable("the CA file", path, reason)
}

fn of_certificate(path: &Path, reason: &str) -> ClientError {
    unusable("the client certificate", path, reason)
}

fn unusable(what: &'static str, path: &Path, reason: &str) -> ClientError {
    ClientError::UnusableFile {
        what,
        path: path.to_owned(),
        reason: reason.to_owned(),
    }
}
