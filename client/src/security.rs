//! What protects the way to a server: whom its certificate must be from, and what is refused.

use std::{
    fs,
    path::{Path, PathBuf},
};

use reqwest::{Certificate, ClientBuilder};

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

    /// Lets a client trust whom it is to.
    pub(crate) fn trusting(&self, builder: ClientBuilder) -> Result<ClientBuilder> {
        match &self.ca_file {
            Some(path) => Ok(builder.tls_certs_only(certificates(path)?)),
            None => Ok(builder),
        }
    }
}

fn certificates(path: &Path) -> Result<Vec<Certificate>> {
    let unusable = |reason: String| ClientError::UnusableFile {
        what: "the CA file",
        path: path.to_owned(),
        reason,
    };
    let pem = fs::read(path).map_err(|error| unusable(error.to_string()))?;
    let all =
        Certificate::from_pem_bundle(&pem).map_err(|_| unusable("it is no PEM".to_owned()))?;
    if all.is_empty() {
        return Err(unusable("it holds no certificate in PEM".to_owned()));
    }
    Ok(all)
}
