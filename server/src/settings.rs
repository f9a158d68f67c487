//! The server's settings: flags over environment over file over defaults.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
};

use anyhow::{Context, anyhow, bail};
use clap::Parser;
use jiff::SignedDuration;
use model::lease::{LeaseRules, SecondOpinions};
use serde::Deserialize;
use terminal::LogFormat;

use crate::{limits::PerMinute, store::Rules, tls::TlsFiles};

/// Where the server keeps its data where nothing else is said.
const DATA_DIR: &str = "/var/lib/assetmon";
/// Where it listens.
const LISTEN: SocketAddr =
    SocketAddr::new(std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 8420);

/// How many days what has ended is kept.
const RETENTION_DAYS: u32 = 400;

/// This share of the images is scanned by a second host.
const SECOND_OPINION: f64 = 0.1;

/// What the command line says.
#[derive(Debug, Default, Parser)]
#[command(
    name = "assetmon-server",
    version,
    about = "The assetmon server: it knows what runs where in a container fleet",
    after_help = "SIGTERM and Ctrl-C stop it: requests that are under way get 10 seconds to end.\n\
                  `assetctl` on the same machine finds the local socket by itself."
)]
pub struct Flags {
    /// Folder for the database [default: /var/lib/assetmon]
    #[arg(long, value_name = "DIR", env = "ASSETMON_DATA_DIR")]
    pub data_dir: Option<PathBuf>,
    /// Address to listen on [default: 127.0.0.1:8420]
    #[arg(long, value_name = "ADDRESS", env = "ASSETMON_LISTEN")]
    pub listen: Option<SocketAddr>,
    /// Local admin socket [default: admin.sock in the data folder]
    #[arg(long, value_name = "PATH", env = "ASSETMON_SOCKET")]
    pub socket: Option<PathBuf>,
    /// Settings file; docs/OPERATING.md lists the settings
    #[arg(long, value_name = "FILE", env = "ASSETMON_CONFIG")]
    pub config: Option<PathBuf>,
    /// TLS certificate, with any intermediate certificates, in PEM
    #[arg(long, value_name = "FILE", env = "ASSETMON_TLS_CERT")]
    pub tls_cert: Option<PathBuf>,
    /// Private key of the TLS certificate, in PEM
    #[arg(long, value_name = "FILE", env = "ASSETMON_TLS_KEY")]
    pub tls_key: Option<PathBuf>,
    /// CAs for client certificates that can replace tokens, in PEM
    #[arg(long, value_name = "FILE", env = "ASSETMON_TLS_CLIENT_CA")]
    pub tls_client_ca: Option<PathBuf>,
    /// Listen on any address without TLS, although tokens are then sent unencrypted
    #[arg(long)]
    pub insecure_http: bool,
    /// Run a demo: a made-up fleet with history, in a new folder that is removed at the end
    ///
    /// With --data-dir, it uses that folder, which must be empty and is kept. It prints what to try.
    /// It uses no settings file and doesn't touch another server's data.
    #[arg(long)]
    pub demo: bool,
    /// Don't start a server; ask the one with these settings, over the local socket, if it is ready
    #[arg(long)]
    pub healthy: bool,
    /// Don't start a server; write the manual to a folder (used to build packages)
    #[arg(long, value_name = "D", hide = true)]
    pub man: Option<PathBuf>,
    /// Log format: plain or json [default: plain]
    #[arg(long, value_name = "FORMAT", env = "ASSETMON_LOG_FORMAT")]
    pub log_format: Option<LogFormat>,
}

/// What the file says.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct File {
    data_dir: Option<PathBuf>,
    listen: Option<SocketAddr>,
    socket: Option<PathBuf>,
    tls_cert: Option<PathBuf>,
    tls_key: Option<PathBuf>,
    tls_client_ca: Option<PathBuf>,
    insecure_http: bool,
    log_format: Option<LogFormat>,
    lease_seconds: Option<u32>,
    retry_seconds: Option<u32>,
    silent_after_seconds: Option<u32>,
    retention_days: Option<u32>,
    host_requests_per_minute: Option<u32>,
    reader_requests_per_minute: Option<u32>,
    second_opinion: Option<f64>,
}

/// The settings that the server runs with.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The folder of the database.
    pub data_dir: PathBuf,
    /// The address to listen on.
    pub listen: SocketAddr,
    /// The local admin socket.
    pub socket: PathBuf,
    /// What TLS is spoken with, where it is.
    pub tls: Option<TlsFiles>,
    /// Whether other addresses than loopback are listened on without TLS.
    pub insecure_http: bool,
    /// How the log is written.
    pub log_format: LogFormat,
    /// The lengths that the store's rules go by.
    pub rules: Rules,
    /// How long what has ended is kept.
    pub retention: SignedDuration,
    /// How often a token may ask.
    pub per_minute: PerMinute,
}

