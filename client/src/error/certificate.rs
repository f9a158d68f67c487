//! What is wrong with a certificate: dug out of the errors that wrap it.

use std::{error::Error, io, iter::successors};

use rustls::CertificateError;

/// What is wrong with a server's certificate.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CertificateFault {
    /// Nobody whom this machine trusts has signed it.
    #[error("it is signed by an unknown authority")]
    UnknownCa,
    /// It is another server's.
    #[error("it is for another name")]
    OtherName,
    /// Its time is over or hasn't come.
    #[error("it is not valid at this time")]
    OutOfDate,
    /// It is a CA's own, which no server may show.
    #[error("it is a CA's own certificate")]
    IsCa,
    /// Anything else, in the words of the TLS library.
    #[error("{0}")]
    Other(String),
}

/// What is wrong with the certificate, where it is that which an error is about.
pub(crate) fn fault(error: &(dyn Error + 'static)) -> Option<CertificateFault> {
    let rustls::Error::InvalidCertificate(fault) = tls_error(error)? else {
        return None;
    };
    Some(match fault {
        // A CA that was made anew under its old name signs differently.
        CertificateError::UnknownIssuer | CertificateError::BadSignature => {
            CertificateFault::UnknownCa
        }
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            CertificateFault::OtherName
        }
        CertificateError::Expired
        | CertificateError::ExpiredContext { .. }
        | CertificateError::NotValidYet
        | CertificateError::NotValidYetContext { .. } => CertificateFault::OutOfDate,
        CertificateError::Other(other) if other.to_string().contains("CaUsedAsEndEntity") => {
            CertificateFault::IsCa
        }
        other => CertificateFault::Other(other.to_string()),
    })
}

/// Whether an error is the TLS library's.
pub(crate) fn is_of_tls(error: &(dyn Error + 'static)) -> bool {
    tls_error(error).is_some()
}

pub(super) fn tls_error<'e>(error: &'e (dyn Error + 'static)) -> Option<&'e rustls::Error> {
    behind(error).find_map(|one| one.downcast_ref())
}

/// An error and everything that it wraps.
pub(super) fn behind<'e>(
    error: &'e (dyn Error + 'static),
) -> impl Iterator<Item = &'e (dyn Error + 'static)> {
    successors(Some(error), |&one| inner(one))
}

/// What an error wraps. An I/O error's own `source` passes over the error that it was made of.
fn inner<'e>(error: &'e (dyn Error + 'static)) -> Option<&'e (dyn Error + 'static)> {
    match error.downcast_ref::<io::Error>() {
        Some(wrapper) => wrapper.get_ref().map(|inner| inner as _),
        None => error.source(),
    }
}
