//! What is wrong with a certificate: dug out of the errors that wrap it.

use std::{
    error::Error,
    io,
    iter::successors,
    time::{Duration, UNIX_EPOCH},
};

use rustls::{CertificateError, pki_types::UnixTime};

/// The last second that has a year of four digits, since 1970.
const LAST: u64 = 253_402_300_799;

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
    #[error("it is not valid at this time{0}")]
    OutOfDate(
        /// From or until when it is, and what time it is here, where that is known.
        String,
    ),
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
        CertificateError::Expired | CertificateError::NotValidYet => {
            CertificateFault::OutOfDate(String::new())
        }
        CertificateError::ExpiredContext { time, not_after } => {
            out_of_date("ended", *not_after, *time)
        }
        CertificateError::NotValidYetContext { time, not_before } => {
            out_of_date("begins", *not_before, *time)
        }
        CertificateError::Other(other) if other.to_string().contains("CaUsedAsEndEntity") => {
            CertificateFault::IsCa
        }
        other => CertificateFault::Other(other.to_string()),
    })
}

/// That a certificate's time has ended or not begun: the clock that says so may be the one that is wrong.
fn out_of_date(what: &str, then: UnixTime, now: UnixTime) -> CertificateFault {
    let shown = |time: UnixTime| {
        let seconds = Duration::from_secs(time.as_secs().min(LAST));
        httpdate::fmt_http_date(UNIX_EPOCH + seconds)
    };
    let (then, now) = (shown(then), shown(now));
    CertificateFault::OutOfDate(format!(
        "; its time {what} on {then}, and this machine's clock says {now}"
    ))
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