impl Settings {
    /// Puts flags, file and defaults together.
    ///
    /// # Errors
    /// A file that can't be read or says something unknown, and an address that would send
    /// tokens unencrypted.
    pub fn new(flags: Flags) -> anyhow::Result<Self> {
        let file = flags
            .config
            .as_deref()
            .map(read)
            .transpose()?
            .unwrap_or_default();
        let rules = rules(&file)?;
        let retention = retention(file.retention_days)?;
        let per_minute = per_minute(&file);
        let listen = flags.listen.or(file.listen).unwrap_or(LISTEN);
        let tls = tls(
            flags.tls_cert.or(file.tls_cert),
            flags.tls_key.or(file.tls_key),
            flags.tls_client_ca.or(file.tls_client_ca),
        )?;
        let data_dir = flags
            .data_dir
            .or(file.data_dir)
            .unwrap_or_else(|| PathBuf::from(DATA_DIR));
        let settings = Self {
            socket: flags
                .socket
                .or(file.socket)
                .unwrap_or_else(|| data_dir.join("admin.sock")),
            data_dir,
            listen,
            tls,
            insecure_http: flags.insecure_http || file.insecure_http,
            log_format: flags.log_format.or(file.log_format).unwrap_or_default(),
            rules,
            retention,
            per_minute,
        };
        settings.may_listen(listen)?;
        Ok(settings)
    }

    /// Whether an address may be listened on.
    ///
    /// # Errors
    /// Tokens would travel unencrypted to it.
    pub fn may_listen(&self, address: SocketAddr) -> anyhow::Result<()> {
        if !address.ip().is_loopback() && self.tls.is_none() && !self.insecure_http {
            bail!(
                "refusing to listen on {address} without TLS: tokens would travel unencrypted; \
                 give --tls-cert and --tls-key, listen on 127.0.0.1 behind a proxy that speaks \
                 TLS, or say --insecure-http"
            );
        }
        Ok(())
    }
}

fn read(path: &Path) -> anyhow::Result<File> {
    let text = std::fs::read_to_string(path)
        .with_context(|| format!("the settings file {} can't be read", path.display()))?;
    toml::from_str(&text).map_err(|error| {
        let reason = error.to_string();
        anyhow!(
            "the settings file {} is invalid: {}",
            path.display(),
            reason.trim_end()
        )
    })
}

fn tls(
    certificate: Option<PathBuf>,
    key: Option<PathBuf>,
    client_ca: Option<PathBuf>,
) -> anyhow::Result<Option<TlsFiles>> {
    match (certificate, key) {
        (Some(certificate), Some(key)) => Ok(Some(TlsFiles {
            certificate,
            key,
            client_ca,
        })),
        (None, None) if client_ca.is_some() => {
            bail!("--tls-client-ca needs TLS: give --tls-cert and --tls-key")
        }
        (None, None) => Ok(None),
        (Some(_), None) => bail!("--tls-cert needs the certificate's key: give it by --tls-key"),
        (None, Some(_)) => bail!("--tls-key needs its certificate: give it by --tls-cert"),
    }
}

fn rules(file: &File) -> anyhow::Result<Rules> {
    let defaults = Rules::default();
    Ok(Rules {
        leases: LeaseRules {
            ttl: seconds("lease_seconds", file.lease_seconds, defaults.leases.ttl)?,
            retry_base: seconds(
                "retry_seconds",
                file.retry_seconds,
                defaults.leases.retry_base,
            )?,
        },
        silent_after: seconds(
            "silent_after_seconds",
            file.silent_after_seconds,
            defaults.silent_after,
        )?,
        second_opinions: second_opinions(file.second_opinion)?,
        ..defaults
    })
}

fn per_minute(file: &File) -> PerMinute {
    let defaults = PerMinute::default();
    PerMinute {
        host: file.host_requests_per_minute.unwrap_or(defaults.host),
        reader: file.reader_requests_per_minute.unwrap_or(defaults.reader),
    }
}

fn second_opinions(share: Option<f64>) -> anyhow::Result<SecondOpinions> {
    SecondOpinions::new(share.unwrap_or(SECOND_OPINION))
        .context("the setting second_opinion must be a share, from 0.0 to 1.0")
}

fn retention(days: Option<u32>) -> anyhow::Result<SignedDuration> {
    match days.unwrap_or(RETENTION_DAYS) {
        0 => bail!("the setting retention_days must be at least 1"),
        days => Ok(SignedDuration::from_hours(24 * i64::from(days))),
    }
}

fn seconds(
    name: &str,
    set: Option<u32>,
    default: SignedDuration,
) -> anyhow::Result<SignedDuration> {
    match set {
        None => Ok(default),
        Some(0) => bail!("the setting {name} must be at least 1"),
        Some(seconds) => Ok(SignedDuration::from_secs(seconds.into())),
    }
}
