//! A CA of a test's own, and what it signs.

use std::{
    fs,
    path::{Path, PathBuf},
};

use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
};
use tempfile::TempDir;

/// A CA of a test's own.
pub struct Authority {
    /// The file of its certificate.
    pub file: PathBuf,
    issuer: Issuer<'static, KeyPair>,
    dir: TempDir,
}

/// The files of a certificate and its key.
pub struct Pair {
    pub certificate: PathBuf,
    pub key: PathBuf,
}

impl Authority {
    pub fn new() -> Self {
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, "CA");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("ca.pem");
        fs::write(&file, params.self_signed(&key).unwrap().pem()).unwrap();
        Self {
            file,
            issuer: Issuer::new(params, key),
            dir,
        }
    }

    /// Signs a certificate for a server on this machine, or for a client.
    pub fn sign(&self, name: &str, change: impl FnOnce(&mut CertificateParams)) -> Pair {
        let key = KeyPair::generate().unwrap();
        let pair = Pair {
            certificate: self.dir.path().join(format!("{name}.pem")),
            key: self.dir.path().join(format!("{name}.key")),
        };
        fs::write(&pair.key, key.serialize_pem()).unwrap();
        self.sign_again(&pair, change);
        pair
    }

    /// Signs another certificate for the same key.
    pub fn sign_again(&self, pair: &Pair, change: impl FnOnce(&mut CertificateParams)) {
        let mut params = CertificateParams::new(["127.0.0.1".to_owned()]).unwrap();
        params.extended_key_usages = vec![
            ExtendedKeyUsagePurpose::ServerAuth,
            ExtendedKeyUsagePurpose::ClientAuth,
        ];
        change(&mut params);
        let key = KeyPair::from_pem(&fs::read_to_string(&pair.key).unwrap()).unwrap();
        let certificate = params.signed_by(&key, &self.issuer).unwrap();
        fs::write(&pair.certificate, certificate.pem()).unwrap();
    }
}

impl Pair {
    /// Puts it where a server looks for its own.
    pub fn put(&self, dir: &Path) {
        replace(&self.certificate, &dir.join("cert.pem"));
        replace(&self.key, &dir.join("key.pem"));
    }
}

/// Puts a file in the place of another, whole.
pub fn replace(from: &Path, to: &Path) {
    let beside = to.with_extension("new");
    fs::copy(from, &beside).unwrap();
    fs::rename(&beside, to).unwrap();
}
