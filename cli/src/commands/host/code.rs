//! `host add` and `host reset`: both end in a code to enroll with.

use client::ServerAddress;
use model::shown::escaped;
use proto_types::{CreateHost, HostCode, ResetHost};

use crate::{
    ask::{context::Context, resolve},
    error::Result,
    exit::Exit,
    output::{Format, console::Label},
};

/// Adds a host.
pub(super) async fn add(name: String, context: &Context<'_>) -> Result<Exit> {
    let code = context.ask(&CreateHost { name }).await?;
    show(&code, context)
}

/// Ends a host's token.
pub(super) async fn reset(name: String, context: &Context<'_>) -> Result<Exit> {
    let request = ResetHost { name };
    let answer = context.ask(&request).await;
    let code = resolve::with_nearest_host(context, &request.name, answer).await?;
    show(&code, context)
}

/// The code alone on standard output, so that a script can take it; how to use it beside it.
fn show(code: &HostCode, context: &Context<'_>) -> Result<Exit> {
    let out = context.out;
    if !matches!(out.format, Format::Table) || out.view.columns.is_some() {
        out.list_in_any_case(code, std::slice::from_ref(code))?;
        return Ok(Exit::Found);
    }
    out.write_in_any_case(|writer| Ok(writeln!(writer, "{}", escaped(&code.code))?))?;
    if out.on_terminal {
        let (name, until) = (&code.name, out.view.times.show(code.expires_at));
        let server = match context.client.server() {
            ServerAddress::Http(url) => url.clone(),
            // Only the operator knows by which address the host gets here.
            ServerAddress::Unix(_) => "https://THIS-SERVER".to_owned(),
        };
        out.say(
            Label::Plain,
            &format!("run this on {name}; the code works once and expires {until}:"),
        );
        let line = format!(
            "  assetmon-agent enroll --server {server} --code {}",
            code.code
        );
        out.say(Label::Plain, &line);
    }
    Ok(Exit::Found)
}
