//! TLS: the certificate that the server shows, kept up to date while it runs.
//!
//! The files are read again when they change and at SIGHUP. What can be used replaces what was
//! there, as a whole; what can't be leaves it as it was and is said in the log and in the status.

mod accept;
mod certificate;
mod files;
mod standing;
mod watch;

pub use accept::TlsAcceptor;
pub use certificate::{Certificate, ClientCertificate};
pub use files::TlsFiles;
pub use standing::Tls;
pub use watch::keep_up;
