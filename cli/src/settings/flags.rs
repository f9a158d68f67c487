//! The options that choose the server and the token.

use std::{path::PathBuf, time::Duration};

use clap::Args;
use jiff::SignedDuration;

/// Which server to ask.
#[derive(Args, Default)]
pub(crate) struct ConnectionArgs {
    /// Server address: `http://…`, `https://…` or `unix:PATH`
    #[arg(long, global = true, hide = true, value_name = "SERVER")]
    pub(crate) server: Option<String>,

    /// File of the CA certificates that alone may have signed the server's certificate
    #[arg(long, global = true, hide = true, value_name = "FILE")]
    pub(crate) ca: Option<PathBuf>,

    /// File of the certificate to show in a token's place
    #[arg(
        long,
        global = true,
        hide = true,
        value_name = "FILE",
        requires = "key"
    )]
    pub(crate) cert: Option<PathBuf>,

    /// File of the certificate's private key
    #[arg(
        long,
        global = true,
        hide = true,
        value_name = "FILE",
        requires = "cert"
    )]
    pub(crate) key: Option<PathBuf>,

    /// Speak http:// with another machine, although the network can then read the token
    #[arg(long, global = true, hide = true)]
    pub(crate) insecure_http: bool,

    /// Token to send; other users can see it in `ps`, so prefer ASSETCTL_TOKEN or token_file
    #[arg(long, global = true, hide = true, value_name = "TOKEN")]
    pub(crate) token: Option<String>,

    /// Use the server and token of this context in the settings file
    #[arg(long, global = true, hide = true, value_name = "NAME")]
    pub(crate) context: Option<String>,

    /// How long to wait for an answer: 5s, 2m [default: 60s until it begins]
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
