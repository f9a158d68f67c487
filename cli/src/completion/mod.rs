//! Completions: the scripts that shells load, and the answers to them when somebody presses Tab.

mod bash;
mod candidates;
mod fish;
mod split;
mod typed;
mod zsh;

use std::io::{self, Write};

use clap::{Command, ValueEnum};

pub(crate) use typed::{before, value_of};

/// The variable by which a script asks: it holds the shell's name.
const VARIABLE: &str = "ASSETCTL_COMPLETE";

/// The shells that are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Shell {
    Bash,
    Zsh,
    Fish,
}

impl Shell {
    /// What the shell loads.
    pub(crate) const fn script(self) -> &'static str {
        match self {
            Self::Bash => include_str!("assetctl.bash"),
            Self::Zsh => include_str!("assetctl.zsh"),
            Self::Fish => include_str!("assetctl.fish"),
        }
    }
}

/// Answers a shell that asks what may come next; whether one did. Whatever fails is silence, since
/// somebody is typing.
pub(crate) fn answer(program: fn() -> Command) -> bool {
    let Ok(shell) = std::env::var(VARIABLE) else {
        return false;
    };
    let Ok(shell) = Shell::from_str(&shell, false) else {
        return false;
    };
    let words = std::env::args().skip_while(|word| word != "--").skip(1);
    let words: Vec<String> = words.collect();
    let answer = match shell {
        Shell::Bash => bash::answer(&words, program()),
        Shell::Zsh => zsh::answer(&words, program()),
        Shell::Fish => fish::answer(&words, program()),
    };
    // A shell that hung up wants no answer.
    let _ = io::stdout().write_all(answer.as_bytes());
    true
}
