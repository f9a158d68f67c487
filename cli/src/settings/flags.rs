//! The options that choose the server and the token.

use std::{path::PathBuf, time::Duration};

use clap::Args;
use jiff::SignedDuration;

/// Which server to ask.
#[derive(Args, Default)]
pub(crate) struct ConnectionArgs {
    /// Server address: `http://…`, `https://…`, or `unix:PATH`
    #[arg(long, global = true, hide = true, value_name = "SERVER")]
    pub(crate) server: Option<String>,

    /// File with CA certificates to trust for the server, and no others
    #[arg(long, global = true, hide = true, value_name = "FILE")]
    pub(crate) ca: Option<PathBuf>,

    /// File with a client certificate to use instead of a token
    #[arg(
        long,
        global = true,
        hide = true,
        value_name = "FILE",
        requires = "key"
    )]
    pub(crate) cert: Option<PathBuf>,

    /// File with the client certificate's private key
    #[arg(
        long,
        global = true,
        hide = true,
        value_name = "FILE",
        requires = "cert"
    )]
    pub(crate) key: Option<PathBuf>,

    /// Allow http:// to another machine, although anyone on the network can then read the token
    #[arg(long, global = true, hide = true)]
    pub(crate) insecure_http: bool,

    /// Access token; visible in `ps`, so prefer ASSETCTL_TOKEN or token_file
    #[arg(long, global = true, hide = true, value_name = "TOKEN")]
    pub(crate) token: Option<String>,

    /// Use the server and token of this context from the settings file
    #[arg(long, global = true, hide = true, value_name = "NAME")]
    pub(crate) context: Option<String>,

    /// How long to wait for an answer: 5s, 2m [default: 60s for the first byte]
    #[arg(long, global = true, hide = true, value_name = "TIME", value_parser = length)]
    pub(crate) timeout: Option<Duration>,
}

fn length(text: &str) -> Result<Duration, &'static str> {
    let has_unit = text.ends_with(|one: char| one.is_ascii_alphabetic());
    let length = has_unit
        .then(|| text.parse::<SignedDuration>().ok())
        .flatten();
    length
        .and_then(|length| Duration::try_from(length).ok())
        .filter(|length| length.as_millis() > 0)
        .ok_or("write 5s, 2m or 1m30s")
}
