//! `completions`: the script by which a shell asks `assetctl` what may come next.

use clap::{Args, ValueEnum};
use clap_complete::env::Shells;

use crate::{
    ask::complete::VARIABLE,
    error::{CliError, Result},
    exit::Exit,
    output::console::Out,
};

/// Print a completion script for a shell
///
/// For bash: `source <(assetctl completions bash)`. Names of hosts and artifacts come from the
/// server, if it answers within 300 ms.
#[derive(Args)]
pub(crate) struct CompletionsArgs {
    /// The shell
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

/// The shells that are known.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Shell {
    Bash,
    Zsh,
    Fish,
}

pub(crate) fn run(args: &CompletionsArgs, out: &Out) -> Result<Exit> {
    let name = match args.shell {
        Shell::Bash => "bash",
        Shell::Zsh => "zsh",
        Shell::Fish => "fish",
    };
    let shells = Shells::builtins();
    let Some(shell) = shells.completer(name) else {
        return Err(CliError::failed(format!(
            "there are no completions for {name}"
        )));
    };
    let mut script = Vec::new();
    shell.write_registration(VARIABLE, "assetctl", "assetctl", "assetctl", &mut script)?;
    out.write(|writer| Ok(writer.write_all(&script)?))?;
    Ok(Exit::Found)
}
