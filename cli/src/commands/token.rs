//! `token`: creates, lists and revokes the tokens of readers and admins.

use std::{
    fs,
    path::{Path, PathBuf},
};

use clap::{Args, Subcommand};
use model::shown::escaped;
use proto_types::{CreateToken, ListTokens, RevokeToken, Role};

use crate::{
    ask::{complete, context::Context},
    error::{CliError, Result},
    exit::Exit,
    output::{Format, console::Label},
    words::choice::choice,
    words::times,
};

/// Create, list, or revoke tokens
#[derive(Args)]
pub(crate) struct TokenArgs {
    #[command(subcommand)]
    command: TokenCommand,
}

#[derive(Subcommand)]
enum TokenCommand {
    /// Create a token and print it; it is not shown again
    ///
    /// Only the token is printed to standard output. With `--certificate`, no token is created.
    Create(CreateArgs),
    /// List tokens, without their secrets
    List,
    /// Revoke a token
    Revoke(RevokeArgs),
}

#[derive(Args)]
struct CreateArgs {
    /// The token's name
    #[arg(value_name = "NAME")]
    name: String,

    /// What the token allows: asking, or managing hosts and tokens as well
    #[arg(long, value_name = "ROLE", value_parser = choice::<Role>())]
    role: Role,

    /// Lifetime: 30d, 12h [default: until revoked]
    #[arg(long, value_name = "LENGTH")]
    expires_in: Option<String>,

    /// Accept clients with this certificate (PEM) instead of a token
    #[arg(long, value_name = "FILE")]
    certificate: Option<PathBuf>,
}

#[derive(Args)]
struct RevokeArgs {
    /// The token's name
    #[arg(value_name = "NAME", add = complete::tokens())]
    name: String,
}

pub(crate) async fn run(args: TokenArgs, context: &Context<'_>) -> Result<Exit> {
    match args.command {
        TokenCommand::Create(args) => create(args, context).await,
        TokenCommand::List => list(context).await,
        TokenCommand::Revoke(args) => revoke(args.name, context).await,
    }
}

async fn create(args: CreateArgs, context: &Context<'_>) -> Result<Exit> {
    let out = context.out;
    let length = args.expires_in.as_deref();
    let request = CreateToken {
        name: args.name,
        role: args.role,
        expires_in_seconds: length
            .map(|text| times::seconds(text, &out.now))
            .transpose()?,
        certificate: args.certificate.as_deref().map(certificate).transpose()?,
    };
    let created = context.ask(&request).await?;
    if out.format != Format::Table || out.view.columns.is_some() {
        out.list_in_any_case(&created, std::slice::from_ref(&created))?;
        return Ok(Exit::Found);
    }
    if created.token.is_empty() {
        let bound = format!("clients with this certificate are now {}", created.name);
        out.say(Label::Plain, &bound);
        return Ok(Exit::Found);
    }
    out.write_in_any_case(|writer| Ok(writeln!(writer, "{}", escaped(&created.token))?))?;
    if out.on_terminal {
        let until = match created.expires_at {
            Some(time) => format!("it expires {}", out.view.times.show(time)),
            None => "it is valid until revoked".to_owned(),
        };
        out.say(
            Label::Plain,
            &format!("save it now: it won't be shown again; {until}"),
        );
    }
    Ok(Exit::Found)
}

fn certificate(path: &Path) -> Result<String> {
    fs::read_to_string(path).map_err(|error| {
        CliError::failed(format!("cannot read the certificate {}", path.display())).because(error)
    })
}

async fn list(context: &Context<'_>) -> Result<Exit> {
    let response = context.ask(&ListTokens {}).await?;
    context.out.list(&response, &response.tokens)?;
    Ok(Exit::Found)
}

async fn revoke(name: String, context: &Context<'_>) -> Result<Exit> {
    let request = RevokeToken { name };
    context.ask(&request).await?;
    context
        .out
        .say(Label::Plain, &format!("revoked {}", request.name));
    Ok(Exit::Found)
}
