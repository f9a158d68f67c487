//! `completions`: the script by which a shell asks `assetctl` what may come next.

use clap::Args;

use crate::{completion::Shell, error::Result, exit::Exit, output::console::Out};

/// What stands under the help text.
const AFTER_HELP: &str = "\
The Debian package installs all three. By hand:
  bash  assetctl completions bash > ~/.local/share/bash-completion/completions/assetctl
        or, in ~/.bashrc: source <(assetctl completions bash)
  zsh   assetctl completions zsh > ~/.zfunc/_assetctl
        and, in ~/.zshrc: fpath+=~/.zfunc; autoload -Uz compinit; compinit
  fish  assetctl completions fish > ~/.config/fish/completions/assetctl.fish";

/// Print a completion script for a shell
///
/// Names of hosts, artifacts, images, and so on come from the server, if it answers within 300 ms.
#[derive(Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct CompletionsArgs {
    /// The shell
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

pub(crate) fn run(args: &CompletionsArgs, out: &Out) -> Result<Exit> {
    let script = args.shell.script();
    out.write(|writer| Ok(writer.write_all(script.as_bytes())?))?;
    Ok(Exit::Found)
}
