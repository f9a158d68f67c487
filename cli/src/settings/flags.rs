//! The options that choose the server and the token.

use clap::Args;

/// Which server to ask.
#[derive(Args, Default)]
pub(crate) struct ConnectionArgs {
    /// Server address: `http://…`, `https://…` or `unix:PATH`
    #[arg(long, global = true, value_name = "SERVER")]
    pub(crate) server: Option<String>,

    /// Token to send; other users can see it in `ps`, so prefer ASSETCTL_TOKEN or token_file
    #[arg(long, global = true, value_name = "TOKEN")]
    pub(crate) token: Option<String>,

    /// Use the server and token of this context in the settings file
    #[arg(long, global = true, value_name = "NAME")]
    pub(crate) context: Option<String>,
}
