//! Every setting as somebody may give it: by a flag, by the environment or in the file.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use client::ServerAddress;
use serde::{Deserialize, Deserializer, de::Error};
use terminal::LogFormat;

use super::{
    acknowledged::Acknowledged,
    units::{Size, Span},
    users::Users,
    words::{Stores, Words},
};

/// What was given, each setting by itself; a flag beats the environment, which beats the file.
///
/// This one list is what the flags, the environment and the file are read by.
#[derive(Debug, Clone, Default, Args, Deserialize)]
#[serde(deny_unknown_fields)]
#[command(next_help_heading = "Settings")]
pub(crate) struct Given {
    /// The server: `https://…`, `http://…` or `unix:PATH` [default: the one enrolled with]
    #[arg(long, global = true, env = "ASSETMON_AGENT_SERVER", value_name = "URL")]
    #[serde(default, deserialize_with = "address")]
    pub(crate) server: Option<ServerAddress>,
    /// File with CA certificates to trust for the server, and no others [default: the one enrolled
    /// with, else the system's]
    #[arg(
        long,
        visible_alias = "ca",
        global = true,
        env = "ASSETMON_AGENT_CA_FILE",
        value_name = "FILE"
    )]
    pub(crate) ca_file: Option<PathBuf>,
    /// File with a client certificate to use instead of a token [default: the one enrolled with]
    #[arg(
        long,
        global = true,
        env = "ASSETMON_AGENT_CERT_FILE",
        value_name = "FILE"
    )]
    pub(crate) cert_file: Option<PathBuf>,
    /// File with the client certificate's private key
    #[arg(
        long,
        global = true,
        env = "ASSETMON_AGENT_KEY_FILE",
        value_name = "FILE"
    )]
    pub(crate) key_file: Option<PathBuf>,
    /// Allow http:// to another machine, although anyone on the network can then read the token
    /// [default: false]
    #[arg(
        long,
        global = true,
        env = "ASSETMON_AGENT_INSECURE_HTTP",
        value_name = "BOOL",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "true"
    )]
    pub(crate) insecure_http: Option<bool>,
    /// Folder for the token, the report counter, and temporary files [default:
    /// /var/lib/assetmon-agent]
    #[arg(
        long,
        global = true,
        env = "ASSETMON_AGENT_STATE_DIR",
        value_name = "FOLDER"
    )]
    pub(crate) state_dir: Option<PathBuf>,
    /// The podman command: words, or a JSON list of words [default: podman]
    #[arg(
        long,
        global = true,
        env = "ASSETMON_AGENT_PODMAN",
        value_name = "WORDS"
    )]
    pub(crate) podman: Option<Words>,
    /// More podman stores, as a JSON object; their containers are reported as STORE/CONTAINER
    #[arg(
        long,
        global = true,
        env = "ASSETMON_AGENT_STORES",
        value_name = "JSON"
    )]
    pub(crate) stores: Option<Stores>,
    /// Also report containers that these users run in rootless podman, as USER/CONTAINER; separated by
    /// commas
    #[arg(
        long,
        global = true,
        env = "ASSETMON_AGENT_USERS",
        value_name = "NAMES"
    )]
    pub(crate) users: Option<Users>,
    /// Other container runtimes here to ignore, separated by commas: `docker`, `podman:alice`
    #[arg(
        long,
        global = true,
        env = "ASSETMON_AGENT_ACKNOWLEDGED_RUNTIMES",
        value_name = "NAMES"
    )]
    pub(crate) acknowledged_runtimes: Option<Acknowledged>,
    /// The syft command: words, or a JSON list of words [default: syft]
    #[arg(long, global = true, env = "ASSETMON_AGENT_SYFT", value_name = "WORDS")]
    pub(crate) syft: Option<Words>,
    /// Time limit for one scan [default: 15m]
    #[arg(
        long,
        global = true,
        env = "ASSETMON_AGENT_SCAN_TIME",
        value_name = "DURATION"
    )]
    pub(crate) scan_time: Option<Span>,
    /// Memory limit for one scan [default: 1GiB]
    #[arg(
        long,
        global = true,
        env = "ASSETMON_AGENT_SCAN_MEMORY",
        value_name = "SIZE"
    )]
    pub(crate) scan_memory: Option<Size>,
    /// Temporary disk space limit for one scan [default: 2GiB]
    #[arg(
        long,
        global = true,
        env = "ASSETMON_AGENT_SCAN_SPACE",
        value_name = "SIZE"
    )]
    pub(crate) scan_space: Option<Size>,
    /// How long to retry sending a report [default: 2m]
    #[arg(
        long,
        global = true,
        env = "ASSETMON_AGENT_REPORT_PATIENCE",
        value_name = "DURATION"
    )]
    pub(crate) report_patience: Option<Span>,
    /// How long to retry sending the result of a scan [default: 10m]
    #[arg(
        long,
        global = true,
        env = "ASSETMON_AGENT_UPLOAD_PATIENCE",
        value_name = "DURATION"
    )]
    pub(crate) upload_patience: Option<Span>,
    /// How often `watch` reports everything, at least 1s [default: 10m]
    #[arg(
        long,
        global = true,
        env = "ASSETMON_AGENT_FULL_EVERY",
        value_name = "DURATION"
    )]
    pub(crate) full_every: Option<Span>,
    /// Log format [default: plain]
    #[arg(
        long,
        global = true,
        env = "ASSETMON_AGENT_LOG_FORMAT",
        value_name = "FORMAT"
    )]
    pub(crate) log_format: Option<LogFormat>,
    /// Log level [default: info]
    #[arg(
        long,
        global = true,
        env = "ASSETMON_AGENT_LOG_LEVEL",
        value_name = "LEVEL"
    )]
    pub(crate) log_level: Option<LogLevel>,
}

/// How much the log says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum LogLevel {
    /// Errors only.
    Error,
    /// Errors and warnings.
    Warn,
    /// Also what is done.
    Info,
    /// Also how it is done.
    Debug,
    /// Everything.
    Trace,
}

impl Given {
    /// What was given here, and what isn't from `other`.
    pub(crate) fn or(self, other: Self) -> Self {
        Self {
            server: self.server.or(other.server),
            ca_file: self.ca_file.or(other.ca_file),
            cert_file: self.cert_file.or(other.cert_file),
            key_file: self.key_file.or(other.key_file),
            insecure_http: self.insecure_http.or(other.insecure_http),
            state_dir: self.state_dir.or(other.state_dir),
            podman: self.podman.or(other.podman),
            stores: self.stores.or(other.stores),
            users: self.users.or(other.users),
            acknowledged_runtimes: self.acknowledged_runtimes.or(other.acknowledged_runtimes),
            syft: self.syft.or(other.syft),
            scan_time: self.scan_time.or(other.scan_time),
            scan_memory: self.scan_memory.or(other.scan_memory),
            scan_space: self.scan_space.or(other.scan_space),
            report_patience: self.report_patience.or(other.report_patience),
            upload_patience: self.upload_patience.or(other.upload_patience),
            full_every: self.full_every.or(other.full_every),
            log_format: self.log_format.or(other.log_format),
            log_level: self.log_level.or(other.log_level),
        }
    }
}

fn address<'de, D: Deserializer<'de>>(from: D) -> Result<Option<ServerAddress>, D::Error> {
    let text = String::deserialize(from)?;
    text.parse().map(Some).map_err(D::Error::custom)
}
