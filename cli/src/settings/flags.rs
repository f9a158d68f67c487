//! The options that choose the server and the token.

use clap::Args;

/// Which server to ask.
#[derive(Args, Default)]
pub(crate) struct ConnectionArgs {
    /// The server to ask: `http://…`, `https://…` or `unix:PATH`
    #[arg(long, global = true, value_name = "SERVER")]
    pub(crate) server: Option<String>,

    /// The token to show it; others on this machine see it in `ps`, so prefer ASSETCTL_TOKEN or
    /// token_file
    #[arg(long, global = true, value_name = "TOKEN")]
    pub(crate) token: Option<String>,

    /// The context of the settings file to take both from
    #[arg(long, global = true, value_name = "NAME")]
    pub(crate) context: Option<String>,
}
